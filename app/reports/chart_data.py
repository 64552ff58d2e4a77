"""A chart told once and drawn twice: on the screen (ui/parts/charts.py) and on paper (reports/charts.py).

Here is what it shows, its scale, and where each thing stands in any rectangle, y going down; nothing is drawn.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.fields import MISSING, NBSP, amount, duration, number, percent

STEPS = 4
TINY = 1e-6
GROUP = 0.64
"""Part of the room of a label that its bars take."""
ROW_GROUP = 0.72
THICKEST = 0.4
"""Of an upright bar, against the height of the plot: few bars do not make walls."""
Along = Callable[[float], float]
"""From a value to its place."""


class Shape(StrEnum):
    LINE = "line"
    COLUMNS = "columns"
    """Upright bars, one series beside the other."""
    ROWS = "rows"
    """Lying bars, one series under the other."""
    SHARES = "shares"
    """One lying bar a label, cut by series in proportion."""


class Unit(StrEnum):
    """What the values are: hours, a ratio from 0 to 1, things, euros, a note, points above or below 0."""

    HOURS = "hours"
    RATIO = "ratio"
    COUNT = "count"
    EUROS = "euros"
    NOTE = "note"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Series:
    """One value a label; None where there is no data, which cuts the line."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """`sentence` is what is read aloud before the values. `tones` are those of the points or bars, "" for the usual;
    `current` the position of the label in bold (the last if None, none if -1); `low` and `high` widen the scale."""

    shape: Shape
    sentence: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: Unit = Unit.COUNT
    target: float | None = None
    target_text: str = ""
    tones: tuple[str, ...] = ()
    current: int | None = None
    low: float | None = None
    high: float | None = None

    @property
    def bold(self) -> int:
        return len(self.labels) - 1 if self.current is None else self.current

    @property
    def known(self) -> list[float]:
        return [value for one in self.series for value in one.values if value is not None]

    def tone(self, position: int) -> str:
        return self.tones[position] if self.tones else ""


def line(labels: Sequence[str], values: Sequence[float | Decimal | None], sentence: str, unit: Unit) -> Chart:
    """One series over time, without target nor tones: `dataclasses.replace` gives them."""
    return Chart(shape=Shape.LINE, sentence=sentence, labels=tuple(labels), series=(series("", values),), unit=unit)


def series(name: str, values: Sequence[float | Decimal | None]) -> Series:
    return Series(name, tuple(None if value is None else float(value) for value in values))


# What is written


def written(unit: Unit, value: float | None) -> str:
    """« 4 h 26 », « 83,3 % », « 12 », « 1 234 € », « 3,5 », « +28 »; « – » for no data."""
    if value is None:
        return MISSING
    if unit == Unit.HOURS:
        return duration(round(value * 60))
    if unit == Unit.RATIO:
        return percent(value)
    if unit == Unit.EUROS:
        return amount(round(value) * 100).replace(",00", "")
    told = number(Decimal(str(value)), _places(value))
    return f"+{told}" if unit == Unit.POINTS and value > 0 else told


def _places(value: float) -> int:
    return 0 if abs(value - round(value)) < 0.05 else 1  # noqa: PLR2004 - what one decimal shows


def mark(unit: Unit, value: float) -> str:
    """A step of the scale in words; things are whole: a step between two has none."""
    if unit == Unit.RATIO:
        hundredths = value * 100
        return percent(value, next((n for n in (0, 1) if abs(hundredths - round(hundredths, n)) < TINY), 2))
    return "" if unit == Unit.COUNT and value != round(value) else written(unit, value)


def told(chart: Chart) -> str:
    """Every value in words, for who does not see the chart."""
    lines = []
    for one in chart.series:
        values = ", ".join(
            f"{name} {'sans donnée' if value is None else written(chart.unit, value)}"
            for name, value in zip(chart.labels, one.values, strict=True)
        )
        lines.append(f"{one.name}{NBSP}: {values}" if one.name else values)
    return ". ".join(lines)


def table(chart: Chart) -> list[tuple[str, ...]]:
    """The table that stands beside: each label, then its value of each series."""
    values = [[written(chart.unit, value) for value in one.values] for one in chart.series]
    return list(zip(chart.labels, *values, strict=True))


def beyond(end: float, wide: float, target: float | None) -> float:
    """Where the value of a lying bar is written: past the target if it would stand across it."""
    return target if target is not None and end <= target <= end + wide else end


# The scale


def ticks(low: float, high: float, steps: int = STEPS) -> list[float]:
    """Round values that hold the range, about `steps` apart: 3 to 34 gives 0, 10, 20, 30, 40."""
    span = (high - low) or abs(high) or 1.0
    power = 10.0 ** math.floor(math.log10(span / steps))
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m * steps >= span * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [n * step for n in range(first, max(last, first + 1) + 1)]


def scale(chart: Chart) -> list[float]:
    """The steps of the axis; bars stand on 0, rates end at 100 %, rows tell their values and need two bounds only."""
    bounds = [value for value in (chart.target, chart.low, chart.high) if value is not None]
    values = [*chart.known, *bounds] or [0.0]
    if chart.shape != Shape.LINE:
        values.append(0.0)
    low, high = min(values), max(values)
    if low == high:
        low, high = min(0.0, low), max(0.0, high) or 1.0
    if chart.shape == Shape.ROWS:
        return [low, high]
    steps = ticks(low, high)
    return [step for step in steps if step <= 1 + 1e-9] if chart.unit == Unit.RATIO and high <= 1 else steps


def every(count: int, room: float, widest: float) -> int:
    """One label in how many is written, for them not to touch."""
    step = room / max(1, count)
    return max(1, math.ceil(widest / step)) if step > 0 else 1


def kept(chart: Chart, room: float, widest: float) -> Iterator[int]:
    """The positions of the labels written: the last one always is."""
    count = len(chart.labels)
    gap = every(count, room, widest)
    return (at for at in range(count) if (count - 1 - at) % gap == 0)


# Where things stand


@dataclass(frozen=True, slots=True)
class Rect:
    """From its top left corner, in the unit of who draws."""

    x: float
    y: float
    wide: float
    high: float

    @property
    def right(self) -> float:
        return self.x + self.wide

    @property
    def bottom(self) -> float:
        return self.y + self.high


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    at: int
    value: float


@dataclass(frozen=True, slots=True)
class Bar:
    """`at` is its label, `rank` its series."""

    box: Rect
    at: int
    rank: int
    value: float


@dataclass(frozen=True, slots=True)
class Laid:
    """`ticks` and `labels` are places along their axis; `runs` the pieces of the line, cut where there is no data;
    `target` along the axis of values."""

    ticks: tuple[tuple[float, str], ...] = ()
    labels: tuple[float, ...] = ()
    runs: tuple[tuple[Dot, ...], ...] = ()
    bars: tuple[Bar, ...] = ()
    target: float | None = None
    base: float = 0.0

    @property
    def dots(self) -> tuple[Dot, ...]:
        return tuple(dot for run in self.runs for dot in run)


def lay(chart: Chart, plot: Rect) -> Laid:
    """Place the values in the rectangle, the scale and the labels being written around it."""
    if chart.shape == Shape.SHARES:
        return Laid(labels=_middles(chart, plot.y, plot.high), bars=tuple(_shares(chart, plot)))
    lying = chart.shape == Shape.ROWS
    steps = scale(chart)
    low, span = steps[0], steps[-1] - steps[0]

    def along(value: float) -> float:
        part = (value - low) / span
        return plot.x + part * plot.wide if lying else plot.bottom - part * plot.high

    middles = _middles(chart, plot.y, plot.high) if lying else _middles(chart, plot.x, plot.wide)
    bars = tuple(_bars(chart, plot, along)) if chart.shape != Shape.LINE else ()
    return Laid(
        ticks=tuple((along(step), mark(chart.unit, step)) for step in steps),
        labels=middles,
        runs=_runs(chart, middles, along) if chart.shape == Shape.LINE else (),
        bars=bars,
        target=None if chart.target is None else along(chart.target),
        base=along(min(max(0.0, low), steps[-1])),
    )


def spark(chart: Chart, plot: Rect) -> Laid:
    """A small line without axis, from edge to edge, on a scale of its own that holds the target."""
    values = chart.known + ([] if chart.target is None else [chart.target])
    low, high = (min(values), max(values)) if values else (0.0, 0.0)

    def along(value: float) -> float:
        return plot.bottom - (value - low) / (high - low) * plot.high if high > low else plot.y + plot.high / 2

    step = plot.wide / max(1, len(chart.labels) - 1)
    places = tuple(plot.x + at * step for at in range(len(chart.labels)))
    return Laid(
        labels=places,
        runs=_runs(chart, places, along),
        target=None if chart.target is None else along(chart.target),
    )


def _middles(chart: Chart, start: float, room: float) -> tuple[float, ...]:
    step = room / max(1, len(chart.labels))
    return tuple(start + (at + 0.5) * step for at in range(len(chart.labels)))


def _runs(chart: Chart, places: Sequence[float], along: Along) -> tuple[tuple[Dot, ...], ...]:
    """Cut where there is no data; one run after the other, of each series."""
    runs: list[tuple[Dot, ...]] = []
    for one in chart.series:
        run: list[Dot] = []
        for at, value in enumerate(one.values):
            if value is None:
                runs.append(tuple(run))
                run = []
            else:
                run.append(Dot(places[at], along(value), at, value))
        runs.append(tuple(run))
    return tuple(run for run in runs if run)


def _bars(chart: Chart, plot: Rect, along: Along) -> Iterator[Bar]:
    lying = chart.shape == Shape.ROWS
    step = (plot.high if lying else plot.wide) / max(1, len(chart.labels))
    thick = step * (ROW_GROUP if lying else GROUP) / max(1, len(chart.series))
    if not lying:
        thick = min(thick, plot.high * THICKEST)
    zero = along(0.0)
    for rank, one in enumerate(chart.series):
        for at, value in enumerate(one.values):
            if not value:
                continue
            across = (at + 0.5) * step + (rank - len(chart.series) / 2) * thick
            end = along(value)
            first, length = min(zero, end), abs(end - zero)
            box = Rect(first, plot.y + across, length, thick) if lying else Rect(plot.x + across, first, thick, length)
            yield Bar(box, at, rank, value)


def _shares(chart: Chart, plot: Rect) -> Iterator[Bar]:
    step = plot.high / max(1, len(chart.labels))
    for at in range(len(chart.labels)):
        values = [one.values[at] or 0.0 for one in chart.series]
        total, x = sum(values), plot.x
        for rank, value in enumerate(values):
            if value:
                wide = plot.wide * value / total
                yield Bar(Rect(x, plot.y + (at + (1 - ROW_GROUP) / 2) * step, wide, step * ROW_GROUP), at, rank, value)
                x += wide
