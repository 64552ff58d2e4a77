"""When a document of the provider is due, and what became of it (domain.md A.5). Delays are in working days."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from app.rules.holidays import business_day_before, is_business_day
from app.rules.notice import add_months

ONE_DAY = timedelta(days=1)
MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}
State = Literal["expected", "late", "received", "refused", "waived"]


@dataclass(frozen=True, slots=True)
class Period:
    """What a document is owed for: `mark` tells it from all others (« 2026-11 », « 2026-T4 », « 2026-01-15 »,
    « once »), `first` and `last` are its days, `due` the last one on which it comes in time."""

    mark: str
    first: date
    last: date
    due: date


def business_days_after(day: date, count: int, zone: str) -> date:
    """The `count`-th working day that follows `day`; for 0, `day` itself or the first working day after it."""
    if count == 0:
        while not is_business_day(day, zone):
            day += ONE_DAY
        return day
    for _ in range(count):
        day += ONE_DAY
        while not is_business_day(day, zone):
            day += ONE_DAY
    return day


def business_days_before(day: date, count: int, zone: str) -> date:
    """The `count`-th working day that comes before `day`, the first one for 0."""
    for _ in range(max(count, 1)):
        day = business_day_before(day - ONE_DAY, zone)
    return day


def periods(rule: str, starts: date, ends: date | None, delay: int, zone: str, *, until: date) -> Iterator[Period]:
    """The periods of a document owed by date, begun by `until` (the next one too, of what comes before its quarter),
    within a contract from `starts` to `ends` included; None: without end.

    « monthly » is counted from the end of each month of the calendar, « quarterly » comes before each quarter that the
    contract sees begin, « yearly » after each year of the contract, « once » after it takes effect.
    """
    shapes: dict[str, Callable[[], Iterable[Period]]] = {
        "monthly": lambda: _monthly(starts, delay, zone),
        "quarterly": lambda: _quarterly(starts, delay, zone),
        "yearly": lambda: _yearly(starts, delay, zone),
        "once": lambda: [Period("once", starts, starts, business_days_after(starts, delay, zone))],
    }
    for period in shapes[rule]():
        if period.first > (ends or date.max) or min(period.first, period.due) > until:
            return
        yield period


def _monthly(starts: date, delay: int, zone: str) -> Iterator[Period]:
    first = starts.replace(day=1)
    while True:
        after = add_months(first, 1)
        last = after - ONE_DAY
        yield Period(f"{first:%Y-%m}", max(first, starts), last, business_days_after(last, delay, zone))
        first = after


def _quarterly(starts: date, delay: int, zone: str) -> Iterator[Period]:
    first = date(starts.year, 3 * ((starts.month - 1) // 3) + 1, 1)
    while True:
        if first >= starts:
            name = f"{first.year}-T{(first.month + 2) // 3}"
            yield Period(name, first, add_months(first, 3) - ONE_DAY, business_days_before(first, delay, zone))
        first = add_months(first, 3)


def _yearly(starts: date, delay: int, zone: str) -> Iterator[Period]:
    years = 0
    while True:
        first, after = add_months(starts, 12 * years), add_months(starts, 12 * (years + 1))
        last = after - ONE_DAY
        yield Period(first.isoformat(), first, last, business_days_after(last, delay, zone))
        years += 1


def state(told: str | None, due: date, today: date) -> State:
    """`told` is what was said of it (« received », « refused », « waived »), None while nothing was."""
    if told in {"received", "refused", "waived"}:
        return told  # type: ignore[return-value]  # one of the three, by the line above
    return "late" if today > due else "expected"


@dataclass(frozen=True, slots=True)
class Punctuality:
    """« remis à temps ÷ attendus échus » (A.5). `rate` in percents, None when nothing was due."""

    in_time: int
    due: int

    @property
    def rate(self) -> float | None:
        return 100 * self.in_time / self.due if self.due else None


def punctuality(owed: Iterable[tuple[str, date, date | None]], today: date) -> Punctuality:
    """Of (`State`, due, received): those whose day is past, or that came sooner; what is not asked for is out."""
    in_time = due = 0
    for found, on, came in owed:
        if found == "waived" or (on >= today and found != "received"):
            continue
        due += 1
        in_time += found == "received" and came is not None and came <= on
    return Punctuality(in_time, due)
