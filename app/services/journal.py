"""A ticket's journal read back: what it says, and the columns of the ticket made again from it (domain.md B.1)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.fields import lowered
from app.models import Ticket, TicketEvent
from app.models.codes import EventKind, Priority, TicketStatus, WaitReason
from app.models.upkeep_codes import CancelReason, Resolution
from app.rules.service_level import NOTHING_PROMISED, Assessment, Course, Event, Promise, assess, read
from app.services.contracts import calendar_of, levels_of, opening_day
from app.services.ticket_terms import clock_stops, workaround_stops

STILL_TOLD = ("final_at", "down_since", "down_minutes", "counted_at")
"""Columns that follow the journal even after the closing: no delay hangs on them."""
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
    """What the journal says, with the contract's word as it was kept with each act."""
    return read([event_of(one) for one in events])


def event_of(one: TicketEvent) -> Event:
    reason = one.wait_reason and one.wait_reason.value
    return Event(one.kind.value, one.at, bool(one.stops_clock), reason, one.value, one.author)


def events_of(session: Session, ticket: Ticket) -> list[Event]:
    """The acts of a ticket for the rules. Once its contract was changed, the words of the new one hold for every act:
    its delays are counted again from the opening."""
    kept = acts(session, ticket.id)
    if all(one.kind != EventKind.COVER for one in kept):
        return [event_of(one) for one in kept]
    return [replace(event_of(one), stops_clock=_stops(session, ticket, one)) for one in kept]


def _stops(session: Session, ticket: Ticket, one: TicketEvent) -> bool:
    if one.wait_reason is not None:
        return clock_stops(session, ticket, one.wait_reason)
    return one.kind == EventKind.RESOLVED and workaround_stops(session, ticket)


def read_course(session: Session, ticket: Ticket) -> Course:
    return read(events_of(session, ticket))


def journal(session: Session, ticket_id: int) -> list[JournalRow]:
    """The acts of a ticket, newest first."""
    found(session, ticket_id)
    rows = [JournalRow(one.id, one.kind, one.at, _title(one), one.author, one.text) for one in acts(session, ticket_id)]
    return rows[::-1]


def _title(act: TicketEvent) -> str:
    told = act.kind.label
    match act.kind:
        case EventKind.PRIORITY:
            told = f"Priorité portée à {act.value}"
        case EventKind.TRANSFERRED:
            told = f"Transféré à {act.value}"
        case EventKind.COVER:
            told = f"Contrat\u00a0: {act.value}" if act.value else "Hors contrat"
        case EventKind.WAIT_STARTED if act.wait_reason is not None:
            told = wait_title(act.wait_reason, stops_clock=bool(act.stops_clock))
        case EventKind.RESOLVED if act.value == Resolution.WORKAROUND:
            told = "Rétabli par un contournement" if act.stops_clock else "Contournement, l’horloge continue"
        case EventKind.CANCELLED if act.value:
            told = f"{told}\u00a0: {lowered(CancelReason.of(act.value).label)}"
    return told


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
    events = events_of(session, ticket)
    course = read(events)
    ticket.contacts = course.contacts
    judged = assessed(session, ticket, course, max(event.at for event in events))
    told = projected(course, judged, elsewhere=ticket.source is not None)
    was_closed = ticket.status == TicketStatus.CLOSED
    for name in STILL_TOLD if was_closed and course.closed_at else told:
        setattr(ticket, name, told[name])
    session.flush()


UNTOLD_TAKING = {"taken_at": None, "take_due_at": None, "take_minutes": None, "take_met": None}
UNTOLD_END = {"restore_due_at": None, "net_minutes": None, "calendar_minutes": None, "restore_met": None}


def projected(course: Course, judged: Assessment, *, elsewhere: bool = False) -> dict[str, Any]:
    """The columns of a ticket that follow from its journal. Of one that another tool followed (`elsewhere`), a
    restoration does not tell when it was taken in charge, nor a closing when it was restored: nothing is measured of
    what nobody wrote."""
    told = _projected(course, judged)
    if not elsewhere or course.resolved_at is None:
        return told
    return told | ({} if course.take_told else UNTOLD_TAKING) | ({} if course.end_told else UNTOLD_END)


def _projected(course: Course, judged: Assessment) -> dict[str, Any]:
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
        "assignee": course.assignee,
        "transfers": course.transfers,
        "resolution": Resolution.of(course.resolution) if course.resolution else None,
        "final_at": course.final_at,
        "cancel_reason": CancelReason.of(course.cancel_reason) if course.cancel_reason else None,
        "down_since": course.down_since,
        "down_minutes": judged.down_minutes,
        "counted_at": course.counted_at,
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
