"""A small fleet bought, entered through the services."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.models import Family, Provider
from app.services import records
from app.services.invoices.draft import Draft, DraftLine
from app.services.invoices.saving import save

BOUGHT = date(2026, 9, 10)


def family(session: Session, name: str) -> int:
    return session.scalars(select(Family.id).where(Family.name == name)).one()


def add_asset(session: Session, price: int | None, name: str = "Ordinateur portable", **values: Any) -> int:
    told = {"family_id": family(session, name), "brand": "Lumeo", "model": name, "price": price, **values}
    return records.create(session, ENTITIES["asset"], {"purchased_on": BOUGHT, **told})


def add_licence(session: Session, price: int, **values: Any) -> int:
    return records.create(session, ENTITIES["licence"], {"name": "Atelier CAO", "price": price, **values})


def add_line(session: Session, **values: Any) -> int:
    """A line of the register: the laptop of domain.md E.3 unless told otherwise."""
    usual = {"label": "Portable", "cost": 125_000, "acquired_on": BOUGHT, "starts_on": date(2026, 9, 17)}
    return records.create(session, ENTITIES["fixed_asset"], {**usual, **values})


def add_invoice(session: Session, *lines: DraftLine, number: str = "F-1") -> int:
    provider = session.scalar(select(Provider.id).limit(1))
    if provider is None:
        provider = records.create(session, ENTITIES["provider"], {"name": "Bureau Vernay"})
    return save(session, Draft(number=number, provider_id=provider, invoiced_on=BOUGHT, lines=lines))


def retire(session: Session, asset: int, on: date, kind: str = "sale", price: int | None = 20_000) -> None:
    from app.services import retirement  # noqa: PLC0415 - read by the tests that retire

    told = {"kind": kind, "retired_on": on, "price": price, "recipient": "Acheteur", "personal_data": False}
    retirement.retire(session, asset, told, on)
