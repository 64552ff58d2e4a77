"""Visits: what a week holds, and moving, doing, cancelling, putting back (domain.md A.2, B.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app.errors import InvalidFields, NotFound, Refused
from app.fields import clean_line, clean_text, day, day_words, joined, this_day
from app.models import Asset, Contract, Intervention, MaintenanceTask, Site, Visit
from app.models.upkeep_codes import Every, TaskKind, VisitResult, VisitState, VisitStatus
from app.services import interventions
from app.services.listing import title_of
from app.services.planning import checklist, scope, standing
from app.services.planning.checklist import Check

TO_REDO = "Des points sont à reprendre\u00a0: le résultat n’est pas «\u00a0Conforme\u00a0»."
LAST_OF_WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as lists, weeks and papers show it. `contract` is a number, `site` and `asset` are names, empty where
    there is none; `earliest_on` and `latest_on` are its window."""

    id: int
    uuid: str
    number: str
    label: str
    kind: TaskKind
    state: VisitState
    status: VisitStatus
    task_id: int | None
    contract_id: int | None
    contract: str
    site_id: int | None
    site: str
    asset_id: int | None
    asset: str
    backup_plan_id: int | None
    due_on: date
    planned_on: date
    earliest_on: date
    latest_on: date
    starts_at: int | None
    duration_minutes: int | None
    technician: str
    rank: int | None
    moved_reason: str
    done_on: date | None
    result: VisitResult | None
    notes: str
    measured_minutes: int | None = None
    lost_minutes: int | None = None

    @property
    def place(self) -> str:
        """« Dijon », « SRV-0001 Dell R740 · Dijon »."""
        return joined(self.asset, self.site, by=" · ")

    @property
    def open(self) -> bool:
        return self.status == VisitStatus.PLANNED


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What is told of a visit done. `measured_minutes` and `lost_minutes`: of a restoration tried (RTO, RPO).
    `intervention`: the fields of the one to record with it (its hours, its imputation), None for no intervention."""

    done_on: date
    result: VisitResult = VisitResult.GOOD
    technician: str | None = None
    notes: str | None = None
    measured_minutes: int | None = None
    lost_minutes: int | None = None
    checks: tuple[Check, ...] = ()
    intervention: Mapping[str, Any] | None = None


def _select(today: date, *where: ColumnElement[bool]) -> Select[Any]:
    own = Visit.__table__
    return (
        select(
            Visit,
            standing.state_on(own, today),
            Contract.number,
            Site.name,
            title_of(Asset, Asset.__table__),
            standing.latest(own),
        )
        .outerjoin(Contract, Contract.id == Visit.contract_id)
        .outerjoin(Site, Site.id == Visit.site_id)
        .outerjoin(Asset, Asset.id == Visit.asset_id)
        .where(Visit.deleted_at.is_(None), *where)
        .order_by(Visit.planned_on, Visit.rank.is_(None), Visit.rank, func.coalesce(Visit.starts_at, 1440), Visit.id)
    )


def _read(session: Session, today: date, *where: ColumnElement[bool]) -> list[VisitRow]:
    return [_row(row) for row in session.execute(_select(today, *where))]


def _row(row: Any) -> VisitRow:
    one, state, contract, site, asset, latest = row
    return VisitRow(
        id=one.id,
        uuid=one.uuid,
        number=one.number,
        label=one.label,
        kind=one.kind,
        state=state,
        status=one.status,
        task_id=one.task_id,
        contract_id=one.contract_id,
        contract=contract or "",
        site_id=one.site_id,
        site=site or "",
        asset_id=one.asset_id,
        asset=asset or "",
        backup_plan_id=one.backup_plan_id,
        due_on=one.due_on,
        planned_on=one.planned_on,
        earliest_on=one.earliest_on or min(one.due_on, one.planned_on),
        latest_on=latest,
        starts_at=one.starts_at,
        duration_minutes=one.duration_minutes,
        technician=one.technician or "",
        rank=one.rank,
        moved_reason=one.moved_reason or "",
        done_on=one.done_on,
        result=one.result,
        notes=one.notes or "",
        measured_minutes=one.measured_minutes,
        lost_minutes=one.lost_minutes,
    )


# What there is


def between(
    session: Session,
    start: date,
    end: date,
    *,
    technician: str | None = None,
    contract_id: int | None = None,
    site_id: int | None = None,
    today: date | None = None,
) -> list[VisitRow]:
    """The visits planned between two days, both included, by day, rank and hour. `technician`, `contract_id`,
    `site_id`: only theirs."""
    wanted: list[ColumnElement[bool]] = [Visit.planned_on.between(start, end)]
    wanted += [Visit.technician == technician] if technician else []
    wanted += [Visit.contract_id == contract_id] if contract_id is not None else []
    wanted += [Visit.site_id == site_id] if site_id is not None else []
    return _read(session, today or this_day(), *wanted)


def of_week(session: Session, monday: date, technician: str | None = None, today: date | None = None) -> list[VisitRow]:
    """The visits of the week that begins on that Monday."""
    return between(session, monday, monday + LAST_OF_WEEK, technician=technician, today=today)


def get(session: Session, visit_id: int, today: date | None = None) -> VisitRow:
    """NotFound if there is none, or in the bin."""
    found = _read(session, today or this_day(), Visit.id == visit_id)
    if not found:
        raise NotFound("Cette visite n’existe plus.")
    return found[0]


def missed(session: Session, start: date, end: date, today: date | None = None) -> list[VisitRow]:
    """Planned, their window closed between two days, and not done by `today`: they stay missed until they are done,
    cancelled or moved."""
    on, own = today or this_day(), Visit.__table__
    return _read(session, on, standing.missed_on(own, on), standing.given_until(own).between(start, end))


# What is done with them


def _open(session: Session, visit_id: int) -> Visit:
    visit = session.get(Visit, visit_id)
    if visit is None or visit.deleted_at is not None:
        raise NotFound("Cette visite n’existe plus.")
    return visit


def _still_planned(session: Session, visit_id: int) -> Visit:
    visit = _open(session, visit_id)
    if visit.status == VisitStatus.DONE:
        raise Refused(f"La visite {visit.number} est déjà faite\u00a0: reprenez-la d’abord.")
    if visit.status == VisitStatus.CANCELLED:
        raise Refused(f"La visite {visit.number} est annulée\u00a0: remettez-la au planning d’abord.")
    return visit


def warnings(session: Session, visit_id: int, on: date) -> list[str]:
    """What is worth knowing before a visit is put on that day."""
    visit = _open(session, visit_id)
    worked = scope.working_days(session)(visit.contract_id, visit.site_id, on)
    found = [] if worked else [f"Le {day_words(on, weekday=True)} n’est pas travaillé."]
    if visit.latest_on is not None and on > visit.latest_on:
        found.append(f"Après le {day(visit.latest_on)}, elle comptera comme faite hors délai.")
    if visit.earliest_on is not None and on < visit.earliest_on:
        found.append(f"Avant le {day(visit.earliest_on)}, elle comptera comme faite hors délai.")
    return found


def move(
    session: Session,
    visit_id: int,
    on: date,
    reason: str | None = None,
    *,
    technician: str | None = None,
    starts_at: int | None = None,
) -> None:
    """Put a planned visit on another day, another technician or another hour (None: as they are).

    Out of its window, the reason is asked for: it will count as done late (B.2).
    """
    visit = _still_planned(session, visit_id)
    told, before = clean_line(reason or ""), visit.planned_on
    low, high = visit.earliest_on or on, visit.latest_on or on
    if on != before and not low <= on <= high and not told:
        raise InvalidFields({"moved_reason": f"Du {day(low)} au {day(high)}, elle est dans sa tolérance. Au-delà, "
                                             "écrivez pourquoi."})  # fmt: skip
    if on != before:
        visit.planned_on, visit.rank = on, None
        visit.moved_reason = told or f"Prévue d’abord le {day(before)}"
    visit.technician = visit.technician if technician is None else clean_line(technician) or None
    visit.starts_at = visit.starts_at if starts_at is None else starts_at
    session.flush()


def done(session: Session, visit_id: int, outcome: Outcome, today: date | None = None) -> int | None:
    """Tell that a visit was done, or correct what was told. Gives the id of the intervention recorded with it."""
    visit = _open(session, visit_id)
    if visit.status == VisitStatus.CANCELLED:
        raise Refused(f"La visite {visit.number} est annulée\u00a0: remettez-la au planning d’abord.")
    if outcome.done_on > (today or this_day()):
        raise InvalidFields({"done_on": "Ce jour n’est pas encore venu."})
    told = {one.id for one in outcome.checks}
    lines = [*outcome.checks, *(one for one in checklist.kept(session, visit_id) if one.id not in told)]
    if outcome.result == VisitResult.GOOD and checklist.to_redo(lines):
        raise InvalidFields({"result": TO_REDO})
    visit.status, visit.done_on, visit.result = VisitStatus.DONE, outcome.done_on, outcome.result
    visit.technician = clean_line(outcome.technician or "") or visit.technician
    visit.notes = clean_text(outcome.notes or "") or None
    visit.measured_minutes, visit.lost_minutes = outcome.measured_minutes, outcome.lost_minutes
    checklist.save(session, visit_id, outcome.checks)
    if outcome.intervention is None:
        return None
    return interventions.record(session, {**outcome.intervention, "visit_id": visit_id})


def cancel(session: Session, visit_id: int, reason: str) -> None:
    """It will not be done, and counts neither for nor against; the reason is kept with it."""
    visit = _still_planned(session, visit_id)
    told = clean_line(reason)
    if not told:
        raise InvalidFields({"reason": "Écrivez pourquoi elle n’aura pas lieu."})
    visit.status = VisitStatus.CANCELLED
    visit.notes = joined(visit.notes or "", f"Annulée\u00a0: {told}", by="\n")
    session.flush()


def reopen(session: Session, visit_id: int) -> None:
    """Back to the plan, on its day, as if nothing had been told of it; its interventions stay."""
    visit = _open(session, visit_id)
    visit.status, visit.done_on, visit.result = VisitStatus.PLANNED, None, None
    visit.measured_minutes = visit.lost_minutes = None
    session.flush()


def interventions_of(session: Session, visit_id: int) -> list[tuple[int, str]]:
    """Id and number of what was recorded for it."""
    rows = session.execute(
        select(Intervention.id, Intervention.number)
        .where(Intervention.visit_id == visit_id, Intervention.deleted_at.is_(None))
        .order_by(Intervention.started_at)
    )
    return [(row.id, row.number) for row in rows]


def task_of(session: Session, visit_id: int) -> tuple[int, int, Every] | None:
    """The task that it comes from, and its frequency; None for a visit of its own."""
    row = session.execute(
        select(MaintenanceTask.id, MaintenanceTask.every, MaintenanceTask.unit)
        .join(Visit, Visit.task_id == MaintenanceTask.id)
        .where(Visit.id == visit_id)
    ).one_or_none()
    return (row.id, row.every, row.unit) if row else None
