"""How an act is written in the journal of a ticket: when it may be, by whom, and what is refused (domain.md B.1).

Nothing is written by a refused act.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.errors import InvalidFields, Refused
from app.fields import clean_text, moment
from app.models import TicketEvent
from app.models.codes import EventKind, TicketStatus
from app.rules.service_level import Course
from app.services.journal import found, project, read_course

AHEAD = timedelta(minutes=5)
"""How far a clock may be from ours before a time is said to be in the future."""
UNDER_WAY = frozenset({TicketStatus.OPEN, TicketStatus.TAKEN, TicketStatus.WAITING})
NOT_CANCELLED = frozenset(TicketStatus) - {TicketStatus.CANCELLED}
JUDGED_LATER = UNDER_WAY | {TicketStatus.RESOLVED}
"""Whose delays may still be counted otherwise."""
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
    EventKind.DOWN: NOT_CANCELLED,
    EventKind.UP: NOT_CANCELLED,
    EventKind.TRANSFERRED: UNDER_WAY,
    EventKind.FINAL: NOT_CANCELLED - {TicketStatus.OPEN},
    EventKind.COVER: JUDGED_LATER,
}
"""The states in which each act has a sense."""
BESIDE = frozenset({EventKind.DOWN, EventKind.UP})
"""Of the asset: it may have stopped before anybody called."""
ANY_TIME = BESIDE | {
    EventKind.CONTACT, EventKind.NOTE, EventKind.PRIORITY, EventKind.ON_SITE, EventKind.TRANSFERRED, EventKind.COVER,
}  # fmt: skip
"""Acts that may be told after a later one: they change no state."""
REASON = "Écrivez la raison\u00a0: elle restera au journal."


def written(text: str | None) -> str:
    """What must be said with the act."""
    if not (kept := clean_text(text or "")):
        raise InvalidFields({"text": REASON})
    return kept


def author_of(session: Session, author: str | None) -> str | None:
    """Whoever was named, else who uses the program."""
    return clean_text(author or "") or session.info.get("who") or None


def ahead(at: datetime) -> str | None:
    return "Cette heure n’est pas encore passée." if at > datetime.now(UTC) + AHEAD else None


def act(  # noqa: PLR0917 - called by each act in the same order
    session: Session, ticket_id: int, kind: EventKind, at: datetime, author: str | None, text: str | None, **more: Any
) -> None:
    """Write it, after looking at the state of the ticket and at the order of time."""
    ticket = found(session, ticket_id)
    if ticket.status not in ALLOWED[kind]:
        raise Refused(f"{kind.label} impossible\u00a0: ce ticket est à l’état «\u00a0{ticket.status.label}\u00a0».")
    whole = at.replace(microsecond=0)
    if sentence := ahead(whole) or _too_early(read_course(session, ticket), kind, whole):
        raise InvalidFields({"at": sentence})
    append(session, ticket_id, kind, whole, author, text, **more)


def _too_early(course: Course, kind: EventKind, at: datetime) -> str | None:
    if at < course.opened_at and kind not in BESIDE:
        return f"C’est avant l’ouverture du ticket, le {moment(course.opened_at)}."
    last = max([when for _, when in course.states] + [wait.end or wait.start for wait in course.waits])
    if at < last and kind not in ANY_TIME:
        return f"C’est avant le dernier fait du journal, le {moment(last)}."
    return None


def append(  # noqa: PLR0917 - as above
    session: Session, ticket_id: int, kind: EventKind, at: datetime, author: str | None, text: str | None, **more: Any
) -> None:
    """Write it as it is, and make the columns of the ticket again."""
    kept = clean_text(text or "") or None
    who = author_of(session, author)
    session.add(TicketEvent(ticket_id=ticket_id, kind=kind, at=at, author=who, text=kept, **more))
    session.flush()
    project(session, ticket_id)
