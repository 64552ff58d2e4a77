"""What the forms of twelve months say together (domain.md B.2: nothing of a person on fewer than five forms)."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from app.models import Evaluation, Intervention
from app.models.upkeep_codes import EvaluationState
from app.services.evaluations.summary import summary
from app.storage import Store
from tests.services.company import june
from tests.services.evaluations.make import solved_ticket

TODAY = date(2026, 6, 20)


def form(session: Session, number: int, on: date, technician: str | None, *notes: int | None) -> None:
    done = None
    if technician:
        made = Intervention(
            number=f"FI-{number}", ticket_id=1, technician=technician, started_at=june("02 10:00"), kind="on_site"
        )
        session.add(made)
        session.flush()
        done = made.id
    told = {f"c{at}": note for at, note in enumerate(notes, 1)}
    session.add(
        Evaluation(number=f"EV-{number}", intervention_id=done, state=EvaluationState.RECEIVED, received_on=on, **told)
    )
    session.flush()


def test_nothing_came_back(store: Store) -> None:
    with store.begin() as session:
        found = summary(session, TODAY)
    assert (found.whole.forms, found.whole.mean, found.technicians, found.hidden) == (0, None, (), 0)
    assert [month for month, _ in found.months][::11] == [date(2025, 7, 1), date(2026, 6, 1)]


@pytest.mark.parametrize(("forms", "shown"), [(4, []), (5, [("Yanis", 5, Decimal("80.0"))])])
def test_a_technician_is_told_of_from_five_forms(store: Store, forms: int, shown: list[object]) -> None:
    with store.begin() as session:
        solved_ticket(session)
        for number in range(forms):
            form(session, number, date(2026, 6, 3), "Yanis", 4 if number else 2, 0, None)
        found = summary(session, TODAY)
    assert [(one.label, one.forms, one.satisfied) for one in found.technicians] == shown
    assert found.hidden == (0 if shown else 1)


def test_each_criterion_and_each_month(store: Store) -> None:
    with store.begin() as session:
        form(session, 1, date(2025, 7, 1), None, 5, 2)
        form(session, 2, date(2026, 6, 20), None, 3, None)
        form(session, 3, date(2025, 6, 30), None, 1, 1)
        found = summary(session, TODAY)
    first, second, third = found.criteria[:3]
    assert (first.label, first.valid, first.satisfied, first.mean) == (
        "Délai de prise en charge", 2, Decimal("50.0"), Decimal("4.00"),
    )  # fmt: skip
    assert (second.valid, second.mean, third.mean) == (1, Decimal("2.00"), None)
    assert [one.mean for _, one in found.months] == [Decimal("3.50"), *[None] * 10, Decimal("3.00")]
