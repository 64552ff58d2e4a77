"""A small park to assess: one fixed family, assets whose facts are given, an expertise opened on them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.jobs import drain
from app.models import Asset, ExpertiseSheet, Family, Intervention, Part, Ticket
from app.models.codes import Charge, Finding
from app.services.expertises import opening, sheets
from app.services.expertises.sheets import Answers, Notes

ON = date(2026, 11, 21)
GIVEN = Answers(
    notes=Notes(3, 3, 4, 4, 4, 3), repair_cost=0, replacement_value=90_000, maintenance_cost=0, finding=Finding.SEEN,
    seen_on=ON,
)  # fmt: skip
"""86,25 → A."""


def family(session: Session, name: str = "Poste fixe", prefix: str = "PC", life_years: int | None = 5) -> int:
    found = session.scalar(select(Family.id).where(Family.name == name))
    if found:
        return found
    made = Family(name=name, prefix=prefix, life_years=life_years)
    session.add(made)
    session.flush()
    return made.id


def asset(session: Session, number: str, **values: Any) -> int:
    """In service for two years of five, supported for ten more, worth 900 euros."""
    usual: dict[str, Any] = {
        "commissioned_on": date(2024, 11, 21),
        "support_end": date(2036, 11, 21),
        "replacement_value": 90_000,
        "brand": "Dell",
        "model": "OptiPlex",
    }
    made = Asset(number=number, family_id=values.pop("family_id", None) or family(session), **(usual | values))
    session.add(made)
    session.flush()
    return made.id


def opened(session: Session, *, on: date = ON, price: int | None = None, **scope: int) -> int:
    """Where tickets are noted: that an asset has none tells that it did not fail."""
    failure(session, None, on, is_failure=False)
    values = {"title": "Expertise annuelle", "held_on": on, "annual_price": price}
    return drain(opening.open_job(session, values, opening.Scope(**scope)))


def sheet_of(session: Session, expertise_id: int, number: str) -> int:
    return session.scalars(
        select(ExpertiseSheet.id)
        .join(Asset, Asset.id == ExpertiseSheet.asset_id)
        .where(ExpertiseSheet.expertise_id == expertise_id, Asset.number == number)
    ).one()


def assess(session: Session, expertise_id: int, number: str, answers: Answers = GIVEN, **more: Any) -> int:
    """Save these answers on the sheet of an asset; gives its id."""
    sheet_id = sheet_of(session, expertise_id, number)
    sheets.save(session, sheet_id, replace(answers, **more))
    return sheet_id


def failure(session: Session, asset_id: int | None, opened_on: date, **values: Any) -> int:
    rank = session.query(Ticket).count() + 1
    at = datetime(opened_on.year, opened_on.month, opened_on.day, 9, tzinfo=UTC)
    usual: dict[str, Any] = {"subject": "En panne", "is_failure": True, "opened_at": at}
    made = Ticket(number=f"T-{rank}", asset_id=asset_id, **(usual | values))
    session.add(made)
    session.flush()
    return made.id


def visit(session: Session, ticket_id: int, on: date, charge: Charge = Charge.BILLABLE, *prices: int) -> int:
    """An intervention, and the parts it fitted by their unit price, two of each."""
    rank = session.query(Intervention).count() + 1
    at = datetime(on.year, on.month, on.day, 10, tzinfo=UTC)
    made = Intervention(number=f"FI-{rank}", ticket_id=ticket_id, started_at=at, charge=charge)
    session.add(made)
    session.flush()
    for price in prices:
        session.add(Part(intervention_id=made.id, label="Disque", quantity=2, unit_price=price))
    session.flush()
    return made.id
