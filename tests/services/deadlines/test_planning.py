"""Visits to come and missed in the échéancier, one line for each task and site."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.models import MaintenanceTask, Site, Visit
from app.models.upkeep_codes import VisitStatus
from app.services import deadlines
from app.services.deadlines import DeadlineKind, State
from tests.services.deadlines.make import TODAY, contract, keep, plain, told

VISIT = DeadlineKind.VISIT


def visit(session: Session, on: date, **values: Any) -> int:
    days = {"due_on": on, "planned_on": on, "earliest_on": on - timedelta(days=3), "latest_on": on + timedelta(days=3)}
    number = f"V-2026-{session.query(Visit).count() + 1:04d}"
    made: int = keep(session, Visit(**{"number": number, "label": "Dépoussiérage", **days, **values})).id
    return made


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


def test_the_next_visit_of_each_task_and_site_then_missed(session: Session) -> None:
    deal = contract(session)
    task = keep(session, MaintenanceTask(number="MP-0001", label="Dépoussiérage", first_on=TODAY)).id
    site = keep(session, Site(name="Dijon")).id
    for count in (4, 5, 6, 30):
        visit(session, days(count), task_id=task, site_id=site, contract_id=deal, technician="Yanis")
    visit(session, days(5), status=VisitStatus.DONE, done_on=TODAY)
    own = visit(session, days(7))
    coming = told(session, VISIT)
    assert [(one.record_id, one.act_by, one.due) for one in coming] == [(1, days(4), days(7)), (own, days(7), days(10))]
    assert coming[0].title == "Dépoussiérage · Dijon"
    assert "par Yanis" in coming[0].why
    assert (coming[0].contract, coming[0].provider, coming[1].contract) == ("CT-2026-01", "Lumeo Services", "")
    assert [one.state(TODAY) for one in coming] == [State.TO_DO, State.TO_DO]
    late = told(session, VISIT, days(9))
    missed = next(one for one in late if one.record_id == 2)
    assert (missed.state(days(9)), missed.tone(days(9))) == (State.LATE, "warn")
    assert plain(missed.why).startswith("Prévue le 15/06/2026 et manquée, comme 1 autre avant elle : faites-la")
    assert 3 in {one.record_id for one in late}


def test_one_moved_beyond_its_window_is_waited_for(session: Session) -> None:
    one = visit(session, days(-10), planned_on=days(2))
    [waited] = told(session, VISIT)
    assert (waited.due, waited.act_by, waited.state(TODAY)) == (days(2), None, State.TO_DO)
    deadlines.handle(session, [waited], TODAY, "Vue avec le prestataire")
    assert told(session, VISIT) == []
    session.get_one(Visit, one).status = VisitStatus.CANCELLED
    session.flush()
    assert told(session, VISIT) == []
