"""From tasks to visits: once, on each site, and following the task as long as nobody touched them."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.fields import this_day
from app.jobs import drain
from app.models import Asset, ClosingDay, CoveredAsset, MaintenanceTask, Visit, VisitPerson
from app.models.codes import AssetStatus, Zone
from app.models.upkeep_codes import Every, TaskKind, VisitStatus
from app.rules.planning import Rhythm, occurrences
from app.services import preferences, records
from app.services.planning import generation, visits
from app.storage import Store
from tests.services.company import add_contract
from tests.services.planning import make
from tests.services.planning.make import TODAY


def days(session: Session, **wanted: Any) -> list[str]:
    return [f"{one.planned_on:%d/%m/%Y}" for one in make.visits(session, **wanted)]


def test_twelve_months_on_working_days(session: Session) -> None:
    make.task(session, first_on=date(2026, 6, 6), every=3, starts_at=540, technician="Yanis")
    assert make.generate(session) == (4, 0)
    assert days(session) == ["08/06/2026", "07/09/2026", "07/12/2026", "08/03/2027"]
    first = make.visits(session)[0]
    assert (first.due_on, first.earliest_on, first.latest_on) == (
        date(2026, 6, 6), date(2026, 5, 28), date(2026, 6, 15),
    )  # fmt: skip
    assert (first.number, first.label, first.technician, first.starts_at) == (
        "V-2026-0001", "Dépoussiérage", "Yanis", 540,
    )  # fmt: skip
    assert make.visits(session)[3].number == "V-2027-0001"


def test_again_changes_nothing_and_later_adds_what_came_into_sight(session: Session) -> None:
    make.task(session)
    assert make.generate(session) == (13, 0)
    before = [(one.id, one.version) for one in make.visits(session)]
    assert make.generate(session) == (0, 0)
    assert not generation.wanted(session, make.YEAR_ON, TODAY)
    assert [(one.id, one.version) for one in make.visits(session)] == before
    assert make.generate(session, date(2027, 8, 2), date(2026, 8, 1)) == (2, 0)


def test_nothing_is_planned_in_the_past_but_a_first_time_still_in_its_window(session: Session) -> None:
    make.task(session, "Ancienne", first_on=date(2024, 1, 15), every=6)
    make.task(session, "De la semaine", first_on=TODAY - timedelta(days=3))
    make.generate(session)
    assert days(session, label="Ancienne")[0] == "15/07/2026"
    assert days(session, label="De la semaine")[0] == "29/05/2026"
    assert make.generate(session, since=date(2025, 1, 1)) == (3, 0)


def test_a_task_of_a_family_is_done_once_on_each_site(session: Session) -> None:
    dijon, lyon = make.site(session, "Dijon"), make.site(session, "Lyon")
    make.asset(session, "PT-0001", dijon)
    make.asset(session, "PT-0002", dijon)
    make.asset(session, "PT-0003", lyon)
    make.asset(session, "PT-0004", status=AssetStatus.RETIRED)
    make.asset(session, "SRV-0001", lyon, family_id=make.family(session, "Serveur"))
    make.task(session, family_id=make.family(session), every=12)
    make.task(session, "Nulle part", family_id=make.family(session, "NAS"))
    assert make.generate(session) == (4, 0)
    assert {one.site_id for one in make.visits(session)} == {dijon, lyon}
    make.task(session, "Onduleurs", site_id=lyon, every=12)
    make.generate(session)
    assert [one.site_id for one in make.visits(session, label="Onduleurs")] == [lyon, lyon]


def test_a_task_of_a_contract_is_done_where_it_covers(session: Session) -> None:
    dijon, lyon = make.site(session, "Dijon"), make.site(session, "Lyon")
    covered = make.asset(session, "PT-0001", dijon)
    make.asset(session, "PT-0002", lyon)
    contract = add_contract(session)
    session.add(CoveredAsset(contract_id=contract, asset_id=covered, since=date(2026, 1, 1)))
    session.add(ClosingDay(contract_id=contract, first_day=date(2026, 8, 1), last_day=date(2026, 8, 21)))
    session.flush()
    make.task(session, contract_id=contract, first_on=date(2026, 8, 10), every=12, window_days=3)
    assert make.generate(session) == (1, 0)
    (one,) = make.visits(session)
    assert (one.site_id, one.planned_on, one.latest_on) == (dijon, date(2026, 8, 24), date(2026, 8, 24))


def test_a_task_of_an_asset_or_of_none_is_done_once(session: Session) -> None:
    lyon = make.site(session, "Lyon")
    server = make.asset(session, "SRV-0001", lyon)
    make.task(session, "Serveur", asset_id=server, every=12)
    make.task(session, "Tous", every=12)
    make.task(session, "Hameçonnage", kind=TaskKind.AWARENESS, every=12, site_id=lyon)
    make.generate(session)
    found = {one.label: (one.site_id, one.asset_id) for one in make.visits(session)}
    assert found == {"Serveur": (lyon, server), "Tous": (lyon, None), "Hameçonnage": (lyon, None)}


def test_with_no_asset_at_all_a_task_is_still_planned(session: Session) -> None:
    make.task(session, every=12)
    assert make.generate(session) == (2, 0)
    assert make.visits(session)[0].site_id is None


def test_the_holidays_are_those_of_the_site_and_of_the_contract(session: Session) -> None:
    strasbourg = make.site(session, "Strasbourg", zone=Zone.ALSACE_MOSELLE)
    make.asset(session, "PT-0001", strasbourg)
    make.task(session, first_on=date(2028, 12, 26), every=12)
    contract = add_contract(session, round_the_clock=True)
    make.task(session, "Jour et nuit", contract_id=contract, first_on=date(2026, 6, 6), every=12)
    make.generate(session, date(2028, 12, 31))
    assert days(session, label="Dépoussiérage") == ["27/12/2028"]
    assert days(session, label="Jour et nuit")[0] == "08/06/2026"


def test_a_daily_task_is_once_each_working_day(session: Session) -> None:
    make.task(session, kind=TaskKind.BACKUP_CHECK, unit=Every.DAYS)
    make.generate(session, date(2026, 6, 14))
    assert [one.planned_on.day for one in make.visits(session)] == [1, 2, 3, 4, 5, 8, 9, 10, 11, 12]
    assert make.generate(session, date(2026, 6, 16), date(2026, 6, 3)) == (2, 0)


def test_whole_months_are_in_sight(session: Session) -> None:
    assert generation.horizon(TODAY) == date(2027, 6, 30)
    assert generation.horizon(date(2027, 2, 28)) == date(2028, 2, 29)
    make.task(session)
    assert generation.generate(session, today=TODAY).added == 13


def test_the_window_is_a_setting(session: Session) -> None:
    make.task(session)
    preferences.save(session, {"visit_window": 20})
    make.generate(session)
    assert make.visits(session)[0].latest_on == TODAY + timedelta(days=6)


# What follows a task is seen from today: these tasks begin today.


FIRST = this_day() + timedelta(days=3)


def ahead(session: Session, **values: Any) -> int:
    return records.create(session, make.TASK, {"label": "Dépoussiérage", "first_on": FIRST, **values})


def times(every: int) -> int:
    """How many visits a task of so many months has in sight."""
    return len(list(occurrences(Rhythm(FIRST, every), FIRST, generation.horizon(this_day()))))


def test_saving_a_task_makes_its_visits_and_changing_it_moves_them(session: Session) -> None:
    made = ahead(session)
    assert len(make.visits(session)) == times(1)
    make.save(session, made, technician="Yanis", duration_minutes=90, label="Nettoyage")
    assert {(one.technician, one.duration_minutes, one.label) for one in make.visits(session)} == {
        ("Yanis", 90, "Nettoyage")
    }
    make.save(session, made, every=3)
    assert len(make.visits(session)) == times(3)
    make.save(session, made, every=1)
    assert len(make.visits(session)) == times(1)
    assert session.query(Visit).count() == times(1)


def test_what_was_moved_done_or_invited_to_stays(session: Session) -> None:
    made = ahead(session)
    first, second, third, fourth, *_ = make.visits(session)
    visits.move(session, first.id, first.planned_on, technician="Inès")
    visits.move(session, second.id, second.planned_on + timedelta(days=40), "Absent")
    third.status, third.done_on = VisitStatus.DONE, this_day()
    person = records.create(session, make.PERSON, {"last_name": "Bonnin"})
    session.add(VisitPerson(visit_id=fourth.id, person_id=person))
    session.flush()
    make.save(session, made, technician="Yanis", active=False)
    assert {one.id for one in make.visits(session)} == {second.id, third.id, fourth.id}
    make.save(session, made, active=True)
    assert len(make.visits(session)) == times(1)
    assert {one.technician for one in make.visits(session)} == {"Inès", "Yanis", None}


def test_a_task_in_the_bin_takes_its_visits_with_it_and_brings_them_back(session: Session) -> None:
    made = ahead(session, every=6)
    records.to_bin(session, make.TASK, [made])
    assert make.visits(session) == []
    records.restore(session, make.TASK, [made])
    assert len(make.visits(session)) == times(6)


def test_a_visit_put_in_the_bin_by_hand_stays_there(session: Session) -> None:
    made = ahead(session, every=6)
    gone = make.visits(session)[0].id
    records.to_bin(session, make.VISIT, [gone])
    make.save(session, made, technician="Yanis")
    assert gone not in [one.id for one in make.visits(session)]


def test_a_visit_of_its_own_is_due_on_its_day(session: Session) -> None:
    made = records.create(session, make.VISIT, {"label": "Livraison", "planned_on": TODAY})
    assert session.get_one(Visit, made).due_on == TODAY


def test_assets_that_move_take_their_visits_along(session: Session) -> None:
    dijon, lyon = make.site(session, "Dijon"), make.site(session, "Lyon")
    moved = make.asset(session, "PT-0001", dijon)
    ahead(session, family_id=make.family(session), every=6)
    session.get_one(Asset, moved).site_id = lyon
    made = generation.generate(session)
    assert (made.added, made.removed) == (times(6), times(6))
    assert {one.site_id for one in make.visits(session)} == {lyon}


def test_the_hour_is_that_of_the_first_site(session: Session) -> None:
    for name in ("Dijon", "Lyon"):
        make.asset(session, f"PT-{name}", make.site(session, name))
    made = ahead(session, family_id=make.family(session), every=12, starts_at=540)
    assert {one.site_id: one.starts_at for one in make.visits(session)} == {1: 540, 2: None}
    make.save(session, made, starts_at=None)
    make.save(session, made, starts_at=600)
    assert {one.site_id: one.starts_at for one in make.visits(session)} == {1: 600, 2: None}


def test_a_wider_window_is_that_of_the_visits_to_come(session: Session) -> None:
    made = ahead(session, every=6)
    make.save(session, made, window_days=30)
    assert {(one.latest_on or one.due_on) - one.due_on for one in make.visits(session)} == {timedelta(days=30)}


def test_the_end_of_a_task_takes_away_what_comes_after(session: Session) -> None:
    made = ahead(session)
    make.save(session, made, until=this_day() + timedelta(days=70))
    assert len(make.visits(session)) == 3
    make.save(session, made, first_on=this_day() + timedelta(days=80), until=this_day() + timedelta(days=90))
    assert len(make.visits(session)) == 1


@pytest.mark.parametrize("count", [60])
def test_many_tasks_are_numbered_without_a_hole(session: Session, count: int) -> None:
    for at in range(count):
        make.task(session, f"Tâche {at}", every=6)
    make.generate(session)
    numbers = sorted(one.number for one in make.visits(session) if one.number.startswith("V-2026"))
    assert numbers == [f"V-2026-{at:04d}" for at in range(1, 2 * count + 1)]
    assert session.query(MaintenanceTask).count() == count


def test_a_window_asks_beside_whether_there_is_anything_to_plan(ready: Store) -> None:
    assert drain(generation.needed_job(ready, TODAY)) is False
    with ready.begin("essai") as session:
        make.task(session)
    assert drain(generation.needed_job(ready, TODAY)) is True
