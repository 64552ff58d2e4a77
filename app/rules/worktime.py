"""Working time: deadlines and elapsed time in a contract's hours (domain.md D.2 and D.3).

Times are aware; arithmetic is in whole seconds of UTC, and days are walked by date. The working slots of a year are
laid out once per calendar with the time worked before each, so that a deadline is found by bisection.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.rules.holidays import public_holidays

PARIS = ZoneInfo("Europe/Paris")
MINUTE = 60
FAR_YEARS = 50
NEVER = 2**62
Slots = tuple[tuple[tuple[int, int], ...], ...]
Pause = tuple[datetime, datetime | None]


@dataclass(frozen=True)
class Calendar:
    """Hours during which a contract's clock runs.

    `slots` has the (open, close) minutes of each weekday, Monday first, made by `weekly`. `closings` are (first, last)
    days, both included. `round_the_clock` sets slots, holidays and closings aside.
    """

    slots: Slots = ()
    zone: str = "metropole"
    closings: tuple[tuple[date, date], ...] = ()
    round_the_clock: bool = False
    pentecost_worked: bool = False


def weekly(slots: Iterable[tuple[int, int, int]]) -> Slots:
    """(weekday, open, close) in any order -> the slots of a Calendar, those that touch or overlap made one (D.3)."""
    week: list[list[tuple[int, int]]] = [[] for _ in range(7)]
    for weekday, opens, closes in sorted(slots):
        today = week[weekday]
        if today and opens <= today[-1][1]:
            today[-1] = (today[-1][0], max(closes, today[-1][1]))
        elif opens < closes:
            today.append((opens, closes))
    return tuple(tuple(day) for day in week)


class _Year(NamedTuple):
    """Slots of one local year in epoch seconds; `before[i]` is worked before slot i, the last one is the total."""

    opens: list[int]
    closes: list[int]
    before: list[int]


def _epoch(moment: datetime) -> int:
    if moment.tzinfo is None:
        raise ValueError("a time without zone has no place in a calendar")
    return int(moment.timestamp())


def _moment(epoch: int) -> datetime:
    return datetime.fromtimestamp(epoch, UTC)


def _wall(day: date, minutes: int) -> int:
    """Epoch of a wall clock time in Paris; 1440 is the midnight that ends the day."""
    on, rest = day + timedelta(days=minutes // 1440), minutes % 1440
    return int(datetime(on.year, on.month, on.day, rest // 60, rest % 60, tzinfo=PARIS).timestamp())


def is_worked(calendar: Calendar, day: date) -> bool:
    """Whether the day has hours: not a holiday of the zone, not in a closing period (domain.md D.2)."""
    if not calendar.slots[day.weekday()]:
        return False
    if any(first <= day <= last for first, last in calendar.closings):
        return False
    return day not in public_holidays(calendar.zone, day.year, calendar.pentecost_worked)


@lru_cache(maxsize=512)
def _year(calendar: Calendar, year: int) -> _Year:
    table = _Year([], [], [0])
    first = date(year, 1, 1)
    for offset in range((date(year, 12, 31) - first).days + 1):
        day = first + timedelta(days=offset)
        if not is_worked(calendar, day):
            continue
        for opens, closes in calendar.slots[day.weekday()]:
            start, end = _wall(day, opens), _wall(day, closes)
            if start < end:  # a slot within the hour that spring skips has no length
                table.opens.append(start)
                table.closes.append(end)
                table.before.append(table.before[-1] + end - start)
    return table


def _year_of(epoch: int) -> int:
    return datetime.fromtimestamp(epoch, PARIS).year


def _worked_before(table: _Year, epoch: int) -> int:
    """Seconds worked in the year before `epoch`."""
    slot = bisect_right(table.opens, epoch) - 1
    if slot < 0:
        return 0
    return table.before[slot] + min(epoch, table.closes[slot]) - table.opens[slot]


def _elapsed(calendar: Calendar, start: int, end: int) -> int:
    if end <= start:
        return 0
    if calendar.round_the_clock:
        return end - start
    first, last = _year_of(start), _year_of(end)
    whole = sum(_year(calendar, year).before[-1] for year in range(first, last))
    return whole + _worked_before(_year(calendar, last), end) - _worked_before(_year(calendar, first), start)


def _next_open(calendar: Calendar, start: int) -> int:
    first = _year_of(start)
    for year in range(first, first + FAR_YEARS):
        table = _year(calendar, year)
        slot = bisect_right(table.closes, start)
        if slot < len(table.closes):
            return max(start, table.opens[slot])
    raise ValueError("this calendar has no working time")


def _add(calendar: Calendar, start: int, seconds: int) -> int:
    if calendar.round_the_clock:
        return start + seconds
    if not seconds:
        return _next_open(calendar, start)
    first = _year_of(start)
    wanted = _worked_before(_year(calendar, first), start) + seconds
    for year in range(first, first + FAR_YEARS):
        table = _year(calendar, year)
        if wanted <= table.before[-1]:
            slot = bisect_left(table.before, wanted) - 1
            return table.opens[slot] + wanted - table.before[slot]
        wanted -= table.before[-1]
    raise ValueError("this calendar has no working time")


def _merge(pauses: Iterable[Pause]) -> list[tuple[int, int]]:
    """Pauses in epoch seconds, in order, those that touch or overlap made one; an open one ends at NEVER (D.3)."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((_epoch(start), _epoch(end) if end else NEVER) for start, end in pauses):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


def add_business(calendar: Calendar, start: datetime, minutes: int) -> datetime:
    """The moment when `minutes` have been worked since `start` (domain.md D.3 `add_business`).

    The end of a slot is that slot's closing time, not the next opening. ValueError for negative minutes, or for a
    calendar that never opens.
    """
    if minutes < 0:
        raise ValueError("a delay cannot be negative")
    return _moment(_add(calendar, _epoch(start), minutes * MINUTE))


def elapsed(calendar: Calendar, start: datetime, end: datetime) -> int:
    """Whole minutes worked from `start` to `end`, 0 if `end` comes first (domain.md D.3 `elapsed`)."""
    return _elapsed(calendar, _epoch(start), _epoch(end)) // MINUTE


def net_elapsed(calendar: Calendar, start: datetime, end: datetime, pauses: Iterable[Pause]) -> int:
    """The same without what the pauses cover, counted once where they overlap (domain.md B.1 « durée nette »)."""
    first, last = _epoch(start), _epoch(end)
    covered = sum(_elapsed(calendar, max(first, a), min(last, b)) for a, b in _merge(pauses))
    return (_elapsed(calendar, first, last) - covered) // MINUTE


def deadline(calendar: Calendar, opened: datetime, minutes: int, pauses: Sequence[Pause] = ()) -> datetime | None:
    """When `minutes` will have been worked since `opened`, pauses left out (domain.md D.3 « Pause »).

    None while an open pause (without end) stands before that moment.
    """
    at, left = _epoch(opened), minutes * MINUTE
    for start, end in _merge(pauses):
        worked = _elapsed(calendar, at, start)
        if left <= worked:
            break
        left -= worked
        if end == NEVER:
            return None
        at = max(at, end)
    return _moment(_add(calendar, at, left))
