"""What providers lend during a repair, and its return (domain.md C.12)."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.entities.tickets import LOANER
from app.errors import InvalidFields, NotFound, Refused
from app.fields import this_day
from app.models import Loaner, Ticket
from app.services import deadlines, loaners, records, tickets
from app.services.deadlines import DeadlineKind, State
from app.storage import Store
from tests.services.company import add_asset, add_contract, add_ticket, june


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened


@pytest.fixture
def ticket(session: Session) -> int:
    return add_ticket(session, "01 10:00", asset_id=add_asset(session, "PC-07", add_contract(session)))


def lend(session: Session, ticket: int | None, **more: object) -> int:
    return loaners.lend(session, {"ticket_id": ticket, "label": "Portable", "lent_on": date(2026, 6, 1), **more})


def told(session: Session, today: date) -> list[tuple[str, str, State]]:
    return [
        (one.title, one.provider, one.state(today))
        for one in deadlines.few(session, today)
        if one.kind == DeadlineKind.LOANER
    ]


def test_the_ticket_tells_for_what_and_by_whom(session: Session, ticket: int) -> None:
    kept = session.get_one(Loaner, lend(session, ticket))
    assert (kept.number[:4], kept.asset_id) == ("MPR-", session.get_one(Ticket, ticket).asset_id)
    assert kept.provider_id is not None
    (row,) = loaners.of_ticket(session, ticket)
    assert (row.label, row.due, row.late(date(2026, 7, 1))) == ("Portable", None, False)
    assert loaners.of_asset(session, kept.asset_id or 0) == [row]
    assert session.get_one(Loaner, lend(session, None)).provider_id is None


def test_it_is_due_on_the_day_agreed(session: Session, ticket: int) -> None:
    made = lend(session, ticket, due_on=date(2026, 6, 20))
    assert told(session, date(2026, 6, 14)) == [
        ("Rendre Portable, prêté à la place de PC-07", "Lumeo Services", State.TO_DO)
    ]
    assert told(session, date(2026, 6, 21))[0][2] == State.LATE
    assert loaners.late(session, date(2026, 6, 21)) == [made]
    loaners.give_back(session, made, date(2026, 6, 18), "Bon état")
    assert told(session, date(2026, 6, 21)) == []
    assert (loaners.here(session), session.get_one(Loaner, made).condition_in) == ([], "Bon état")


def test_without_a_day_it_is_due_once_the_ticket_is_over(session: Session, ticket: int) -> None:
    made = lend(session, ticket)
    assert told(session, date(2026, 6, 10)) == []
    tickets.take(session, ticket, june("01 10:30"))
    tickets.resolve(session, ticket, june("05 10:00"))
    assert told(session, date(2026, 6, 10))[0][2] == State.LATE
    (row,) = loaners.of_ticket(session, ticket)
    assert (row.due, row.late(date(2026, 6, 6)), loaners.here(session)) == (date(2026, 6, 5), True, [made])


def test_of_a_cancelled_ticket_it_is_due_at_once(session: Session, ticket: int) -> None:
    lend(session, ticket)
    tickets.cancel(session, ticket, june("02 10:00"), "Erreur")
    assert loaners.to_give_back(session)[0][1] == date(2026, 6, 1)


def test_lent_without_a_ticket_it_is_told_too(session: Session) -> None:
    lend(session, None, due_on=date(2026, 6, 20))
    assert told(session, date(2026, 6, 21)) == [("Rendre Portable, prêté", "", State.LATE)]


def test_what_is_refused(session: Session, ticket: int) -> None:
    made = lend(session, ticket)
    with pytest.raises(InvalidFields):
        loaners.give_back(session, made, this_day() + timedelta(days=1))
    with pytest.raises(InvalidFields):
        loaners.give_back(session, made, date(2026, 5, 1))
    loaners.give_back(session, made, date(2026, 6, 18))
    with pytest.raises(Refused):
        loaners.give_back(session, made, date(2026, 6, 18))
    records.to_bin(session, LOANER, [made])
    with pytest.raises(NotFound):
        loaners.give_back(session, made, date(2026, 6, 18))
