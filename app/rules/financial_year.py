"""The financial year of a company, told by its last day: « 31/12 » (domain.md E)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

FEBRUARY, LAST_OF_FEBRUARY = 2, 28
YEAR_END = "31/12"
"""Where nobody wrote when the year closes."""


@dataclass(frozen=True, slots=True)
class FinancialYear:
    """Both days are in it; it is named by the calendar year of its last day."""

    start: date
    end: date

    @property
    def name(self) -> str:
        """« 2026 », « 2026-2027 »."""
        return str(self.end.year) if self.start.year == self.end.year else f"{self.start.year}-{self.end.year}"

    @property
    def year(self) -> int:
        return self.end.year

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.start <= day <= self.end


def closing(year: int, year_end: str | None) -> date:
    """The last day of the financial year that ends in that calendar year; « 28/02 » is the last of February."""
    day, month = (int(part) for part in (year_end or YEAR_END).split("/"))
    last = monthrange(year, month)[1]
    return date(year, month, last if (month, day) == (FEBRUARY, LAST_OF_FEBRUARY) else min(day, last))


def ending_in(year: int, year_end: str | None) -> FinancialYear:
    return FinancialYear(closing(year - 1, year_end) + timedelta(days=1), closing(year, year_end))


def containing(day: date, year_end: str | None) -> FinancialYear:
    """The financial year that this day is in."""
    this = ending_in(day.year, year_end)
    return this if day <= this.end else ending_in(day.year + 1, year_end)
