"""The clock panel of a ticket: three deadlines, and why the clock stands still (look.md « Clock panel »)."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.codes import Code
from app.models.codes import TicketStatus, WaitReason
from app.rules.service_level import Promise, Wait
from app.rules.worktime import Calendar, elapsed
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
class ClockPanel:
    """`waiting` is the French line of the oldest wait under way, `waited` its working minutes, since `waiting_since`;
    `stopped` tells whether a wait stops the clock."""

    base: str
    status: TicketStatus
    stopped: bool
    waiting: str | None
    waiting_since: datetime | None
    waited: int | None
    deadlines: tuple[Deadline, Deadline, Deadline]


def clock(session: Session, ticket_id: int, now: datetime) -> ClockPanel:
    """The panel as it stands at `now`; a closed ticket shows its delays as they were judged."""
    ticket = found(session, ticket_id)
    course = read_course(session, ticket)
    calendar = calendar_of(session, ticket.contract_id, opening_day(ticket.opened_at))
    judged = assessed(session, ticket, course, now)
    wait = next(iter(sorted(course.open_waits, key=lambda one: not one.stops_clock)), None)
    take, visit, restore = (
        _deadline(label, promise)
        for label, promise in (
            ("Prise en charge", judged.take),
            ("Intervention sur site", judged.on_site),
            ("Rétablissement", judged.restore),
        )
    )
    if ticket.status == TicketStatus.CLOSED:
        take = replace(take, due=ticket.take_due_at, state=_kept(ticket.take_met))
        visit = replace(visit, due=ticket.on_site_due_at)
        restore = replace(restore, due=ticket.restore_due_at, state=_kept(ticket.restore_met))
    return ClockPanel(
        base=_base(calendar, ticket.contract_id),
        status=ticket.status,
        stopped=bool(wait and wait.stops_clock),
        waiting=_waiting(wait) if wait else None,
        waiting_since=wait.start if wait else None,
        waited=elapsed(calendar, wait.start, now) if wait else None,
        deadlines=(take, visit, restore),
    )


def _base(calendar: Calendar, contract_id: int | None) -> str:
    hours = hours_text(calendar)
    words = hours if calendar.round_the_clock else f"Heures ouvrées, {hours}"
    return words if contract_id else f"{words}, hors contrat"


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
