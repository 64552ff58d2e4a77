"""From tasks to visits, twelve months ahead: made once, followed when the task changes, never touched once moved or
done (domain.md A.2).

What writes a task through `services.records` has its visits follow in the same transaction; the program looks again
when it opens a file, for the months that came into sight and the assets that moved.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import exists, insert, select, update
from sqlalchemy.orm import Session

from app.fields import this_day
from app.jobs import Job, Progress
from app.models import MaintenanceTask, Visit, VisitPerson
from app.models.upkeep_codes import VisitStatus
from app.rules.notice import add_months
from app.rules.planning import Rhythm, Slot, slots, window
from app.services import preferences
from app.services.numbering import next_numbers
from app.services.planning import scope
from app.storage import Store

AHEAD = 12
"""Months planned."""
FAR, NEXT = 60, 3
"""Months looked at for the next times of a task being typed, and how many are told."""
GONE = "La tâche ne demande plus cette visite"
COPIED = ("label", "kind", "contract_id", "asset_id", "backup_plan_id", "starts_at", "duration_minutes", "technician")
"""What a visit takes from its task, and follows until somebody changes it."""
Key = tuple[int | None, date]


@dataclass(frozen=True, slots=True)
class Made:
    """How many visits came, and how many went to the bin because no task asks for them any more."""

    added: int
    removed: int


@dataclass(slots=True)
class Plan:
    """What is to be written: new visits, ids that come back from the bin or go to it, days that change."""

    new: list[dict[str, Any]] = field(default_factory=list)
    back: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    moved: dict[int, Slot] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.new or self.back or self.gone or self.moved)


def horizon(today: date) -> date:
    """The last day planned: whole months, so that what comes into sight does so once a month."""
    return add_months(today.replace(day=1), AHEAD + 1) - timedelta(days=1)


def generate(
    session: Session,
    until: date | None = None,
    today: date | None = None,
    tasks: Iterable[int] | None = None,
    since: date | None = None,
) -> Made:
    """Make the visits up to `until` (the horizon), of all tasks or of those given; what is there already stays.

    Nothing is planned before `today`, but for a first time still in its window; a past is told with `since`.
    """
    session.flush()
    plan = wanted(session, until, today, tasks, since)
    _write(session, plan)
    return Made(len(plan.new) + len(plan.back), len(plan.gone))


def wanted(
    session: Session,
    until: date | None = None,
    today: date | None = None,
    tasks: Iterable[int] | None = None,
    since: date | None = None,
) -> Plan:
    """What `generate` would write: nothing when all is there."""
    on = today or this_day()
    last = until or horizon(on)
    chosen = select(MaintenanceTask).order_by(MaintenanceTask.id)
    chosen = chosen.where(scope.followed()) if tasks is None else chosen.where(MaintenanceTask.id.in_(list(tasks)))
    kept = list(session.scalars(chosen))
    known = _known(session, [one.id for one in kept])
    percent = int(preferences.get(session, "visit_window"))
    worked = scope.working_days(session)
    plan = Plan()
    for task in kept:
        asked = _times(session, task, (since or on, last, on), percent, worked)
        _compare(plan, task, asked, known.get(task.id, {}), (on, last))
    return plan


def needed_job(store: Store, today: date) -> Job[bool]:
    """Whether there is anything to write, off the thread of the window."""
    yield Progress(0, 0, "Lecture du planning")
    with store.read() as session:
        return bool(wanted(session, today=today))


def preview(session: Session, values: Mapping[str, Any], today: date | None = None) -> tuple[int, list[date]]:
    """Of a task being typed: on how many sites, and the working days of its next three times."""
    on = today or this_day()
    columns = {name: value for name, value in values.items() if name in MaintenanceTask.__table__.c}
    task = MaintenanceTask(**{"active": True, **columns})
    with session.no_autoflush:
        percent = int(preferences.get(session, "visit_window"))
        times = _times(session, task, (on, add_months(on, FAR), on), percent, scope.working_days(session))
    days = sorted({slot.planned for slot in times.values() if slot.planned >= on})
    return len({site for site, _ in times}), days[:NEXT]


def rhythm_of(task: MaintenanceTask) -> Rhythm:
    return Rhythm(task.first_on, task.every, task.unit.value, task.until)


def _times(
    session: Session, task: MaintenanceTask, days: tuple[date, date, date], percent: int, worked: scope.Worked
) -> dict[Key, Slot]:
    """By site and day, the visits that a task asks for; none once it is no longer followed."""
    since, last, today = days
    if not _followed(task):
        return {}
    width = window(task.every, task.unit.value, task.window_days, percent)
    found: dict[Key, Slot] = {}
    for site in scope.sites(session, task, today):
        fixed = slots(
            rhythm_of(task), width, since - timedelta(days=width), last,
            lambda day, site=site: worked(task.contract_id, site, day),  # type: ignore[misc]
        )  # fmt: skip
        found |= {(site, one.due): one for one in fixed}
    return found


def _known(session: Session, tasks: Sequence[int]) -> dict[int, dict[Key, Any]]:
    """The visits of these tasks, those in the bin too."""
    invited = exists().where(VisitPerson.visit_id == Visit.id, VisitPerson.deleted_at.is_(None))
    rows = session.execute(
        select(
            Visit.id, Visit.task_id, Visit.site_id, Visit.due_on, Visit.planned_on, Visit.earliest_on, Visit.latest_on,
            Visit.status, Visit.moved_reason, Visit.deleted_at, Visit.deleted_reason, invited.label("invited"),
        ).where(Visit.task_id.in_(tasks))
    )  # fmt: skip
    found: dict[int, dict[Key, Any]] = {}
    for one in rows:
        found.setdefault(one.task_id, {})[one.site_id, one.due_on] = one
    return found


def _untouched(visit: Any) -> bool:
    """Nobody has moved it, done it, nor invited anybody."""
    return visit.status == VisitStatus.PLANNED and visit.moved_reason is None and not visit.invited


def _followed(task: MaintenanceTask) -> bool:
    return task.active and task.deleted_at is None


def _compare(
    plan: Plan, task: MaintenanceTask, asked: dict[Key, Slot], known: Mapping[Key, Any], days: tuple[date, date]
) -> None:
    for key, slot in asked.items():
        there = known.get(key)
        if there is None:
            plan.new.append(row_of(task, key[0], slot, first=next(iter(asked))[0]))
        elif there.deleted_at is not None:
            plan.back += [there.id] if there.deleted_reason == GONE else []
        elif _untouched(there) and slot != Slot(there.due_on, there.planned_on, there.earliest_on, there.latest_on):
            plan.moved[there.id] = slot
    today, last = days
    if not _followed(task) or task.until is not None:
        last = date.max
    for key, there in known.items():
        ahead = there.deleted_at is None and there.due_on >= today and there.planned_on <= last
        if key not in asked and ahead and _untouched(there):
            plan.gone.append(there.id)


def row_of(task: MaintenanceTask, site_id: int | None, slot: Slot, first: int | None) -> dict[str, Any]:
    """The columns of a visit of this task, without its number. The hour is that of the first site: nobody is at two
    places at once."""
    copied = {name: getattr(task, name) for name in COPIED}
    copied["starts_at"] = task.starts_at if site_id == first else None
    days = {"due_on": slot.due, "planned_on": slot.planned, "earliest_on": slot.earliest, "latest_on": slot.latest}
    return {**copied, **days, "task_id": task.id, "site_id": site_id}


def _write(session: Session, plan: Plan) -> None:
    years = Counter(one["due_on"].year for one in plan.new)
    numbers = {year: iter(next_numbers(session, f"V-{year}", count)) for year, count in sorted(years.items())}
    rows = sorted(plan.new, key=lambda one: (one["due_on"], one["task_id"], one["site_id"] or 0))
    if rows:
        session.execute(insert(Visit), [{**one, "number": next(numbers[one["due_on"].year])} for one in rows])
    for visit_id, slot in plan.moved.items():
        days = {"planned_on": slot.planned, "earliest_on": slot.earliest, "latest_on": slot.latest}
        session.execute(update(Visit).where(Visit.id == visit_id).values(days))
    alive = {"deleted_at": None, "deleted_by": None, "deleted_reason": None}
    binned = {"deleted_at": datetime.now(UTC), "deleted_by": session.info.get("who"), "deleted_reason": GONE}
    for ids, values in ((plan.back, alive), (plan.gone, binned)):
        if ids:
            session.execute(update(Visit).where(Visit.id.in_(ids)).values(values))


def follow(session: Session, task_id: int, before: Mapping[str, Any], today: date | None = None) -> Made:
    """After a task was written: `before` holds what it said of the fields that changed. The visits to come that nobody
    touched say what it says now."""
    session.flush()
    task = session.get_one(MaintenanceTask, task_id)
    on = today or this_day()
    for name in COPIED:
        if name in before:
            same = Visit.__table__.c[name].is_not_distinct_from(before[name])
            wanted = [Visit.status == VisitStatus.PLANNED, Visit.due_on >= on, Visit.deleted_at.is_(None), same]
            if name == "starts_at":
                wanted.append(Visit.site_id.is_not_distinct_from(next(iter(scope.sites(session, task, on)), None)))
            statement = update(Visit).where(Visit.task_id == task_id, *wanted)
            session.execute(statement.values({name: getattr(task, name)}))
    return generate(session, today=on, tasks=[task_id])
