"""What a sheet of labels is made of, and the sheets of the trade: plain frozen data (papers.md, « Étiquettes »)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LabelForm:
    """An A4 sheet of labels, in mm from its top left corner; `pitch` from a label to the next."""

    key: str
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    across: float
    down: float

    @property
    def count(self) -> int:
        return self.columns * self.rows

    def place(self, position: int) -> tuple[float, float]:
        """The top left corner of the label at `position`, from 0, row after row."""
        row, column = divmod(position, self.columns)
        return self.left + column * self.across, self.top + row * self.down


FORMS = {
    form.key: form
    for form in (
        LabelForm("65", 5, 13, 38.1, 21.2, 4.75, 10.7, 40.6, 21.2),
        LabelForm("24", 3, 8, 63.5, 33.9, 7.2, 12.9, 66.04, 33.9),
    )
}


@dataclass(frozen=True)
class Label:
    """`brand` is dropped when the model alone has the room; `phone` is empty when nobody is to be called."""

    number: str
    brand: str
    model: str
    phone: str


@dataclass(frozen=True)
class LabelSheets:
    """`first` is the place of the first free label of the first sheet, from 0; `right` and `down` correct the printer,
    in mm."""

    company: str
    form: LabelForm
    labels: tuple[Label, ...]
    first: int = 0
    right: float = 0.0
    down: float = 0.0

    @property
    def pages(self) -> int:
        return -(-(self.first + len(self.labels)) // self.form.count) if self.labels else 0
