"""Contracts, interventions, invoices and hours as the tests of billing need them."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from app.models import Amendment, Contract, HourPurchase, Intervention, Invoice, InvoiceLine, Part, Ticket, UnitPrice
from app.models.codes import Charge, FeePeriod
from app.models.contract_codes import AmendmentStatus
from app.rules.worktime import PARIS
from app.services.amendments import text_of
from tests.services.company import add_contract

NUMBERS = count(1)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def moment(text: str) -> datetime:
    """« 2026-06-15 10:00 » in Paris."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


def contract(session: Session, **values: Any) -> int:
    """450 € a month from 1 January 2026, renewed every year, work from Monday to Friday, 9 to 18."""
    return add_contract(session, **({"fee": 45_000} | values))


def work(
    session: Session,
    contract_id: int | None,
    at: str,
    minutes: int | None,
    charge: Charge = Charge.BILLABLE,
    **more: Any,
) -> int:
    """An intervention begun then, that lasted so long."""
    started = moment(at)
    ticket = Ticket(
        number=f"T-{next(NUMBERS)}", subject="Un ennui", opened_at=started, contract_id=contract_id,
        asset_id=more.pop("asset_id", None), priority_reason="Selon le contrat.",
    )  # fmt: skip
    session.add(ticket)
    session.flush()
    ended = None if minutes is None else started + timedelta(minutes=minutes)
    values = {"ended_at": ended, "repair_minutes": minutes, "number": f"FI-2026-{next(NUMBERS):04}"} | more
    done = Intervention(ticket_id=ticket.id, started_at=started, charge=charge, **values)
    session.add(done)
    session.flush()
    return done.id


def part(session: Session, done: int, price: int | None, quantity: int = 1) -> None:
    session.add(Part(intervention_id=done, label="Disque", unit_price=price, quantity=quantity))
    session.flush()


def amended(session: Session, contract_id: int, on: date, **changed: Any) -> int:
    """A signed amendment of these terms from that day."""
    extra = {name: text_of(value) for name, value in changed.items()}
    made = Amendment(
        number=f"AV-2026-{next(NUMBERS):02}", contract_id=contract_id, subject="Avenant", extra=extra,
        status=AmendmentStatus.SIGNED, signed_on=on, effective_on=on,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made.id


def unit(
    session: Session, contract_id: int, price: int, period: FeePeriod | None = FeePeriod.MONTH, **more: Any
) -> int:
    made = UnitPrice(contract_id=contract_id, **({"label": "Poste", "price": price, "period": period} | more))
    session.add(made)
    session.flush()
    return made.id


def bought(session: Session, contract_id: int, on: date, minutes: int, **more: Any) -> int:
    made = HourPurchase(contract_id=contract_id, bought_on=on, minutes=minutes, **more)
    session.add(made)
    session.flush()
    return made.id


def invoice(session: Session, contract_id: int | None, on: date, *lines: dict[str, Any], **more: Any) -> int:
    """An invoice of the contract's provider with these lines; « net » alone is a line of the contract."""
    of = session.get(Contract, contract_id) if contract_id else None
    net = sum(line["net"] for line in lines)
    values = {"number": f"F-{next(NUMBERS):05d}", "provider_id": of.provider_id if of else 1, "net": net,
              "gross": net + net // 5, "vat": net // 5}  # fmt: skip
    made = Invoice(**({"contract_id": contract_id, "invoiced_on": on} | values | more))
    session.add(made)
    session.flush()
    for rank, line in enumerate(lines):
        session.add(InvoiceLine(invoice_id=made.id, rank=rank, **({"label": "Forfait"} | line)))
    session.flush()
    return made.id


def of(session: Session, contract_id: int) -> Contract:
    return session.get_one(Contract, contract_id)
