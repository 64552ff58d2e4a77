"""When assets did not work, as the journals of their tickets tell, and when that was planned (domain.md A.2, B.2)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, literal_column, select, union

from app.kpi import Cohort
from app.kpi.scoping import of_asset
from app.models import Intervention, MaintenanceTask, Ticket, TicketEvent, Visit
from app.models.codes import EventKind, TicketKind, TicketStatus
from app.rules.availability import Span, merged

CHUNK = 10_000
PLANNED = (TicketKind.REQUEST, TicketKind.CHANGE)
"""What stops an asset on purpose, unless it is told to be a failure."""


@dataclass(frozen=True, slots=True)
class Stop:
    """An asset that did not work from `start` to `end`; `ticket_id` told of it first. `failure`: nobody planned it."""

    asset_id: int
    ticket_id: int
    start: datetime
    end: datetime
    failure: bool

    @property
    def span(self) -> Span:
        return self.start, self.end


def stops(cohort: Cohort, start: datetime, end: datetime) -> dict[int, list[Stop]]:
    """By asset and moment, all that touches the time from `start` to `end`, what began before included; what lasts is
    told until `end`. Failures told by several tickets of one asset are one (B.2). `end` is not after `cohort.now`."""
    found = [*_told(cohort, start, end), *_visits(cohort, start, end)]
    found.sort(key=lambda one: (one.asset_id, one.start, one.ticket_id))
    by_asset = {asset: list(group) for asset, group in groupby(found, key=attrgetter("asset_id"))}
    return {asset: [*_failures(own), *(one for one in own if not one.failure)] for asset, own in by_asset.items()}


def _failures(told: Sequence[Stop]) -> Iterator[Stop]:
    """Those of one asset, each under its first ticket."""
    failures = [one for one in told if one.failure]
    for start, end in merged(one.span for one in failures):
        first = next(one for one in failures if one.start == start)
        yield Stop(first.asset_id, first.ticket_id, start, end, failure=True)


def _stop() -> tuple[ColumnElement[bool], ...]:
    """As the partial indexes of the acts say it."""
    kinds: list[ColumnElement[str]] = [literal_column(f"'{kind.value}'") for kind in (EventKind.DOWN, EventKind.UP)]
    return literal_column("ticket_event.kind").in_(kinds), TicketEvent.deleted_at.is_(None)


def _touched(start: datetime) -> CompoundSelect[Any]:
    """Tickets that told of a stop since then, or whose asset is still down."""
    since = select(TicketEvent.ticket_id).where(*_stop(), TicketEvent.at >= start)
    return union(since, select(Ticket.id).where(Ticket.down_since.is_not(None)))


def _told(cohort: Cohort, start: datetime, end: datetime) -> Iterator[Stop]:
    """Read by ids, which SQLite takes down into the tickets as they stood."""
    touched = cohort.session.scalars(_touched(start)).all()
    for first in range(0, len(touched), CHUNK):
        about = {row.id: row for row in cohort.session.execute(_tickets(cohort, touched[first : first + CHUNK]))}
        acts = cohort.session.execute(
            select(TicketEvent.ticket_id, TicketEvent.kind, TicketEvent.at)
            .where(*_stop(), TicketEvent.ticket_id.in_(list(about)), TicketEvent.at < end)
            .order_by(TicketEvent.ticket_id, TicketEvent.at, TicketEvent.id)
        )
        for ticket, told in groupby(acts, key=attrgetter("ticket_id")):
            yield from (one for one in _spans(about[ticket], told, end) if one.end >= start)


def _tickets(cohort: Cohort, wanted: Sequence[int]) -> Select[Any]:
    of, severity = cohort.tickets, cohort.scope.priority
    return select(of.id, of.asset_id, of.kind, of.is_failure).where(
        of.id.in_(wanted),
        of.deleted_at.is_(None),
        of.asset_id.is_not(None),
        of.status != TicketStatus.CANCELLED,
        *of_asset(cohort.scope, of.asset_id),
        *([of.priority == severity] if severity is not None else []),
    )


def _spans(ticket: Any, acts: Iterable[Any], now: datetime) -> Iterator[Stop]:
    """As `rules.ticket_course` reads them: down again while down, or up while up, says nothing new."""
    about, failure = (ticket.asset_id, ticket.id), bool(ticket.is_failure) or ticket.kind not in PLANNED
    since: datetime | None = None
    for one in acts:
        if one.kind == EventKind.DOWN:
            since = since or one.at
        elif since is not None:
            yield Stop(*about, since, one.at, failure)
            since = None
    if since is not None:
        yield Stop(*about, since, now, failure)


def _visits(cohort: Cohort, start: datetime, end: datetime) -> list[Stop]:
    """The interventions of visits whose task stops the asset: never failures."""
    rows = cohort.session.execute(
        select(Visit.asset_id, Intervention.started_at, Intervention.ended_at)
        .join(Intervention, Intervention.visit_id == Visit.id)
        .join(MaintenanceTask, MaintenanceTask.id == Visit.task_id)
        .where(
            MaintenanceTask.stops_asset.is_(True), Visit.asset_id.is_not(None), Visit.deleted_at.is_(None),
            Intervention.deleted_at.is_(None), Intervention.started_at < end, Intervention.ended_at >= start,
            *of_asset(cohort.scope, Visit.asset_id),
        )
    )  # fmt: skip
    return [Stop(one or 0, 0, begun, min(over or end, end), failure=False) for one, begun, over in rows]
