"""The financial years of the company, by the closing day on its card."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Company, FixedAsset, Invoice
from app.rules import day_count
from app.rules.day_count import FinancialYear

USUAL = "31/12"
BOOKED_WITHIN = 183
"""Days after a closing during which it is the one that the accountant works on."""


def closing_day(session: Session) -> tuple[int, int]:
    """Month and day on which the books are closed; the end of December until the company's card says otherwise."""
    kept = session.scalar(select(Company.year_end).where(Company.deleted_at.is_(None)).limit(1))
    day, _, month = (kept or USUAL).partition("/")
    return int(month), int(day)


def of_year(session: Session, year: int) -> FinancialYear:
    """The financial year named by the calendar year of its last day."""
    return day_count.financial_year(year, *closing_day(session))


def holding(session: Session, on: date) -> FinancialYear:
    return day_count.holding(on, *closing_day(session))


def offered(session: Session, today: date) -> tuple[FinancialYear, ...]:
    """From the one of today to that of the first invoice or fixed asset, the newest first."""
    kept = (
        select(func.min(Invoice.invoiced_on)).where(Invoice.deleted_at.is_(None)),
        select(func.min(FixedAsset.acquired_on)).where(FixedAsset.deleted_at.is_(None)),
    )
    first = [_day(found) for found in map(session.scalar, kept) if found]
    now, oldest = holding(session, today), holding(session, min([*first, today]))
    return tuple(of_year(session, year) for year in range(now.year, oldest.year - 1, -1))


def _day(value: date | str) -> date:
    """An SQL function may lose the type of its column."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def proposed(session: Session, today: date) -> FinancialYear:
    """The one that closed some months ago, if anything happened in it; else that of today."""
    years = offered(session, today)
    last = next((year for year in years if year.end < today), None)
    return last if last is not None and (today - last.end).days <= BOOKED_WITHIN else years[0]
