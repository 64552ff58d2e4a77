"""A form to be filled by hand and read back, as data: its boxes and its places to write, page by page (papers.md 3).

The same declaration draws the paper, places the fields of the PDF filled on screen, and tells the reader where to look.
All in millimetres from the top left corner of an A4 page, y down; a box is placed by its centre.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

BOX = 5.0
"""Side of a box: at 4.0 a line in twenty is doubtful, at 3.0 one in five (papers.md 3, measured)."""
LEFT, RIGHT = 24.0, 186.0
MARKS = ((18.0, 16.0), (192.0, 16.0), (18.0, 281.0), (192.0, 281.0))
"""Centres of the corner marks; the last one has a white heart, so that a page upside down is known."""
MARK, HEART = 5.0, 2.5
CODE = (165.0, 13.5, 21.0)
"""Left, top and side of the QR code."""
AreaKind = Literal["text", "name", "day", "service"]


@dataclass(frozen=True, slots=True)
class FormBox:
    """`value` is what a mark in it means; `word` is printed at its right."""

    value: int
    x: float
    y: float
    word: str = ""


@dataclass(frozen=True, slots=True)
class FormLine:
    """One question, one answer: `name` is the field's (« c1 »). `x`, `y` place its words, `width` is their room.

    `number` is printed before the words.
    """

    name: str
    label: str
    boxes: tuple[FormBox, ...]
    x: float
    y: float
    width: float
    number: str = ""

    @property
    def values(self) -> tuple[int, ...]:
        return tuple(box.value for box in self.boxes)


@dataclass(frozen=True, slots=True)
class FormArea:
    """A place to write by hand, or a text field on screen: its top left corner and size. `label` stands above it."""

    name: str
    label: str
    x: float
    y: float
    width: float
    height: float
    kind: AreaKind = "text"


@dataclass(frozen=True, slots=True)
class FormText:
    """Words of the page, on the baseline y: from x for a title or a note, around x for the head of a column."""

    text: str
    x: float
    y: float
    style: Literal["title", "column", "note"]


@dataclass(frozen=True, slots=True)
class FormRule:
    """A line over the whole width of the text, under which something else begins when it is strong."""

    y: float
    strong: bool = False


@dataclass(frozen=True, slots=True)
class FormPage:
    """`signed`: the top of the boxes for signatures, whose titles are those of `signers`; 0 without."""

    lines: tuple[FormLine, ...]
    areas: tuple[FormArea, ...] = ()
    texts: tuple[FormText, ...] = ()
    rules: tuple[FormRule, ...] = ()
    signers: tuple[str, ...] = ()
    signed: float = 0.0


@dataclass(frozen=True, slots=True)
class FormModel:
    """`key` is what the QR code names (« G1 », the number of a questionnaire); a model in use never changes."""

    key: str
    pages: tuple[FormPage, ...]

    @property
    def lines(self) -> Iterator[FormLine]:
        for page in self.pages:
            yield from page.lines

    @property
    def areas(self) -> Iterator[FormArea]:
        for page in self.pages:
            yield from page.areas

    def line(self, name: str) -> FormLine:
        return next(line for line in self.lines if line.name == name)


def to_plain(model: FormModel) -> dict[str, Any]:
    """What the process that reads needs of it: it has no base, and nothing to draw."""
    pages = [{"lines": [asdict(line) for line in page.lines], "areas": [asdict(area) for area in page.areas]}
             for page in model.pages]  # fmt: skip
    return {"key": model.key, "pages": pages}


def from_plain(told: dict[str, Any]) -> FormModel:
    return FormModel(told["key"], tuple(_page(page) for page in told["pages"]))


def _page(told: dict[str, Any]) -> FormPage:
    lines = (FormLine(**line | {"boxes": tuple(FormBox(**box) for box in line["boxes"])}) for line in told["lines"])
    return FormPage(tuple(lines), tuple(FormArea(**area) for area in told["areas"]))
