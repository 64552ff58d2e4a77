"""Two painted charts for the indicators: bars of months side by side, and a line against its target.

Their accessible description gives every value; a list of the same figures stands beside them on the screen.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import theme
from app.ui.parts import paint
from app.ui.parts.tiles import draw_dot, draw_line, draw_target

SERIES_ROLES = ("info.solid", "mute.solid")  # the other tones are kept for judgement
STEPS = 4


def ticks(low: float, high: float, steps: int = STEPS) -> list[float]:
    """Round values that hold the range, about `steps` apart: 3 to 34 gives 0, 10, 20, 30, 40."""
    span = (high - low) or abs(high) or 1.0
    power = 10.0 ** math.floor(math.log10(span / steps))
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m * steps >= span * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [n * step for n in range(first, max(last, first + 1) + 1)]


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    values: Sequence[float | None]


class _Chart(QWidget):
    HEIGHT = 150

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(sentence)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(420), theme.scaled(self.HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(260), theme.scaled(110))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw(painter)

    def _draw(self, painter: QPainter) -> None:
        raise NotImplementedError

    def _plot(self, marks: Sequence[str], right: int) -> QRect:
        """Where the values stand, once the marks of the axis and the months have their place."""
        left = max((theme.width(mark, "small") for mark in marks), default=0) + 8
        half = theme.line("small") // 2
        return self.rect().adjusted(left, half, -right, -theme.line("small") - 8)

    def _scale(self, painter: QPainter, plot: QRect, values: Sequence[float], marks: Sequence[str]) -> None:
        half = theme.line("small") // 2
        for value, mark in zip(values, marks, strict=True):
            y = round(self._height(plot, values, value))
            paint.hline(painter, plot.x(), plot.right(), y)
            box = QRect(0, y - half, plot.x() - 8, 2 * half)
            paint.text(painter, box, mark, "small", "ink2", align=paint.RIGHT)

    @staticmethod
    def _height(plot: QRect, values: Sequence[float], value: float) -> float:
        return plot.bottom() - (value - values[0]) / (values[-1] - values[0]) * plot.height()

    def _months(self, painter: QPainter, plot: QRect, months: Sequence[str], bold: int | None = None) -> None:
        """Under the plot, the last one bold unless told which; one in two or three when they would touch."""
        step = plot.width() / max(1, len(months))
        widest = max((theme.width(month, "small_strong") for month in months), default=0) + 6
        every = max(1, math.ceil(widest / step)) if step else 1
        for position, month in enumerate(months):
            if (len(months) - 1 - position) % every:
                continue
            now = position == (len(months) - 1 if bold is None else bold)
            box = QRectF(plot.x() + position * step + step / 2 - widest / 2, plot.bottom() + 4, widest, 0).toRect()
            box.setHeight(theme.line("small"))
            kind, role = ("small_strong", "ink") if now else ("small", "ink2")
            paint.text(painter, box, month, kind, role, align=paint.CENTRE)


class BarChart(_Chart):
    """One or two series by month. `sentence` is the accessible name."""

    def __init__(
        self,
        months: Sequence[str],
        series: Sequence[Series],
        sentence: str,
        told: Callable[[float], str],
        bold: int | None = None,
    ) -> None:
        """`told` writes a value; `bold` is the position of the current month, or year: the last one if not given."""
        super().__init__(sentence)
        self._bold = bold
        self._months_shown, self._series, self._told = months, series, told
        self.setAccessibleDescription(_listed(months, series, told))

    def _draw(self, painter: QPainter) -> None:
        known = [v for series in self._series for v in series.values if v is not None]
        values = ticks(0.0, max(known, default=0.0) or 1.0)
        marks = [self._told(value) for value in values]
        plot = self._plot(marks, 4)
        self._scale(painter, plot, values, marks)
        self._months(painter, plot, self._months_shown, self._bold)
        step = plot.width() / max(1, len(self._months_shown))
        wide = min(step * 0.30, theme.scaled(20))
        painter.setPen(theme.color("surface"))
        for rank, series in enumerate(self._series):
            painter.setBrush(theme.color(SERIES_ROLES[rank]))
            shift = (rank - len(self._series) / 2) * (wide + 2)
            for position, value in enumerate(series.values):
                if value:
                    top = self._height(plot, values, value)
                    x = plot.x() + position * step + step / 2 + shift
                    painter.drawRoundedRect(QRectF(x, top, wide + 1, plot.bottom() - top + 1), 2, 2)


class Legend(QWidget):
    """The names of the series, each after its square."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = names
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(sum(theme.width(n, "second") + 28 for n in self._names), theme.line("second") + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            x = 0
            for role, name in zip(SERIES_ROLES, self._names, strict=False):
                square = QRect(x, (self.height() - 10) // 2, 10, 10)
                paint.round_box(painter, square, role, radius=2)
                box = QRect(x + 15, 0, self.width() - x - 15, self.height())
                x += 28 + paint.text(painter, box, name, "second", "ink2")


class LineChart(_Chart):
    """Twelve months against a target; months that miss it and the last one are told apart by their dot."""

    def __init__(
        self,
        months: Sequence[str],
        values: Sequence[float | None],
        sentence: str,
        told: Callable[[float], str],
        *,
        target: float | None = None,
        target_text: str = "",
        tones: Sequence[str] = (),
    ) -> None:
        """`tones` has one tone per month, "" for the usual dot."""
        super().__init__(sentence)
        self._months_shown, self._values, self._told = months, values, told
        self._target, self._target_text = target, target_text
        self._tones = tones or [""] * len(values)
        self.setAccessibleDescription(_listed(months, [Series("", values)], told))

    def _draw(self, painter: QPainter) -> None:
        known = [v for v in (*self._values, self._target) if v is not None] or [0.0, 1.0]
        values = ticks(min(known), max(known))
        marks = [self._told(value) for value in values]
        last = next((v for v in reversed(self._values) if v is not None), None)
        side = max(theme.width(self._target_text, "small"), theme.width(self._told(last or 0), "strong")) + 14
        plot = self._plot(marks, side)
        self._scale(painter, plot, values, marks)
        self._months(painter, plot, self._months_shown)
        if self._target is not None:
            self._draw_target(painter, plot, self._height(plot, values, self._target), side)
        self._draw_values(painter, plot, values)

    def _draw_target(self, painter: QPainter, plot: QRect, y: float, side: int) -> None:
        draw_target(painter, plot.x(), plot.right(), y)
        box = QRect(plot.right() + 8, round(y) - theme.line("small") // 2, side, theme.line("small"))
        paint.text(painter, box, self._target_text, "small", "ink2")

    def _draw_values(self, painter: QPainter, plot: QRect, values: Sequence[float]) -> None:
        step = plot.width() / max(1, len(self._values))
        points = [
            None if v is None else QPointF(plot.x() + (i + 0.5) * step, self._height(plot, values, v))
            for i, v in enumerate(self._values)
        ]
        draw_line(painter, points, 2)
        for point, tone in zip(points, self._tones, strict=True):
            if point is not None:
                draw_dot(painter, point, f"{tone or 'info'}.solid", 4)
        if points and points[-1] is not None and self._values[-1] is not None:
            self._draw_last(painter, plot, points[-1], self._values[-1])

    def _draw_last(self, painter: QPainter, plot: QRect, point: QPointF, value: float) -> None:
        tone = self._tones[-1] or "info"
        draw_dot(painter, point, f"{tone}.solid", 5.5)
        high = theme.line("strong")
        box = QRect(plot.right() + 8, round(point.y()) - high // 2, self.width() - plot.right() - 8, high)
        paint.text(painter, box, self._told(value), "strong", f"{tone}.text")


def _listed(months: Sequence[str], series: Sequence[Series], told: Callable[[float], str]) -> str:
    """Every value in words, for who does not see the chart."""
    lines = []
    for one in series:
        values = ", ".join(
            f"{month} {told(value) if value is not None else 'sans donnée'}"
            for month, value in zip(months, one.values, strict=True)
        )
        lines.append(f"{one.name}\u00a0: {values}" if one.name else values)
    return ". ".join(lines)
