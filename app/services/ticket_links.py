"""What tickets have to do with each other: duplicates, what caused them, what followed (domain.md A.6, B.1)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.errors import InvalidFields, NotFound
from app.models import Ticket, TicketLink
from app.models.codes import TicketKind, TicketStatus
from app.models.upkeep_codes import LinkKind
from app.services.journal import found

TURNED = {
    LinkKind.DUPLICATE: "A pour doublon",
    LinkKind.CAUSED_BY: "Cause de",
    LinkKind.FOLLOWS: "Suivi de",
    LinkKind.RELATED: "Lié à",
}
"""A link read from its other end."""


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link seen from one of its two tickets: `ticket_id` is the other one; `title` reads « Doublon de »."""

    id: int
    kind: LinkKind
    title: str
    ticket_id: int
    number: str
    subject: str
    ticket_kind: TicketKind
    status: TicketStatus


def link(session: Session, ticket_id: int, other_id: int, kind: LinkKind = LinkKind.RELATED) -> int:
    """`ticket_id` bears on `other_id` as `kind` says; gives the id of the link.

    InvalidFields under « other_id » for a ticket and itself, or two that are linked so already.
    """
    found(session, ticket_id)
    other = found(session, other_id)
    if ticket_id == other_id:
        raise InvalidFields({"other_id": "Un ticket n’est pas lié à lui-même."})
    known = _between(session, ticket_id, other_id, kind)
    if known is not None and known.deleted_at is None:
        raise InvalidFields(
            {"other_id": f"Ces deux tickets le sont déjà\u00a0: {_read(known, ticket_id)} {other.number}."}
        )
    if known is not None and known.ticket_id == ticket_id:
        known.deleted_at = None
        session.flush()
        return known.id
    made = TicketLink(ticket_id=ticket_id, other_id=other_id, kind=kind)
    session.add(made)
    session.flush()
    return made.id


def linked(session: Session, one: int, other: int, kind: LinkKind) -> bool:
    """Whether they are linked so, in either direction."""
    known = _between(session, one, other, kind)
    return known is not None and known.deleted_at is None


def _between(session: Session, one: int, other: int, kind: LinkKind) -> TicketLink | None:
    """That link in either direction, one still in force before one taken away."""
    both = or_(
        (TicketLink.ticket_id == one) & (TicketLink.other_id == other),
        (TicketLink.ticket_id == other) & (TicketLink.other_id == one),
    )
    return session.scalars(
        select(TicketLink)
        .where(both, TicketLink.kind == kind)
        .order_by(TicketLink.deleted_at.is_not(None), TicketLink.ticket_id != one)
    ).first()


def unlink(session: Session, link_id: int) -> None:
    """Take a link away; the two tickets stay."""
    kept = session.get(TicketLink, link_id)
    if kept is None or kept.deleted_at is not None:
        raise NotFound("Ce lien n’existe plus.")
    kept.deleted_at = datetime.now(UTC)
    session.flush()


def of_ticket(session: Session, ticket_id: int) -> list[LinkRow]:
    """Its links in either direction, by the number of the other ticket; those to a ticket in the bin are left out."""
    rows = session.execute(
        select(TicketLink, Ticket)
        .join(
            Ticket,
            or_(
                (TicketLink.ticket_id == ticket_id) & (Ticket.id == TicketLink.other_id),
                (TicketLink.other_id == ticket_id) & (Ticket.id == TicketLink.ticket_id),
            ),
        )
        .where(TicketLink.deleted_at.is_(None), Ticket.deleted_at.is_(None))
        .order_by(Ticket.number)
    )
    return [
        LinkRow(
            one.id, one.kind, _read(one, ticket_id), other.id, other.number, other.subject, other.kind, other.status
        )
        for one, other in rows
    ]


def _read(one: TicketLink, ticket_id: int) -> str:
    return one.kind.label if one.ticket_id == ticket_id else TURNED[one.kind]
