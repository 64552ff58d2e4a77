"""The clock panel of a ticket: three deadlines, and why the clock stands still (look.md « Clock panel »)."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.codes import Code
from app.models import Ticket
from app.models.codes import TicketStatus, WaitReason
from app.models.upkeep_codes import Resolution
from app.rules.service_level import Course, Promise, Wait
from app.rules.worktime import Calendar, elapsed
from app.services.clock_why import MoveTold, moves_told, terms_named, why_stopped
from app.services.contracts import calendar_of, hours_text, opening_day
from app.services.journal import assessed, found, read_course, wait_title


class PromiseState(Code):
    MET = "met", "Tenu", "ok"
    MISSED = "missed", "Dépassé", "bad", True
    RUNNING = "running", "En cours", "info"
    STOPPED = "stopped", "Suspendu", "hold", True
    NONE = "none", "Sans engagement", "mute"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One promise. Durations are working minutes; `left` is below zero once late, None if nothing was promised.

    `due_if_resumed` tells, while the clock is stopped, when it would fall due if it ran again now.
    """

    label: str
    state: PromiseState
    target: int | None
    spent: int
    left: int | None
    due: datetime | None
    actual: datetime | None
    due_if_resumed: datetime | None


@dataclass(frozen=True, slots=True)
class DownTold:
    """The downtime of the asset, in working minutes, what lasts counted to now; `since` is None once it works."""

    minutes: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class ClockPanel:
    """`waiting` is the French line of the oldest wait under way, `waited` its working minutes, since `waiting_since`;
    `stopped` tells whether a wait stops the clock, `why` whose word says so.

    `terms` names the contract and the amendments whose words count, empty out of contract. `workaround`: one is in
    place and the contract wants the final solution. `moves` say why the date of restoration is not the first one.
    """

    base: str
    terms: str
    status: TicketStatus
    stopped: bool
    waiting: str | None
    waiting_since: datetime | None
    waited: int | None
    why: str
    workaround: bool
    deadlines: tuple[Deadline, Deadline, Deadline]
    moves: tuple[MoveTold, ...]
    down: DownTold | None


def clock(session: Session, ticket_id: int, now: datetime) -> ClockPanel:
    """The panel as it stands at `now`; a closed ticket shows its delays as they were judged."""
    ticket = found(session, ticket_id)
    course = read_course(session, ticket)
    calendar = calendar_of(session, ticket.contract_id, opening_day(ticket.opened_at))
    wait = next(iter(sorted(course.open_waits, key=lambda one: not one.stops_clock)), None)
    under_way = course.resolved_at is None and course.status != "cancelled"
    return ClockPanel(
        base=_base(calendar),
        terms=terms_named(session, ticket),
        status=ticket.status,
        stopped=bool(wait and wait.stops_clock),
        waiting=_waiting(wait) if wait else None,
        waiting_since=wait.start if wait else None,
        waited=elapsed(calendar, wait.start, now) if wait else None,
        why=_why(session, ticket, wait) if wait else "",
        workaround=under_way and course.resolution == Resolution.WORKAROUND,
        deadlines=_deadlines(session, ticket, course, now),
        moves=_moves(session, ticket, calendar, now),
        down=_down(course, calendar, now),
    )


def _deadlines(session: Session, ticket: Ticket, course: Course, now: datetime) -> tuple[Deadline, Deadline, Deadline]:
    judged = assessed(session, ticket, course, now)
    take = _deadline("Prise en charge", judged.take)
    visit = _deadline("Intervention sur site", judged.on_site)
    restore = _deadline("Rétablissement", judged.restore)
    if ticket.status == TicketStatus.CLOSED:
        take = replace(take, due=ticket.take_due_at, state=_kept(ticket.take_met))
        visit = replace(visit, due=ticket.on_site_due_at)
        restore = replace(restore, due=ticket.restore_due_at, state=_kept(ticket.restore_met))
    return take, visit, restore


def _moves(session: Session, ticket: Ticket, calendar: Calendar, now: datetime) -> tuple[MoveTold, ...]:
    """Nothing of a closed ticket whose contract was changed since: its date is the one that was judged."""
    told = moves_told(session, ticket, calendar, now)
    if ticket.status == TicketStatus.CLOSED and told and told[-1].due != ticket.restore_due_at:
        return ()
    return told


def _down(course: Course, calendar: Calendar, now: datetime) -> DownTold | None:
    if not course.downs or course.status == "cancelled":
        return None
    return DownTold(sum(elapsed(calendar, start, end or now) for start, end in course.downs), course.down_since)


def _why(session: Session, ticket: Ticket, wait: Wait) -> str:
    return why_stopped(session, ticket, WaitReason.of(wait.reason or ""), stops=wait.stops_clock)


def _base(calendar: Calendar) -> str:
    hours = hours_text(calendar)
    return hours if calendar.round_the_clock else f"Heures ouvrées, {hours}"


def _deadline(label: str, promise: Promise) -> Deadline:
    return Deadline(
        label,
        PromiseState.of(promise.state),
        promise.target,
        promise.spent,
        promise.left,
        promise.due,
        promise.actual,
        promise.due_if_resumed,
    )


def _kept(met: bool | None) -> PromiseState:
    return PromiseState.NONE if met is None else PromiseState.MET if met else PromiseState.MISSED


def _waiting(wait: Wait) -> str:
    return wait_title(WaitReason.of(wait.reason or ""), stops_clock=wait.stops_clock)
