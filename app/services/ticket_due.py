"""How the nearest promise of a ticket under way stands: as columns of its list by SQL, and in working time (D.3).

The three promises are to take it in charge, to arrive, to restore. The columns that `services.journal` projects tell
when each falls due, waits counted; what is past is read at the moment of the question.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Text, and_, case, func, literal, null, select, type_coerce
from sqlalchemy.orm import Session

from app.models import Ticket
from app.models.base import CodeText, Utc
from app.models.codes import TicketStatus
from app.models.upkeep_codes import DueState, Running
from app.rules.worktime import elapsed
from app.services.contracts import calendar_of, opening_day, read_once

UNDER_WAY = (TicketStatus.OPEN, TicketStatus.TAKEN, TicketStatus.WAITING)
NEVER = "9999"
"""After every date, as text."""
PROMISES = (
    ("take_due_at", "taken_at", "Prise en charge"),
    ("on_site_due_at", "on_site_at", "Arrivée sur site"),
    ("restore_due_at", "resolved_at", "Rétablissement"),
)
"""When each is due, when it was kept, its name."""


@dataclass(frozen=True, slots=True)
class Left:
    """`minutes` are working minutes left, below zero once late; None while the clock stands, or nothing is promised.
    `promise` is the name of the nearest, due at `due`; `covered`: a contract binds the ticket."""

    state: DueState
    covered: bool
    promise: str = ""
    minutes: int | None = None
    due: datetime | None = None


def _under_way(tickets: FromClause) -> ColumnElement[bool]:
    return tickets.c.status.cast(Text).in_([one.value for one in UNDER_WAY])


def _nearest(tickets: FromClause) -> ColumnElement[str]:
    """As text, NEVER if no promise is left."""
    own = tickets.c
    dues = [
        case((own[kept].is_(None), func.coalesce(own[due].cast(Text), NEVER)), else_=literal(NEVER))
        for due, kept, _ in PROMISES
    ]
    return func.min(*dues, type_=Text())


def next_due(tickets: FromClause) -> ColumnElement[datetime | None]:
    """The nearest promise that is not kept; NULL once over, or if none is left or its clock stands."""
    nearest = func.nullif(_nearest(tickets), NEVER)
    return type_coerce(case((_under_way(tickets), nearest), else_=null()), Utc())


def due_state(tickets: FromClause) -> ColumnElement[Any]:
    """A DueState at the moment of the question; NULL once the ticket is over."""
    now = datetime.now(UTC).isoformat(timespec="seconds")[:19] + "Z"
    nearest = _nearest(tickets)
    promised = and_(tickets.c.status.cast(Text) == TicketStatus.WAITING.value, tickets.c.contract_id.is_not(None))
    return case(
        (~_under_way(tickets), null()),
        (nearest < now, DueState.LATE.value),
        (nearest < NEVER, DueState.RUNNING.value),
        (promised, DueState.STOPPED.value),
        else_=DueState.UNPROMISED.value,
    ).cast(CodeText(DueState))


def running(tickets: FromClause) -> ColumnElement[Any]:
    """Running.DOWN while the asset does not work, else NULL."""
    down = and_(tickets.c.down_since.is_not(None), _under_way(tickets))
    return case((down, Running.DOWN.value), else_=null()).cast(CodeText(Running))


def left_of(session: Session, wanted: Sequence[int], now: datetime) -> Mapping[int, Left]:
    """What is left to each ticket at `now`, in the hours of its contract; those that are over are left out."""
    calendars = read_once(session, calendar_of)
    rows = session.execute(select(Ticket.__table__).where(Ticket.id.in_(wanted), Ticket.status.in_(UNDER_WAY)))
    found = {}
    for row in rows:
        covered = row.contract_id is not None
        due, promise = min(
            ((getattr(row, due), name) for due, kept, name in PROMISES if getattr(row, due) and not getattr(row, kept)),
            default=(None, ""),
        )
        if due is None:
            stopped = covered and row.status == TicketStatus.WAITING
            found[row.id] = Left(DueState.STOPPED if stopped else DueState.UNPROMISED, covered)
            continue
        calendar = calendars(row.contract_id, opening_day(row.opened_at))
        late = due < now
        minutes = -elapsed(calendar, due, now) if late else elapsed(calendar, now, due)
        found[row.id] = Left(DueState.LATE if late else DueState.RUNNING, covered, promise, minutes, due)
    return found
