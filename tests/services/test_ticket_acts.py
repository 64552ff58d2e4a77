"""What may be told of a ticket beside its course: its asset, its contract, who follows it, how it was restored."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import InvalidFields, Refused
from app.models import Contract, Ticket
from app.models.codes import TicketKind, TicketStatus, WaitReason
from app.models.upkeep_codes import Resolution
from app.services import ticket_sheet, tickets
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


# The asset


def test_an_asset_down_before_the_call(session: Session) -> None:
    asset = add_asset(session, "PC-01", add_contract(session))
    opened = ticket(session, add_ticket(session, "01 10:00", asset_id=asset, down_at=june("01 08:00")))
    assert (opened.down_since, opened.is_failure, opened.opened_at) == (june("01 08:00"), True, june("01 10:00"))
    tickets.up(session, opened.id, june("01 12:00"))
    assert (opened.down_since, opened.down_minutes) == (None, 180)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        pytest.param({"down_at": june("01 08:00")}, "asset_id", id="no asset"),
        pytest.param({"down_at": datetime.now(UTC) + timedelta(hours=1)}, "down_at", id="not yet"),
    ],
)
def test_a_downtime_that_cannot_be(session: Session, more: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidFields) as refused:
        add_ticket(session, "01 10:00", **more)
    assert field in refused.value.problems


def test_a_request_that_stops_its_asset_is_no_failure(session: Session) -> None:
    asset = add_asset(session, "PC-01")
    asked = add_ticket(session, "01 10:00", asset_id=asset, kind=TicketKind.REQUEST, down_at=june("01 11:00"))
    assert not ticket(session, asked).is_failure
    tickets.up(session, asked, june("01 12:00"))
    tickets.down(session, asked, june("01 13:00"))
    assert not ticket(session, asked).is_failure


def test_downtimes_are_told_in_any_order(session: Session, covered: int) -> None:
    tickets.down(session, covered, june("01 14:00"), "Ne démarre plus")
    tickets.down(session, covered, june("01 09:00"))
    tickets.up(session, covered, june("01 16:00"))
    assert (ticket(session, covered).down_minutes, ticket(session, covered).is_failure) == (420, True)
    tickets.up(session, covered, june("01 15:00"))
    assert ticket(session, covered).down_minutes == 360
    tickets.down(session, covered, june("02 09:00"))
    assert (ticket(session, covered).down_since, ticket(session, covered).down_minutes) == (june("02 09:00"), 360)


def test_what_is_known_of_the_asset_is_refused(session: Session, covered: int) -> None:
    free = add_ticket(session, "01 10:00")
    with pytest.raises(Refused, match="aucun bien"):
        tickets.down(session, free, june("01 11:00"))
    with pytest.raises(Refused, match="n’est pas noté à l’arrêt"):
        tickets.up(session, covered, june("01 11:00"))
    tickets.down(session, covered, june("01 11:00"))
    with pytest.raises(Refused, match="déjà noté à l’arrêt depuis le 01/06/2026 11:00"):
        tickets.down(session, covered, june("01 12:00"))


def test_downtime_may_be_told_of_a_closed_ticket(session: Session, covered: int) -> None:
    tickets.resolve(session, covered, june("01 11:00"))
    tickets.close(session, covered, june("01 12:00"))
    tickets.down(session, covered, june("01 09:00"))
    tickets.up(session, covered, june("01 11:00"))
    assert (ticket(session, covered).down_minutes, ticket(session, covered).status) == (120, TicketStatus.CLOSED)


# How it was restored


@pytest.mark.parametrize(
    ("resolution", "back_up", "still_down"),
    [
        (Resolution.FINAL, None, False),
        (Resolution.FINAL, False, True),
        (Resolution.WORKAROUND, None, True),
        (Resolution.WORKAROUND, True, False),
    ],
)
def test_whether_the_asset_works_again(
    session: Session, covered: int, resolution: Resolution, back_up: bool | None, still_down: bool
) -> None:
    tickets.down(session, covered, june("01 09:00"))
    tickets.resolve(session, covered, june("01 12:00"), resolution=resolution, back_up=back_up, text="Prêt d’un poste")
    assert (ticket(session, covered).down_since is not None) == still_down
    assert ticket(session, covered).resolution == resolution


def test_the_contract_says_whether_a_workaround_restores(session: Session, covered: int) -> None:
    session.get_one(Contract, 1).workaround_stops = False
    with pytest.raises(InvalidFields, match="raison"):
        tickets.resolve(session, covered, june("01 12:00"), resolution=Resolution.WORKAROUND)
    tickets.resolve(session, covered, june("01 12:00"), resolution=Resolution.WORKAROUND, text="Poste prêté")
    found = ticket(session, covered)
    assert (found.status, found.resolved_at, found.net_minutes) == (TicketStatus.TAKEN, None, None)
    assert (found.resolution, found.restore_due_at) == (Resolution.WORKAROUND, june("01 18:00"))
    with pytest.raises(Refused, match="déjà en place"):
        tickets.resolve(session, covered, june("01 13:00"), resolution=Resolution.WORKAROUND, text="Un autre")
    tickets.finalise(session, covered, june("02 12:00"), "Carte mère neuve")
    assert (found.status, found.net_minutes, found.restore_met) == (TicketStatus.RESOLVED, 480 + 180, False)
    assert [row.title for row in journal(session, covered)[:2]] == [
        "Solution définitive", "Contournement, l’horloge continue",
    ]  # fmt: skip


def test_a_final_solution_after_a_workaround_that_restored(session: Session, covered: int) -> None:
    tickets.down(session, covered, june("01 09:00"))
    tickets.resolve(session, covered, june("01 12:00"), resolution=Resolution.WORKAROUND, text="Poste prêté")
    tickets.close(session, covered, june("02 09:00"))
    tickets.finalise(session, covered, june("03 12:00"), "Carte mère neuve")
    found = ticket(session, covered)
    assert (found.status, found.final_at, found.net_minutes) == (TicketStatus.CLOSED, june("03 12:00"), 120)
    assert (found.down_since, found.down_minutes) == (None, 9 * 60 + 9 * 60 + 3 * 60)
    with pytest.raises(Refused, match="pas de contournement"):
        tickets.finalise(session, covered, june("03 13:00"), "Encore")


def test_without_a_workaround_there_is_nothing_to_replace(session: Session, covered: int) -> None:
    tickets.resolve(session, covered, june("01 12:00"))
    with pytest.raises(Refused, match="pas de contournement"):
        tickets.finalise(session, covered, june("01 13:00"), "Encore")


# Who follows it, what it waits for


def test_a_ticket_is_handed_over(session: Session, covered: int) -> None:
    tickets.take(session, covered, june("01 10:10"), author="Yanis")
    tickets.transfer(session, covered, june("01 11:00"), "  Sonia ", "Congés de Yanis")
    found = ticket(session, covered)
    assert (found.assignee, found.transfers, found.status) == ("Sonia", 1, TicketStatus.TAKEN)
    assert journal(session, covered)[0].title == "Transféré à Sonia"
    with pytest.raises(Refused, match="Sonia suit déjà"):
        tickets.transfer(session, covered, june("01 12:00"), "Sonia")
    with pytest.raises(InvalidFields):
        tickets.transfer(session, covered, june("01 12:00"), " ")
    assert ticket_sheet.facts_of(session, covered).first_contact is None
    tickets.resolve(session, covered, june("01 12:00"))
    assert ticket_sheet.facts_of(session, covered).first_contact is False


@pytest.mark.parametrize(
    ("reason", "column"),
    [
        (WaitReason.CLIENT, "client_wait_stops"),
        (WaitReason.ACCESS, "access_wait_stops"),
        (WaitReason.THIRD_PARTY, "third_party_wait_stops"),
        (WaitReason.PART, "part_wait_stops"),
    ],
)
@pytest.mark.parametrize("stops", [True, False])
def test_each_wait_stops_the_clock_by_the_word_of_the_contract(
    session: Session, covered: int, reason: WaitReason, column: str, stops: bool
) -> None:
    setattr(session.get_one(Contract, 1), column, stops)
    assert tickets.clock_stops(session, ticket(session, covered), reason) == stops


def test_force_majeure_is_told_and_always_stops_the_clock(session: Session, covered: int) -> None:
    tickets.take(session, covered, june("01 10:10"))
    with pytest.raises(InvalidFields) as refused:
        tickets.start_wait(session, covered, june("01 11:00"), WaitReason.FORCE_MAJEURE, " ")
    assert set(refused.value.problems) == {"text"}
    tickets.start_wait(session, covered, june("01 11:00"), WaitReason.FORCE_MAJEURE, "Inondation du quartier")
    assert ticket(session, covered).restore_due_at is None
