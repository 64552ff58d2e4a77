"""Invoices and assets for the tests of spending: the example of domain.md C.4, 450,00 € a month from January 2026."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Asset, CoveredAsset, Family, Intervention, Provider
from app.models.codes import Charge, InterventionKind
from app.models.money_codes import LineKind
from app.services.invoices.draft import Draft, DraftLine
from app.services.invoices.saving import save
from app.services.spending import gather, picture
from app.services.spending.gather import Spending
from app.services.spending.lines import Line, Origin
from app.services.spending.picture import Picture
from app.storage import Store
from tests.services import company

TODAY = date(2026, 6, 20)


def contract(session: Session, **values: Any) -> int:
    return company.add_contract(session, **({"fee": 45_000, "number": "CT-1", "hourly_rate": 6_500} | values))


def invoice(session: Session, number: str, on: date, *lines: DraftLine, **values: Any) -> int:
    """Of the first provider, made at need."""
    provider = session.scalar(select(Provider.id).order_by(Provider.id).limit(1))
    if provider is None:
        made = Provider(name="Nord Info")
        session.add(made)
        session.flush()
        provider = made.id
    given = {"lines": lines, "invoiced_on": on, "provider_id": provider, **values}
    return save(session, Draft(number=number, **given))


def fee(session: Session, number: str, month: int, cents: int = 45_000, contract_id: int = 1) -> int:
    """The invoice of one month of 2026."""
    first = date(2026, month, 1)
    return invoice(session, number, first, DraftLine("Forfait", cents), contract_id=contract_id,
                   period_start=first, period_end=gather.last_day(first))  # fmt: skip


def bought(label: str, cents: int, kind: LineKind = LineKind.EQUIPMENT, **more: Any) -> DraftLine:
    return DraftLine(label, cents, kind=kind, **more)


def asset(session: Session, number: str, *, station: bool = True, contract_id: int | None = None, **values: Any) -> int:
    family = session.scalar(select(Family).where(Family.prefix == number[:2]))
    if family is None:
        family = Family(name=f"Famille {number[:2]}", prefix=number[:2], is_workstation=station)
        session.add(family)
        session.flush()
    made = Asset(number=number, family_id=family.id, **values)
    session.add(made)
    session.flush()
    if contract_id is not None:
        session.add(CoveredAsset(contract_id=contract_id, asset_id=made.id, since=date(2026, 1, 1)))
        session.flush()
    return made.id


def visit(session: Session, charge: Charge, asset_id: int | None = None, minutes: int | None = 60, **more: Any) -> int:
    """A visit of 3 June 2026, 10 h, of a ticket under the contract that covers the asset."""
    ticket = company.add_ticket(session, "03 09:00", asset_id=asset_id)
    done = Intervention(number=f"FI-{ticket}", ticket_id=ticket, kind=InterventionKind.ON_SITE, charge=charge,
                        started_at=company.june("03 10:00"), repair_minutes=minutes, **more)  # fmt: skip
    session.add(done)
    session.flush()
    return done.id


def read(store: Store, year: int = 2026, today: date = TODAY) -> Spending:
    with store.read() as session:
        return gather.read(session, year, today)


def seen(store: Store, year: int = 2026, today: date = TODAY) -> Picture:
    with store.read() as session:
        return picture.read(session, year, today)


def by_month(lines: tuple[Line, ...], origin: Origin) -> dict[int, int]:
    """Cents by number of month."""
    found: dict[int, int] = {}
    for line in lines:
        if line.origin == origin:
            found[line.month.month] = found.get(line.month.month, 0) + line.cents
    return found
