"""The clock panel."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Contract, ServiceLevel
from app.models.codes import TicketStatus, WaitReason
from app.services import tickets
from app.services.clock import PromiseState, clock
from app.storage import Store
from tests.services.company import add_asset, add_contract, add_ticket, june


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened


@pytest.fixture
def covered(session: Session) -> int:
    asset = add_asset(session, "IMP-04", add_contract(session))
    for level in session.scalars(select(ServiceLevel)):
        level.on_site_minutes = 240
    return add_ticket(session, "01 08:50", "P2", asset_id=asset)


def test_a_stopped_clock_says_why_since_when_and_what_if_it_ran_again(session: Session, covered: int) -> None:
    tickets.take(session, covered, june("01 09:25"))
    tickets.arrive(session, covered, june("01 11:40"))
    tickets.start_wait(session, covered, june("01 14:10"), WaitReason.PART)
    panel = clock(session, covered, june("02 14:20"))
    take, visit, restore = panel.deadlines
    assert panel.base == "Heures ouvrées, lun-ven 9\u00a0h-18\u00a0h"
    assert (panel.stopped, panel.waiting) == (True, "Horloge arrêtée\u00a0: attente de pièce")
    assert (panel.waiting_since, panel.waited) == (june("01 14:10"), 230 + 320)
    assert (take.state, take.spent, take.target, take.due) == (PromiseState.MET, 25, 120, june("01 11:00"))
    assert (visit.state, visit.spent, visit.due) == (PromiseState.MET, 160, june("01 13:00"))
    assert (restore.state, restore.spent, restore.left, restore.due) == (PromiseState.STOPPED, 310, 170, None)
    assert restore.due_if_resumed == june("02 17:10")


def test_a_running_clock(session: Session, covered: int) -> None:
    panel = clock(session, covered, june("01 12:00"))
    assert (panel.stopped, panel.waiting, panel.waited) == (False, None, None)
    assert [one.state for one in panel.deadlines] == [PromiseState.MISSED, PromiseState.RUNNING, PromiseState.RUNNING]
    assert [one.left for one in panel.deadlines] == [-60, 60, 300]


def test_a_wait_that_stops_the_clock_is_told_before_one_that_does_not(session: Session, covered: int) -> None:
    tickets.take(session, covered, june("01 09:25"))
    tickets.start_wait(session, covered, june("01 10:00"), WaitReason.SUBCONTRACTOR)
    assert clock(session, covered, june("01 11:00")).stopped is False
    tickets.start_wait(session, covered, june("01 10:30"), WaitReason.CLIENT)
    assert clock(session, covered, june("01 11:00")).waiting_since == june("01 10:30")


def test_a_closed_ticket_shows_what_was_judged(session: Session, covered: int) -> None:
    tickets.resolve(session, covered, june("01 17:00"))
    tickets.close(session, covered, june("01 17:30"))
    for level in session.scalars(select(ServiceLevel)):
        level.restore_minutes = 10
    panel = clock(session, covered, june("09 10:00"))
    assert panel.status == TicketStatus.CLOSED
    assert [one.state for one in panel.deadlines] == [PromiseState.MISSED, PromiseState.NONE, PromiseState.MET]
    assert panel.deadlines[2].due == june("01 17:00")


def test_out_of_contract_nothing_is_promised(session: Session) -> None:
    panel = clock(session, add_ticket(session, "01 10:00"), june("01 12:00"))
    assert (panel.terms, panel.moves, panel.down) == ("", (), None)
    assert {one.state for one in panel.deadlines} == {PromiseState.NONE}


def test_round_the_clock(session: Session, covered: int) -> None:
    session.get_one(Contract, 1).round_the_clock = True
    panel = clock(session, covered, june("01 09:50"))
    assert (panel.base, panel.deadlines[0].spent) == ("24\u00a0h/24, 7\u00a0j/7", 60)
