"""Visits on a day: where they stand, moved, done with their checklist and their intervention, cancelled, put back."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import InvalidFields, NotFound, Refused
from app.fields import PARIS
from app.kpi import REGISTRY, Scope
from app.models import Intervention, Visit
from app.models.codes import Charge, InterventionKind, MaintenanceType
from app.models.upkeep_codes import CheckResult, TaskKind, VisitResult, VisitState, VisitStatus
from app.services import listing, records
from app.services.cohorts import Asked
from app.services.listing import Filter, Query
from app.services.planning import checklist, standing, visits
from app.services.planning.checklist import Check
from app.services.planning.visits import Outcome
from app.services.spans import Period
from tests.services.company import add_contract
from tests.services.planning import make
from tests.services.planning.make import TODAY

JUNE = (date(2026, 6, 1), date(2026, 6, 30))


def planned(session: Session, on: date = TODAY, **values: Any) -> int:
    """A visit whose window is of three days around it."""
    days = {"earliest_on": on - timedelta(days=3), "latest_on": on + timedelta(days=3)}
    given = {"label": "Dépoussiérage", "due_on": on, "planned_on": on, **days, **values}
    one = Visit(number=f"V-2026-{session.query(Visit).count() + 1:04d}", **given)
    session.add(one)
    session.flush()
    return one.id


def state(session: Session, visit_id: int, today: date) -> str:
    return visits.get(session, visit_id, today).state.value


@pytest.mark.parametrize(
    ("today", "values", "told"),
    [
        ("2026-05-20", {}, "planned"),
        ("2026-06-01", {}, "planned"),
        ("2026-06-02", {}, "due"),
        ("2026-06-04", {}, "due"),
        ("2026-06-05", {}, "missed"),
        ("2026-06-05", {"planned_on": date(2026, 6, 20)}, "planned"),
        ("2026-06-21", {"planned_on": date(2026, 6, 20)}, "missed"),
        ("2026-06-05", {"status": VisitStatus.DONE, "done_on": date(2026, 6, 4)}, "done"),
        ("2026-06-05", {"status": VisitStatus.DONE, "done_on": date(2026, 6, 5)}, "late"),
        ("2026-06-05", {"status": VisitStatus.DONE, "done_on": date(2026, 5, 28)}, "late"),
        ("2026-06-05", {"status": VisitStatus.CANCELLED}, "cancelled"),
        ("2026-06-01", {"earliest_on": None, "latest_on": None}, "planned"),
        ("2026-06-02", {"earliest_on": None, "latest_on": None}, "missed"),
        ("2026-06-02", {"earliest_on": None, "latest_on": None, "status": VisitStatus.DONE, "done_on": TODAY}, "done"),
    ],
)
def test_where_a_visit_stands(session: Session, today: str, values: dict[str, Any], told: str) -> None:
    assert state(session, planned(session, **values), date.fromisoformat(today)) == told


def test_what_was_missed_and_what_was_done_in_time(session: Session) -> None:
    contract = add_contract(session)
    done = {"status": VisitStatus.DONE}
    in_time = planned(session, date(2026, 6, 2), **done, done_on=date(2026, 6, 4), contract_id=contract)
    late = planned(session, date(2026, 6, 3), **done, done_on=date(2026, 6, 20))
    gone = planned(session, date(2026, 6, 8))
    planned(session, date(2026, 6, 9), status=VisitStatus.CANCELLED)
    planned(session, date(2026, 6, 29), label="À venir")
    planned(session, date(2026, 6, 8), kind=TaskKind.AWARENESS, label="Séance")
    on = date(2026, 6, 25)
    assert [one.label for one in visits.missed(session, *JUNE, on)] == ["Dépoussiérage", "Séance"]
    assert visits.missed(session, *JUNE, on)[0].id == gone
    assert visits.missed(session, date(2026, 7, 1), date(2026, 7, 31), on) == []
    kpi, seen = REGISTRY["realisation_preventif"], datetime.combine(on, time(12), PARIS)
    told = Asked(session, seen).measure(kpi, Period(*JUNE), detail=True)
    assert told.included == {"faites dans les temps": 1, "faites hors délai": 1, "manquées": 1}
    assert Asked(session, seen, Scope(contract_id=contract)).measure(kpi, Period(*JUNE)).n == 1
    own = Visit.__table__
    kept = select(Visit.id).where(Visit.status == VisitStatus.DONE, standing.done_in_time(own))
    assert list(session.scalars(kept)) == [in_time]
    assert {in_time, late} < {one.id for one in visits.between(session, *JUNE)}


def test_a_week_by_technician_in_the_order_of_the_day(session: Session) -> None:
    first = planned(session, starts_at=600, technician="Yanis")
    second = planned(session, technician="Yanis")
    third = planned(session, technician="Inès", rank=1)
    planned(session, TODAY + timedelta(days=7))
    assert [one.id for one in visits.of_week(session, TODAY)] == [third, first, second]
    assert [one.id for one in visits.of_week(session, TODAY, "Yanis")] == [first, second]
    assert visits.between(session, *JUNE, contract_id=9) == visits.between(session, *JUNE, site_id=9) == []


def test_a_list_shows_where_they_stand(session: Session) -> None:
    planned(session, date(2020, 1, 6))
    planned(session, date(2050, 1, 6))
    query = Query(("label", "state"), "planned_on", filters=(Filter("state", (VisitState.MISSED,)),))
    (row,) = listing.page(session, make.VISIT, query)
    assert row.values == ("Dépoussiérage", VisitState.MISSED)
    ordered = listing.ids(session, make.VISIT, Query((), "state"))
    assert ordered == [1, 2]


def test_moving_within_its_window_or_with_a_reason(session: Session) -> None:
    one = planned(session, rank=2)
    visits.move(session, one, date(2026, 6, 3), starts_at=600, technician=" Yanis ")
    told = visits.get(session, one, TODAY)
    assert (told.planned_on, told.starts_at, told.technician, told.rank) == (date(2026, 6, 3), 600, "Yanis", None)
    assert (told.moved_reason, told.due_on) == ("Prévue d’abord le 01/06/2026", TODAY)
    with pytest.raises(InvalidFields) as refused:
        visits.move(session, one, date(2026, 6, 12))
    assert "Du 29/05/2026 au 04/06/2026" in refused.value.problems["moved_reason"]
    visits.move(session, one, date(2026, 6, 12), "Technicien absent")
    assert visits.get(session, one, TODAY).moved_reason == "Technicien absent"
    visits.move(session, one, date(2026, 6, 12), technician="")
    assert visits.get(session, one, TODAY).technician == ""
    free = planned(session, earliest_on=None, latest_on=None)
    visits.move(session, free, date(2026, 12, 24))
    assert visits.get(session, free, TODAY).planned_on == date(2026, 12, 24)


def test_what_is_worth_knowing_of_a_day(session: Session) -> None:
    one = planned(session)
    assert visits.warnings(session, one, date(2026, 6, 2)) == []
    saturday = visits.warnings(session, one, date(2026, 6, 6))
    assert saturday[0].replace("\u00a0", " ") == "Le samedi 6 juin 2026 n’est pas travaillé."
    assert "Après le 04/06/2026" in saturday[1]
    assert "Avant le 29/05/2026" in visits.warnings(session, one, date(2026, 5, 28))[0]
    assert visits.warnings(session, planned(session, earliest_on=None, latest_on=None), date(2026, 12, 24)) == []


def test_done_with_its_checklist(session: Session) -> None:
    dijon = make.site(session)
    for number in ("PT-0002", "PT-0001"):
        make.asset(session, number, dijon, brand="Dell")
    make.task(session, family_id=make.family(session), checklist="Ventilateur\n - Batterie\n\n", every=12)
    make.generate(session)
    visit = make.visits(session)[0]
    asked = checklist.of_visit(session, visit.id)
    assert [(one.asset, one.label) for one in asked] == [
        ("PT-0001 Dell", "Ventilateur"), ("PT-0001 Dell", "Batterie"),
        ("PT-0002 Dell", "Ventilateur"), ("PT-0002 Dell", "Batterie"),
    ]  # fmt: skip
    good = CheckResult.GOOD
    told = [Check(one.label, one.asset_id, one.asset, good) for one in asked[:3]]
    told.append(Check("Batterie", asked[3].asset_id, "", CheckResult.BAD, " gonflée "))
    with pytest.raises(InvalidFields) as refused:
        visits.done(session, visit.id, Outcome(done_on=TODAY, checks=tuple(told)), TODAY)
    assert list(refused.value.problems) == ["result"]
    outcome = Outcome(done_on=TODAY, result=VisitResult.REMARKS, checks=tuple(told), notes="À revoir", technician="Al")
    assert visits.done(session, visit.id, outcome, TODAY) is None
    kept = checklist.of_visit(session, visit.id)
    assert [one.result for one in kept] == [good, good, good, CheckResult.BAD]
    assert kept[3].notes == "gonflée"
    again = Check(kept[3].label, kept[3].asset_id, "", good, "changée", kept[3].id)
    visits.done(session, visit.id, Outcome(done_on=TODAY, checks=(again,)), TODAY)
    assert len(checklist.kept(session, visit.id)) == 4
    assert visits.get(session, visit.id, TODAY).technician == "Al"


def test_a_task_without_assets_has_its_points_once(session: Session) -> None:
    make.task(session, kind=TaskKind.BACKUP_CHECK, checklist="Rapport lu", every=12)
    make.generate(session)
    visit = make.visits(session)[0].id
    assert checklist.of_visit(session, visit) == [Check("Rapport lu")]
    assert checklist.of_visit(session, planned(session)) == []


def test_what_is_done_for_a_whole_site_has_its_points_once(session: Session) -> None:
    dijon = make.site(session)
    make.asset(session, "PT-0001", dijon)
    make.task(session, site_id=dijon, checklist="Comptes relus", every=12)
    make.generate(session)
    assert checklist.of_visit(session, make.visits(session)[0].id) == [Check("Comptes relus")]


def test_the_checklist_of_one_asset(session: Session) -> None:
    server = make.asset(session, "SRV-0001")
    make.task(session, asset_id=server, checklist="Disques", every=12)
    make.generate(session)
    assert checklist.of_visit(session, make.visits(session)[0].id) == [Check("Disques", server, "SRV-0001")]


def test_its_intervention_is_recorded_with_it(session: Session) -> None:
    one = planned(session)
    started = datetime(2026, 6, 1, 9, tzinfo=PARIS)
    values = {
        "kind": InterventionKind.ON_SITE, "maintenance_type": MaintenanceType.PREVENTIVE, "started_at": started,
        "ended_at": started + timedelta(hours=2), "repair_minutes": 110, "charge": Charge.COUNTED,
    }  # fmt: skip
    made = visits.done(session, one, Outcome(done_on=TODAY, intervention=values), TODAY)
    kept = session.get_one(Intervention, made)
    assert (kept.visit_id, kept.charge) == (one, Charge.COUNTED)
    assert visits.interventions_of(session, one) == [(kept.id, kept.number)]


def test_the_day_must_have_come(session: Session) -> None:
    with pytest.raises(InvalidFields, match="pas encore venu"):
        visits.done(session, planned(session), Outcome(done_on=date(2026, 6, 2)), TODAY)


def test_cancelled_then_back_on_the_plan(session: Session) -> None:
    one = planned(session)
    with pytest.raises(InvalidFields):
        visits.cancel(session, one, " ")
    visits.cancel(session, one, "Matériel vendu")
    told = visits.get(session, one, TODAY)
    assert (told.status, told.notes.replace("\u00a0", " ")) == (VisitStatus.CANCELLED, "Annulée : Matériel vendu")
    for act in (
        lambda: visits.move(session, one, TODAY),
        lambda: visits.done(session, one, Outcome(done_on=TODAY), TODAY),
        lambda: visits.cancel(session, one, "encore"),
    ):
        with pytest.raises(Refused, match="annulée"):
            act()
    visits.reopen(session, one)
    visits.done(session, one, Outcome(done_on=TODAY, measured_minutes=30, lost_minutes=60), TODAY)
    with pytest.raises(Refused, match="déjà faite"):
        visits.move(session, one, TODAY)
    visits.reopen(session, one)
    told = visits.get(session, one, TODAY)
    assert (told.status, told.done_on, told.result, told.open) == (VisitStatus.PLANNED, None, None, True)


def test_one_in_the_bin_is_no_more(session: Session) -> None:
    one = planned(session)
    records.to_bin(session, ENTITIES["visit"], [one])
    with pytest.raises(NotFound):
        visits.get(session, one)
    with pytest.raises(NotFound):
        visits.cancel(session, one, "x")


def test_where_it_is_in_words(session: Session) -> None:
    dijon = make.site(session)
    server = make.asset(session, "SRV-0001", dijon, model="R740")
    assert visits.get(session, planned(session, site_id=dijon, asset_id=server)).place == "SRV-0001 R740 · Dijon"
