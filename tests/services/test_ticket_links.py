"""Tickets that have to do with each other: duplicates, causes, what follows too late to be reopened."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from app.errors import InvalidFields, NotFound
from app.models import Ticket
from app.models.codes import TicketKind, TicketStatus
from app.models.upkeep_codes import CancelReason, LinkKind
from app.services import ticket_links, tickets
from app.services.journal import journal
from app.storage import Store
from tests.services.company import add_asset, add_contract, add_ticket, june


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        opened.info["who"] = "Hélène"
        yield opened


@pytest.fixture
def covered(session: Session) -> int:
    """A P2 ticket opened on Monday 1 June at 10:00 under a contract: 2 h to take it, 8 h to restore."""
    return add_ticket(session, "01 10:00", "P2", asset_id=add_asset(session, "PC-01", add_contract(session)))


def ticket(session: Session, ticket_id: int) -> Ticket:
    return session.get_one(Ticket, ticket_id)


def test_a_duplicate_names_the_other_ticket(session: Session, covered: int) -> None:
    twin = add_ticket(session, "01 10:30")
    with pytest.raises(InvalidFields) as refused:
        tickets.cancel(session, twin, june("01 11:00"), "Déjà signalé", reason=CancelReason.DUPLICATE)
    assert set(refused.value.problems) == {"other_id"}
    tickets.cancel(session, twin, june("01 11:00"), "Déjà signalé", reason=CancelReason.DUPLICATE, duplicate_of=covered)
    assert ticket(session, twin).cancel_reason == CancelReason.DUPLICATE
    assert journal(session, twin)[0].title == "Annulation\u00a0: doublon"
    (seen,) = ticket_links.of_ticket(session, covered)
    assert (seen.title, seen.ticket_id, seen.status) == ("A pour doublon", twin, TicketStatus.CANCELLED)


def test_a_duplicate_already_linked_is_cancelled_all_the_same(session: Session, covered: int) -> None:
    twin = add_ticket(session, "01 10:30")
    ticket_links.link(session, twin, covered, LinkKind.DUPLICATE)
    tickets.cancel(session, twin, june("01 11:00"), "Bis", reason=CancelReason.DUPLICATE, duplicate_of=covered)
    assert len(ticket_links.of_ticket(session, covered)) == 1


def test_links_are_read_from_both_ends(session: Session, covered: int) -> None:
    problem = add_ticket(session, "02 10:00", kind=TicketKind.PROBLEM)
    made = ticket_links.link(session, covered, problem, LinkKind.CAUSED_BY)
    (here,), (there,) = ticket_links.of_ticket(session, covered), ticket_links.of_ticket(session, problem)
    assert (here.title, here.ticket_kind, there.title, there.ticket_id) == (
        "Causé par", TicketKind.PROBLEM, "Cause de", covered,
    )  # fmt: skip
    ticket_links.unlink(session, made)
    assert ticket_links.of_ticket(session, covered) == []
    with pytest.raises(NotFound):
        ticket_links.unlink(session, made)
    assert ticket_links.link(session, covered, problem, LinkKind.CAUSED_BY) == made


def test_a_link_taken_away_is_made_the_other_way_round(session: Session, covered: int) -> None:
    other = add_ticket(session, "02 10:00")
    ticket_links.unlink(session, ticket_links.link(session, covered, other, LinkKind.FOLLOWS))
    ticket_links.link(session, other, covered, LinkKind.FOLLOWS)
    assert ticket_links.of_ticket(session, covered)[0].title == "Suivi de"
    ticket(session, other).deleted_at = june("03 10:00")
    assert ticket_links.of_ticket(session, covered) == []


def test_a_link_that_cannot_be(session: Session, covered: int) -> None:
    other = add_ticket(session, "02 10:00")
    ticket_links.link(session, covered, other)
    for one, two in ((covered, covered), (covered, other), (other, covered)):
        with pytest.raises(InvalidFields) as refused:
            ticket_links.link(session, one, two)
        assert set(refused.value.problems) == {"other_id"}


def test_too_late_to_reopen_a_new_ticket_follows(session: Session, covered: int) -> None:
    tickets.resolve(session, covered, june("01 12:00"))
    assert tickets.may_reopen(session, covered, june("08 12:00"))
    assert not tickets.may_reopen(session, covered, june("08 12:01"))
    fresh = tickets.follow_up(session, covered, june("15 10:00"), "De nouveau noir")
    found, before = ticket(session, fresh), ticket(session, covered)
    assert (found.asset_id, found.subject, found.description) == (before.asset_id, before.subject, "De nouveau noir")
    assert (found.status, found.contract_id) == (TicketStatus.OPEN, before.contract_id)
    assert [one.title for one in ticket_links.of_ticket(session, fresh)] == ["Fait suite à"]
    again = tickets.follow_up(session, covered, june("16 10:00"))
    assert ticket(session, again).description == before.description
