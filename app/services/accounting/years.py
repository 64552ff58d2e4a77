"""The financial years of the company, by the closing day on its card."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Company
from app.rules import day_count
from app.rules.day_count import FinancialYear

USUAL = "31/12"


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
