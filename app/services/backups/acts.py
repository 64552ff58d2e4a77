"""What is done of backups: a job checked, a restoration tried. Each is a visit, done: the planned one it stands for, or
one of its own."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import InvalidFields
from app.fields import clean_text
from app.models import BackupPlan, MaintenanceTask, Visit
from app.models.upkeep_codes import TaskKind, VisitResult, VisitStatus
from app.services import records
from app.services.backups.columns import CHECK, DAYS_OF, TEST
from app.services.planning import visits
from app.services.planning.visits import Outcome

VISIT = ENTITIES["visit"]
ALONE = 30
"""Days between two times of a visit without a task, to tell which planned one was done."""
SAY_WHY = "Dites ce qui a échoué\u00a0: c’est ce que vous relirez."
TO_COME = "Ce jour n’est pas encore venu."
LABELS = {CHECK: "Contrôle", TEST: "Essai de restauration"}


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a check or a test. `measured` minutes to restore, `lost` minutes of age of what came back."""

    on: date
    result: VisitResult
    notes: str | None = None
    who: str | None = None
    measured: int | None = None
    lost: int | None = None


def check(session: Session, plan_id: int, told: Told, today: date) -> int:
    """The job was looked at; gives the visit that keeps it."""
    return _done(session, plan_id, CHECK, told, today)


def test(session: Session, plan_id: int, told: Told, today: date) -> int:
    """Something was restored, or was not; gives the visit that keeps it."""
    return _done(session, plan_id, TEST, told, today)


def record(session: Session, visit_id: int, told: Told, today: date) -> int:
    """A planned visit of a backup was done: as `check` and `test`, of this very visit."""
    _refuse(told, today)
    visits.done(session, visit_id, _outcome(told), today)
    return visit_id


def _done(session: Session, plan_id: int, kind: TaskKind, told: Told, today: date) -> int:
    _refuse(told, today)
    planned = _stands_for(session, plan_id, kind, told.on)
    if planned is not None:
        return record(session, planned, told, today)
    plan = session.get_one(BackupPlan, plan_id)
    made = {
        "label": f"{LABELS[kind]} · {plan.label}"[:160], "kind": kind, "backup_plan_id": plan_id,
        "asset_id": plan.asset_id, "contract_id": plan.contract_id, "due_on": told.on, "planned_on": told.on,
    }  # fmt: skip
    return record(session, records.create(session, VISIT, made), told, today)


def _outcome(told: Told) -> Outcome:
    return Outcome(
        done_on=told.on, result=told.result, technician=told.who, notes=told.notes, measured_minutes=told.measured,
        lost_minutes=told.lost,
    )  # fmt: skip


def _refuse(told: Told, today: date) -> None:
    problems = {}
    if told.on > today:
        problems["on"] = TO_COME
    if told.result == VisitResult.FAILED and not clean_text(told.notes or ""):
        problems["notes"] = SAY_WHY
    if problems:
        raise InvalidFields(problems)


def _stands_for(session: Session, plan_id: int, kind: TaskKind, on: date) -> int | None:
    """The planned visit nearest to that day, if no other time of its task is nearer."""
    wanted = (
        select(Visit, MaintenanceTask)
        .outerjoin(MaintenanceTask, MaintenanceTask.id == Visit.task_id)
        .where(
            Visit.backup_plan_id == plan_id,
            Visit.kind == kind,
            Visit.status == VisitStatus.PLANNED,
            Visit.deleted_at.is_(None),
        )
    )
    near = [
        (abs(visit.due_on - on), visit.id)
        for visit, task in session.execute(wanted)
        if 2 * abs(visit.due_on - on) <= _between(task)
    ]
    return min(near)[1] if near else None


def _between(task: MaintenanceTask | None) -> timedelta:
    return timedelta(days=task.every * DAYS_OF[task.unit] if task else ALONE)
