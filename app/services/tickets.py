"""Tickets: opening, and the acts of their journal (domain.md A.6, B.1, D.4).

Each act takes the moment when it happened, which may be told afterwards, and refuses what the ticket's state or the
order of time forbids. Nothing is written by a refused act.
"""

from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.entities.tickets import TICKET
from app.errors import InvalidFields, Refused
from app.fields import PARIS, clean_text, lowered, moment
from app.models import Ticket, TicketEvent
from app.models.codes import Channel, EventKind, Impact, Priority, TicketKind, TicketStatus, Urgency, WaitReason
from app.rules.priority import priority as matrix
from app.rules.service_level import Course
from app.services import preferences, records
from app.services.amendments import on_day
from app.services.contracts import cover_of, opening_day
from app.services.journal import acts, course_of, found, project
from app.services.numbering import next_number

AHEAD = timedelta(minutes=5)
"""How far a clock may be from ours before a time is said to be in the future."""
UNDER_WAY = frozenset({TicketStatus.OPEN, TicketStatus.TAKEN, TicketStatus.WAITING})
NOT_CANCELLED = frozenset(TicketStatus) - {TicketStatus.CANCELLED}
ALLOWED = {
    EventKind.TAKEN: frozenset({TicketStatus.OPEN}),
    EventKind.ON_SITE: UNDER_WAY,
    EventKind.CONTACT: NOT_CANCELLED,
    EventKind.NOTE: frozenset(TicketStatus),
    EventKind.WAIT_STARTED: frozenset({TicketStatus.TAKEN, TicketStatus.WAITING}),
    EventKind.WAIT_ENDED: frozenset({TicketStatus.WAITING}),
    EventKind.RESOLVED: UNDER_WAY,
    EventKind.REOPENED: frozenset({TicketStatus.RESOLVED, TicketStatus.CLOSED}),
    EventKind.CLOSED: frozenset({TicketStatus.RESOLVED}),
    EventKind.CANCELLED: UNDER_WAY | {TicketStatus.RESOLVED},
    EventKind.PRIORITY: UNDER_WAY,
}
"""The states in which each act has a sense."""
ANY_TIME = frozenset({EventKind.CONTACT, EventKind.NOTE, EventKind.PRIORITY, EventKind.ON_SITE})
"""Acts that may be told after a later one: they change no state."""
REASON = "Écrivez la raison\u00a0: elle restera au journal."


@dataclass(frozen=True, kw_only=True)
class TicketDraft:
    """A ticket to open. Without `priority` the matrix decides; another one asks for `priority_reason`."""

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
    author: str | None = None


OWN = {"opened_at", "priority", "priority_reason", "author"}
DESCRIBED = tuple(field.name for field in fields(TicketDraft) if field.name not in OWN)


def open_ticket(session: Session, draft: TicketDraft) -> int:
    """Number it, find the contract that covers the asset that day, begin its journal. Gives its id."""
    computed = Priority.of(matrix(draft.impact, draft.urgency))
    reason = clean_text(draft.priority_reason or "") or None
    problems = _opening_problems(draft, computed, reason)
    try:
        values = records.checked(session, TICKET, {name: getattr(draft, name) for name in DESCRIBED})
    except InvalidFields as error:
        problems |= error.problems
    if problems:
        raise InvalidFields(problems)
    opened = draft.opened_at.replace(microsecond=0)
    local = opening_day(opened)
    chosen = draft.priority or computed
    ticket = Ticket(
        **values,
        number=next_number(session, f"T-{local.year}"),
        opened_at=opened,
        contract_id=cover_of(session, draft.asset_id, local),
        priority=chosen,
        priority_reason=reason if chosen != computed else None,
    )
    session.add(ticket)
    session.flush()
    _append(session, ticket.id, EventKind.OPENED, opened, draft.author, None, value=chosen.value)
    return ticket.id


def _opening_problems(draft: TicketDraft, computed: Priority, reason: str | None) -> dict[str, str]:
    problems = {}
    if sentence := _ahead(draft.opened_at):
        problems["opened_at"] = sentence
    if draft.priority not in {None, computed} and not reason:
        problems["priority_reason"] = f"L’impact et l’urgence donnent {computed.value}. {REASON}"
    return problems


def _ahead(at: datetime) -> str | None:
    return "Cette heure n’est pas encore passée." if at > datetime.now(UTC) + AHEAD else None


def take(session: Session, ticket_id: int, at: datetime, *, author: str | None = None, text: str | None = None) -> None:
    """First human action on the ticket: an automatic reply is not one (B.1)."""
    _act(session, ticket_id, EventKind.TAKEN, at, author, text)


def arrive(
    session: Session, ticket_id: int, at: datetime, *, author: str | None = None, text: str | None = None
) -> None:
    _act(session, ticket_id, EventKind.ON_SITE, at, author, text)


def contact(session: Session, ticket_id: int, at: datetime, text: str, *, author: str | None = None) -> None:
    """A call or a message about the ticket, either way."""
    _act(session, ticket_id, EventKind.CONTACT, at, author, _written(text))


def note(session: Session, ticket_id: int, at: datetime, text: str, *, author: str | None = None) -> None:
    _act(session, ticket_id, EventKind.NOTE, at, author, _written(text))


def start_wait(  # noqa: PLR0917 - the words of the act, in their order
    session: Session,
    ticket_id: int,
    at: datetime,
    reason: WaitReason,
    text: str | None = None,
    author: str | None = None,
) -> None:
    """Wait for something. The contract says whether its clock stops; a wait has an author, being a proof (D.4)."""
    ticket = found(session, ticket_id)
    who = _author(session, author)
    if not who:
        raise InvalidFields({"author": "Dites qui met ce ticket en attente."})
    course = course_of(acts(session, ticket_id))
    if any(wait.reason == reason for wait in course.open_waits):
        raise Refused(f"Ce ticket attend déjà\u00a0: {lowered(reason.label)}.")
    stops = clock_stops(session, ticket, reason)
    _act(session, ticket_id, EventKind.WAIT_STARTED, at, who, text, wait_reason=reason, stops_clock=stops)


def clock_stops(session: Session, ticket: Ticket, reason: WaitReason) -> bool:
    """domain.md B.1 and D.4: a part only if the contract says so, the provider's own subcontractor never."""
    if reason == WaitReason.PART:
        day = opening_day(ticket.opened_at)
        return ticket.contract_id is not None and on_day(session, ticket.contract_id, day).part_wait_stops
    return reason != WaitReason.SUBCONTRACTOR


def end_wait(
    session: Session,
    ticket_id: int,
    at: datetime,
    *,
    reason: WaitReason | None = None,
    author: str | None = None,
    text: str | None = None,
) -> None:
    """End the wait of that reason, or every wait."""
    course = course_of(acts(session, ticket_id))
    if reason and all(wait.reason != reason for wait in course.open_waits):
        raise Refused(f"Ce ticket n’est pas dans cet état\u00a0: {lowered(reason.label)}.")
    _act(session, ticket_id, EventKind.WAIT_ENDED, at, author, text, wait_reason=reason)


def resolve(
    session: Session, ticket_id: int, at: datetime, *, author: str | None = None, text: str | None = None
) -> None:
    """Service restored, if only by a workaround (D.1). Open waits end with it."""
    _act(session, ticket_id, EventKind.RESOLVED, at, author, text)


def reopen(session: Session, ticket_id: int, at: datetime, text: str, *, author: str | None = None) -> None:
    """The trouble is back, within the days that the settings allow (B.1)."""
    resolved = found(session, ticket_id).resolved_at
    days = preferences.get(session, "reopen_days")
    if resolved and at - resolved > timedelta(days=days):
        raise Refused(f"Ce ticket est rétabli depuis plus de {days}\u00a0jours\u00a0: ouvrez un nouveau ticket.")
    _act(session, ticket_id, EventKind.REOPENED, at, author, _written(text))


def close(
    session: Session, ticket_id: int, at: datetime, *, author: str | None = None, text: str | None = None
) -> None:
    _act(session, ticket_id, EventKind.CLOSED, at, author, text)


def cancel(session: Session, ticket_id: int, at: datetime, text: str, *, author: str | None = None) -> None:
    """Duplicate, mistake or test: left out of every indicator, counted apart (B.1)."""
    _act(session, ticket_id, EventKind.CANCELLED, at, author, _written(text))


def change_priority(  # noqa: PLR0917 - the words of the act, in their order
    session: Session, ticket_id: int, at: datetime, priority: Priority, reason: str, author: str | None = None
) -> None:
    """Deadlines are counted again from the opening, with the targets of the new priority (A.6)."""
    ticket = found(session, ticket_id)
    if ticket.priority == priority:
        raise Refused(f"Ce ticket est déjà en {priority.value}.")
    written = _written(reason)
    _act(session, ticket_id, EventKind.PRIORITY, at, author, written, value=priority.value)
    ticket.priority_reason = written
    session.flush()


def change_asset(session: Session, ticket_id: int, asset_id: int | None) -> None:
    """Another asset, and the contract that covered it on the day of the opening."""
    ticket = found(session, ticket_id)
    if ticket.status not in UNDER_WAY:
        raise Refused("Le bien d’un ticket terminé ne change plus\u00a0: ses délais ont été jugés.")
    records.update(session, TICKET, ticket_id, {"asset_id": asset_id})
    ticket.contract_id = cover_of(session, asset_id, ticket.opened_at.astimezone(PARIS).date())
    project(session, ticket_id)


def _written(text: str) -> str:
    if not (kept := clean_text(text)):
        raise InvalidFields({"text": REASON})
    return kept


def _author(session: Session, author: str | None) -> str | None:
    return clean_text(author or "") or session.info.get("who") or None


def _act(  # noqa: PLR0917 - private, called by each act in the same order
    session: Session, ticket_id: int, kind: EventKind, at: datetime, author: str | None, text: str | None, **more: Any
) -> None:
    ticket = found(session, ticket_id)
    if ticket.status not in ALLOWED[kind]:
        raise Refused(f"{kind.label} impossible\u00a0: ce ticket est à l’état «\u00a0{ticket.status.label}\u00a0».")
    whole = at.replace(microsecond=0)
    if sentence := _ahead(whole) or _too_early(course_of(acts(session, ticket_id)), kind, whole):
        raise InvalidFields({"at": sentence})
    _append(session, ticket_id, kind, whole, author, text, **more)


def _too_early(course: Course, kind: EventKind, at: datetime) -> str | None:
    if at < course.opened_at:
        return f"C’est avant l’ouverture du ticket, le {moment(course.opened_at)}."
    last = max([when for _, when in course.states] + [wait.end or wait.start for wait in course.waits])
    if at < last and kind not in ANY_TIME:
        return f"C’est avant le dernier fait du journal, le {moment(last)}."
    return None


def _append(  # noqa: PLR0917 - as above
    session: Session, ticket_id: int, kind: EventKind, at: datetime, author: str | None, text: str | None, **more: Any
) -> None:
    written = clean_text(text or "") or None
    who = _author(session, author)
    session.add(TicketEvent(ticket_id=ticket_id, kind=kind, at=at, author=who, text=written, **more))
    session.flush()
    project(session, ticket_id)
