"""The months ahead in one strip: each says how many deadlines it holds, and pressing it keeps those only."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import theme, tokens
from app.ui.parts import paint
from app.ui.parts.basics import row

PAD, BAR = 6, 3
TITLE, FIGURE = "small", "strong"


@dataclass(frozen=True, slots=True)
class MonthCell:
    """`tone` is that of the gravest; `sentence` is what a reader says: « Décembre 2026, 4 échéances »."""

    key: str
    title: str
    count: int
    tone: str
    sentence: str


class MonthButton(paint.PaintedButton):
    RADIUS = tokens.RADIUS_BUTTON

    def __init__(self, cell: MonthCell) -> None:
        super().__init__(cell.sentence)
        self.setCheckable(True)
        self.cell = cell
        self.setToolTip(cell.sentence)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def design_size(self) -> QSize:
        words = max(theme.width(self.cell.title, TITLE), theme.width(str(self.cell.count), FIGURE))
        return QSize(words + 2 * PAD, theme.line(TITLE) + theme.line(FIGURE) + BAR + 3 * PAD)

    def draw(self, painter: QPainter) -> None:
        fill = "select" if self.isChecked() else "hover" if self.hovered() else "surface"
        paint.round_box(painter, self.rect(), fill, "accent" if self.isChecked() else "line", radius=self.RADIUS)
        box = self.rect().adjusted(2, PAD, -2, -PAD)
        height = theme.line(TITLE)
        title = QRect(box.x(), box.y(), box.width(), height)
        paint.text(painter, title, self.cell.title, TITLE, "ink2", align=paint.CENTRE)
        figure = QRect(box.x(), title.bottom() + 1, box.width(), theme.line(FIGURE))
        shown = str(self.cell.count) if self.cell.count else "–"
        paint.text(painter, figure, shown, FIGURE, "ink" if self.cell.count else "ink3", align=paint.CENTRE)
        if self.cell.count:
            bar = QRect(0, 0, min(28, box.width()), BAR)
            bar.moveCenter(box.center())
            bar.moveBottom(self.rect().bottom() - PAD)
            paint.round_box(painter, bar, f"{self.cell.tone}.solid", radius=BAR / 2)


class MonthStrip(QWidget):
    """`chosen` gives the key of the month pressed, or "" once it is pressed again."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.buttons: list[MonthButton] = []
        self._line = row(gap=4)
        self.setLayout(self._line)
        self._key = ""

    def set_cells(self, cells: Sequence[MonthCell], key: str) -> None:
        """Show these, that of `key` pressed."""
        self._key = key
        if [one.cell.title for one in self.buttons] != [one.title for one in cells]:
            self._make(cells)
        for made, cell in zip(self.buttons, cells, strict=True):
            made.cell = cell
            made.setAccessibleName(cell.sentence)
            made.setToolTip(cell.sentence)
            made.setChecked(cell.key == key)
            made.updateGeometry()
            made.update()

    def _make(self, cells: Sequence[MonthCell]) -> None:
        for old in self.buttons:
            self._line.removeWidget(old)
            old.deleteLater()
        self.buttons = [MonthButton(cell) for cell in cells]
        for made in self.buttons:
            made.clicked.connect(lambda _=False, made=made: self._press(made))
            self._line.addWidget(made)

    def _press(self, made: MonthButton) -> None:
        self.chosen.emit("" if made.cell.key == self._key else made.cell.key)
