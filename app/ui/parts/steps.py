"""« Mise en place »: the steps of the method, each with its figure, joined by a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui import icons, theme, tokens
from app.ui.parts import paint
from app.ui.parts.basics import empty_layout

State = Literal["done", "part", "now", "todo"]
DISC = 20
LEFT = 28  # centre of the discs
_WORDS = {"done": "faite", "part": "commencée", "now": "en cours", "todo": "à faire"}
_TINT = {"part": "warn.text", "now": "accent", "todo": "ink2"}


@dataclass(frozen=True, slots=True)
class Step:
    key: str
    title: str
    note: str
    state: State


class StepRow(paint.PaintedButton):
    RADIUS = tokens.RADIUS_FIELD

    def __init__(self, number: int, step: Step, last: bool) -> None:
        super().__init__(f"Étape {number}, {step.title}, {_WORDS[step.state]}. {step.note}")
        self._number, self._step, self._last = number, step, last

    def design_size(self) -> QSize:
        return QSize(theme.scaled(240), theme.line("title") + theme.line("small") + 16)

    def draw(self, painter: QPainter) -> None:
        step, ground = self._step, self.rect().adjusted(6, 1, -6, -3)
        if step.state == "now" or self.hovered():
            role = "accentSoft" if step.state == "now" else "hover"
            paint.round_box(painter, ground, role, radius=tokens.RADIUS_FIELD)
        centre = QPoint(theme.scaled(LEFT), ground.center().y() + 1)
        self._thread(painter, centre)
        self._disc(painter, centre)
        left, right = theme.scaled(50), self.width() - theme.scaled(36)
        line = QRect(left, self.rect().y() + 5, right - left, theme.line("title"))
        paint.text(painter, line, step.title, "title", "ink2" if step.state == "todo" else "ink")
        line = QRect(left, line.bottom() + 1, right - left, theme.line("small"))
        paint.text(painter, line, step.note, "small", _TINT.get(step.state, "ink2"))
        side = theme.scaled(14)
        icons.draw(painter, self.width() - side - 15, centre.y() - side // 2, "chevron-right", "ink2", size=14)

    def _thread(self, painter: QPainter, centre: QPoint) -> None:
        if not self._last:
            painter.setPen(QPen(theme.color("ok.solid" if self._step.state == "done" else "edge"), 2))
            painter.drawLine(centre.x(), centre.y() + theme.scaled(DISC) // 2 + 2, centre.x(), self.height())

    def _disc(self, painter: QPainter, centre: QPoint) -> None:
        side = theme.scaled(DISC)
        if self._step.state == "done":
            paint.disc(painter, centre, side, "ok.solid")
            half = theme.scaled(12) // 2
            icons.draw(painter, centre.x() - half + 1, centre.y() - half + 1, "check", "surface", size=12)
            return
        role = _TINT[self._step.state]
        paint.disc(painter, centre, side, "surface", role)
        box = QRect(0, 0, side, side)
        box.moveCenter(centre)
        paint.text(painter, box, str(self._number), "count", role, align=paint.CENTRE)


class StepsList(QWidget):
    """`opened` gives the key of a step."""

    opened = Signal(str)

    def __init__(self, steps: Sequence[Step] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.set_steps(steps)

    def set_steps(self, steps: Sequence[Step]) -> None:
        empty_layout(self._layout)
        for position, step in enumerate(steps):
            made = StepRow(position + 1, step, position == len(steps) - 1)
            made.clicked.connect(lambda _=False, key=step.key: self.opened.emit(key))
            self._layout.addWidget(made)
        self._layout.addStretch(1)
