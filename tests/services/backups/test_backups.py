"""Backups followed: what a check and a test leave, and where a plan stands on a day."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import InvalidFields
from app.models import BackupPlan, MaintenanceTask, Visit
from app.models.contract_codes import Frequency
from app.models.upkeep_codes import BackupState, Every, TaskKind, VisitResult, VisitStatus
from app.rules.backup import due_on
from app.services import deadlines, home, listing, preferences, records
from app.services.backups import acts, reading
from app.services.backups.acts import Told
from app.services.backups.columns import BETWEEN
from app.services.backups.reading import GRACE
from app.services.deadlines import DeadlineKind, of_backups
from app.storage import Store
from tests.services.company import add_asset

PLAN, VISIT = ENTITIES["backup_plan"], ENTITIES["visit"]
GOOD, FAILED = VisitResult.GOOD, VisitResult.FAILED
TODAY = date(2026, 11, 20)


def add_plan(session: Session, **values: Any) -> int:
    """Recorded on 1 January 2026."""
    made = records.create(session, PLAN, {"label": "Serveur de fichiers"} | values)
    plan = session.get_one(BackupPlan, made)
    plan.created_at = plan.created_at.replace(year=2026, month=1, day=1)
    session.flush()
    return made


def ago(days: int, result: VisitResult = GOOD, **more: Any) -> Told:
    return Told(TODAY - timedelta(days=days), result, notes="disque plein", **more)


def state(session: Session, plan: int) -> BackupState:
    return reading.one(session, plan, TODAY).state


@pytest.mark.parametrize(
    ("checks", "tests", "expected"),
    [
        ([], [], BackupState.UNCHECKED),
        ([ago(1)], [], BackupState.UNTESTED),
        ([], [ago(1)], BackupState.UNCHECKED),
        ([ago(1)], [ago(180)], BackupState.FOLLOWED),
        ([ago(1)], [ago(181)], BackupState.UNTESTED),
        ([ago(7)], [ago(30)], BackupState.FOLLOWED),
        ([ago(8)], [ago(30)], BackupState.UNCHECKED),
        ([ago(3), ago(1, FAILED)], [ago(30)], BackupState.FAILED),
        ([ago(3, FAILED), ago(1)], [ago(30)], BackupState.FOLLOWED),
        ([ago(1)], [ago(30, FAILED)], BackupState.FAILED),
    ],
)
def test_where_a_plan_stands(store: Store, checks: list[Told], tests: list[Told], expected: BackupState) -> None:
    with store.begin() as session:
        plan = add_plan(session)
        for told in checks:
            acts.check(session, plan, told, TODAY)
        for told in tests:
            acts.test(session, plan, told, TODAY)
        assert state(session, plan) == expected
        assert reading.in_state(session, TODAY, expected) == (plan,)


@pytest.mark.parametrize("frequency", list(Frequency))
def test_the_days_due_are_those_of_the_rule(store: Store, frequency: Frequency) -> None:
    with store.begin() as session:
        plan = add_plan(session, frequency=frequency)
        made = date(2026, 1, 1)
        for last in (None, date(2026, 11, 3)):
            if last:
                acts.check(session, plan, Told(last, GOOD), TODAY)
                acts.test(session, plan, Told(last, GOOD), TODAY)
            found = reading.one(session, plan, TODAY)
            every = max(BETWEEN[frequency], 7) if frequency in BETWEEN else None
            assert found.check_due == (due_on(last, made, every, every) if every else None)
            assert found.test_due == due_on(last, made, 180, GRACE)


def test_a_task_says_how_often_and_a_setting_when_none_does(store: Store) -> None:
    with store.begin() as session:
        plan = add_plan(session)
        acts.check(session, plan, ago(5), TODAY)
        acts.test(session, plan, ago(100), TODAY)
        preferences.save(session, {"backup_check_days": 4, "restore_test_days": 90})
        assert state(session, plan) == BackupState.UNCHECKED
        for kind, every, unit in ((TaskKind.BACKUP_CHECK, 1, Every.WEEKS), (TaskKind.RESTORE_TEST, 4, Every.MONTHS)):
            add_task(session, kind, plan, every, unit)
        assert state(session, plan) == BackupState.FOLLOWED


def add_task(session: Session, kind: TaskKind, plan: int, every: int, unit: Every) -> int:
    """Without the visits that saving it would make."""
    first = date(2026, 8, 20)
    task = MaintenanceTask(
        number=f"MP-{kind}", label="Suivi", kind=kind, backup_plan_id=plan, every=every, unit=unit, first_on=first
    )
    session.add(task)
    session.flush()
    return task.id


def planned(session: Session, plan: int, due: date, kind: TaskKind = TaskKind.RESTORE_TEST, **more: Any) -> int:
    values = {"label": "Essai", "kind": kind, "backup_plan_id": plan, "due_on": due, "planned_on": due}
    return records.create(session, VISIT, values | more)


def test_what_was_planned_is_done_rather_than_done_twice(store: Store) -> None:
    with store.begin() as session:
        plan = add_plan(session)
        task = add_task(session, TaskKind.RESTORE_TEST, plan, 3, Every.MONTHS)
        before, near = (planned(session, plan, on, task_id=task) for on in (date(2026, 8, 20), date(2026, 11, 18)))
        alone = planned(session, plan, date(2026, 6, 1), TaskKind.BACKUP_CHECK)
        done = acts.test(session, plan, Told(TODAY, GOOD, who="Luc", measured=130, lost=60), TODAY)
        assert done == near
        assert session.get_one(Visit, near).status == VisitStatus.DONE
        assert session.get_one(Visit, near).technician == "Luc"
        assert session.get_one(Visit, before).status == VisitStatus.PLANNED
        checked = acts.check(session, plan, Told(TODAY, GOOD), TODAY)
        assert checked not in {before, near, alone}
        assert session.get_one(Visit, checked).label == "Contrôle · Serveur de fichiers"


def test_a_failure_says_why_and_no_day_to_come_is_kept(store: Store) -> None:
    with store.begin() as session:
        plan = add_plan(session)
        with pytest.raises(InvalidFields) as refused:
            acts.check(session, plan, Told(TODAY + timedelta(days=1), FAILED), TODAY)
        assert set(refused.value.problems) == {"on", "notes"}
        assert session.scalar(select(Visit.id)) is None


def test_a_plan_in_words(store: Store) -> None:
    with store.begin() as session:
        plan = add_plan(session, copies=3, media=1, offsite=True, rto_minutes=240, rpo_minutes=1440)
        told = session.get_one(BackupPlan, plan)
        assert [(one.told, one.tone) for one in reading.points(told, reading.one(session, plan, TODAY))] == [
            ("3\u00a0copies", "ok"), ("1\u00a0support", "bad"), ("Oui", "ok"), ("Non dit", "mute"),
            ("Jamais essayé", "mute"),
        ]  # fmt: skip
        assert [one.told for one in reading.promises(session, told)] == ["Non mesuré", "Non mesuré"]
        acts.test(session, plan, Told(TODAY, GOOD, measured=250, lost=60), TODAY)
        told.offline = False
        point = reading.points(told, reading.one(session, plan, TODAY))
        assert point[3].told == "Non"
        assert point[4].told == "Réussi le 20/11/2026"
        rto, rpo = reading.promises(session, told)
        assert (rto.measured, rto.allowed, rto.told) == (
            "4\u00a0h\u00a010", "au plus 4\u00a0h\u00a000", "Dépassé de 0\u00a0h\u00a010",
        )  # fmt: skip
        assert rpo.told == "Tenu"
        told.rpo_minutes = None
        assert reading.promises(session, told)[1].told == "Sans engagement"
        [seen] = reading.history(session, told)
        assert (seen.kind, seen.result, seen.over, seen.measured) == (TaskKind.RESTORE_TEST, GOOD, True, 250)
        acts.test(session, plan, Told(TODAY, FAILED, "rien"), TODAY)
        assert reading.points(told, reading.one(session, plan, TODAY))[4].told == "Échec le 20/11/2026"


def test_a_planned_visit_is_told_done(store: Store) -> None:
    with store.begin() as session:
        plan = add_plan(session, asset_id=add_asset(session, "SRV-0001"))
        visit = planned(session, plan, TODAY)
        acts.record(session, visit, Told(TODAY, GOOD, measured=20), TODAY)
        assert reading.one(session, plan, TODAY).tested_on == TODAY
        assert reading.one(session, plan, TODAY).asset == "SRV-0001"


def test_the_list_tells_the_state_and_the_ages(store: Store) -> None:
    with store.begin() as session:
        plan = add_plan(session)
        acts.check(session, plan, Told(TODAY, FAILED, "rien"), TODAY)
        query = listing.Query(("state", "check_age", "test_age"), "state")
        [row] = listing.page(session, PLAN, query)
    assert row.values == (BackupState.FAILED, None, None)


def test_a_restoration_to_try_is_a_deadline_until_it_is_planned(store: Store) -> None:
    with store.begin() as session:
        plan = add_plan(session)
        [due] = [one for one in deadlines.few(session, TODAY) if one.kind == DeadlineKind.RESTORE]
        assert (due.due, due.title, due.why) == (
            date(2026, 1, 31), "Essayer de restaurer\u00a0: Serveur de fichiers", of_backups.NEVER,
        )  # fmt: skip
        acts.test(session, plan, ago(20), TODAY)
        [due] = [one for one in deadlines.few(session, TODAY) if one.kind == DeadlineKind.RESTORE]
        assert (due.due, due.why) == (
            date(2027, 4, 29), "Dernier essai le 31/10/2026\u00a0: restaurez, et notez le temps.",
        )  # fmt: skip
        planned(session, plan, date(2027, 4, 20))
        assert DeadlineKind.RESTORE not in {one.kind for one in deadlines.few(session, TODAY)}


def test_home_tells_what_failed_and_what_nobody_looked_at(store: Store) -> None:
    now = datetime.combine(TODAY, time(9), UTC)
    with store.begin() as session:
        failed, unseen = add_plan(session), add_plan(session)
        acts.check(session, failed, ago(0, FAILED), TODAY)
        told = {task.key: task for group in home.read(session, now).groups for task in group.tasks}
        assert told["backups-failed"].title == "1\u00a0sauvegarde en échec"
        assert told["backups-unchecked"].title == "1\u00a0sauvegarde à contrôler"
        lead = home.lead(session, "backups-failed", now)
        assert lead.entity == "backup_plan"
        assert lead.query
        assert lead.query.ids == (failed,)
        planned(session, unseen, TODAY, TaskKind.BACKUP_CHECK)  # the visit is told, not twice the backup
        told = {task.key: task for group in home.read(session, now).groups for task in group.tasks}
        assert "backups-unchecked" not in told


def test_a_plan_for_its_pane(store: Store) -> None:
    with store.begin() as session:
        plan = add_plan(session)
        acts.check(session, plan, ago(3, FAILED), TODAY)
        acts.test(session, plan, ago(2, FAILED), TODAY)
        found = reading.view(session, plan, TODAY)
        assert found
        assert found.failure
        assert found.failure.kind == TaskKind.RESTORE_TEST
        acts.check(session, plan, ago(1), TODAY)
        acts.test(session, plan, ago(1), TODAY)
        healed = reading.view(session, plan, TODAY)
        assert healed
        assert healed.failure is None
        records.to_bin(session, PLAN, [plan])
        assert reading.view(session, plan, TODAY) is None
