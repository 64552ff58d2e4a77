"""A bar that tells a share: filled, then hatched for what is frozen, the rest as ground."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import theme
from app.ui.parts import paint


@dataclass(frozen=True, slots=True)
class Run:
    """`share` of the whole, from 0 to 1, in a role of colour."""

    share: float
    role: str
    hatched: bool = False


class Meter(QWidget):
    """`sentence` is what a screen reader says of it."""

    def __init__(self, runs: Sequence[Run] = (), sentence: str = "", height: int = 8) -> None:
        super().__init__()
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_runs(runs, sentence)

    def set_runs(self, runs: Sequence[Run], sentence: str = "") -> None:
        self._runs = tuple(runs)
        self.setAccessibleName(sentence)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, theme.scaled(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, theme.scaled(self._height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            shape, radius = QPainterPath(), self.height() / 2
            shape.addRoundedRect(self.rect(), radius, radius)
            painter.setClipPath(shape)
            painter.fillRect(self.rect(), theme.color("mute.soft"))
            x = 0.0
            for run in self._runs:
                width = run.share * self.width()
                self._run(painter, QRect(round(x), 0, round(x + width) - round(x), self.height()), run)
                x += width

    def _run(self, painter: QPainter, box: QRect, run: Run) -> None:
        if not run.hatched:
            painter.fillRect(box, theme.color(run.role))
            return
        painter.fillRect(box, theme.color(f"{run.role.partition('.')[0]}.soft"))
        paint.hatch(painter, box, run.role, 0)
