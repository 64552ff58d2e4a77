"""The plannings, the route sheet and the calendar of visits, gathered."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import NotFound, Refused
from app.models import MaintenanceTask, Visit
from app.models.upkeep_codes import Every, TaskKind, VisitStatus
from app.reports.identity import Stamp
from app.reports.planning_data import Counts, Mark, MonthPlan, YearPlan
from app.services import calendar_visits, papers, planning_paper, records, route_sheet
from app.services.planning import visits
from app.services.planning_paper import Choices
from app.storage import Store
from tests.services.company import add_asset, add_contract

NOW = datetime(2026, 6, 15, 9, tzinfo=UTC)
TODAY = date(2026, 6, 15)
STAMP = Stamp("Planning de maintenance", "PLA-2026", 1, NOW)


def add_visit(session: Session, on: date, **values: Any) -> Visit:
    count = session.query(Visit).count() + 1
    given = {"label": "Nettoyage", "due_on": on, "planned_on": on, "kind": TaskKind.MAINTENANCE, **values}
    made = Visit(number=f"V-2026-{count:04d}", **given)
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def planned(store: Store) -> Store:
    """A contract with a task at two sites, and a visit of the company's own."""
    with store.begin() as session:
        contract = add_contract(session, number="CT-0001")
        dijon, beaune = (
            records.create(session, ENTITIES["site"], {"name": name, "address": f"1 rue de {name}", "city": name})
            for name in ("Dijon", "Beaune")
        )
        task = MaintenanceTask(
            number="MP-0001", label="Nettoyer les postes", every=3, unit=Every.MONTHS, first_on=date(2026, 1, 12),
            contract_id=contract, checklist="Dépoussiérer\nMettre à jour",
        )  # fmt: skip
        session.add(task)
        session.flush()
        of_task = {"label": "Nettoyer les postes", "task_id": task.id, "contract_id": contract, "technician": "Karim"}
        done = {"status": VisitStatus.DONE, "done_on": date(2026, 1, 12)}
        add_visit(session, date(2026, 1, 12), site_id=dijon, **of_task, **done)
        add_visit(session, date(2026, 4, 13), site_id=dijon, **of_task)
        add_visit(session, date(2026, 7, 13), site_id=dijon, rank=2, starts_at=540, duration_minutes=120, **of_task)
        add_visit(session, date(2026, 7, 13), site_id=beaune, rank=1, duration_minutes=60, **of_task)
        add_visit(
            session,
            date(2026, 7, 14),
            site_id=dijon,
            rank=3,
            duration_minutes=30,
            planned_on=date(2026, 7, 13),
            **of_task,
        )
        add_visit(session, date(2026, 3, 9), label="Revue des accès", status=VisitStatus.CANCELLED)
        asset = add_asset(session, "SRV-0001")
        add_visit(session, date(2026, 7, 13), label="Mise à jour", asset_id=asset, moved_reason="Congés")
    return store


def test_a_year_groups_tasks_by_contract_then_site(planned: Store) -> None:
    with planned.read() as session:
        told = planning_paper.planning(session, None, STAMP)
    assert isinstance(told, YearPlan)
    assert told.counts == Counts(done=1, missed=1, planned=4, cancelled=1)
    assert [group.title for group in told.groups] == [
        "CT-0001 Maintenance du parc, Lumeo Services", planning_paper.OWN,
    ]  # fmt: skip
    beaune, dijon = told.groups[0].rows
    assert (beaune.site, dijon.site, dijon.rhythm, dijon.who) == ("Beaune", "Dijon", "chaque trimestre", "Karim")
    assert dijon.months[0] == (Mark(12, "done"),)
    assert dijon.months[3] == (Mark(13, "missed"),)
    assert dijon.months[6] == (Mark(13, "planned"), Mark(13, "planned"))
    assert [row.rhythm for row in told.groups[1].rows] == ["une fois", "une fois"]


def test_a_month_of_a_contract_or_a_site(planned: Store) -> None:
    with planned.read() as session:
        choices = Choices(2026, 7, contract="CT-0001", site="dijon", technician="Karim")
        told = planning_paper.planning(session, None, STAMP, choices)
        whole = planning_paper.planning(session, None, STAMP, Choices(2026, 7))
        assert planning_paper.of_contract(session, 1, STAMP).scope == "Contrat CT-0001 Lumeo Services"
        january = planning_paper.planning(session, None, STAMP, Choices(2026, 1))
        for wrong in (Choices(2026, contract="CT-9"), Choices(2026, site="Lyon")):
            with pytest.raises(NotFound):
                planning_paper.planning(session, None, STAMP, wrong)
    assert isinstance(told, MonthPlan)
    assert isinstance(whole, MonthPlan)
    assert isinstance(january, MonthPlan)
    assert january.lines[0].told == "Faite, le 12/01/2026"
    assert (told.month, told.scope, told.provider) == (
        date(2026, 7, 1), "Contrat CT-0001 Lumeo Services · Site de dijon · Karim", "Lumeo Services",
    )  # fmt: skip
    assert [(one.at, one.lasts, one.told) for one in told.lines] == [
        ("9\u00a0h", "2\u00a0h\u00a000", "Prévue"), ("", "0\u00a0h\u00a030", "Prévue"),
    ]  # fmt: skip
    assert [one.told for one in whole.lines][-1] == "Prévue\nCongés"
    assert choices.reference == "PLA-2026-07-CT-0001-DIJON-KARIM"


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("2026", Choices(2026)),
        ("2026-03", Choices(2026, 3)),
        ("PLA-2025-12", Choices(2025, 12)),
    ],
)
def test_what_is_asked_in_words(planned: Store, ref: str, expected: Choices) -> None:
    with planned.read() as session:
        assert planning_paper.asked(session, ref) == expected
        assert planning_paper.asked(session, "CT-0001").contract == "CT-0001"
        assert planning_paper.asked(session, None, "Dijon", "Karim").site == "Dijon"
        with pytest.raises(NotFound):
            planning_paper.asked(session, "2026-13")


def test_a_planning_is_issued_under_the_name_of_what_it_shows(planned: Store) -> None:
    choices = Choices(2026, contract="CT-0001")
    with planned.begin() as session:
        for version in (1, 2):
            made = papers.issue(session, "planning", choices.reference, NOW, choices=choices)
            row = papers.issued_row(session, made)
            assert (row.reference, row.version) == ("PLA-2026-CT-0001", version)


def test_a_route_goes_site_by_site_in_the_order_of_the_round(planned: Store) -> None:
    choices = route_sheet.asked("13/07/2026")
    with planned.read() as session:
        told = route_sheet.route_sheet(session, None, STAMP, choices)
        nobody = route_sheet.route_sheet(session, None, STAMP)
    own, karim = told.routes
    assert [stop.site for stop in own.stops] == ["Sans site"]
    assert own.stops[0].visits[0].assets[0].name == "SRV-0001"
    assert [(stop.site, stop.address) for stop in karim.stops] == [
        ("Beaune", "1 rue de Beaune, Beaune"), ("Dijon", "1 rue de Dijon, Dijon"),
    ]  # fmt: skip
    assert karim.lasts == "3\u00a0h\u00a030"
    assert karim.stops[1].visits[0].told == "à 9\u00a0h · 2\u00a0h\u00a000 · contrat CT-0001"
    assert karim.stops[1].visits[0].points == ("Dépoussiérer", "Mettre à jour")
    assert told.stamp.reference == "TOU-2026-07-13"
    assert nobody.stamp.working == route_sheet.WORKING
    with pytest.raises(Refused):
        route_sheet.asked("demain soir")
    assert route_sheet.asked(None, "Karim Benali").reference.endswith("-KARIM-BENALI")


def test_a_calendar_of_visits_keeps_their_identifiers(planned: Store) -> None:
    with planned.begin() as session:
        found = planning_paper.chosen(session, Choices(2026), TODAY)
        events = {
            str(one["uid"]): one for one in Calendar.from_ical(calendar_visits.write(found, "Morvan", NOW)).events
        }
        assert len(events) == len(found)
        hour = next(one for one in found if one.starts_at)
        event = events[calendar_visits.uid(hour)]
        assert event.decoded("dtstart") == datetime(2026, 7, 13, 7, tzinfo=UTC)
        assert event.decoded("dtend") == datetime(2026, 7, 13, 9, tzinfo=UTC)
        assert (str(event["location"]), str(event["transp"])) == ("Dijon", "OPAQUE")
        gone = next(one for one in found if one.status == VisitStatus.CANCELLED)
        assert str(events[calendar_visits.uid(gone)]["status"]) == "CANCELLED"
        visits.move(session, hour.id, date(2026, 7, 20), "Congés")
        moved = visits.get(session, hour.id, TODAY)
    assert calendar_visits.uid(moved) in events
    again = Calendar.from_ical(calendar_visits.write([moved], "", NOW)).events[0]
    assert "Déplacée\u00a0: Congés" in str(again["description"])
