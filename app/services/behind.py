"""The very records that an indicator was computed from."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, type_coerce
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.fields import joined
from app.kpi import Cohort, Kpi, Measure
from app.models import Asset, Ticket
from app.models.codes import Priority
from app.rules.service_level import Targets
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
    levels, calendar = read_once(session, levels_of), read_once(session, calendar_of)
    met, due = _promise(kpi, of)
    rows = []
    for start in range(0, len(measure.ids), CHUNK):
        statement = (
            select(
                of.id,
                of.number,
                of.subject,
                Asset.number,
                of.priority,
                of.contract_id,
                of.opened_at,
                met,
                due,
            )
            .select_from(cohort.source)
            .join(Asset, Asset.id == of.asset_id, isouter=True)
            .where(of.id.in_(measure.ids[start : start + CHUNK]))
        )
        for one, title, subject, asset, priority, contract, opened, held, limit in session.execute(statement):
            day = opening_day(opened)
            target, row = _target(kpi, levels(contract, day).get(priority)), measure.rows[one]
            minutes, late_still = row.amount, row.amount is None and limit is not None
            if limit is not None and minutes is None and target is not None:
                minutes = target + elapsed(calendar(contract, day), limit, cohort.cutoff)
            gap = None if minutes is None or target is None else minutes - target
            judged = (False if late_still else held) if kpi.promise else None
            rows.append(TicketRow(one, title, subject, asset, priority, target, minutes, gap, judged, row.hit))
    return tuple(sorted(rows, key=lambda row: (row.gap is None, -(row.gap or 0), row.number)))


def _promise(kpi: Kpi, of: Any) -> tuple[Any, Any]:
    """Whether it was kept, and its deadline, in SQL; those of the restoration for an indicator that judges none."""
    if kpi.promise == "take":
        return of.take_met, of.take_due_at
    if kpi.promise == "on_site":
        return type_coerce(of.on_site_at <= of.on_site_due_at, Ticket.restore_met.type), of.on_site_due_at
    return of.restore_met, of.restore_due_at


def _target(kpi: Kpi, promised: Targets | None) -> int | None:
    """The minutes promised; None for an indicator that judges no promise."""
    if kpi.promise is None or promised is None:
        return None
    return {"take": promised.take, "on_site": promised.on_site, "restore": promised.restore}[kpi.promise]
