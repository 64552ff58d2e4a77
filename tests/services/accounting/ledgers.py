"""Books as the tests of accounts need them: a company, and what was billed and bought."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.models import Company, FixedAsset
from app.models.codes import ExitKind
from app.reports.accounts.data import Book
from app.rules.entries import Entry
from app.services import preferences
from app.services.accounting import book

TODAY = date(2027, 1, 12)
CLOSES = date(2026, 12, 31)


def company(session: Session, year_end: str | None = None, **settings: Any) -> None:
    session.add(Company(name="Ateliers Morvan & Fils", siren="732829320", year_end=year_end))
    preferences.save(session, settings)
    session.flush()


def gathered(session: Session, year: int = 2026, today: date = TODAY) -> Book:
    session.flush()
    return book.gather(session, year, today)


def moved(found: list[Entry], journal: str = "OD") -> list[tuple[str, str, int, int]]:
    """(label's first word, account, debit, credit) of every line of a journal."""
    return [
        (one.label.split()[0], line.account, line.debit, line.credit)
        for one in found
        if one.journal == journal
        for line in one.lines
    ]


def laptop(session: Session, **values: Any) -> int:
    """That of domain.md E.3, or another."""
    usual = {
        "number": "IM-0001", "label": "Portable", "cost": 125_000, "acquired_on": date(2026, 9, 10),
        "starts_on": date(2026, 9, 17), "life_months": 36,
    }  # fmt: skip
    made = FixedAsset(**{**usual, **values})
    session.add(made)
    session.flush()
    return made.id


def sold(session: Session, **values: Any) -> int:
    """That of domain.md E.4."""
    gone = {"exit_on": date(2028, 6, 15), "exit_kind": ExitKind.SALE, "exit_price": 20_000, "exit_vat_rate": 2_000}
    return laptop(session, **{**gone, **values})
