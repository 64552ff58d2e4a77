"""Tiles that are one button: an indicator with its twelve months, a figure of the home page, a count of an import."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.fields import NBSP
from app.ui import icons, theme, tokens
from app.ui.parts import paint
from app.ui.parts.badge import badge_size, draw_badge
from app.ui.parts.marks import Mark

SIDE = 14
DOT = 4


@dataclass(frozen=True, slots=True)
class TileData:
    """`points` are the last twelve months, None where there is no data; `target_at` is on their scale.

    `sentence` is the whole in words: « Rétablissements dans le délai : 83,3 %, objectif au moins 90 %, non tenu,
    24 tickets ».
    """

    key: str
    title: str
    value: str
    unit: str
    tone: str
    word: str
    target: str
    change: str
    points: Sequence[float | None]
    target_at: float | None
    period: str
    count: str
    sentence: str


def spread(points: Sequence[float | None], target: float | None, box: QRect) -> tuple[list[QPointF | None], float]:
    """Place the points, and the height of the target, in the box; both fit the same scale."""
    known = [p for p in (*points, target) if p is not None]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    span = (high - low) or 1.0
    step = box.width() / max(1, len(points) - 1)

    def height(value: float) -> float:
        return box.bottom() - (value - low) / span * box.height() if high > low else box.center().y()

    placed = [None if p is None else QPointF(box.x() + i * step, height(p)) for i, p in enumerate(points)]
    return placed, height(target) if target is not None else -1.0


def runs(points: Sequence[QPointF | None]) -> list[list[QPointF]]:
    """Cut where there is no data."""
    cut: list[list[QPointF]] = [[]]
    for point in points:
        if point is None:
            cut.append([])
        else:
            cut[-1].append(point)
    return [run for run in cut if run]


def draw_line(painter: QPainter, points: Sequence[QPointF | None], width: float = 1.6) -> None:
    """A lone month between two gaps shows as a point."""
    pen = QPen(theme.color("info.solid"), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    for run in runs(points):
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(run))
        if len(run) == 1:
            draw_dot(painter, run[0], "info.solid", 2)


def draw_dot(painter: QPainter, at: QPointF, role: str, radius: float) -> None:
    painter.setPen(QPen(theme.color("surface"), 1.5))
    painter.setBrush(theme.color(role))
    painter.drawEllipse(at, radius, radius)


def draw_target(painter: QPainter, left: float, right: float, height: float) -> None:
    pen = QPen(theme.color("ink2"), 1)
    pen.setDashPattern([3, 3])
    painter.setPen(pen)
    sharp = round(height) + 0.5
    painter.drawLine(QPointF(left, sharp), QPointF(right, sharp))


class Tile(paint.PaintedButton):
    """One indicator. `clicked` opens it; `data.key` says which."""

    def __init__(self, data: TileData, parent: QWidget | None = None) -> None:
        super().__init__(data.sentence, parent)
        self.set_data(data)

    def set_data(self, data: TileData) -> None:
        self.data = data
        self.setAccessibleName(data.sentence)
        self.setAccessibleDescription("Ouvre le détail de l’indicateur.")
        self.update()

    def design_size(self) -> QSize:
        lines = theme.line("title") + theme.line("figure") + 2 * theme.line("small")
        return QSize(theme.scaled(240), lines + theme.scaled(115))

    def draw(self, painter: QPainter) -> None:
        data = self.data
        border = "ctl" if self.hovered() else "line"
        paint.round_box(painter, self.rect(), "surface", border, radius=tokens.RADIUS_CARD)
        box = self.rect().adjusted(SIDE, 10, -SIDE, -8)
        y = box.y()
        paint.text(painter, QRect(box.x(), y, box.width(), theme.line("title")), data.title, "title")
        y += theme.line("title") + 5
        self._figure(painter, QRect(box.x(), y, box.width(), theme.line("figure")))
        y += theme.line("figure") + 1
        y = self._pair(painter, box, y, data.target, data.change)
        foot = box.bottom() - theme.line("small")
        self._pair(painter, box, foot, data.period, data.count)
        self._curve(painter, QRect(box.x() + 2, y + 14, box.width() - DOT - 3, foot - y - 28))

    def _figure(self, painter: QPainter, box: QRect) -> None:
        base = box.y() + theme.metrics("figure").ascent()
        known = any(c.isdigit() for c in self.data.value)
        role = "ink" if known else "ink2"
        x = paint.baseline_text(painter, box.x(), base, self.data.value, kind="figure", role=role)
        if self.data.unit and known:
            paint.baseline_text(painter, x + 6, base, self.data.unit, kind="body", role="ink2")
        mark = Mark(self.data.tone, loud=True)
        size = badge_size(self.data.word, mark)
        spot = QRect(box.right() - size.width() + 1, box.y(), size.width(), box.height())
        draw_badge(painter, spot, self.data.word, mark)

    @staticmethod
    def _pair(painter: QPainter, box: QRect, y: int, left: str, right: str) -> int:
        """One quiet line with a text at each end; return the y below it."""
        line = QRect(box.x(), y, box.width(), theme.line("small"))
        taken = paint.text(painter, line, right, "small", "ink2", align=paint.RIGHT)
        paint.text(painter, line.adjusted(0, 0, -taken - 8, 0), left, "small", "ink2")
        return line.bottom()

    def _curve(self, painter: QPainter, box: QRect) -> None:
        points, target = spread(self.data.points, self.data.target_at, box)
        if self.data.target_at is not None:
            draw_target(painter, box.x() - 1, box.right() + 2, target)
        draw_line(painter, points)
        if points and points[-1] is not None:
            draw_dot(painter, points[-1], f"{self.data.tone}.solid", DOT)


@dataclass(frozen=True, slots=True)
class FigureData:
    """A figure of the home page; `note` is tinted and takes the glyph of `tone`, when there is one."""

    key: str
    title: str
    value: str
    unit: str = ""
    note: str = ""
    tone: str = ""

    @property
    def sentence(self) -> str:
        figure = f"{self.title}{NBSP}: {self.value}{NBSP}{self.unit}".rstrip(NBSP)
        return f"{figure}. {self.note}" if self.note else figure


class FigureCard(paint.PaintedButton):
    """`clicked` opens the list behind the figure."""

    def __init__(self, data: FigureData, parent: QWidget | None = None) -> None:
        super().__init__(data.sentence, parent)
        self.set_data(data)

    def set_data(self, data: FigureData) -> None:
        self.data = data
        self.setAccessibleName(data.sentence)
        self.setAccessibleDescription("Ouvre la liste.")
        self.setToolTip(data.note)
        self.update()

    def design_size(self) -> QSize:
        lines = theme.line() + theme.line("figure") + theme.line("small")
        return QSize(theme.scaled(180), lines + 22)

    def draw(self, painter: QPainter) -> None:
        data = self.data
        paint.round_box(painter, self.rect(), "surface", "ctl" if self.hovered() else "line", radius=tokens.RADIUS_CARD)
        box = self.rect().adjusted(17, 10, -15, -10)
        first = QRect(box.x(), box.y(), box.width(), theme.line())
        side = theme.scaled(14)
        paint.text(painter, first.adjusted(0, 0, -side - 6, 0), data.title, "body", "ink2")
        icons.draw(painter, first.right() - side, first.y() + 1, "chevron-right", "ink2", size=14)
        base = first.bottom() + 1 + theme.metrics("figure").ascent()
        x = paint.baseline_text(painter, box.x(), base, data.value, kind="figure", role="ink")
        paint.baseline_text(painter, x + 8, base, data.unit, kind="second", role="ink2")
        self._note(painter, QRect(box.x(), box.bottom() - theme.line("small"), box.width(), theme.line("small")))

    def _note(self, painter: QPainter, box: QRect) -> None:
        role = "ink2"
        if self.data.tone:
            side = theme.scaled(13)
            top = box.y() + (box.height() - side) // 2
            icons.draw(painter, box.x(), top, tokens.GLYPHS[self.data.tone], f"{self.data.tone}.solid", size=13)
            box, role = box.adjusted(side + 5, 0, 0, 0), f"{self.data.tone}.text"
        paint.text(painter, box, self.data.note, "small", role)


@dataclass(frozen=True, slots=True)
class CountData:
    """One of the results of an import: « 12 créés », and under it what that means. A number of 0 is quiet."""

    key: str
    icon: str
    tone: str
    number: str
    word: str
    note: str

    @property
    def ink(self) -> str:
        """Of its number; nothing calls for attention where there is nothing."""
        return "ink3" if self.number == "0" else "ink"

    @property
    def role(self) -> str:
        """Of its icon and word."""
        return "ink3" if self.number == "0" else f"{self.tone}.text"


class CountTile(paint.PaintedButton):
    """Checkable: `toggled` filters the rows below to this result."""

    def __init__(self, data: CountData, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_data(data)
        self.setCheckable(True)
        self.setAccessibleDescription("Montre seulement ces lignes.")

    def set_data(self, data: CountData) -> None:
        self.data = data
        self.setAccessibleName(f"{data.number} {data.word}. {data.note}")
        self.setToolTip(data.note)
        self.update()

    def design_size(self) -> QSize:
        return QSize(theme.scaled(170), theme.line("page") + theme.line("small") + 20)

    def draw(self, painter: QPainter) -> None:
        data = self.data
        fill = "select" if self.isChecked() else "hover" if self.hovered() else "surface"
        border = "accent" if self.isChecked() else "line"
        paint.round_box(painter, self.rect(), fill, border, radius=tokens.RADIUS_CARD)
        side = theme.scaled(20)
        box = self.rect().adjusted(15, 10, -12, -9)
        icons.draw(painter, box.x(), self.rect().center().y() - side // 2, data.icon, data.role, size=20)
        box = box.adjusted(side + 13, 0, 0, 0)
        base = box.y() + theme.metrics("page").ascent()
        x = paint.baseline_text(painter, box.x(), base, data.number, kind="page", role=data.ink)
        paint.baseline_text(painter, x + 6, base, data.word, kind="title", role=data.role)
        foot = QRect(box.x(), box.bottom() - theme.line("small") + 1, box.width(), theme.line("small"))
        paint.text(painter, foot, data.note, "small", "ink2")
