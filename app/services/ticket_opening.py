"""A ticket opened: numbered, its contract found or chosen, its journal begun (domain.md A.6, B.1)."""

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy.orm import Session

from app.entities.tickets import TICKET
from app.errors import InvalidFields
from app.fields import clean_text
from app.models import Ticket
from app.models.codes import Channel, EventKind, Impact, Priority, TicketKind, Urgency
from app.models.upkeep_codes import LinkKind
from app.rules.priority import priority as matrix
from app.services import records, ticket_links
from app.services.contracts import cover_of, opening_day
from app.services.journal import found
from app.services.numbering import next_number
from app.services.ticket_cover import refusal
from app.services.ticket_writing import REASON, ahead, append


@dataclass(frozen=True, kw_only=True)
class TicketDraft:
    """A ticket to open. Without `priority` the matrix decides; another one asks for `priority_reason`.

    With `contract_chosen` the contract is `contract_id`, or none at all, instead of the one that covers the asset;
    another than that one asks for `contract_reason`. `down_at`: since when the asset does not work, before the
    opening if it was.
    """

    subject: str
    opened_at: datetime
    kind: TicketKind = TicketKind.INCIDENT
    description: str | None = None
    category: str | None = None
    channel: Channel = Channel.PHONE
    requester_id: int | None = None
    asset_id: int | None = None
    impact: Impact = Impact.LOW
    urgency: Urgency = Urgency.MEDIUM
    is_failure: bool = False
    priority: Priority | None = None
    priority_reason: str | None = None
    contract_chosen: bool = False
    contract_id: int | None = None
    contract_reason: str | None = None
    down_at: datetime | None = None
    author: str | None = None


JOURNALED = {"opened_at", "priority", "down_at", "author"}
REASONED = {"priority_reason", "contract_chosen", "contract_id", "contract_reason"}
DESCRIBED = tuple(field.name for field in fields(TicketDraft) if field.name not in JOURNALED | REASONED)
KEPT = ("kind", "description", "category", "channel", "requester_id", "asset_id", "impact", "urgency")
"""What a ticket that follows another takes from it."""


def open_ticket(session: Session, draft: TicketDraft) -> int:
    """Number it, find the contract that covers the asset that day, begin its journal. Gives its id."""
    computed = Priority.of(matrix(draft.impact, draft.urgency))
    reason = clean_text(draft.priority_reason or "") or None
    local = opening_day(draft.opened_at)
    covered = cover_of(session, draft.asset_id, local)
    contract = draft.contract_id if draft.contract_chosen else covered
    problems = _problems(draft, computed, reason)
    if sentence := contract != covered and refusal(session, contract, local):
        problems["contract_id"] = sentence
    elif contract != covered and not clean_text(draft.contract_reason or ""):
        problems["contract_reason"] = REASON
    try:
        values = records.checked(session, TICKET, {name: getattr(draft, name) for name in DESCRIBED})
    except InvalidFields as error:
        problems |= error.problems
    if problems:
        raise InvalidFields(problems)
    opened = draft.opened_at.replace(microsecond=0)
    chosen = draft.priority or computed
    ticket = Ticket(
        **values,
        number=next_number(session, f"T-{local.year}"),
        opened_at=opened,
        contract_id=contract,
        contract_chosen=contract != covered,
        contract_reason=clean_text(draft.contract_reason or "") or None if contract != covered else None,
        priority=chosen,
        priority_reason=reason if chosen != computed else None,
    )
    session.add(ticket)
    session.flush()
    append(session, ticket.id, EventKind.OPENED, opened, draft.author, None, value=chosen.value)
    if draft.down_at is not None:
        ticket.is_failure = ticket.is_failure or ticket.kind == TicketKind.INCIDENT
        append(session, ticket.id, EventKind.DOWN, draft.down_at.replace(microsecond=0), draft.author, None)
    return ticket.id


def _problems(draft: TicketDraft, computed: Priority, reason: str | None) -> dict[str, str]:
    problems = {}
    if sentence := ahead(draft.opened_at):
        problems["opened_at"] = sentence
    if draft.priority not in {None, computed} and not reason:
        problems["priority_reason"] = f"L’impact et l’urgence donnent {computed.value}. {REASON}"
    if draft.down_at is not None:
        if draft.asset_id is None:
            problems["asset_id"] = "Désignez le bien qui est à l’arrêt."
        if sentence := ahead(draft.down_at):
            problems["down_at"] = sentence
    return problems


def follow_up(
    session: Session, ticket_id: int, at: datetime, text: str | None = None, author: str | None = None
) -> int:
    """A new ticket for what came back too late to reopen the old one (B.1): described as it was, linked to it.

    Gives its id.
    """
    before = found(session, ticket_id)
    described = {name: getattr(before, name) for name in KEPT}
    if said := clean_text(text or ""):
        described["description"] = said
    draft = TicketDraft(subject=before.subject, opened_at=at, author=author, **described)
    fresh = open_ticket(session, draft)
    ticket_links.link(session, fresh, ticket_id, LinkKind.FOLLOWS)
    return fresh
