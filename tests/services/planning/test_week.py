"""A week by technician, a month at a glance, and what the dialog of a visit done tells."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import InvalidFields, NotFound
from app.fields import PARIS
from app.models import Intervention
from app.models.codes import Charge, InterventionKind
from app.models.upkeep_codes import CheckResult, Every, TaskKind, VisitResult, VisitState
from app.services.planning import checklist, doing, generation, visits, week
from tests.services.company import add_contract
from tests.services.planning import make
from tests.services.planning.make import TODAY
from tests.services.planning.test_visits import planned

ASCENSION = date(2026, 5, 14)


def test_a_week_by_technician(session: Session) -> None:
    one = planned(session, date(2026, 5, 12), technician="Yanis", duration_minutes=90)
    two = planned(session, date(2026, 5, 15), technician="Inès")
    three = planned(session, date(2026, 5, 16))
    found = week.of_week(session, week.monday_of(ASCENSION), today=TODAY)
    assert [day.on.day for day in found.days] == [11, 12, 13, 14, 15, 16]
    assert [(day.holiday, day.worked) for day in found.days][3:] == [("Ascension", False), ("", True), ("", False)]
    assert [line.technician for line in found.lines] == ["Inès", "Yanis", ""]
    assert [one.id for cell in found.lines[1].cells for one in cell] == [one]
    assert (found.lines[1].minutes, found.count) == (90, 3)
    assert found.days[1].state == VisitState.MISSED
    assert found.days[0].state is None
    only = week.of_week(session, date(2026, 5, 11), ["Inès", "Al"], TODAY)
    assert [(line.technician, sum(map(len, line.cells))) for line in only.lines] == [("Al", 0), ("Inès", 1)]
    assert len(only.days) == 5
    assert week.everybody(session) == ["Inès", "Yanis"]
    assert [week.named(session, name) for name in ("ines", "")] == ["Inès", ""]
    with pytest.raises(NotFound):
        week.named(session, "Zoé")
    empty = week.of_week(session, date(2026, 6, 8), today=TODAY)
    assert ([line.technician for line in empty.lines], empty.count) == (["Inès", "Yanis", ""], 0)
    assert {two, three} <= {one.id for day in found.days for one in day.visits}


def test_a_month_in_whole_weeks(session: Session) -> None:
    planned(session, date(2026, 5, 1))
    planned(session, date(2026, 4, 28), technician="Yanis")
    weeks = week.of_month(session, date(2026, 5, 20), today=TODAY)
    assert [len(one) for one in weeks] == [7] * 5
    assert (weeks[0][0].on, weeks[-1][-1].on) == (date(2026, 4, 27), date(2026, 5, 31))
    assert [day.inside for day in weeks[0]] == [False, False, False, False, True, True, True]
    assert [len(day.visits) for day in weeks[0]] == [0, 1, 0, 0, 1, 0, 0]
    assert weeks[0][4].holiday == "Fête du Travail"
    assert [len(day.visits) for day in week.of_month(session, date(2026, 5, 1), ["Yanis"])[0]][4] == 0


def test_the_next_times_of_a_task_being_typed(session: Session) -> None:
    make.asset(session, "PT-0001", make.site(session))
    typed: dict[str, Any] = {
        "first_on": date(2026, 6, 6),
        "every": 3,
        "unit": Every.MONTHS,
        "kind": TaskKind.MAINTENANCE,
    }
    sites, days = generation.preview(session, {**typed, "family_id": make.family(session), "other": 1}, TODAY)
    assert (sites, days) == (1, [date(2026, 6, 8), date(2026, 9, 7), date(2026, 12, 7)])
    assert generation.preview(session, {**typed, "family_id": make.family(session, "NAS")}, TODAY) == (0, [])
    assert not make.visits(session)


@pytest.fixture
def typed() -> dict[str, Any]:
    return {
        "done_on": TODAY, "result": VisitResult.GOOD, "technician": "Yanis", "notes": "Tout va bien",
        "minutes": 75, "starts_at": 540, "kind": InterventionKind.ON_SITE, "charge": Charge.INCLUDED,
    }  # fmt: skip


def test_done_with_the_time_spent(session: Session, typed: dict[str, Any]) -> None:
    contract = add_contract(session, included_minutes=600)
    make.asset(session, "PT-0001")
    task = make.task(session, family_id=make.family(session), checklist="Poussière\nBatterie", level=2, every=12)
    make.generate(session)
    visit = make.visits(session)[0]
    visit.contract_id = contract
    session.flush()
    first = doing.start(session, visit.id, date(2026, 5, 30))
    assert (first["done_on"], first["charge"], first["result"]) == (date(2026, 5, 30), Charge.COUNTED, None)
    assert doing.start(session, visit.id, date(2027, 5, 30))["done_on"] is None  # missed: nothing makes it in time
    checklist.settle(session, visit.id, [1], CheckResult.NOT_APPLICABLE)
    checklist.annotate(session, visit.id, 1, "sans batterie")
    made = doing.record(session, visit.id, {**typed, "rest_is_good": True}, TODAY)
    kept = session.get_one(Intervention, made)
    assert kept.started_at == datetime(2026, 6, 1, 9, tzinfo=PARIS)
    assert (kept.repair_minutes, kept.level, kept.work_done, kept.visit_id) == (75, 2, "Tout va bien", visit.id)
    lines = checklist.of_visit(session, visit.id)
    assert [(one.result, one.notes) for one in lines] == [
        (CheckResult.GOOD, ""), (CheckResult.NOT_APPLICABLE, "sans batterie"),
    ]  # fmt: skip
    assert doing.start(session, visit.id, TODAY)["result"] == VisitResult.GOOD
    assert visits.get(session, visit.id, TODAY).task_id == task


def test_an_hour_is_asked_for_the_time_spent(session: Session, typed: dict[str, Any]) -> None:
    one = planned(session, kind=TaskKind.BACKUP_CHECK)
    with pytest.raises(InvalidFields):
        doing.record(session, one, {**typed, "starts_at": None}, TODAY)
    assert doing.record(session, one, {**typed, "minutes": None}, TODAY) is None
    assert doing.start(session, one, TODAY)["kind"] == InterventionKind.REMOTE
    made = doing.record(session, one, typed, TODAY)
    assert session.get_one(Intervention, made).level is None


def test_a_ticket_about_what_is_left_to_do(session: Session) -> None:
    dijon = make.site(session)
    first, second = (make.asset(session, f"PT-000{at}", dijon) for at in (1, 2))
    make.task(session, family_id=make.family(session), checklist="Batterie", every=12)
    make.generate(session)
    visit = make.visits(session)[0].id
    missed = doing.follow_up(session, visit)
    assert missed["description"].replace("\u00a0", " ").startswith("Dépoussiérage : visite manquée\nVisite V-2026-0001")
    checklist.settle(session, visit, [1], CheckResult.BAD)
    visits.done(session, visit, visits.Outcome(done_on=TODAY, result=VisitResult.REMARKS), TODAY)
    told = doing.follow_up(session, visit)
    assert told["asset_id"] == second
    assert told["description"].replace("\u00a0", " ").splitlines()[2] == "PT-0002 : Batterie"
    checklist.settle(session, visit, [0], CheckResult.BAD)
    assert doing.follow_up(session, visit)["asset_id"] is None
    assert first != second
