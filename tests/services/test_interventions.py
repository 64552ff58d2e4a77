"""Interventions, what they imply of their ticket, and the numbers given by the program."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import InvalidFields, NotFound, Refused
from app.models import Intervention, Ticket, Visit
from app.models.codes import Charge, InterventionKind, MaintenanceType, TicketStatus, WaitReason
from app.models.upkeep_codes import Resolution
from app.services import interventions, tickets
from app.services.billing import acts
from app.services.numbering import next_number
from app.storage import Store
from tests.services.company import add_asset, add_contract, add_ticket, june, repair


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened


def add_visit(session: Session, **values: Any) -> int:
    day = date(2026, 6, 3)
    visit = Visit(number="V-2026-0001", label="Dépoussiérage", due_on=day, planned_on=day, **values)
    session.add(visit)
    session.flush()
    return visit.id


def test_interventions_of_a_ticket_in_the_order_of_time(session: Session) -> None:
    ticket = add_ticket(session, "01 10:00")
    repair(session, ticket, "02 10:00", "02 11:00", 45)
    repair(session, ticket, "01 10:30", "01 11:00", 30)
    rows = interventions.of_ticket(session, ticket)
    assert [row.repair_minutes for row in rows] == [30, 45]
    assert rows[0].maintenance_type == MaintenanceType.CURATIVE
    assert all(row.number.startswith("FI-") for row in rows)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ticket_id": None}, "ticket_id"),
        ({"started_at": None}, "started_at"),
        ({"started_at": june("01 09:00")}, "started_at"),
        ({"ended_at": june("01 10:00")}, "ended_at"),
        ({"repair_minutes": 61}, "repair_minutes"),
        ({"level": 6}, "level"),
    ],
)
def test_what_is_refused(session: Session, change: dict[str, Any], field: str) -> None:
    values = {
        "ticket_id": add_ticket(session, "01 10:00"),
        "started_at": june("01 10:30"),
        "ended_at": june("01 11:30"),
        "repair_minutes": 60,
    }
    with pytest.raises(InvalidFields) as refused:
        interventions.record(session, values | change)
    assert set(refused.value.problems) == {field}
    made = interventions.record(session, values)
    with pytest.raises(InvalidFields) as corrected:
        interventions.update(session, made, change)
    assert set(corrected.value.problems) == {field}


def test_nothing_is_done_on_a_cancelled_ticket(session: Session) -> None:
    ticket = add_ticket(session, "01 10:00")
    tickets.cancel(session, ticket, june("01 10:05"), "Doublon")
    with pytest.raises(Refused):
        repair(session, ticket, "01 10:30", "01 11:00", 30)


def test_one_in_the_bin_is_no_more(session: Session) -> None:
    made = repair(session, add_ticket(session, "01 10:00"), "01 10:30", "01 11:00", 30)
    session.get_one(Intervention, made).deleted_at = june("02 10:00")
    with pytest.raises(NotFound):
        interventions.kept(session, made)


def test_one_of_a_planned_visit_is_under_its_contract(session: Session) -> None:
    contract = add_contract(session, hourly_rate=6000)
    asset = add_asset(session, "SRV-01", contract)
    visit = add_visit(session, contract_id=contract, asset_id=asset)
    charge = acts.usual_charge(session, None, date(2026, 6, 3), visit)
    assert charge == Charge.INCLUDED
    values = {"visit_id": visit, "started_at": june("03 10:00"), "ended_at": june("03 11:30"), "charge": "billable"}
    made = interventions.record(session, values)
    (act,) = acts.of_contract(session, contract, date(2026, 6, 1), date(2026, 6, 30))
    assert (act.intervention_id, act.asset_id, act.subject, act.worth) == (made, asset, "Dépoussiérage", 9000)
    interventions.update(session, made, {"charge": "included"})
    assert acts.value(session, Intervention.id == made)[0].cents == 0


# What it implies of its ticket


def told(found: list[interventions.Implied]) -> list[str]:
    return [one.told.replace("\u00a0", " ") for one in found]


def on_site(**more: Any) -> dict[str, Any]:
    usual = {"kind": InterventionKind.ON_SITE, "started_at": june("01 11:00"), "ended_at": june("01 12:00")}
    return {**usual, "solved": True, "technician": "Yanis", "work_done": "Bloc remplacé.", **more}


def test_an_open_ticket_is_taken_visited_and_restored_by_one_intervention(session: Session) -> None:
    ticket = add_ticket(session, "01 10:00")
    found = interventions.implied(session, ticket, on_site())
    assert told(found) == [
        "Pris en charge le 01/06/2026 11:00",
        "Arrivée sur site le 01/06/2026 11:00",
        "Rétabli le 01/06/2026 12:00 (solution définitive)",
    ]
    interventions.record(session, {"ticket_id": ticket, **on_site()}, found)
    kept = session.get_one(Ticket, ticket)
    assert (kept.taken_at, kept.on_site_at, kept.resolved_at) == (june("01 11:00"), june("01 11:00"), june("01 12:00"))
    assert (kept.status, kept.assignee) == (TicketStatus.RESOLVED, "Yanis")
    assert interventions.implied(session, ticket, on_site()) == []


def test_a_remote_one_not_solved_only_takes_the_ticket(session: Session) -> None:
    ticket = add_ticket(session, "01 10:00")
    found = interventions.implied(session, ticket, on_site(kind=InterventionKind.REMOTE, solved=False))
    assert told(found) == ["Pris en charge le 01/06/2026 11:00"]
    assert interventions.implied(session, None, on_site()) == []
    assert interventions.implied(session, ticket, on_site(started_at=None, ended_at=None)) == []


def test_the_waits_that_the_visit_ends_are_proposed(session: Session) -> None:
    ticket = add_ticket(session, "01 10:00")
    tickets.take(session, ticket, june("01 10:10"))
    tickets.start_wait(session, ticket, june("01 10:20"), WaitReason.PART, "Bloc", "Yanis")
    tickets.start_wait(session, ticket, june("01 10:30"), WaitReason.CLIENT, "Quand ?", "Yanis")
    found = interventions.implied(session, ticket, on_site(solved=None))
    assert told(found)[:2] == [
        "Attente de pièce : fin le 01/06/2026 11:00",
        "Attente du client : fin le 01/06/2026 11:00",
    ]
    assert [one.usual for one in found] == [True, False, True]
    interventions.record(session, {"ticket_id": ticket, **on_site(solved=None)}, [one for one in found if one.usual])
    assert session.get_one(Ticket, ticket).status == TicketStatus.WAITING


def test_a_part_is_not_there_because_somebody_worked_from_afar(session: Session) -> None:
    ticket = add_ticket(session, "01 10:00")
    tickets.take(session, ticket, june("01 10:10"))
    tickets.start_wait(session, ticket, june("01 10:20"), WaitReason.PART, "Bloc", "Yanis")
    usual = {
        kind: interventions.implied(session, ticket, on_site(kind=kind, solved=None))[0].usual
        for kind in InterventionKind
    }
    assert usual == {kind: kind != InterventionKind.REMOTE for kind in InterventionKind}


def test_an_hour_still_to_come_is_told_under_its_field(session: Session) -> None:
    far, ticket = datetime(2099, 6, 1, 11, tzinfo=UTC), add_ticket(session, "01 10:00")
    for field, values in (("started_at", {}), ("ended_at", {"started_at": june("01 11:00")})):
        given = on_site(**{"started_at": far, "ended_at": far, **values})
        found = interventions.implied(session, ticket, given)
        with pytest.raises(InvalidFields) as refused:
            interventions.record(session, {"ticket_id": ticket, **given}, found)
        assert list(refused.value.problems) == [field]


def test_what_the_journal_tells_later_is_not_proposed(session: Session) -> None:
    ticket = add_ticket(session, "01 10:00")
    tickets.take(session, ticket, june("01 11:30"))
    assert told(interventions.implied(session, ticket, on_site())) == [
        "Rétabli le 01/06/2026 12:00 (solution définitive)"
    ]


def test_a_workaround_then_its_final_solution(session: Session) -> None:
    ticket = add_ticket(session, "01 10:00", asset_id=add_asset(session, "SRV-01"))
    tickets.down(session, ticket, june("01 10:00"))
    values = on_site(maintenance_type=MaintenanceType.PALLIATIVE)
    found = interventions.implied(session, ticket, values)
    assert told(found)[-2:] == [
        "Rétabli le 01/06/2026 12:00 (contournement)",
        "Bien remis en service le 01/06/2026 12:00",
    ]
    interventions.record(session, {"ticket_id": ticket, **values}, found)
    kept = session.get_one(Ticket, ticket)
    assert (kept.resolution, kept.final_at, kept.down_minutes) == (Resolution.WORKAROUND, None, 120)
    later = on_site(started_at=june("02 10:00"), ended_at=june("02 11:00"))
    after = interventions.implied(session, ticket, later)
    assert told(after) == ["Solution définitive le 02/06/2026 11:00"]
    interventions.record(session, {"ticket_id": ticket, **later}, after)
    assert kept.final_at == june("02 11:00")


def test_numbers_follow_each_other_past_those_typed_by_hand(session: Session) -> None:
    add_asset(session, "ECR-0002")
    add_asset(session, "ECR-0015")
    add_asset(session, "ECR-00x9")
    assert [next_number(session, "ECR") for _ in range(3)] == ["ECR-0001", "ECR-0016", "ECR-0017"]
    assert next_number(session, "CT-2026", 2) == "CT-2026-01"
