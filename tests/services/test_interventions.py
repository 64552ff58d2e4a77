"""Interventions, and the numbers given by the program."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import InvalidFields, Refused
from app.models.codes import MaintenanceType
from app.services import interventions, tickets
from app.services.numbering import next_number
from app.storage import Store
from tests.services.company import add_asset, add_ticket, june, repair


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened


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


def test_nothing_is_done_on_a_cancelled_ticket(session: Session) -> None:
    ticket = add_ticket(session, "01 10:00")
    tickets.cancel(session, ticket, june("01 10:05"), "Doublon")
    with pytest.raises(Refused):
        repair(session, ticket, "01 10:30", "01 11:00", 30)


def test_numbers_follow_each_other_past_those_typed_by_hand(session: Session) -> None:
    add_asset(session, "ECR-0002")
    add_asset(session, "ECR-0015")
    add_asset(session, "ECR-00x9")
    assert [next_number(session, "ECR") for _ in range(3)] == ["ECR-0001", "ECR-0016", "ECR-0017"]
    assert next_number(session, "CT-2026", 2) == "CT-2026-01"
