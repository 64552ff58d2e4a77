"""Tiles that are one button: an indicator with its twelve months, a figure of the home page, a count of an import."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.fields import NBSP
from app.reports import chart_data
from app.reports.chart_data import Chart, Rect
from app.ui import icons, theme, tokens
from app.ui.parts import paint
from app.ui.parts.badge import badge_size, draw_badge
from app.ui.parts.charts import draw_dot, draw_runs, draw_target
from app.ui.parts.marks import Mark

SIDE = 14
DOT = 4


@dataclass(frozen=True, slots=True)
class TileData:
    """`chart` is the line of the last twelve periods, with its target; `objective` what the company wants by it.

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
    chart: Chart
    period: str
    count: str
    sentence: str
    objective: str = ""


class Tile(paint.PaintedButton):
    """One indicator. `clicked` opens it; `data.key` says which."""

    def __init__(self, data: TileData, parent: QWidget | None = None) -> None:
        super().__init__(data.sentence, parent)
        self.set_data(data)

    def set_data(self, data: TileData) -> None:
        self.data = data
        self.setAccessibleName(data.sentence)
        self.setAccessibleDescription("Ouvre le détail de l’indicateur.")
        self.setToolTip(f"Sert l’objectif\u00a0: {data.objective}" if data.objective else "")
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
        if data.objective:
            y = self._objective(painter, QRect(box.x(), y + 2, box.width(), theme.line("small")))
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

    def _objective(self, painter: QPainter, box: QRect) -> int:
        """What it serves, after a flag; return the y below it."""
        side = theme.scaled(12)
        icons.draw(painter, box.x(), box.y() + (box.height() - side) // 2, "flag", "ink2", size=12)
        paint.text(painter, box.adjusted(side + 5, 0, 0, 0), self.data.objective, "small", "ink2")
        return box.bottom()

    @staticmethod
    def _pair(painter: QPainter, box: QRect, y: int, left: str, right: str) -> int:
        """One quiet line with a text at each end; return the y below it."""
        line = QRect(box.x(), y, box.width(), theme.line("small"))
        taken = paint.text(painter, line, right, "small", "ink2", align=paint.RIGHT)
        paint.text(painter, line.adjusted(0, 0, -taken - 8, 0), left, "small", "ink2")
        return line.bottom()

    def _curve(self, painter: QPainter, box: QRect) -> None:
        laid = chart_data.spark(self.data.chart, Rect(box.x(), box.y(), box.width() - 1, box.height() - 1))
        if laid.target is not None:
            draw_target(painter, box.x() - 1, box.right() + 2, laid.target)
        draw_runs(painter, laid)
        last = laid.dots[-1] if laid.dots else None
        if last and last.at == len(self.data.chart.labels) - 1:
            draw_dot(painter, QPointF(last.x, last.y), f"{self.data.tone}.solid", DOT)


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
