"""The terms of a contract on a day: as it was signed, with every signed amendment in effect by then (domain.md C.4).

An amendment holds what it changes only, as texts by name of field; levels and hours it replaces as whole sets.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.contracts import CONTRACT
from app.errors import NotFound
from app.fields import Choice, Count, Day, Field, Flag, Minutes, Money, Ref, TimeOfDay
from app.models import Amendment, Contract
from app.models.contract_codes import AmendmentStatus

NEVER = {"number", "provider_id", "status", "provider_reference", "starts_on", "denounced_on", "notes"}
"""What identifies the contract, or is recorded by an act of its own; so is what was true at its signature."""
AMENDABLE: Mapping[str, Field] = {
    field.name: field
    for field in CONTRACT.fields
    if field.in_form and field.name not in NEVER | {"signed_on", "signed_off_premises", "client_status"}
}
"""The fields that an amendment may change, by name, in the order of the form."""


def found(session: Session, contract_id: int) -> Contract:
    contract = session.get(Contract, contract_id)
    if contract is None:
        raise NotFound("Ce contrat n’existe plus.")
    return contract


def on_day(session: Session, contract_id: int, day: date) -> Contract:
    """The contract with the terms in force that day: a copy that belongs to no session, never to be added to one."""
    return overlaid(found(session, contract_id), in_effect(session, contract_id, day))


def all_on_day(session: Session, contracts: Iterable[Contract], day: date) -> list[Contract]:
    """`on_day` of each of them, in their order, with one reading of the amendments."""
    wanted = list(contracts)
    signed = defaultdict(list)
    for one in _signed(session, [contract.id for contract in wanted]):
        if one.effective_on <= day:
            signed[one.contract_id].append(one)
    return [overlaid(contract, signed[contract.id]) for contract in wanted]


def in_effect(session: Session, contract_id: int, day: date) -> list[Amendment]:
    """Signed and in effect by that day, in the order in which they apply."""
    return [one for one in _signed(session, [contract_id]) if one.effective_on <= day]


def steps(session: Session, contract_id: int) -> list[date]:
    """The days on which the terms change, in their order: between two of them nothing does."""
    return sorted({one.effective_on for one in _signed(session, [contract_id])})


def latest(session: Session, contract_id: int, day: date) -> tuple[int | None, int | None]:
    """The amendments whose levels and whose hours are in force that day; None: those of the contract as signed."""
    applied = in_effect(session, contract_id, day)
    levels = next((one.id for one in reversed(applied) if one.replaces_levels), None)
    hours = next((one.id for one in reversed(applied) if one.replaces_hours), None)
    return levels, hours


def _signed(session: Session, contracts: Sequence[int]) -> list[Amendment]:
    kept = session.scalars(
        select(Amendment).where(
            Amendment.contract_id.in_(contracts),
            Amendment.status == AmendmentStatus.SIGNED,
            Amendment.deleted_at.is_(None),
        )
    )
    return sorted(kept, key=order)


def order(amendment: Amendment) -> tuple[Any, ...]:
    """By day of effect; two of one day by their number, AV-2026-100 after AV-2026-99."""
    return amendment.effective_on, [int(digits) for digits in re.findall(r"\d+", amendment.number)], amendment.id


def overlaid(contract: Contract, amendments: Iterable[Amendment]) -> Contract:
    """A copy with those amendments over it, the last one winning."""
    values = {column.key: getattr(contract, column.key) for column in Contract.__table__.columns}
    for amendment in amendments:
        values |= told(amendment)
    return Contract(**values)


def told(amendment: Amendment) -> dict[str, Any]:
    """The value of each field that it changes; None where it takes a value away."""
    return {name: value_of(AMENDABLE[name], text) for name, text in amendment.extra.items() if name in AMENDABLE}


def value_of(field: Field, text: str | None) -> Any:
    """A stored value from its canonical text."""
    if text is None:
        return None
    match field:
        case Choice():
            return field.options.of(text)
        case Count() | Minutes() | Money() | Ref() | TimeOfDay():
            return int(text)
        case Day():
            return date.fromisoformat(text)
        case Flag():
            return text == "oui"
    return text


def text_of(value: Any) -> str | None:
    """The canonical text of a stored value."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "oui" if value else "non"
    return value.isoformat() if isinstance(value, date) else str(value)
