"""All the lines of a financial year, and what was counted on for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Asset, Budget, Invoice
from app.models.money_codes import BudgetPurpose
from app.rules.day_count import FinancialYear
from app.services.accounting import years
from app.services.spending import foreseen, invoiced, planned
from app.services.spending.foreseen import Asked
from app.services.spending.lines import Costing, Line, Origin

AHEAD = {Origin.RENEWAL, Origin.PLANNED}
MOST_YEARS = 12
"""Offered back in time."""


@dataclass(frozen=True, slots=True)
class Spending:
    """The lines of one financial year. `now` is the month of today: what stands after it is to come. Budgets in cents
    by purpose, and by contract for their own. `disputed` of what is invoiced is in dispute."""

    year: FinancialYear
    now: date
    costing: Costing
    lines: tuple[Line, ...]
    budgets: Mapping[tuple[BudgetPurpose, int | None], int]

    def happened(self, line: Line) -> bool:
        return line.month <= self.now and line.origin not in AHEAD

    @property
    def to_date(self) -> list[Line]:
        """Without what is to come."""
        return [line for line in self.lines if self.happened(line)]

    @property
    def is_past(self) -> bool:
        return self.year.end < self.now


def read(session: Session, year: int, today: date) -> Spending:
    """A financial year by whole months: one that closes within a month has all of that month."""
    exercise = years.of_year(session, year)
    costing = Costing.of(session)
    now = today.replace(day=1)
    lines = tuple(_lines(session, exercise, today, costing))
    return Spending(exercise, now, costing, lines, budgets(session, year))


def bounds(exercise: FinancialYear) -> tuple[date, date]:
    """Its first and last month."""
    last = exercise.end.replace(day=1)
    first = exercise.start.replace(day=1)
    return (first if exercise.start.day == 1 else following(first)), last


def last_day(month: date) -> date:
    return following(month) - timedelta(days=1)


def following(month: date) -> date:
    return month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)


def _lines(session: Session, exercise: FinancialYear, today: date, costing: Costing) -> Iterator[Line]:
    first, last = bounds(exercise)
    found = invoiced.read(session, first, last, costing)
    yield from found.lines
    ask = Asked(session, first, last, costing, found.covered)
    for source in foreseen.SOURCES:
        yield from source(ask)
    if ask.end >= today:
        yield from (line for line in planned.replacements(session, today, ask.end) if ask.within(line.month))
        yield from planned.renewals(session, today, first, ask.end, costing)


def budgets(session: Session, year: int) -> dict[tuple[BudgetPurpose, int | None], int]:
    """Cents by purpose and contract; two lines of one purpose add up."""
    rows = session.execute(
        select(Budget.purpose, Budget.contract_id, func.sum(Budget.amount))
        .where(Budget.year == year, Budget.deleted_at.is_(None))
        .group_by(Budget.purpose, Budget.contract_id)
    )
    return {(row[0], row[1]): row[2] for row in rows}


def offered(session: Session, today: date) -> Sequence[int]:
    """The financial years that may be shown, the newest first: from the first known spending to the next one."""
    this = years.holding(session, today).year
    oldest = [
        session.scalar(select(func.min(Invoice.invoiced_on)).where(Invoice.deleted_at.is_(None))),
        session.scalar(select(func.min(Asset.purchased_on)).where(Asset.deleted_at.is_(None), Asset.price > 0)),
    ]
    known = [years.holding(session, one).year for one in oldest if one]
    first = max(min([this - 1, *known]), this - MOST_YEARS)
    return range(this + 1, first - 1, -1)
