"""The contract a ticket is under: the one that covers its asset, or another, chosen with its reason (domain.md A.6)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.tickets import TICKET
from app.errors import InvalidFields, Refused
from app.fields import clean_text, day
from app.models import Asset, Contract, Provider
from app.models.codes import EventKind
from app.services import records
from app.services.amendments import on_day
from app.services.contracts import binds, cover_of, opening_day
from app.services.journal import found, project
from app.services.ticket_writing import act, written


@dataclass(frozen=True, slots=True)
class ContractChoice:
    """A contract in force that day: `name` is « CT-2026-01, Lumeo Services »."""

    id: int
    name: str


def choices(session: Session, on: date) -> list[ContractChoice]:
    """The contracts in force that day, by number."""
    rows = session.execute(
        select(Contract, Provider.name)
        .join(Provider, Contract.provider_id == Provider.id)
        .where(Contract.deleted_at.is_(None))
        .order_by(Contract.number)
    )
    return [
        ContractChoice(contract.id, f"{contract.number}, {name}")
        for contract, name in rows
        if binds(on_day(session, contract.id, on), on)
    ]


def refusal(session: Session, contract_id: int | None, on: date) -> str | None:
    """Why that contract cannot be chosen for a ticket of that day; None if it can, or if none is chosen."""
    if contract_id is None or binds(on_day(session, contract_id, on), on):
        return None
    return f"Ce contrat n’était pas en vigueur le {day(on)}."


def change_cover(
    session: Session,
    ticket_id: int,
    at: datetime,
    *,
    asset_id: int | None,
    text: str | None,
    chosen: bool = False,
    contract_id: int | None = None,
    author: str | None = None,
) -> None:
    """Another asset, another contract, or none; its delays are counted again from the opening.

    Not `chosen`: the contract is the one that covered the asset on the day of the opening. Refused once closed.
    """
    ticket = found(session, ticket_id)
    on = opening_day(ticket.opened_at)
    covered = cover_of(session, asset_id, on)
    wanted = contract_id if chosen else covered
    if wanted != covered and (sentence := refusal(session, wanted, on)):
        raise InvalidFields({"contract_id": sentence})
    if (asset_id, wanted) == (ticket.asset_id, ticket.contract_id):
        raise Refused("Ce ticket a déjà ce bien et ce contrat.")
    reason = written(text)
    told = "\n".join(filter(None, [_asset_told(session, ticket.asset_id, asset_id), reason]))
    number = session.scalar(select(Contract.number).where(Contract.id == wanted))
    act(session, ticket_id, EventKind.COVER, at, author, told, value=number)
    records.update(session, TICKET, ticket_id, {"asset_id": asset_id})
    ticket.contract_id = wanted
    ticket.contract_chosen = wanted != covered
    ticket.contract_reason = clean_text(reason) if wanted != covered else None
    session.flush()
    project(session, ticket_id)


def _asset_told(session: Session, before: int | None, now: int | None) -> str:
    """« Bien : PC-0004 au lieu de PC-0003. », nothing if it is the same."""
    if before == now:
        return ""
    rows = session.execute(select(Asset.id, Asset.number).where(Asset.id.in_([before, now])))
    names = {row.id: row.number for row in rows}
    kept, old = names.get(now or 0, "aucun"), names.get(before or 0, "aucun")
    return f"Bien\u00a0: {kept} au lieu de {old}."
