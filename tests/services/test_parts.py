"""The parts of an intervention, saved as a table."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import InvalidFields
from app.models import Part
from app.services import interventions, parts
from app.storage import Store
from tests.services.company import add_ticket, june


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened


@pytest.fixture
def visit(session: Session) -> int:
    values = {"ticket_id": add_ticket(session, "01 10:00"), "started_at": june("01 11:00")}
    return interventions.record(session, values)


def test_lines_are_added_changed_and_removed(session: Session, visit: int) -> None:
    parts.save(session, visit, [{"label": "Dalle", "quantity": 1}, {"label": "Câble", "quantity": 2}])
    first, second = parts.of_intervention(session, visit)
    parts.save(session, visit, [{**second, "quantity": 3}, {"label": "Vis", "quantity": 4, "unit_price": 10}])
    assert [(one["label"], one["quantity"]) for one in parts.of_intervention(session, visit)] == [
        ("Câble", 3),
        ("Vis", 4),
    ]
    assert session.get_one(Part, first["id"]).deleted_at is not None
    assert session.scalar(select(func.count()).select_from(Part)) == 3


def test_a_refused_line_is_named(session: Session, visit: int) -> None:
    with pytest.raises(InvalidFields) as refused:
        parts.save(session, visit, [{"label": "Dalle", "quantity": 1}, {"label": "Vis", "quantity": 0}])
    assert refused.value.problems == {"parts": "Pièce 2, quantité\u00a0: Écrivez un nombre de 1 à 10\u00a0000."}
