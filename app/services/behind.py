"""The very records that an indicator was computed from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, type_coerce
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.fields import joined
from app.kpi import Base, Cohort, Kpi, Measure, Row
from app.models import Asset, Ticket
from app.models.codes import Priority
from app.rules.service_level import NOTHING_PROMISED
from app.rules.worktime import elapsed
from app.services.contracts import calendar_of, levels_of, opening_day, read_once

CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket behind an indicator. Durations are minutes in the base asked for; `gap` is above zero when late, None
    when no promise is judged. `hit`: counted in the numerator of a rate (None: the indicator is no rate)."""

    id: int
    number: str
    subject: str
    asset: str | None
    priority: Priority
    target: int | None
    minutes: int | None
    gap: int | None
    met: bool | None
    hit: bool | None = None


@dataclass(frozen=True, slots=True)
class RecordRow:
    """Another record behind an indicator: `amount` is minutes or cents, as the indicator says."""

    id: int
    title: str
    amount: int | None
    hit: bool | None


def records_behind(session: Session, kpi: Kpi, measure: Measure) -> tuple[RecordRow, ...]:
    """Those that weigh the most first."""
    model = ENTITIES[kpi.behind].model
    columns = [getattr(model, name) for name in model.__title__]
    found = []
    for start in range(0, len(measure.ids), CHUNK):
        wanted = measure.ids[start : start + CHUNK]
        for one, *words in session.execute(select(model.id, *columns).where(model.id.in_(wanted))):
            row = measure.rows[one]
            found.append(RecordRow(one, joined(*(str(w) for w in words if w)), row.amount, row.hit))
    return tuple(sorted(found, key=lambda row: (-(row.amount or 0), row.hit is not False, row.title)))


def tickets_behind(cohort: Cohort, kpi: Kpi, measure: Measure) -> tuple[TicketRow, ...]:
    """The latest of all first, then by how little was to spare."""
    session, of = cohort.session, cohort.tickets
    judge, promise = _Judge(cohort, kpi), _promise(kpi, of)
    rows = []
    for start in range(0, len(measure.ids), CHUNK):
        statement = (
            select(of.id, of.number, of.subject, Asset.number, of.priority, of.contract_id, of.opened_at, *promise)
            .select_from(cohort.source)
            .join(Asset, Asset.id == of.asset_id, isouter=True)
            .where(of.id.in_(measure.ids[start : start + CHUNK]))
        )
        for one, title, subject, asset, priority, contract, opened, *acts in session.execute(statement):
            row, day = measure.rows[one], opening_day(opened)
            target, minutes, gap, met = judge.told(row, (contract, day), priority, acts)
            rows.append(TicketRow(one, title, subject, asset, priority, target, minutes, gap, met, row.hit))
    return tuple(sorted(rows, key=lambda row: (row.gap is None, -(row.gap or 0), row.number)))


class _Judge:
    """Of each ticket, what was promised and by how much it was missed. Nothing in calendar time: promises are working
    minutes."""

    def __init__(self, cohort: Cohort, kpi: Kpi) -> None:
        self.cutoff = cohort.cutoff
        self.promise = kpi.promise if not kpi.calendar or cohort.scope.base == Base.WORKING else None
        self.levels = read_once(cohort.session, levels_of)
        self.calendar = read_once(cohort.session, calendar_of)

    def told(
        self, row: Row, of: tuple[int | None, date], priority: Priority, acts: Sequence[Any]
    ) -> tuple[int | None, int | None, int | None, bool | None]:
        """(target, minutes, gap, met) of a ticket under a contract since a day; `acts` are what `_promise` reads."""
        if self.promise is None:
            return None, row.amount, None, None
        promised = self.levels(*of).get(priority, NOTHING_PROMISED)
        target: int | None = getattr(promised, self.promise)
        met, due, act = acts
        undone = act is None or act >= self.cutoff
        if due is not None and row.hit is False and undone:
            met = False
        if target is None:
            return None, row.amount, None, met
        if row.amount is None and due is not None:
            calendar, at = self.calendar(*of), self.cutoff if undone else act
            gap = elapsed(calendar, due, at) if at > due else -elapsed(calendar, at, due)
            return target, target + gap, gap, met
        return target, row.amount, None if row.amount is None else row.amount - target, met


def _promise(kpi: Kpi, of: Any) -> tuple[Any, Any, Any]:
    """Whether it was kept, its deadline, and the act that keeps it, in SQL."""
    if kpi.promise == "take":
        return of.take_met, of.take_due_at, of.taken_at
    if kpi.promise == "on_site":
        return (
            type_coerce(of.on_site_at <= of.on_site_due_at, Ticket.restore_met.type),
            of.on_site_due_at,
            of.on_site_at,
        )
    return of.restore_met, of.restore_due_at, of.resolved_at
