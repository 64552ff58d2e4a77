"""What is left to the nearest promise of a ticket: by SQL for the list, in working time for its rows (D.3)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.models.codes import WaitReason
from app.models.upkeep_codes import DueState, Running
from app.services import listing, ticket_due, tickets
from app.services.listing import Filter, Query
from app.services.tickets import TicketDraft
from app.storage import Store
from tests.services.company import add_asset, add_contract, add_ticket, june, reference_month

TICKET = ENTITIES["ticket"]
COLUMNS = ("next_due", "due_state", "running")


def shown(session: Session, ticket: int) -> tuple[Any, ...]:
    return listing.rows(session, TICKET, COLUMNS, [ticket])[0].values


@pytest.mark.parametrize(
    ("now", "promise", "minutes"),
    [
        ("01 10:30", "Prise en charge", 210),
        ("01 14:00", "Prise en charge", 0),
        ("01 15:00", "Prise en charge", -60),
        ("02 09:00", "Prise en charge", -240),
    ],
)
def test_the_nearest_promise_counts_in_working_time(store: Store, now: str, promise: str, minutes: int) -> None:
    with store.begin("essai") as session:
        one = add_ticket(session, "01 10:00", asset_id=add_asset(session, "AA-01", add_contract(session)))
        left = ticket_due.left_of(session, [one], june(now))[one]
    assert (left.promise, left.minutes, left.due) == (promise, minutes, june("01 14:00"))
    assert left.state == (DueState.LATE if minutes < 0 else DueState.RUNNING)


def test_once_taken_the_next_promise_is_told(store: Store) -> None:
    with store.begin("essai") as session:
        one = add_ticket(session, "01 10:00", asset_id=add_asset(session, "AA-01", add_contract(session)))
        tickets.take(session, one, june("01 11:00"))
        left = ticket_due.left_of(session, [one], june("01 18:00"))[one]
        assert (left.promise, left.minutes) == ("Rétablissement", 480)
        assert shown(session, one)[:2] == (june("02 17:00"), DueState.LATE)


def test_a_clock_that_stands_has_nothing_left_to_tell(store: Store) -> None:
    with store.begin("essai") as session:
        one = add_ticket(session, "01 10:00", asset_id=add_asset(session, "AA-01", add_contract(session)))
        tickets.take(session, one, june("01 11:00"))
        tickets.start_wait(session, one, june("01 12:00"), WaitReason.CLIENT, author="Yanis")
        assert ticket_due.left_of(session, [one], june("02 12:00"))[one].state == DueState.STOPPED
        assert shown(session, one) == (None, DueState.STOPPED, None)
        tickets.resolve(session, one, june("02 15:00"))
        assert ticket_due.left_of(session, [one], june("02 16:00")) == {}
        assert shown(session, one) == (None, None, None)


def test_out_of_contract_nothing_is_promised(store: Store) -> None:
    with store.begin("essai") as session:
        one = add_ticket(session, "01 10:00")
        left = ticket_due.left_of(session, [one], june("01 12:00"))[one]
        assert (left.state, left.covered) == (DueState.UNPROMISED, False)
        assert shown(session, one) == (None, DueState.UNPROMISED, None)


def test_what_is_down_shows_until_it_works(store: Store) -> None:
    with store.begin("essai") as session:
        one = add_ticket(session, "01 10:00", asset_id=add_asset(session, "AA-01"), down_at=june("01 09:00"))
        assert shown(session, one)[2] == Running.DOWN
        tickets.up(session, one, june("01 11:00"))
        assert shown(session, one)[2] is None


def test_sql_and_the_rows_say_the_same(store: Store) -> None:
    """Of every ticket of the month, and of one opened a moment ago."""
    with store.begin("essai") as session:
        reference_month(session)
        fresh = datetime.now(UTC) - timedelta(minutes=1)
        tickets.open_ticket(session, TicketDraft(subject="Neuf", opened_at=fresh, asset_id=1))
        every = listing.ids(session, TICKET, listing.default_query(TICKET))
        left = ticket_due.left_of(session, every, datetime.now(UTC))
        for one in every:
            due, state, _ = shown(session, one)
            told = left.get(one)
            assert (due, state) == ((told.due, told.state) if told else (None, None))
        late = Query((), "next_due", filters=(Filter("due_state", (DueState.LATE,)),))
        assert listing.ids(session, TICKET, late) == [8]
        assert listing.ids(session, TICKET, Query((), "next_due"))[:2] == [8, 9]
