"""Periods of the calendar that figures are told of: months, quarters, years, or any days."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from app.fields import day, month_words
from app.rules.notice import add_months


@dataclass(frozen=True, slots=True)
class Period:
    """Paris days, both included."""

    start: date
    end: date

    @property
    def months(self) -> int | None:
        """How many whole months it is, None if it cuts one."""
        whole = self.start.day == 1 and self.end.day == monthrange(self.end.year, self.end.month)[1]
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1 if whole else None

    def before(self, steps: int) -> "Period":
        """The period of the same length `steps` periods earlier; later ones below zero."""
        if self.months is None:
            length = (self.end - self.start).days + 1
            return Period(self.start - timedelta(days=steps * length), self.end - timedelta(days=steps * length))
        start = add_months(self.start, -steps * self.months)
        return Period(start, add_months(start, self.months) - timedelta(days=1))

    def label(self, *, short: bool = False) -> str:
        if self.months == 1:
            return month_words(self.start, short)
        return f"{day(self.start)} – {day(self.end)}"

    @property
    def name(self) -> str:
        """« Octobre 2026 », « 4e trimestre 2026 », « Année 2026 », « 03/11/2026 – 14/11/2026 »."""
        if self == quarter(self.start):
            rank = (self.start.month + 2) // 3
            return f"{'1er' if rank == 1 else f'{rank}e'}\u00a0trimestre\u00a0{self.start.year}"
        if self == year(self.start):
            return f"Année\u00a0{self.start.year}"
        label = self.label()
        return label[0].upper() + label[1:]

    @property
    def short_name(self) -> str:
        """« oct. », « T4 2026 », « 2026 », « 03/11/2026 »: under a point of a chart."""
        if self.months == 1:
            return self.label(short=True).split("\u00a0")[0]
        if self == quarter(self.start):
            return f"T{(self.start.month + 2) // 3}\u00a0{self.start.year}"
        return str(self.start.year) if self == year(self.start) else day(self.start)


def month(of: date) -> Period:
    """The month that holds the day."""
    first = of.replace(day=1)
    return Period(first, add_months(first, 1) - timedelta(days=1))


def quarter(of: date) -> Period:
    """The calendar quarter that holds the day."""
    first = date(of.year, 3 * ((of.month - 1) // 3) + 1, 1)
    return Period(first, add_months(first, 3) - timedelta(days=1))


def year(of: date) -> Period:
    return Period(date(of.year, 1, 1), date(of.year, 12, 31))
