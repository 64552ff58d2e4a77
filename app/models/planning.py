"""Planned work: tasks that come again, the visits they make, backups followed, people trained (domain.md A.2, B.2).

Minutes are of the clock; `starts_at` is in minutes after midnight, where the company is.
"""

from datetime import date
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record, code, day, flag, ref
from app.models.contract_codes import Frequency
from app.models.upkeep_codes import CheckResult, Every, TaskKind, VisitResult, VisitStatus


class BackupPlan(Record, Base):
    """What is backed up, where and how; `rpo_minutes` and `rto_minutes` are the most that may be lost and waited.

    `copies` counts the original; `media` are the different kinds of support that hold them.
    """

    __tablename__ = "backup_plan"
    __title__ = ("number", "label")
    __searched__ = ("number", "label", "method", "destination")

    number: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]
    asset_id: Mapped[int | None] = ref("asset")
    contract_id: Mapped[int | None] = ref("contract")
    method: Mapped[str | None]
    destination: Mapped[str | None]
    frequency: Mapped[Frequency] = code(Frequency, default=Frequency.DAILY)
    retention: Mapped[str | None]
    copies: Mapped[int | None]
    media: Mapped[int | None]
    offsite: Mapped[bool | None] = flag()
    offline: Mapped[bool | None] = flag()
    encrypted: Mapped[bool | None] = flag()
    rpo_minutes: Mapped[int | None]
    rto_minutes: Mapped[int | None]
    owner: Mapped[str | None]
    notes: Mapped[str | None]


class MaintenanceTask(Record, Base):
    """A task that comes again, on one asset, on a family, on a site, or on all that a contract covers.

    `window_days`: how far from its day it still counts as done in time; None: a tenth of the interval (B.2).
    `checklist` holds one point a line.
    """

    __tablename__ = "maintenance_task"
    __title__ = ("number", "label")
    __searched__ = ("number", "label", "checklist")

    number: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]
    kind: Mapped[TaskKind] = code(TaskKind, default=TaskKind.MAINTENANCE)
    contract_id: Mapped[int | None] = ref("contract")
    asset_id: Mapped[int | None] = ref("asset")
    family_id: Mapped[int | None] = ref("family")
    site_id: Mapped[int | None] = ref("site")
    backup_plan_id: Mapped[int | None] = ref("backup_plan")
    every: Mapped[int] = mapped_column(default=1)
    unit: Mapped[Every] = code(Every, default=Every.MONTHS)
    first_on: Mapped[date] = day()
    until: Mapped[date | None] = day()
    window_days: Mapped[int | None]
    starts_at: Mapped[int | None]
    duration_minutes: Mapped[int | None]
    technician: Mapped[str | None]
    level: Mapped[int | None]
    stops_asset: Mapped[bool] = flag(default=False)
    checklist: Mapped[str | None]
    active: Mapped[bool] = flag(default=True)


def _own_day(written: Any) -> Any:
    """A visit that comes from no task is due on the day fixed."""
    return written.get_current_parameters()["planned_on"]


class Visit(Record, Base):
    """One time of a task, or a visit of its own. `due_on` is the day that the frequency gives, `planned_on` the working
    day fixed; done from `earliest_on` to `latest_on` it is in time (None, of a visit of its own: the day fixed or
    before). `measured_minutes`: how long a restoration took; `lost_minutes`: the age of what came back (RTO, RPO).
    """

    __tablename__ = "visit"
    __title__ = ("number", "label")
    __searched__ = ("number", "label", "technician", "notes")

    number: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]
    kind: Mapped[TaskKind] = code(TaskKind, default=TaskKind.MAINTENANCE)
    task_id: Mapped[int | None] = ref("maintenance_task")
    contract_id: Mapped[int | None] = ref("contract")
    site_id: Mapped[int | None] = ref("site")
    asset_id: Mapped[int | None] = ref("asset")
    backup_plan_id: Mapped[int | None] = ref("backup_plan")
    due_on: Mapped[date] = day(default=_own_day)
    planned_on: Mapped[date] = day()
    earliest_on: Mapped[date | None] = day()
    latest_on: Mapped[date | None] = day()
    starts_at: Mapped[int | None]
    duration_minutes: Mapped[int | None]
    technician: Mapped[str | None]
    rank: Mapped[int | None]
    status: Mapped[VisitStatus] = code(VisitStatus, default=VisitStatus.PLANNED)
    moved_reason: Mapped[str | None]
    done_on: Mapped[date | None] = day()
    result: Mapped[VisitResult | None] = code(VisitResult)
    measured_minutes: Mapped[int | None]
    lost_minutes: Mapped[int | None]
    notes: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("task_id", "site_id", "due_on"),
        Index("ix_visit_planned_on", "planned_on", "status"),
        # The last check and the last test of each backup, among thousands.
        Index("ix_visit_backup_done", "backup_plan_id", "kind", "status", "done_on", "id"),
    )


class VisitCheck(Record, Base):
    """One line of the checklist of a visit, on one of its assets if it names one."""

    __tablename__ = "visit_check"
    __title__ = ("label",)

    visit_id: Mapped[int] = ref("visit")
    asset_id: Mapped[int | None] = ref("asset")
    label: Mapped[str]
    result: Mapped[CheckResult | None] = code(CheckResult)
    notes: Mapped[str | None]


class VisitPerson(Record, Base):
    """Somebody invited to a session of awareness; `present` is unknown until the session is held."""

    __tablename__ = "visit_person"

    visit_id: Mapped[int] = ref("visit")
    person_id: Mapped[int] = ref("person")
    present: Mapped[bool | None] = flag()

    __table_args__ = (UniqueConstraint("visit_id", "person_id"),)
