"""The last records one was on, one line each: its icon, its name, what was done of it and when."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui import icons, theme, tokens
from app.ui.parts import paint
from app.ui.parts.basics import empty_layout

LEFT, TEXT = 20, 50


@dataclass(frozen=True, slots=True)
class RecentData:
    key: str
    icon: str
    title: str
    note: str


class RecentRow(paint.PaintedButton):
    RADIUS = tokens.RADIUS_FIELD

    def __init__(self, data: RecentData) -> None:
        super().__init__(f"{data.title}. {data.note}")
        self.data = data
        self.setToolTip(f"{data.title}\n{data.note}")

    def design_size(self) -> QSize:
        return QSize(theme.scaled(240), theme.line("title") + theme.line("small") + 12)

    def draw(self, painter: QPainter) -> None:
        if self.hovered():
            paint.round_box(painter, self.rect().adjusted(6, 1, -6, -1), "hover", radius=tokens.RADIUS_FIELD)
        side = theme.scaled(16)
        icons.draw(painter, theme.scaled(LEFT), (self.height() - side) // 2, self.data.icon, "ink2")
        left = theme.scaled(TEXT)
        line = QRect(left, 5, self.width() - left - theme.scaled(16), theme.line("title"))
        paint.text(painter, line, self.data.title, "title")
        line = QRect(left, line.bottom() + 1, line.width(), theme.line("small"))
        paint.text(painter, line, self.data.note, "small", "ink2")


class RecentList(QWidget):
    """`opened` gives the key of a record."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def set_records(self, found: Sequence[RecentData]) -> None:
        empty_layout(self._layout)
        for one in found:
            made = RecentRow(one)
            made.clicked.connect(lambda _=False, key=one.key: self.opened.emit(key))
            self._layout.addWidget(made)
