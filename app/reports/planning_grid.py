"""The grid of a year: a row a task, a column a month, a sign a visit; its head repeats on each page."""

from app.fields import formats
from app.reports import blocks, theme
from app.reports.flow import Flow
from app.reports.paper import Page, width_of
from app.reports.planning_data import CANCELLED, DONE, LATE, MISSED, PLANNED, Mark, TaskGroup, TaskRow, YearPlan
from app.reports.text import wrap
from app.reports.theme import INK, MM, RULE

LABEL, RHYTHM, WHO = 66.0, 25.0, 26.0
GAP = 3.0
HEAD = 6.5
LINE = 4.4
WORDS = theme.SMALL_CELL.leading / MM
PAD = 2.0
TITLE = 7.4
EACH = 2
"""Visits drawn one by one in a month: beyond, one sign tells how many of them were done."""
WORST = (MISSED, LATE, PLANNED, DONE, CANCELLED)
KEY = (
    (PLANNED, "prévue, avec son jour"), (DONE, "faite"), (LATE, "faite hors délai (*)"), (MISSED, "manquée"),
    (CANCELLED, "annulée"),
)  # fmt: skip


def draw(flow: Flow, told: YearPlan) -> None:
    """The groups, then the key of the signs."""
    if not told.groups:
        return
    _head(flow)
    for group in told.groups:
        _group(flow, group)
    flow.room(8)
    _key(flow)


def _month_width(flow: Flow) -> float:
    return (flow.frame.span - LABEL - RHYTHM - WHO) / 12


def _starts(flow: Flow) -> list[float]:
    first = flow.frame.left + LABEL + RHYTHM + WHO
    return [first + i * _month_width(flow) for i in range(12)]


def _head(flow: Flow) -> None:
    page, y = flow.page, flow.y + HEAD - 1.9
    page.text(flow.frame.left, y, "Tâche, site", theme.HEAD)
    page.text(flow.frame.left + LABEL, y, "Revient", theme.HEAD)
    page.text(flow.frame.left + LABEL + RHYTHM, y, "Par", theme.HEAD)
    for x, month in zip(_starts(flow), formats.SHORT_MONTHS, strict=True):
        page.centre(x + _month_width(flow) / 2, y, month, theme.HEAD)
    flow.y += HEAD
    page.rule(flow.frame.left, flow.y, flow.frame.right, 0.8, INK)


def _turn(flow: Flow) -> None:
    flow.turn()
    _head(flow)


def _group(flow: Flow, group: TaskGroup) -> None:
    """Its title stays with its first row, and comes again on the next page."""
    for position, row in enumerate(group.rows):
        high = _height(row)
        turned = flow.left < high + (0 if position else TITLE)
        if turned:
            _turn(flow)
        if turned or not position:
            _title(flow, f"{group.title} (suite)" if position else group.title)
        _row(flow, row, high)


def _title(flow: Flow, title: str) -> None:
    flow.page.fit(flow.frame.left, flow.y + 5.4, title, theme.SMALL_GROUP, flow.frame.span)
    flow.y += TITLE
    flow.page.rule(flow.frame.left, flow.y, flow.frame.right, 0.25, RULE)


def _cells(row: TaskRow) -> tuple[list[str], list[str], list[str]]:
    name = wrap(row.label, theme.SMALL_CELL_BOLD, (LABEL - GAP) * MM)
    site = wrap(row.site, theme.SMALL_CELL, (LABEL - GAP) * MM) if row.site else []
    rhythm = wrap(row.rhythm, theme.SMALL_CELL, (RHYTHM - GAP) * MM)
    who = wrap(row.who, theme.SMALL_CELL, (WHO - GAP) * MM) if row.who else [formats.MISSING]
    return [*name, *site], rhythm, who


def _height(row: TaskRow) -> float:
    words = max(len(cell) for cell in _cells(row)) * WORDS
    signs = max((min(len(marks), EACH) if len(marks) <= EACH else 1) for marks in row.months) * LINE
    return max(words, signs) + PAD


def _row(flow: Flow, row: TaskRow, high: float) -> None:
    page, frame = flow.page, flow.frame
    cells = _cells(row)
    bold = len(cells[0]) - (1 if row.site else 0)
    for x, lines, strong in zip((0.0, LABEL, LABEL + RHYTHM), cells, (bold, 0, 0), strict=True):
        for i, line in enumerate(lines):
            kind = theme.SMALL_CELL_BOLD if i < strong else theme.SMALL_CELL
            page.text(frame.left + x, flow.y + PAD / 2 + i * WORDS + 2.5, line, kind)
    for x, marks in zip(_starts(flow), row.months, strict=True):
        page.upright(x, flow.y, flow.y + high, 0.25, RULE)
        _month(page, x, flow.y + PAD / 2, _month_width(flow), marks)
    flow.y += high
    page.rule(frame.left, flow.y, frame.right, 0.25, RULE)


def _month(page: Page, x: float, y: float, width: float, marks: tuple[Mark, ...]) -> None:
    if len(marks) > EACH:
        asked = [one for one in marks if one.state != CANCELLED]
        done = sum(one.state in {DONE, LATE} for one in asked)
        state = min((one.state for one in marks), key=WORST.index)
        _sign(page, x, y, width, state, f"{done}/{len(asked)}")
        return
    for i, one in enumerate(marks):
        _sign(page, x, y + i * LINE, width, one.state, f"{one.day}{'*' if one.state == LATE else ''}")


def _sign(page: Page, x: float, y: float, width: float, state: str, words: str) -> None:
    """The sign and its words, in the middle of the month."""
    kind = theme.SMALL_CELL_BOLD if state == MISSED else theme.SMALL_CELL
    left = x + (width - 4 - width_of(words, kind)) / 2
    drawing(page, left, y + 0.2, state)
    page.text(left + 4, y + 2.7, words, kind)


def drawing(page: Page, x: float, y: float, state: str) -> None:
    """The sign of where a visit stands, 3 mm high from its top left corner."""
    if state in {DONE, LATE}:
        blocks.kept(page, x, y)
    elif state == MISSED:
        blocks.missed(page, x, y)
    elif state == CANCELLED:
        blocks.no_data(page, x, y)
    else:
        page.box(x, y, 3.1, 3.1, 0.6)


def _key(flow: Flow) -> None:
    x, y = flow.frame.left, flow.y + 4.5
    for state, words in KEY:
        drawing(flow.page, x, y - 2.6, state)
        x = flow.page.text(x + 4.2, y, words, theme.NOTE) + 6
    flow.page.text(x, y, "3/4\u00a0: faites sur prévues", theme.NOTE)
    flow.y = y + 2
