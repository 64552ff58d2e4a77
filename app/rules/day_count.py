"""How days are counted between two dates, both included, and the financial years they fall in (domain.md E.3)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

MONTH, YEAR, SHORTEST = 30, 360, 28
ONE_DAY = timedelta(days=1)


def days_360(first: date, last: date) -> int:
    """Months of 30 days, both days included: 01/01 to 31/12 is 360, 28/02 to 31/12 303, 31/01 to 31/12 331 (E.3)."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return max(0, months * MONTH + _last_of(last) - min(first.day, MONTH) + 1)


def _last_of(last: date) -> int:
    """The last day of a month, whatever its number, is the thirtieth."""
    ends = last.day >= SHORTEST and (last + ONE_DAY).day == 1
    return MONTH if ends else min(last.day, MONTH)


def days_real(first: date, last: date) -> int:
    """Days of the calendar, both included."""
    return max(0, (last - first).days + 1)


@dataclass(frozen=True, slots=True)
class FinancialYear:
    """`year` names it: the calendar year of its last day."""

    start: date
    end: date

    @property
    def year(self) -> int:
        return self.end.year

    @property
    def opening(self) -> date:
        """The first day of the next one, when what was only for the closing is reversed."""
        return self.end + ONE_DAY


def closing(year: int, month: int, day: int) -> date:
    """The closing day in that calendar year; the end of February follows leap years."""
    last = monthrange(year, month)[1]
    at_end = day >= monthrange(year - year % 4 + 1, month)[1]
    return date(year, month, last if at_end else min(day, last))


@cache
def financial_year(year: int, month: int = 12, day: int = 31) -> FinancialYear:
    """The one that ends in `year`, for a company that closes its books on that day each year."""
    return FinancialYear(closing(year - 1, month, day) + ONE_DAY, closing(year, month, day))


def holding(on: date, month: int = 12, day: int = 31) -> FinancialYear:
    """The financial year that holds a day."""
    this = financial_year(on.year, month, day)
    return this if on <= this.end else financial_year(on.year + 1, month, day)
