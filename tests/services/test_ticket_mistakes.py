"""The mistakes of other tools about time (product.md, « Mistakes »), each on a ticket of ours."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import ClosingDay, Contract, CoverageSlot, CoveredAsset, Ticket
from app.models.codes import Priority, WaitReason
from app.rules.worktime import PARIS
from app.services import clock_why, tickets
from app.services.clock import clock
from app.services.journal import project_open
from app.services.tickets import TicketDraft
from app.storage import Store
from tests.services.company import WHY, add_asset, add_contract, add_ticket, june


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        opened.info["who"] = "Hélène"
        yield opened


@pytest.fixture
def asset(session: Session) -> int:
    made = add_asset(session, "PC-01", add_contract(session, starts_on=date(2024, 1, 1)))
    session.scalars(select(CoveredAsset)).one().since = date(2024, 1, 1)
    session.flush()
    return made


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


def due(session: Session, opened: str, priority: Priority, asset: int) -> datetime | None:
    """When a ticket opened then must be restored."""
    draft = TicketDraft(
        subject="Un ennui", opened_at=paris(opened), priority=priority, priority_reason=WHY, asset_id=asset
    )
    return session.get_one(Ticket, tickets.open_ticket(session, draft)).restore_due_at


@pytest.mark.parametrize(
    ("opened", "expected"),
    [
        pytest.param("2026-03-29 01:00", "2026-03-29 06:00", id="spring"),
        pytest.param("2026-10-25 01:00", "2026-10-25 04:00", id="autumn"),
    ],
)
def test_a_night_when_the_hour_changes(session: Session, asset: int, opened: str, expected: str) -> None:
    """Four hours, day and night: five on the wall in spring, three in autumn."""
    session.get_one(Contract, 1).round_the_clock = True
    assert due(session, opened, Priority.P1, asset) == paris(expected)


def test_a_closing_over_new_year_counts_nothing(session: Session, asset: int) -> None:
    session.add(ClosingDay(contract_id=1, first_day=date(2025, 12, 24), last_day=date(2026, 1, 4), label="Congés"))
    session.flush()
    assert due(session, "2025-12-23 16:00", Priority.P1, asset) == paris("2026-01-05 11:00")


def test_half_days_are_half(session: Session, asset: int) -> None:
    for slot in session.scalars(select(CoverageSlot)):
        slot.closes = 12 * 60
    session.flush()
    assert due(session, "2026-06-01 11:00", Priority.P1, asset) == paris("2026-06-02 12:00")


def test_no_wait_is_lost_when_the_priority_or_the_contract_changes(session: Session, asset: int) -> None:
    made = add_ticket(session, "01 10:00", "P2", asset_id=asset)
    tickets.take(session, made, june("01 10:10"))
    tickets.start_wait(session, made, june("01 11:00"), WaitReason.CLIENT, "Devis")
    tickets.end_wait(session, made, june("01 13:00"))
    found = session.get_one(Ticket, made)
    for priority, expected in ((Priority.P1, "01 16:00"), (Priority.P3, "03 10:00"), (Priority.P2, "02 11:00")):
        tickets.change_priority(session, made, june("01 14:00"), priority, "À revoir")
        assert found.restore_due_at == june(expected)
    other = add_contract(session, number="CT-2026-02")
    tickets.change_cover(session, made, june("01 15:00"), asset_id=asset, chosen=True, contract_id=other, text="Autre")
    assert found.restore_due_at == june("02 11:00")
    for slot in session.scalars(select(CoverageSlot).where(CoverageSlot.contract_id == other)):
        slot.closes = 20 * 60
    session.flush()
    project_open(session, other)
    assert found.restore_due_at == june("01 20:00")


def test_the_time_between_solved_and_reopened_is_no_wait(session: Session, asset: int) -> None:
    made = add_ticket(session, "01 10:00", "P2", asset_id=asset)
    tickets.resolve(session, made, june("01 12:00"))
    tickets.reopen(session, made, june("02 12:00"), "Encore")
    panel = clock(session, made, june("02 13:00"))
    assert (panel.waiting, clock_why.waits_of(session, made, june("02 13:00"))) == (None, ())
    assert panel.deadlines[2].spent == 120 + 60


def test_a_resolution_before_the_opening_is_refused_and_nothing_is_below_zero(session: Session, asset: int) -> None:
    made = add_ticket(session, "06 11:00", "P1", asset_id=asset)
    assert session.get_one(Ticket, made).restore_due_at == june("08 13:00")
    panel = clock(session, made, june("06 12:00"))
    assert [one.spent for one in panel.deadlines] == [0, 0, 0]
