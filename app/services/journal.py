"""A ticket's journal read back: what it says, and the columns of the ticket made again from it (domain.md B.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.fields import lowered
from app.models import Ticket, TicketEvent
from app.models.codes import EventKind, Priority, TicketStatus, WaitReason
from app.rules.service_level import NOTHING_PROMISED, Assessment, Course, Event, Promise, assess, read
from app.services.contracts import calendar_of, levels_of, opening_day

STILL_OPEN = (TicketStatus.OPEN, TicketStatus.TAKEN, TicketStatus.WAITING)


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One act as the timeline shows it; `title` is a French line, `text` what was written with it."""

    id: int
    kind: EventKind
    at: datetime
    title: str
    author: str | None
    text: str | None


def found(session: Session, ticket_id: int) -> Ticket:
    ticket = session.get(Ticket, ticket_id)
    if ticket is None or ticket.deleted_at is not None:
        raise NotFound("Ce ticket n’existe plus.")
    return ticket


def acts(session: Session, ticket_id: int) -> list[TicketEvent]:
    return list(
        session.scalars(
            select(TicketEvent)
            .where(TicketEvent.ticket_id == ticket_id, TicketEvent.deleted_at.is_(None))
            .order_by(TicketEvent.at, TicketEvent.id)
        )
    )


def course_of(events: Iterable[TicketEvent]) -> Course:
    return read(
        [
            Event(one.kind.value, one.at, bool(one.stops_clock), one.wait_reason and one.wait_reason.value, one.value)
            for one in events
        ]
    )


def journal(session: Session, ticket_id: int) -> list[JournalRow]:
    """The acts of a ticket, newest first."""
    found(session, ticket_id)
    rows = [JournalRow(one.id, one.kind, one.at, _title(one), one.author, one.text) for one in acts(session, ticket_id)]
    return rows[::-1]


def _title(act: TicketEvent) -> str:
    if act.kind == EventKind.PRIORITY:
        return f"Priorité portée à {act.value}"
    if act.kind != EventKind.WAIT_STARTED or act.wait_reason is None:
        return act.kind.label
    return wait_title(act.wait_reason, stops_clock=bool(act.stops_clock))


def wait_title(reason: WaitReason, *, stops_clock: bool) -> str:
    if stops_clock:
        return f"Horloge arrêtée\u00a0: {lowered(reason.label)}"
    return f"{reason.label}, l’horloge continue"


def assessed(session: Session, ticket: Ticket, course: Course, now: datetime) -> Assessment:
    """The three deadlines by the words that the contract had on the day of its opening."""
    day = opening_day(course.opened_at)
    calendar = calendar_of(session, ticket.contract_id, day)
    targets = levels_of(session, ticket.contract_id, day).get(course.priority or "", NOTHING_PROMISED)
    return assess(course, calendar, targets, now)


def project(session: Session, ticket_id: int) -> None:
    """Make the projection columns of the ticket again from its journal.

    Once closed, a ticket keeps its delays as they were judged, whatever the contract says later (domain.md D.3).
    """
    ticket = found(session, ticket_id)
    events = acts(session, ticket_id)
    course = course_of(events)
    ticket.contacts = course.contacts
    was_closed = ticket.status == TicketStatus.CLOSED
    if not (was_closed and course.closed_at):
        for name, value in projected(course, assessed(session, ticket, course, events[-1].at)).items():
            setattr(ticket, name, value)
    session.flush()


def projected(course: Course, judged: Assessment) -> dict[str, Any]:
    """The columns of a ticket that follow from its journal."""
    told = {"priority": Priority.of(course.priority)} if course.priority else {}
    return {
        **told,
        "status": TicketStatus.of(course.status),
        "opened_at": course.opened_at,
        "taken_at": course.taken_at,
        "on_site_at": course.on_site_at,
        "resolved_at": course.resolved_at,
        "closed_at": course.closed_at,
        "take_due_at": judged.take.due,
        "on_site_due_at": judged.on_site.due,
        "restore_due_at": judged.restore.due,
        "take_minutes": judged.take.spent if course.taken_at else None,
        "net_minutes": judged.net_minutes,
        "calendar_minutes": judged.calendar_minutes,
        "take_met": _met(judged.take),
        "restore_met": _met(judged.restore),
        "reopenings": course.reopenings,
    }


def _met(promise: Promise) -> bool | None:
    """None while nothing is done, or if nothing was promised: lateness of what is open is judged when it is read."""
    if promise.actual is None or promise.state == "none":
        return None
    return promise.state == "met"


def project_open(session: Session, contract_id: int) -> int:
    """Make the open tickets of a contract again after its hours, levels or holidays changed. Gives how many."""
    wanted = session.scalars(
        select(Ticket.id).where(
            Ticket.contract_id == contract_id, Ticket.status.in_(STILL_OPEN), Ticket.deleted_at.is_(None)
        )
    ).all()
    for ticket_id in wanted:
        project(session, ticket_id)
    return len(wanted)
