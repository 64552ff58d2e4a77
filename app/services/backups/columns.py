"""What a list of backups shows that no column keeps: the days since the last check and the last test, and the state.

Each takes the table of plans, and gives an expression of its row. A check, or a test, is a visit done for the plan; one
that failed counts for nothing but its failure.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, Text, and_, case, cast, func, or_, select

from app.fields import this_day
from app.models import MaintenanceTask, Setting, Visit
from app.models.base import CodeText
from app.models.contract_codes import Frequency
from app.models.upkeep_codes import BackupState, Every, TaskKind, VisitResult, VisitStatus
from app.settings import BY_KEY

CHECK, TEST = TaskKind.BACKUP_CHECK, TaskKind.RESTORE_TEST
BETWEEN = {
    Frequency.CONTINUOUS: 1,
    Frequency.DAILY: 1,
    Frequency.WEEKLY: 7,
    Frequency.MONTHLY: 31,
    Frequency.QUARTERLY: 92,
    Frequency.HALF_YEARLY: 184,
    Frequency.YEARLY: 366,
}
"""Days from one backup to the next; nothing is expected of one made on demand."""
DAYS_OF = {Every.DAYS: 1, Every.WEEKS: 7, Every.MONTHS: 31, Every.YEARS: 366}
"""Days of a unit of time at most: nothing is late before its time."""


def last(plans: FromClause, kind: TaskKind, name: str, *, good: bool = False) -> ColumnElement[Any]:
    """A column of the last visit of that kind done for the plan; the last that did not fail, if `good`."""
    own = Visit.__table__.alias()
    wanted = select(own.c[name]).where(
        own.c.backup_plan_id == plans.c.id,
        own.c.kind == kind,
        own.c.status == VisitStatus.DONE,
        own.c.deleted_at.is_(None),
    )
    if good:
        wanted = wanted.where(func.coalesce(cast(own.c.result, Text), "") != VisitResult.FAILED.value)
    ordered = wanted.order_by(own.c.done_on.desc(), own.c.id.desc()).limit(1)
    return ordered.correlate(plans).scalar_subquery()


def _setting(key: str) -> ColumnElement[int]:
    chosen = select(cast(Setting.value, Integer)).where(Setting.key == key).scalar_subquery()
    return func.coalesce(chosen, int(BY_KEY[key].default))


def _planned(plans: FromClause, kind: TaskKind) -> ColumnElement[int]:
    """Days between two times of the tasks that say how often; null without such a task."""
    own = MaintenanceTask.__table__.alias()
    unit = case({one.value: days for one, days in DAYS_OF.items()}, value=cast(own.c.unit, Text))
    return (
        select(func.min(own.c.every * unit))
        .where(own.c.backup_plan_id == plans.c.id, own.c.kind == kind, own.c.active, own.c.deleted_at.is_(None))
        .correlate(plans)
        .scalar_subquery()
    )


def check_every(plans: FromClause) -> ColumnElement[int]:
    """Days at most from one check to the next: the task says, else the setting, never more often than the backup."""
    between = case({one.value: days for one, days in BETWEEN.items()}, value=cast(plans.c.frequency, Text))
    return func.coalesce(_planned(plans, CHECK), func.max(between, _setting("backup_check_days")))


def restored_every(plans: FromClause) -> ColumnElement[int]:
    return func.coalesce(_planned(plans, TEST), _setting("restore_test_days"))


def _days(since: ColumnElement[Any], until: date) -> ColumnElement[int]:
    return cast(func.julianday(until.isoformat()) - func.julianday(func.date(since)), Integer)


def check_age(plans: FromClause, today: date | None = None) -> ColumnElement[int]:
    """Days since the last check that did not fail; null if there was none."""
    return _days(last(plans, CHECK, "done_on", good=True), today or this_day())


def restored_age(plans: FromClause, today: date | None = None) -> ColumnElement[int]:
    return _days(last(plans, TEST, "done_on", good=True), today or this_day())


def _to_do(age: ColumnElement[int], every: ColumnElement[int]) -> ColumnElement[bool]:
    return and_(every.is_not(None), or_(age.is_(None), age > every))


def state(plans: FromClause, today: date | None = None) -> ColumnElement[Any]:
    """The gravest first: a failure of the last check or test, then what was never done or too long ago."""
    on = today or this_day()
    failed = VisitResult.FAILED.value
    ended = [cast(last(plans, kind, "result"), Text) == failed for kind in (CHECK, TEST)]
    return case(
        (func.coalesce(ended[0], False), BackupState.FAILED.value),
        (func.coalesce(ended[1], False), BackupState.FAILED.value),
        (_to_do(check_age(plans, on), check_every(plans)), BackupState.UNCHECKED.value),
        (_to_do(restored_age(plans, on), restored_every(plans)), BackupState.UNTESTED.value),
        else_=BackupState.FOLLOWED.value,
    ).cast(CodeText(BackupState))
