"""Things that a provider lends while an asset is repaired (domain.md C.12): with us until they are given back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from app.entities.tickets import LOANER
from app.errors import InvalidFields, NotFound, Refused
from app.fields import this_day
from app.models import Contract, Loaner, Ticket
from app.models.codes import TicketStatus
from app.services import records
from app.services.contracts import opening_day
from app.services.journal import found

HERE = (Loaner.returned_on.is_(None), Loaner.deleted_at.is_(None))
"""Those still with us."""
OVER = (TicketStatus.RESOLVED, TicketStatus.CLOSED, TicketStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class LoanerRow:
    """`due` is the day agreed, or that of the end of the ticket it was lent for; None while neither is known."""

    id: int
    number: str
    label: str
    serial: str | None
    lent_on: date
    due: date | None
    returned_on: date | None

    def late(self, today: date) -> bool:
        return self.returned_on is None and self.due is not None and self.due < today


def lend(session: Session, values: Mapping[str, Any]) -> int:
    """Note a thing lent; a ticket tells for which asset, for whom and by which provider, unless `values` do."""
    told = {**_of_ticket(session, values.get("ticket_id")), **{k: v for k, v in values.items() if v is not None}}
    return records.create(session, LOANER, told)


def _of_ticket(session: Session, ticket_id: int | None) -> dict[str, Any]:
    if ticket_id is None:
        return {}
    ticket = found(session, ticket_id)
    contract = session.get(Contract, ticket.contract_id) if ticket.contract_id else None
    return {
        "asset_id": ticket.asset_id,
        "person_id": ticket.requester_id,
        "provider_id": contract.provider_id if contract else None,
    }


def give_back(session: Session, loaner_id: int, on: date, condition: str | None = None) -> None:
    """It went back to the provider that day, in that condition."""
    one = kept(session, loaner_id)
    if one.returned_on is not None:
        raise Refused("Ce matériel est déjà rendu.")
    if on > this_day():
        raise InvalidFields({"returned_on": "Ce jour n’est pas encore passé."})
    records.update(session, LOANER, loaner_id, {"returned_on": on, "condition_in": condition})


def kept(session: Session, loaner_id: int) -> Loaner:
    """NotFound if it is no more, or in the bin."""
    one = session.get(Loaner, loaner_id)
    if one is None or one.deleted_at is not None:
        raise NotFound("Ce matériel de prêt n’existe plus.")
    return one


def of_ticket(session: Session, ticket_id: int) -> list[LoanerRow]:
    """Those lent for a ticket, given back or not, in the order of time."""
    return _rows(session, _told().where(Loaner.ticket_id == ticket_id, Loaner.deleted_at.is_(None)))


def of_asset(session: Session, asset_id: int) -> list[LoanerRow]:
    """Those that stand in for an asset now."""
    return _rows(session, _told().where(Loaner.asset_id == asset_id, *HERE))


def row_of(session: Session, loaner_id: int) -> LoanerRow:
    """NotFound if it is no more, or in the bin."""
    kept(session, loaner_id)
    return _rows(session, _told().where(Loaner.id == loaner_id))[0]


def _told() -> Select[Loaner, Ticket]:
    """A loaner, and its ticket."""
    kept = and_(Ticket.id == Loaner.ticket_id, Ticket.deleted_at.is_(None))
    return select(Loaner, Ticket).outerjoin(Ticket, kept)


def _rows(session: Session, statement: Select[Loaner, Ticket]) -> list[LoanerRow]:
    rows = session.execute(statement.order_by(Loaner.lent_on, Loaner.id))
    return [
        LoanerRow(one.id, one.number, one.label, one.serial, one.lent_on, _due(one, ticket), one.returned_on)
        for one, ticket in rows
    ]


def _due(one: Loaner, ticket: Ticket | None) -> date | None:
    if one.due_on is not None or ticket is None or ticket.status not in OVER:
        return one.due_on
    ended = ticket.resolved_at or ticket.closed_at
    return max(one.lent_on, opening_day(ended)) if ended else one.lent_on


def to_give_back(session: Session) -> list[tuple[Loaner, date]]:
    """Those still with us that have a day to go back, and that day, the first one first."""
    due = or_(Loaner.due_on.is_not(None), Ticket.status.in_(OVER))
    rows = session.execute(_told().where(*HERE, due))
    told = [(one, on) for one, ticket in rows if (on := _due(one, ticket))]
    return sorted(told, key=lambda pair: (pair[1], pair[0].id))


def here(session: Session) -> list[int]:
    """Ids of all that is still with us."""
    return list(session.scalars(select(Loaner.id).where(*HERE)))


def late(session: Session, today: date) -> list[int]:
    return [one.id for one, due in to_give_back(session) if due < today]
