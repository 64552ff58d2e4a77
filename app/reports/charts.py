"""Drawn figures: any chart of chart_data, a bar of shares, rows of bars, a pyramid.

Every bar is outlined, for a copy of a copy; places are in millimetres.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports import chart_data, theme
from app.reports.chart_data import Bar, Chart, Laid, Rect, Shape, written
from app.reports.paper import Page, width_of
from app.reports.text import fitted
from app.reports.theme import ACCENT, INK, LIGHT_LETTER, MM, RULE, TINTS, WHITE, Type

AXIS = Type(theme.REGULAR, 7, 8.6, theme.GREY)
AXIS_BOLD = Type(theme.SEMIBOLD, 7, 8.6)
OUTLINE = 0.4
GREATER, USUAL = 1.25, 0.75
"""Radii of the last point of a line and of the others."""
FILLS = (TINTS[3], TINTS[1])
RAMP = (*TINTS, ACCENT)
BESIDE = 0.8
"""White in mm on each side of what is written in a bar."""
LABELS = 4.4
"""Height of the line of labels under a plot."""
BAR = Type(theme.SEMIBOLD, 8.5, 10)
COUNT = Type(theme.REGULAR, 7.6, 9)
COUNT_BOLD = Type(theme.SEMIBOLD, 7.6, 9)
ROW = 5.05
HIGH = 4.0


@dataclass(frozen=True)
class Part:
    """A part of a bar, or a bar: its word, its count, its fill (empty: hollow).

    `texts` are what may be written in it, the first that fits; else « A · 71 », then its word alone.
    """

    label: str
    count: int
    fill: str = ""
    texts: tuple[str, ...] = ()


def shares(page: Page, y: float, parts: Sequence[Part], high: float = 8.6) -> float:
    """One bar over the whole width, cut in proportion; « A · 71 » in a part wide enough, else the label alone."""
    frame = page.frame
    total = sum(part.count for part in parts)
    x = frame.left
    for part in parts:
        wide = frame.span * part.count / total if total else 0
        if wide:
            page.box(x, y, wide, high, 0.4, part.fill or WHITE)
            kind = Type(BAR.face, BAR.size, BAR.leading, WHITE if part.fill in LIGHT_LETTER else INK)
            texts = (*(part.texts or (f"{part.label} · {part.count}",)), part.label, "")
            text = next(t for t in texts if not t or width_of(t, kind) < wide - 1)
            page.centre(x + wide / 2, y + high / 2 + kind.size * 0.34 / MM, text, kind)
        x += wide
    page.box(frame.left, y, frame.span, high, 0.4)
    return y + high


def bars(page: Page, x: float, y: float, to: float, parts: Sequence[Part]) -> float:
    """Horizontal bars with their words at left and counts at their end, from a common base at 0."""
    base, room = x + 21, to - x - 30
    most = max([part.count for part in parts] + [1])
    for part in parts:
        page.right(base - 2, y + 2.9, part.label, COUNT)
        wide = room * part.count / most
        if part.count:
            page.box(base, y, max(wide, 0.5), HIGH, 0.4, part.fill or WHITE)
        page.text(base + wide + 1.6, y + 2.9, str(part.count), COUNT_BOLD)
        y += ROW
    page.upright(base, y - len(parts) * ROW - 0.6, y - ROW + HIGH + 0.6, 0.5, INK)
    return y


def pyramid(
    page: Page, x: float, y: float, to: float, sides: tuple[str, str], steps: Sequence[tuple[str, int, int, bool]]
) -> float:
    """Two populations back to back on one scale: each step has its word, its two counts, and whether it is dark."""
    middle = (x + to) / 2 - 6
    half = 7.5
    most = max([max(left, right) for _, left, right, _ in steps] + [1])
    room = min(middle - half - x, to - middle - half) - 6
    page.right(middle - half, y + 2.6, sides[0], COUNT_BOLD)
    page.text(middle + half, y + 2.6, sides[1], COUNT_BOLD)
    y += ROW
    for label, left, right, dark in steps:
        fill = ACCENT if dark else TINTS[1]
        page.centre(middle, y + 2.9, label, COUNT)
        for count, sign in ((left, -1), (right, 1)):
            _half_bar(page, middle + sign * half, y, sign, room * count / most, count, fill)
        y += ROW
    return y


def _half_bar(page: Page, base: float, y: float, sign: int, wide: float, count: int, fill: str) -> None:
    if count:
        page.box(base if sign > 0 else base - wide, y, wide, HIGH, 0.4, fill)
    end = base + sign * (wide + 1.6)
    (page.text if sign > 0 else page.right)(end, y + 2.9, str(count), COUNT)


# Charts of chart_data


def draw(page: Page, box: Rect, chart: Chart) -> float:
    """A chart with its scale and its labels, all within the box; the y under it."""
    if chart.shape in {Shape.ROWS, Shape.SHARES}:
        _draw_lying(page, box, chart)
    else:
        _draw_upright(page, box, chart)
    return box.bottom


def rows_high(chart: Chart) -> float:
    """The height that a chart of rows asks for."""
    return len(chart.labels) * (ROW + 1.6 if len(chart.series) == 1 or chart.shape == Shape.SHARES else 2 * ROW)


def tile_line(page: Page, box: Rect, chart: Chart) -> float:
    """The small line of a tile: hollow points, the last one full, its first and last labels; the y under it."""
    plot = Rect(box.x + GREATER, box.y + GREATER, box.wide - 2 * GREATER, box.high - LABELS - 2 * GREATER)
    laid = chart_data.spark(chart, plot)
    if laid.target is not None:
        _dashed(page, box.x, laid.target, box.right)
    _draw_line(page, chart, laid)
    if chart.labels:
        page.text(box.x, box.bottom - 0.6, chart.labels[0], AXIS)
        page.right(box.right, box.bottom - 0.6, chart.labels[-1], AXIS)
        gap = len(chart.known) < len(chart.labels)
        note = "ligne coupée\u00a0: sans donnée" if gap else "tireté\u00a0: objectif" if laid.target is not None else ""
        page.centre(box.x + box.wide / 2, box.bottom - 0.6, note, AXIS)
    return box.bottom


def legend(page: Page, x: float, y: float, chart: Chart) -> float:
    """The names of the series on one line, each after its square; the x after the last."""
    for rank, one in enumerate(chart.series):
        page.box(x, y, 2.4, 2.4, OUTLINE, _fill(chart, rank))
        x = page.text(x + 3.6, y + 2.2, one.name, AXIS) + 4
    return x


def _draw_upright(page: Page, box: Rect, chart: Chart) -> None:
    """One series of bars tells its values itself and has no scale."""
    bare = chart.shape == Shape.COLUMNS and len(chart.series) == 1
    marks = [chart_data.mark(chart.unit, step) for step in chart_data.scale(chart)]
    left = 0 if bare else max(width_of(one, AXIS) for one in marks) + 1.6
    last = written(chart.unit, chart.known[-1]) if chart.shape == Shape.LINE and chart.known else ""
    beside = "" if bare else chart.target_text
    side = max(width_of(last, AXIS_BOLD), width_of(beside, AXIS)) + 2 if last or beside else 0
    plot = Rect(box.x + left, box.y + 3, box.wide - left - side, box.high - LABELS - 3)
    laid = chart_data.lay(chart, plot)
    for y, words in () if bare else laid.ticks:
        page.rule(plot.x, y, plot.right, 0.25, RULE)
        page.right(plot.x - 1.6, y + 0.9, words, AXIS)
    _draw_labels(page, plot, chart, laid)
    for bar in laid.bars:
        _draw_bar(page, chart, bar, told=bare)
    if chart.shape == Shape.COLUMNS:
        page.rule(plot.x, laid.base, plot.right, 0.8, INK)
    if bare:
        _draw_unseen(page, chart, laid)
    _draw_target(page, plot, chart, laid, above=bare)
    _draw_line(page, chart, laid)
    if laid.dots and laid.dots[-1].at == len(chart.labels) - 1:
        y, other = laid.dots[-1].y, laid.target if beside else None
        near = other is not None and abs(y - other) < AXIS.leading / MM
        y = (other or 0) + AXIS.leading / MM * (1 if y >= (other or 0) else -1) if near else y
        page.text(plot.right + 1.6, y + 0.9, last, AXIS_BOLD)


def _draw_labels(page: Page, plot: Rect, chart: Chart, laid: Laid) -> None:
    widest = max((width_of(one, AXIS_BOLD) for one in chart.labels), default=0) + 1
    for at in chart_data.kept(chart, plot.wide, widest):
        kind = AXIS_BOLD if at == chart.bold else AXIS
        page.centre(laid.labels[at], plot.bottom + 3.2, chart.labels[at], kind)


def _draw_target(page: Page, plot: Rect, chart: Chart, laid: Laid, *, above: bool) -> None:
    if laid.target is None:
        return
    _dashed(page, plot.x, laid.target, plot.right)
    if above:
        page.right(plot.right, laid.target - 0.8, chart.target_text, AXIS)
    else:
        page.text(plot.right + 1.6, laid.target + 0.9, chart.target_text, AXIS)


def _draw_bar(page: Page, chart: Chart, bar: Bar, *, told: bool) -> None:
    box, fill = bar.box, _fill(chart, bar.rank, bar.at)
    page.box(box.x, box.y, box.wide, box.high, OUTLINE, fill)
    if not told:
        return
    words = written(chart.unit, bar.value)
    inside = box.high > BAR.leading / MM and width_of(words, BAR) + 2 * BESIDE < box.wide
    kind = Type(BAR.face, BAR.size, BAR.leading, WHITE if inside and fill in LIGHT_LETTER else INK)
    page.centre(box.x + box.wide / 2, box.y + 3.9 if inside else box.y - 0.9, words, kind)


def _draw_unseen(page: Page, chart: Chart, laid: Laid) -> None:
    """What has no bar is told over the base: 0, or a dash where there is no data."""
    for x, value in zip(laid.labels, chart.series[0].values, strict=True):
        if not value:
            page.centre(x, laid.base - 1.2, written(chart.unit, value), BAR)


def _draw_lying(page: Page, box: Rect, chart: Chart) -> None:
    left = min(max((width_of(one, COUNT) for one in chart.labels), default=0), box.wide * 0.45) + 2
    values = [written(chart.unit, value) for value in chart.known] if chart.shape == Shape.ROWS else []
    side = max((width_of(value, COUNT_BOLD) for value in values), default=0) + 2
    plot = Rect(box.x + left, box.y, box.wide - left - side, box.high)
    laid = chart_data.lay(chart, plot)
    for name, y in zip(chart.labels, laid.labels, strict=True):
        page.right(plot.x - 2, y + 0.95, fitted(name, COUNT, (left - 2) * MM), COUNT)
    for bar in laid.bars:
        _draw_bar(page, chart, bar, told=False)
        if chart.shape == Shape.SHARES:
            _draw_share(page, bar, written(chart.unit, bar.value), _fill(chart, bar.rank))
    if chart.shape == Shape.ROWS:
        page.upright(laid.base, plot.y, plot.bottom, 0.5, INK)
        _draw_ends(page, chart, laid)
    if laid.target is not None:
        page.out.append(
            f"q 0.6 w [2 1.6] 0 d {INK} RG {page.at(laid.target, plot.y)} m {page.at(laid.target, plot.bottom)} l S Q"
        )


def _draw_share(page: Page, bar: Bar, words: str, fill: str) -> None:
    if width_of(words, COUNT) + 1 <= bar.box.wide:
        kind = Type(COUNT.face, COUNT.size, COUNT.leading, WHITE if fill in LIGHT_LETTER else INK)
        page.centre(bar.box.x + bar.box.wide / 2, bar.box.y + bar.box.high / 2 + 0.95, words, kind)


def _draw_ends(page: Page, chart: Chart, laid: Laid) -> None:
    """The value of each bar after its end; what is 0 and what has no data after the base."""
    drawn = {(bar.at, bar.rank): bar.box for bar in laid.bars}
    for rank, one in enumerate(chart.series):
        for at, value in enumerate(one.values):
            box = drawn.get((at, rank))
            y = box.y + box.high / 2 if box else laid.labels[at] + (rank - (len(chart.series) - 1) / 2) * 3.2
            words, kind = written(chart.unit, value), COUNT if rank else COUNT_BOLD
            end = max(box.right, laid.base) if box else laid.base
            end = chart_data.beyond(end, width_of(words, kind) + 2, laid.target)
            page.text(end + 1.6, y + 0.95, words, kind)


def _draw_line(page: Page, chart: Chart, laid: Laid) -> None:
    for run in laid.runs:
        legs = " ".join(f"{page.at(dot.x, dot.y)} {'l' if i else 'm'}" for i, dot in enumerate(run))
        page.out.append(f"1.1 w {ACCENT} RG {legs} S")
    for dot in laid.dots:
        last = dot.at == len(chart.labels) - 1
        _disc(page, dot.x, dot.y, GREATER if last else USUAL, ACCENT if last else WHITE)


def _disc(page: Page, x: float, y: float, radius: float, fill: str) -> None:
    """A round point, outlined in the accent: four curves."""
    bend = radius * 0.5523
    right, left, top, foot = x + radius, x - radius, y - radius, y + radius
    curves = [
        ((right, y - bend), (x + bend, top), (x, top)), ((x - bend, top), (left, y - bend), (left, y)),
        ((left, y + bend), (x - bend, foot), (x, foot)), ((x + bend, foot), (right, y + bend), (right, y)),
    ]  # fmt: skip
    path = " ".join(" ".join(page.at(*point) for point in curve) + " c" for curve in curves)
    page.out.append(f"{fill} rg 1 w {ACCENT} RG {page.at(right, y)} m {path} b")


def _dashed(page: Page, x: float, y: float, to: float) -> None:
    page.out.append(f"q 0.6 w [2 1.6] 0 d {INK} RG {page.at(x, y)} m {page.at(to, y)} l S Q")


def _fill(chart: Chart, rank: int, at: int = -1) -> str:
    """Of shares, darker with the rank; of one series, the current bar is the dark one."""
    if chart.shape == Shape.SHARES:
        return RAMP[round(rank * (len(RAMP) - 1) / max(1, len(chart.series) - 1))]
    if len(chart.series) == 1:
        return ACCENT if at == chart.bold else TINTS[1]
    return FILLS[rank % len(FILLS)]
