"""When assets did not work, as the journals of their tickets tell (domain.md A.2, B.2, B.3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.models import Ticket, TicketEvent
from app.models.codes import EventKind, TicketStatus
from app.rules.worktime import Calendar, Pause, elapsed
from app.services.contracts import calendar_of, opening_day, read_once
from app.services.journal import found, read_course


@dataclass(frozen=True, slots=True)
class Downtime:
    """An asset that did not work from `start` to `end`, within the period asked for; `minutes` are working minutes of
    the contract of the first of its `tickets`. `running`: it was still down when the period ended."""

    asset_id: int
    start: datetime
    end: datetime
    minutes: int
    tickets: tuple[int, ...]
    running: bool


@dataclass(frozen=True, slots=True)
class DownSpan:
    """One time down of a ticket; `end` is None while it lasts, `minutes` are then counted to now."""

    start: datetime
    end: datetime | None
    minutes: int


@dataclass(frozen=True, slots=True)
class _Told:
    """What one ticket tells of its asset."""

    asset_id: int
    ticket_id: int
    start: datetime
    end: datetime | None
    contract_id: int | None
    opened_at: datetime


def downtimes(session: Session, start: datetime, end: datetime) -> list[Downtime]:
    """Every time down within [start, end), by asset and moment; what began before the period is not lost (B.2).

    Times told by several tickets of one asset are one. Cancelled tickets tell nothing. `end` is not in the future.
    """
    calendars = read_once(session, calendar_of)
    found_ = []
    for _, told in groupby(_told(session, start, end), key=attrgetter("asset_id")):
        for group in _merged(list(told)):
            calendar = calendars(group[0].contract_id, opening_day(group[0].opened_at))
            found_.append(_clipped(group, calendar, start, end))
    return sorted(found_, key=lambda one: (one.asset_id, one.start))


def _told(session: Session, start: datetime, end: datetime) -> list[_Told]:
    """The times down that touch the period, by asset and beginning."""
    kinds = (EventKind.DOWN, EventKind.UP)
    ended_within = select(TicketEvent.ticket_id).where(
        TicketEvent.kind == EventKind.UP, TicketEvent.at > start, TicketEvent.deleted_at.is_(None)
    )
    rows = session.execute(
        select(
            TicketEvent.ticket_id, TicketEvent.kind, TicketEvent.at, Ticket.asset_id, Ticket.contract_id,
            Ticket.opened_at,
        )
        .join(Ticket, TicketEvent.ticket_id == Ticket.id)
        .where(
            TicketEvent.kind.in_(kinds),
            TicketEvent.deleted_at.is_(None),
            TicketEvent.at < end,
            Ticket.deleted_at.is_(None),
            Ticket.asset_id.is_not(None),
            Ticket.status != TicketStatus.CANCELLED,
            or_(Ticket.down_since.is_not(None), Ticket.id.in_(ended_within)),
        )
        .order_by(TicketEvent.ticket_id, TicketEvent.at, TicketEvent.id)
    ).all()  # fmt: skip
    spans = [span for _, acts in groupby(rows, key=attrgetter("ticket_id")) for span in _spans(list(acts))]
    return sorted(
        (one for one in spans if one.end is None or one.end > start), key=lambda one: (one.asset_id, one.start)
    )


def _spans(acts: Sequence[Any]) -> list[_Told]:
    """As `rules.ticket_course` reads them: down again while down, or up while up, says nothing new."""
    spans: list[_Told] = []
    since: datetime | None = None
    last = acts[-1]
    about = (last.contract_id, last.opened_at)
    for one in acts:
        if one.kind == EventKind.DOWN:
            since = since or one.at
        elif since is not None:
            spans.append(_Told(one.asset_id or 0, one.ticket_id, since, one.at, *about))
            since = None
    return spans if since is None else [*spans, _Told(last.asset_id or 0, last.ticket_id, since, None, *about)]


def _merged(told: Iterable[_Told]) -> list[list[_Told]]:
    """Those of one asset, in order, grouped where they overlap or touch (B.2: overlapping downtimes are merged)."""
    groups: list[list[_Told]] = []
    for one in told:
        ends = [before.end for before in groups[-1]] if groups else []
        if groups and (None in ends or one.start <= max(end for end in ends if end)):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _clipped(group: Sequence[_Told], calendar: Calendar, start: datetime, end: datetime) -> Downtime:
    ends = [one.end for one in group]
    running = None in ends
    first = max(start, group[0].start)
    last = end if running else min(end, max(one for one in ends if one))
    tickets = tuple(dict.fromkeys(one.ticket_id for one in group))
    return Downtime(group[0].asset_id, first, last, elapsed(calendar, first, last), tickets, running)


def of_ticket(session: Session, ticket_id: int, now: datetime) -> list[DownSpan]:
    """The times down of one ticket, oldest first."""
    ticket = found(session, ticket_id)
    downs: Sequence[Pause] = read_course(session, ticket).downs
    calendar = calendar_of(session, ticket.contract_id, opening_day(ticket.opened_at))
    return [DownSpan(start, end, elapsed(calendar, start, end or now)) for start, end in downs]
