"""The promises missed, by tickets first, that the penalties of their contract punish (domain.md C.7, D.4).

What was late is judged by the delays that the contract had on the day of the opening, as the ticket keeps it; the waits
that stop the clock are out already. A promise belongs to the month in which it was at last done, as in the indicators;
one still not done, to the month under way.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Select, and_, literal, or_, select
from sqlalchemy.orm import Session

from app.fields import PARIS
from app.models import Penalty, Ticket
from app.models.codes import Priority, TicketStatus
from app.models.contract_codes import PenaltyTrigger, PenaltyUnit
from app.rules.worktime import elapsed
from app.services.contracts import calendar_of, levels_of, opening_day, read_once
from app.services.journal import STILL_OPEN
from app.services.penalties import undone
from app.services.penalties.breach import Late

MINUTE = timedelta(minutes=1)
TICKETS: FromClause = Ticket.__table__
Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class _Promise:
    """The columns that tell one promise, and which tickets missed it."""

    due: ColumnElement[datetime | None]
    done: ColumnElement[datetime | None]
    spent: ColumnElement[int | None] | None
    target: str
    missed: Condition


BY_TICKETS = (PenaltyTrigger.TAKE, PenaltyTrigger.ON_SITE, PenaltyTrigger.RESTORE)
"""The breaches that the tickets tell."""
TOLD = (*BY_TICKETS, PenaltyTrigger.DOCUMENT, PenaltyTrigger.PREVENTIVE)
"""Those that the program finds; others are claimed by hand."""


def _promise(trigger: PenaltyTrigger, of: Any) -> _Promise:
    """`of`: the columns of the tickets, as they are or as they stood."""
    if trigger == PenaltyTrigger.TAKE:
        return _Promise(of.take_due_at, of.taken_at, of.take_minutes, "take", of.take_met.is_(False))
    if trigger == PenaltyTrigger.ON_SITE:
        return _Promise(of.on_site_due_at, of.on_site_at, None, "on_site", of.on_site_at > of.on_site_due_at)
    return _Promise(of.restore_due_at, of.resolved_at, of.net_minutes, "restore", of.restore_met.is_(False))


def rows_of(session: Session, contracts: Collection[int] | None = None) -> list[Penalty]:
    """The penalties of what the program finds, by contract; of all contracts, or of some."""
    wanted = select(Penalty).where(Penalty.deleted_at.is_(None), Penalty.trigger.in_(TOLD))
    if contracts is not None:
        wanted = wanted.where(Penalty.contract_id.in_(contracts))
    return list(session.scalars(wanted.order_by(Penalty.contract_id, Penalty.id)))


def found(session: Session, penalties: Sequence[Penalty], now: datetime) -> list[Late]:
    """What these penalties punish, in the order of time: done late, or late and still to do at `now`."""
    return _found(session, penalties, _Measure(session, now))


def done(
    session: Session, penalties: Sequence[Penalty], now: datetime, since: date, tickets: FromClause = TICKETS
) -> list[Late]:
    """What was done late since that day, told by what it costs only: its ticket has neither number nor subject, and
    its minutes are 0 where each breach costs the same. Read from the indexes alone, or from `tickets` as they stood."""
    return _found(session, penalties, _Measure(session, now, since, tickets))


def _found(session: Session, penalties: Sequence[Penalty], measure: "_Measure") -> list[Late]:
    lates: list[Late] = []
    for trigger in BY_TICKETS:
        own = [one for one in penalties if one.trigger == trigger]
        if own:
            lates.extend(_of_one(session, _promise(trigger, measure.tickets.c), own, measure))
    for found in (undone.documents, undone.visits):
        lates.extend(one for one in found(session, penalties, measure.now) if measure.wants(one))
    return sorted(lates, key=lambda one: (one.done or measure.now, one.entity, one.record_id))


def _of_one(session: Session, promise: _Promise, penalties: Sequence[Penalty], measure: "_Measure") -> Iterator[Late]:
    by_contract: dict[int, list[Penalty]] = {}
    for one in penalties:
        by_contract.setdefault(one.contract_id, []).append(one)
    for row in session.execute(_statement(promise, penalties, measure)):
        penalty = applied(by_contract[row.contract_id], row.priority.value)
        if penalty is not None:
            yield Late(
                row.contract_id, "ticket", row.id, row.number, row.subject, penalty, row.due, row.done,
                opening_day(row.done or measure.now), measure.minutes(promise, penalty.unit, row),
            )  # fmt: skip


class _Measure:
    """How late, with calendars and levels read once. `since` asks for what was done from that day on, in brief."""

    def __init__(
        self, session: Session, now: datetime, since: date | None = None, tickets: FromClause = TICKETS
    ) -> None:
        self.now, self.since, self.tickets = now, since, tickets
        self._calendars, self._levels = read_once(session, calendar_of), read_once(session, levels_of)

    def wants(self, one: Late) -> bool:
        return self.since is None or (one.done is not None and one.on >= self.since)

    def minutes(self, promise: _Promise, unit: PenaltyUnit, row: Row[Any]) -> int:
        done = row.done or self.now
        if unit == PenaltyUnit.DAY:
            return int(-(-(done - row.due) // MINUTE))
        if unit == PenaltyUnit.BREACH and self.since is not None:
            return 0
        day = opening_day(row.opened_at)
        if promise.spent is not None and row.done is not None:
            target = getattr(self._levels(row.contract_id, day).get(row.priority.value), promise.target, None)
            if target is not None and row.spent is not None and row.spent > target:
                return int(row.spent - target)
        return elapsed(self._calendars(row.contract_id, day), row.due, done)


def _statement(promise: _Promise, penalties: Sequence[Penalty], measure: _Measure) -> Select[Any]:
    of: Any = measure.tickets.c
    brief = measure.since is not None and all(one.unit == PenaltyUnit.BREACH for one in penalties)
    told = [literal("").label(name) for name in ("number", "subject")] if brief else [of.number, of.subject]
    times = () if brief else (of.opened_at, (promise.due if promise.spent is None else promise.spent).label("spent"))
    missed = promise.missed
    if measure.since is not None:
        missed = and_(missed, promise.done >= datetime.combine(measure.since, time(), PARIS))
    else:
        missed = or_(missed, and_(of.status.in_(STILL_OPEN), promise.done.is_(None), promise.due < measure.now))
    return select(
        of.id, of.contract_id, of.priority, promise.due.label("due"), promise.done.label("done"), *told, *times
    ).where(
        of.contract_id.in_({one.contract_id for one in penalties}), of.deleted_at.is_(None), missed,
        of.status != TicketStatus.CANCELLED, promise.due.is_not(None), *_named(penalties, of),
    )  # fmt: skip


def _named(penalties: Sequence[Penalty], of: Any) -> list[Condition]:
    """The priorities that some penalty names, unless one is for all."""
    named = [priorities(one) for one in penalties]
    if not all(named):
        return []
    return [of.priority.in_([Priority.of(one) for one in sorted(frozenset().union(*named))])]


def applied(penalties: Sequence[Penalty], priority: str) -> Penalty | None:
    """The one penalty of a promise missed: that which names its priority before that of all, the oldest of several. A
    breach is never counted twice."""
    named = [one for one in penalties if priority in priorities(one)]
    return next(iter(named or [one for one in penalties if not priorities(one)]), None)


def priorities(penalty: Penalty) -> frozenset[str]:
    return frozenset(one.strip().upper() for one in (penalty.priorities or "").split(",")) - {""}
