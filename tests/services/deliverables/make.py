"""A contract that owes documents, what happens under it in June 2026."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.models import DueDocument
from app.models.codes import TicketKind
from app.models.contract_codes import DueRule
from app.services import tickets
from app.services.deliverables import Delivery, found
from tests.services.company import add_asset, add_contract, add_ticket, june, repair

SINCE = date(2026, 6, 1)
TODAY = date(2026, 6, 19)


def owe(session: Session, contract: int, rule: str, delay: int | None = 2, since: date | None = SINCE) -> int:
    made = DueDocument(
        contract_id=contract, label=f"Document {rule}", rule=DueRule.of(rule), delay_days=delay, since=since
    )
    session.add(made)
    session.flush()
    return made.id


def worked(session: Session, **more: Any) -> int:
    """A P1 solved on Tuesday 2 June by one intervention, a request and a P3 on the 17th; gives the contract."""
    contract = add_contract(session, **more)
    asset = add_asset(session, "PC-01", contract)
    first = add_ticket(session, "02 09:00", "P1", asset_id=asset)
    tickets.take(session, first, june("02 09:10"))
    tickets.resolve(session, first, june("02 12:00"))
    repair(session, first, "02 10:00", "02 12:00", 60)
    for kind, priority in ((TicketKind.REQUEST, "P1"), (TicketKind.INCIDENT, "P3")):
        made = add_ticket(session, "17 09:00", priority, asset_id=asset, kind=kind)
        tickets.take(session, made, june("17 09:10"))
        tickets.resolve(session, made, june("17 12:00"))
    repair(session, made, "17 10:00", "17 12:00", 60)
    return contract


def told(session: Session, today: date = TODAY) -> list[tuple[str, str, str]]:
    """The occasion, the day, the state of all that is owed."""
    return [(one.told.replace("\u00a0", " "), one.due_on.isoformat(), one.state.value) for one in found(session, today)]


def first(session: Session, today: date = TODAY) -> Delivery:
    return found(session, today)[0]
