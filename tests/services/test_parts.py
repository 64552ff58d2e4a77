"""Parts: the table of an intervention, and from asked for to checked (domain.md C.12)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.entities.tickets import PART
from app.errors import InvalidFields, NotFound, Refused
from app.fields import this_day
from app.models import Part, Ticket
from app.models.codes import TicketStatus, WaitReason
from app.models.upkeep_codes import PartState
from app.services import interventions, listing, parts, records, tickets
from app.storage import Store
from tests.services.company import add_contract, add_ticket, june


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        opened.info["who"] = "Agathe"
        yield opened


@pytest.fixture
def ticket(session: Session) -> int:
    made = add_ticket(session, "01 10:00")
    tickets.take(session, made, june("01 10:10"))
    return made


@pytest.fixture
def visit(session: Session, ticket: int) -> int:
    return interventions.record(session, {"ticket_id": ticket, "started_at": june("03 11:00")})


def ask(session: Session, ticket: int, label: str = "Bloc", **more: Any) -> int:
    return parts.ask(session, {"ticket_id": ticket, "label": label, "requested_on": date(2026, 6, 1), **more})


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


def test_a_part_fitted_bears_its_ticket_its_day_and_its_serial_numbers(session: Session, visit: int) -> None:
    parts.save(
        session, visit, [{"label": "Bloc", "quantity": 1, "serial": "N1", "old_serial": "A1", "taken_back": True}]
    )
    (one,) = parts.of_intervention(session, visit)
    kept = session.get_one(Part, one["id"])
    assert (kept.state, kept.fitted_on, kept.old_serial) == (PartState.FITTED, date(2026, 6, 3), "A1")
    assert kept.ticket_id is not None


def test_one_received_is_fitted_by_the_intervention_that_takes_it(session: Session, ticket: int, visit: int) -> None:
    waiting, other = ask(session, ticket), ask(session, ticket, "Câble")
    parts.advance(session, waiting, PartState.RECEIVED, date(2026, 6, 2))
    lines = parts.to_fit(session, ticket)
    assert [(one["label"], one["state"]) for one in lines] == [
        ("Bloc", PartState.RECEIVED),
        ("Câble", PartState.REQUESTED),
    ]
    assert parts.to_fit(session, None) == []
    parts.save(session, visit, [{"id": waiting, "label": "Bloc", "quantity": 1, "serial": "N1"}])
    kept = session.get_one(Part, waiting)
    assert (kept.state, kept.intervention_id, kept.serial) == (PartState.FITTED, visit, "N1")
    assert kept.received_on == date(2026, 6, 2)
    assert session.get_one(Part, other).state == PartState.REQUESTED
    assert [row.label for row in parts.of_ticket(session, ticket)] == ["Bloc", "Câble"]


def test_each_state_keeps_its_day(session: Session, ticket: int) -> None:
    made = ask(session, ticket)
    days = {PartState.ORDERED: 2, PartState.RECEIVED: 4, PartState.FITTED: 5, PartState.CHECKED: 5}
    for state, day in days.items():
        assert parts.following(session.get_one(Part, made).state) == state
        parts.advance(session, made, state, date(2026, 6, day))
    kept = session.get_one(Part, made)
    assert parts.following(kept.state) is None
    assert [getattr(kept, name) for name in parts.DAYS.values()] == [date(2026, 6, day) for day in (1, 2, 4, 5, 5)]


def test_order_of_time_is_kept(session: Session, ticket: int) -> None:
    made = ask(session, ticket)
    with pytest.raises(InvalidFields, match="que le"):
        parts.advance(session, made, PartState.ORDERED, date(2026, 5, 31))
    with pytest.raises(InvalidFields, match="pas encore passé"):
        parts.advance(session, made, PartState.ORDERED, this_day() + timedelta(days=1))
    parts.advance(session, made, PartState.RECEIVED, date(2026, 6, 2))
    with pytest.raises(Refused):
        parts.advance(session, made, PartState.ORDERED, date(2026, 6, 3))


def test_asking_puts_the_ticket_in_wait_and_its_arrival_ends_it(session: Session, ticket: int) -> None:
    session.get_one(Ticket, ticket).contract_id = add_contract(session)
    assert parts.may_wait(session, ticket)
    made = ask(session, ticket)
    other = parts.ask(session, {"ticket_id": ticket, "label": "Câble"}, june("01 11:00"))
    assert not parts.may_wait(session, ticket)
    assert session.get_one(Ticket, ticket).status == TicketStatus.WAITING
    assert parts.wait_ended_by(session, made) == ""  # the other one is still on its way
    records.update(session, PART, other, {"requested_on": date(2026, 6, 1)})
    parts.arrive(session, other, june("02 09:00"))
    assert parts.wait_ended_by(session, made) == session.get_one(Ticket, ticket).number
    parts.arrive(session, made, june("02 10:00"), resume=True)
    kept = session.get_one(Ticket, ticket)
    assert kept.status == TicketStatus.TAKEN
    assert kept.restore_due_at is not None
    assert parts.wait_ended_by(session, made) == ""


def test_another_wait_is_not_ended_by_a_part(session: Session, ticket: int) -> None:
    made = ask(session, ticket)
    tickets.start_wait(session, ticket, june("01 11:00"), WaitReason.CLIENT, "Quand ?")
    assert parts.wait_ended_by(session, made) == ""
    assert parts.may_wait(session, ticket)


def test_nothing_is_asked_for_on_a_cancelled_ticket(session: Session) -> None:
    made = add_ticket(session, "01 10:00")
    tickets.cancel(session, made, june("01 10:05"), "Erreur")
    with pytest.raises(Refused):
        ask(session, made)


def test_a_part_in_the_bin_is_no_more(session: Session, ticket: int) -> None:
    made = ask(session, ticket)
    records.to_bin(session, PART, [made])
    with pytest.raises(NotFound):
        parts.advance(session, made, PartState.ORDERED, date(2026, 6, 2))


def test_the_questions_of_its_list(session: Session, ticket: int, visit: int) -> None:
    asked = ask(session, ticket)
    until = this_day() + timedelta(days=30)
    line = {"label": "Vis", "quantity": 1, "taken_back": False, "warranty_until": until}
    parts.save(session, visit, [line])
    (fitted,) = parts.in_state(session, PartState.FITTED)
    assert parts.in_state(session, *parts.ON_ITS_WAY) == [asked]
    assert parts.unreturned(session) == [fitted]
    assert parts.guaranteed(session, this_day()) == [fitted]
    assert parts.guaranteed(session, until + timedelta(days=1)) == []


def test_the_total_of_a_list_counts_each_of_them(session: Session, visit: int) -> None:
    """The sum of unit prices would say nothing."""
    lines = [("Barrette", 2, 3050), ("Vis", 10, 20), ("Joint", 4, None)]
    parts.save(session, visit, [{"label": a, "quantity": n, "unit_price": price} for a, n, price in lines])
    query = listing.default_query(PART)
    assert listing.totals(session, PART, query) == {"amount": 6300}
