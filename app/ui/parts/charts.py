"""A chart painted on the screen: what it shows and where it stands are told once, in app.reports.chart_data.

Its accessible description gives every value; a list of the same figures stands beside it.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.reports import chart_data
from app.reports.chart_data import Bar, Chart, Dot, Laid, Rect, Shape, written
from app.ui import theme
from app.ui.parts import paint

SERIES_ROLES = ("info.solid", "mute.solid")
"""The other tones are kept for judgement."""
FAINTEST = 0.16
ROW = 26
GAP = 8


class ChartView(QWidget):
    """Any chart; one of rows is as high as they ask."""

    HEIGHT = 150

    def __init__(self, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_chart(chart)

    def set_chart(self, chart: Chart) -> None:
        self.chart = chart
        self.setAccessibleName(chart.sentence)
        self.setAccessibleDescription(chart_data.told(chart))
        self.updateGeometry()
        self.update()

    @property
    def _lying(self) -> bool:
        return self.chart.shape in {Shape.ROWS, Shape.SHARES}

    def _rows_high(self) -> int:
        each = len(self.chart.series) if self.chart.shape == Shape.ROWS else 1
        return len(self.chart.labels) * theme.scaled(ROW if each == 1 else ROW * each * 3 // 4)

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(420), self._rows_high() if self._lying else theme.scaled(self.HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(260), self._rows_high() if self._lying else theme.scaled(110))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            (self._draw_lying if self._lying else self._draw_upright)(painter)

    # Over time

    def _draw_upright(self, painter: QPainter) -> None:
        chart = self.chart
        marks = [chart_data.mark(chart.unit, step) for step in chart_data.scale(chart)]
        left = max(theme.width(one, "small") for one in marks) + GAP
        half = theme.line("small") // 2
        side = self._side()
        plot = self.rect().adjusted(left, half, -side, -theme.line("small") - 8)
        laid = chart_data.lay(chart, Rect(plot.x(), plot.y(), plot.width(), plot.height() - 1))
        _draw_scale(painter, plot, laid)
        self._draw_labels(painter, plot, laid)
        _draw_bars(painter, chart, laid.bars)
        if laid.target is not None:
            draw_target(painter, plot.x(), plot.right(), laid.target)
            box = QRect(plot.right() + GAP, round(laid.target) - half, side, 2 * half)
            paint.text(painter, box, chart.target_text, "small", "ink2")
        draw_runs(painter, laid, 2)
        for dot in laid.dots:
            draw_dot(painter, QPointF(dot.x, dot.y), f"{chart.tone(dot.at) or 'info'}.solid", 4)
        self._draw_last(painter, plot, laid)

    def _side(self) -> int:
        """Room at the right, for the words of the target and the last value."""
        chart = self.chart
        texts = [theme.width(chart.target_text, "small")] if chart.target_text else []
        if chart.shape == Shape.LINE:
            last = next((value for value in reversed(chart.known)), None)
            texts.append(theme.width(written(chart.unit, last), "strong"))
        return max(texts) + 14 if texts else 4

    def _draw_labels(self, painter: QPainter, plot: QRect, laid: Laid) -> None:
        """Under the plot; one in two or three when they would touch."""
        labels, bold = self.chart.labels, self.chart.bold
        widest = max((theme.width(one, "small_strong") for one in labels), default=0) + 6
        for at in chart_data.kept(self.chart, plot.width(), widest):
            box = QRect(round(laid.labels[at] - widest / 2), plot.bottom() + 4, widest, theme.line("small"))
            kind, role = ("small_strong", "ink") if at == bold else ("small", "ink2")
            paint.text(painter, box, labels[at], kind, role, align=paint.CENTRE)

    def _draw_last(self, painter: QPainter, plot: QRect, laid: Laid) -> None:
        """The last point is larger, its value beside it, away from the words of the target."""
        dots = laid.dots
        if not dots or dots[-1].at != len(self.chart.labels) - 1:
            return
        dot, tone = dots[-1], self.chart.tone(dots[-1].at) or "info"
        draw_dot(painter, QPointF(dot.x, dot.y), f"{tone}.solid", 5.5)
        high = theme.line("strong")
        y = _apart(dot.y, laid.target if self.chart.target_text else None, high)
        box = QRect(plot.right() + GAP, round(y) - high // 2, self.width() - plot.right() - GAP, high)
        paint.text(painter, box, written(self.chart.unit, dot.value), "strong", f"{tone}.text")

    # Side by side

    def _draw_lying(self, painter: QPainter) -> None:
        chart = self.chart
        widest = max((theme.width(one, "body") for one in chart.labels), default=0)
        left = min(widest, self.width() * 45 // 100) + GAP
        values = [written(chart.unit, value) for value in chart.known] if chart.shape == Shape.ROWS else []
        side = max((theme.width(value, "strong") for value in values), default=0) + GAP
        laid = chart_data.lay(chart, Rect(left, 0, self.width() - left - side, self._rows_high()))
        high = theme.line("body")
        for name, middle in zip(chart.labels, laid.labels, strict=True):
            box = QRect(0, round(middle) - high // 2, left - GAP, high)
            paint.text(painter, box, name, "body", "ink2", align=paint.RIGHT)
        _draw_bars(painter, chart, laid.bars)
        if chart.shape == Shape.ROWS:
            _draw_ends(painter, chart, laid)
        if laid.target is not None:
            painter.setPen(_dashes())
            painter.drawLine(QPointF(laid.target, 0), QPointF(laid.target, self._rows_high()))


def _apart(y: float, other: float | None, high: int) -> float:
    """A line of text moved off another that it would cover."""
    if other is None or abs(y - other) >= high:
        return y
    return other + (high if y >= other else -high)


def _draw_scale(painter: QPainter, plot: QRect, laid: Laid) -> None:
    half = theme.line("small") // 2
    for y, words in laid.ticks:
        paint.hline(painter, plot.x(), plot.right(), round(y))
        box = QRect(0, round(y) - half, plot.x() - GAP, 2 * half)
        paint.text(painter, box, words, "small", "ink2", align=paint.RIGHT)


def _draw_bars(painter: QPainter, chart: Chart, bars: Sequence[Bar]) -> None:
    painter.setPen(QPen(theme.color("surface"), 1))
    for bar in bars:
        tone = "" if bar.rank else chart.tone(bar.at)
        fill = fill_of(chart.shape, bar.rank, len(chart.series), tone)
        painter.setBrush(fill)
        box = QRectF(bar.box.x, bar.box.y, bar.box.wide, bar.box.high)
        painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), 2, 2)
        if chart.shape == Shape.SHARES:
            _draw_share(painter, box, written(chart.unit, bar.value), fill)
            painter.setPen(QPen(theme.color("surface"), 1))


def _draw_share(painter: QPainter, box: QRectF, words: str, fill: QColor) -> None:
    """The count in its part, if it fits."""
    if theme.width(words, "small") + 6 <= box.width():
        role = max(("surface", "ink"), key=lambda one: abs(theme.color(one).lightnessF() - fill.lightnessF()))
        paint.text(painter, box.toRect(), words, "small", role, align=paint.CENTRE)


def _draw_ends(painter: QPainter, chart: Chart, laid: Laid) -> None:
    """The value of each bar after its end, that of what is 0 after the base; a dash where there is no data."""
    drawn = {(bar.at, bar.rank): bar.box for bar in laid.bars}
    high = theme.line("small")
    step = high if len(chart.series) > 1 else 0
    for rank, one in enumerate(chart.series):
        for at, value in enumerate(one.values):
            box = drawn.get((at, rank))
            middle = box.y + box.high / 2 if box else laid.labels[at] + (rank - (len(chart.series) - 1) / 2) * step
            end = max(box.right, laid.base) if box else laid.base
            words = written(chart.unit, value)
            kind, role = ("strong", "ink") if rank == 0 and value is not None else ("small", "ink2")
            end = chart_data.beyond(end, theme.width(words, kind) + 8, laid.target)
            paint.text(painter, QRect(round(end) + 6, round(middle) - high // 2, 200, high), words, kind, role)


def fill_of(shape: Shape, rank: int, count: int, tone: str = "") -> QColor:
    """A tone that judges, or the colour of the series; shares go from faint to full, the last the fullest."""
    if shape != Shape.SHARES:
        return theme.color(f"{tone}.solid" if tone else SERIES_ROLES[rank % len(SERIES_ROLES)])
    part = FAINTEST + (1 - FAINTEST) * rank / max(1, count - 1)
    ground, full = theme.color("surface"), theme.color("info.solid")

    def mixed(one: int, other: int) -> int:
        return round(one + (other - one) * part)

    pairs = (ground.red(), full.red()), (ground.green(), full.green()), (ground.blue(), full.blue())
    return QColor(*(mixed(one, other) for one, other in pairs))


class Legend(QWidget):
    """The names of the series, each after its square."""

    def __init__(self, names: Sequence[str], shape: Shape = Shape.COLUMNS) -> None:
        super().__init__()
        self._names, self._shape = names, shape
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(sum(theme.width(name, "second") + 28 for name in self._names), theme.line("second") + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            x = 0
            for rank, name in enumerate(self._names):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(fill_of(self._shape, rank, len(self._names)))
                painter.drawRoundedRect(QRect(x, (self.height() - 10) // 2, 10, 10), 2, 2)
                box = QRect(x + 15, 0, self.width() - x - 15, self.height())
                x += 28 + paint.text(painter, box, name, "second", "ink2")


# Strokes that a tile shares


def draw_runs(painter: QPainter, laid: Laid, width: float = 1.6) -> None:
    """The line, cut where there is no data: a lone month between two gaps shows as a point."""
    pen = QPen(theme.color("info.solid"), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    for run in laid.runs:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([_point(dot) for dot in run]))
        if len(run) == 1:
            draw_dot(painter, _point(run[0]), "info.solid", 2)


def _point(dot: Dot) -> QPointF:
    return QPointF(dot.x, dot.y)


def draw_dot(painter: QPainter, at: QPointF, role: str, radius: float) -> None:
    painter.setPen(QPen(theme.color("surface"), 1.5))
    painter.setBrush(theme.color(role))
    painter.drawEllipse(at, radius, radius)


def _dashes() -> QPen:
    pen = QPen(theme.color("ink2"), 1)
    pen.setDashPattern([3, 3])
    return pen


def draw_target(painter: QPainter, left: float, right: float, height: float) -> None:
    painter.setPen(_dashes())
    sharp = round(height) + 0.5
    painter.drawLine(QPointF(left, sharp), QPointF(right, sharp))
