"""Linear depreciation by days, and what leaves the register (domain.md E.3 and E.4; PCG art. 214-13).

Amounts are cents, lives are months. Days are counted by months of 30 and years of 360, or really, by years of 365: then
29 February is not counted, so that every whole year bears the same charge.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from app.rules import day_count

Count = Literal["thirty", "real"]
Closing = tuple[int, int]
"""Month and day on which the books are closed."""
MONTHS = 12
PER_YEAR: dict[Count, int] = {"thirty": day_count.YEAR, "real": 365}
FEBRUARY, LEAP = 2, 29


@dataclass(frozen=True, slots=True)
class Terms:
    """What is depreciated, how. Without `start` nothing is; `residual` is what remains at the end."""

    base: int
    start: date | None
    months: int
    residual: int = 0
    count: Count = "thirty"


@dataclass(frozen=True, slots=True)
class Leaving:
    """The day of an exit and the price HT it brings; `counted`: that day still bears its part (domain.md E.4)."""

    on: date
    price: int = 0
    counted: bool = True

    @property
    def last(self) -> date:
        """The last day that is depreciated."""
        return self.on if self.counted else self.on - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class YearPlan:
    """One financial year: days counted in it, its charge, all that is depreciated at its end, what remains."""

    start: date
    end: date
    days: int
    charge: int
    total: int
    book_value: int


@dataclass(frozen=True, slots=True)
class Exit:
    """What an exit leaves: `complement` of the year until that day, `total` depreciated, `book_value` that leaves,
    `result` of the sale: negative is a loss."""

    complement: int
    total: int
    book_value: int
    result: int


def days(first: date, last: date, count: Count = "thirty") -> int:
    """Days from one to the other, both included; none when the last comes before."""
    if last < first:
        return 0
    return day_count.days_360(first, last) if count == "thirty" else _real(first, last)


def _real(first: date, last: date) -> int:
    return day_count.days_real(first, last) - _leap_days(last) + _leap_days(first - timedelta(days=1))


def _leap_days(day: date) -> int:
    """How many 29 February there were until that day, itself included."""
    past = day.month > FEBRUARY or (day.month == FEBRUARY and day.day == LEAP)
    year = day.year if past else day.year - 1
    return year // 4 - year // 100 + year // 400


def accumulated(terms: Terms, day: date) -> int:
    """All that is depreciated at the end of that day."""
    if terms.start is None:
        return 0
    whole = PER_YEAR[terms.count] * terms.months
    passed = min(days(terms.start, day, terms.count) * MONTHS, whole)
    return int((Decimal(terms.base - terms.residual) * passed / whole).quantize(Decimal(1), ROUND_HALF_UP))


def leave(terms: Terms, leaving: Leaving, closing: Closing = (12, 31)) -> Exit:
    """What leaves the register that day: the charge since the last closing, then the rest (domain.md E.4)."""
    year = day_count.holding(leaving.on, *closing)
    total = accumulated(terms, leaving.last)
    opening = min(total, accumulated(terms, year.start - timedelta(days=1)))
    left = terms.base - total
    return Exit(total - opening, total, left, leaving.price - left)


def plan(terms: Terms, closing: Closing = (12, 31), leaving: Leaving | None = None) -> tuple[YearPlan, ...]:
    """Every financial year that bears a charge, the last one absorbing the cents; none without a start."""
    until = leaving.last if leaving else date.max
    if terms.start is None or until < terms.start:
        return ()
    year = day_count.holding(terms.start, *closing)
    found = [_of_year(terms, year.start, min(year.end, until), year.end, 0)]
    while found[-1].end < until and found[-1].total < terms.base - terms.residual:
        year = day_count.financial_year(year.year + 1, *closing)
        found.append(_of_year(terms, year.start, min(year.end, until), year.end, found[-1].total))
    return tuple(found)


def _of_year(terms: Terms, start: date, last: date, end: date, before: int) -> YearPlan:
    total = accumulated(terms, last)
    return YearPlan(start, end, _days_within(terms, start, last), total - before, total, terms.base - total)


def _days_within(terms: Terms, start: date, last: date) -> int:
    """Days of that span in the life of the thing, as they are counted."""
    first = terms.start or start
    whole = -(-PER_YEAR[terms.count] * terms.months // MONTHS)
    passed = min(days(first, last, terms.count), whole)
    return passed - min(days(first, start - timedelta(days=1), terms.count), whole)


def yearly_rate(months: int) -> Decimal:
    """Percents a year, to two places: 36 months is 33.33."""
    return (Decimal(100) * MONTHS / months).quantize(Decimal("0.01"), ROUND_HALF_UP)
