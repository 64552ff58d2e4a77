"""When a task comes again, on which working day, and how far from it still counts (domain.md A.2, B.2)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from app.rules.notice import add_months

DAY = timedelta(days=1)
FAR = 60
"""Days looked at around one that is not worked: beyond, nobody works there and the day stays."""
MONTHS = {"months": 1, "years": 12}
STEPS = {"days": 1, "weeks": 7}
LONG = {"days": Decimal(1), "weeks": Decimal(7), "months": Decimal("30.4375"), "years": Decimal("365.25")}
"""Days of each unit, a year being 365,25 of them."""
TENTH = 10
"""Percents of the interval (domain.md B.2)."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """« Tous les 3 mois à partir du 31/01/2026 ». `unit` is days, weeks, months or years; `until` is included."""

    first_on: date
    every: int = 1
    unit: str = "months"
    until: date | None = None

    def __post_init__(self) -> None:
        if self.every < 1:
            raise ValueError("an interval has at least one unit")


@dataclass(frozen=True, slots=True)
class Slot:
    """One time of a task: the day that the frequency gives, the working day fixed, and the first and last day on which
    it counts as done in time."""

    due: date
    planned: date
    earliest: date
    latest: date


def occurrence(rhythm: Rhythm, index: int) -> date:
    """The day of the time `index`, 0 first: always counted from the first one, so that nothing drifts at the end of
    months (31/01, 28/02, 31/03) nor on 29 February."""
    if months := MONTHS.get(rhythm.unit):
        return add_months(rhythm.first_on, months * rhythm.every * index)
    return rhythm.first_on + timedelta(days=STEPS[rhythm.unit] * rhythm.every * index)


def occurrences(rhythm: Rhythm, start: date, end: date) -> Iterator[date]:
    """The days of the rhythm between two days, both included."""
    last = end if rhythm.until is None else min(end, rhythm.until)
    index = _index_before(rhythm, start)
    while (due := occurrence(rhythm, index)) <= last:
        if due >= start:
            yield due
        index += 1


def _index_before(rhythm: Rhythm, start: date) -> int:
    """An index whose day is not after `start`, or the first."""
    if months := MONTHS.get(rhythm.unit):
        apart = (start.year - rhythm.first_on.year) * 12 + start.month - rhythm.first_on.month
        return max(0, apart // (months * rhythm.every) - 1)
    return max(0, (start - rhythm.first_on).days // (STEPS[rhythm.unit] * rhythm.every))


def window(every: int, unit: str, chosen: int | None = None, percent: int = TENTH) -> int:
    """Days before and after its day on which a visit counts as done in time: those chosen, else a share of the
    interval, rounded half up (domain.md B.2): one week 1, one month 3, three months 9, one year 37."""
    if chosen is not None:
        return chosen
    return int((every * LONG[unit] * percent / 100).quantize(Decimal(1), ROUND_HALF_UP))


def working_day(due: date, worked: Callable[[date], bool]) -> date:
    """The day itself if it is worked, else the next one that is; the one before where the next is of another month,
    so that what is of a month stays in it. A day with none near stays as it is."""
    later = _first(due, DAY, worked)
    if later is None or later.month == due.month:
        return later or due
    earlier = _first(due, -DAY, worked)
    return earlier if earlier is not None and earlier.month == due.month else later


def _first(day: date, step: timedelta, worked: Callable[[date], bool]) -> date | None:
    return next((on for on in (day + step * far for far in range(FAR)) if worked(on)), None)


def slots(rhythm: Rhythm, days: int, start: date, end: date, worked: Callable[[date], bool]) -> list[Slot]:
    """The times due, and fixed, between two days, `days` being the window. Of several that come to one working day (a
    daily task over a week-end) one is kept: that of the day itself if it is there. A day moved away from a closing
    keeps its visit in time."""
    kept: dict[date, Slot] = {}
    for due in occurrences(rhythm, start, end):
        on = working_day(due, worked)
        if on <= end and (on not in kept or due == on):
            kept[on] = Slot(due, on, min(due - timedelta(days=days), on), max(due + timedelta(days=days), on))
    return list(kept.values())
