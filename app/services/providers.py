"""A provider as the manager needs it: whom to call and in what order, who left (domain.md C.9, title 1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.providers import CERTIFICATE, PROVIDER_CONTACT
from app.errors import InvalidFields
from app.fields import joined
from app.models import ProviderContact
from app.services import accesses, attachments, records


@dataclass(frozen=True, slots=True)
class Call:
    """Someone to call: `rank` 1 first; None is outside the order."""

    id: int
    rank: int | None
    name: str
    role: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Gone:
    """Somebody who left the provider with accesses still open."""

    id: int
    name: str
    left_on: date
    accesses: tuple[int, ...]


def _present(session: Session, provider_id: int) -> list[ProviderContact]:
    """Those still there: in the order of calls, then the others by name."""
    kept = session.scalars(
        select(ProviderContact)
        .where(
            ProviderContact.provider_id == provider_id,
            ProviderContact.left_on.is_(None),
            ProviderContact.deleted_at.is_(None),
        )
        .order_by(ProviderContact.escalation.is_(None), ProviderContact.escalation, ProviderContact.id)
    )
    return list(kept)


def calls(session: Session, provider_id: int) -> list[Call]:
    """Whom to call, first to last: those that have a place in the order."""
    return [
        Call(one.id, one.escalation, name_of(one), one.role.label, one.mobile or one.phone or "", one.email or "")
        for one in _present(session, provider_id)
        if one.escalation is not None
    ]


def name_of(contact: ProviderContact) -> str:
    return joined(contact.first_name, contact.last_name)


def move(session: Session, contact_id: int, by: int) -> None:
    """Call somebody sooner (-1) or later (1); one who had no place comes last. The places are numbered again from 1."""
    provider = session.get_one(ProviderContact, contact_id).provider_id
    order = [call.id for call in calls(session, provider)]
    if contact_id in order:
        at = order.index(contact_id)
        order.insert(max(0, min(len(order) - 1, at + by)), order.pop(at))
    else:
        order.append(contact_id)
    number(session, order)


def take_out(session: Session, contact_id: int) -> None:
    """Out of the order of calls; those after come one place sooner."""
    contact = session.get_one(ProviderContact, contact_id)
    records.update(session, PROVIDER_CONTACT, contact_id, {"escalation": None})
    number(session, [call.id for call in calls(session, contact.provider_id)])


def number(session: Session, order: Sequence[int]) -> None:
    for rank, contact in enumerate(order, 1):
        records.update(session, PROVIDER_CONTACT, contact, {"escalation": rank})


def leave(session: Session, contact_id: int, on: date, *, withdraw: bool, today: date) -> int:
    """Note that somebody left the provider, and take back the accesses if asked; gives how many were."""
    if on > today:
        raise InvalidFields({"on": "Ce jour n’est pas encore passé\u00a0: notez le départ quand il a eu lieu."})
    contact = session.get_one(ProviderContact, contact_id)
    held = accesses.of_contact(session, contact_id)
    records.update(session, PROVIDER_CONTACT, contact_id, {"left_on": on, "escalation": None})
    number(session, [call.id for call in calls(session, contact.provider_id)])
    if not (withdraw and held):
        return 0
    return accesses.withdraw(session, held, today, "A quitté le prestataire", today)


def gone_with_access(session: Session, provider_id: int, today: date) -> list[Gone]:
    """Who left and still has accesses."""
    left = session.scalars(
        select(ProviderContact).where(
            ProviderContact.provider_id == provider_id,
            ProviderContact.left_on <= today,
            ProviderContact.deleted_at.is_(None),
        )
    )
    found = [
        Gone(one.id, name_of(one), one.left_on or today, tuple(accesses.of_contact(session, one.id))) for one in left
    ]
    return [one for one in found if one.accesses]


def save_certificate(
    session: Session,
    certificate_id: int | None,
    values: Mapping[str, Any],
    version: int | None = None,
    files: Sequence[Path] = (),
) -> int:
    """Note or correct a certificate, with the files that prove it."""
    if certificate_id is None:
        certificate_id = records.create(session, CERTIFICATE, values)
    else:
        records.update(session, CERTIFICATE, certificate_id, values, version)
    for path in files:
        attachments.add_file(session, CERTIFICATE, certificate_id, path)
    return certificate_id
