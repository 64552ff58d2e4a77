"""When assets did not work: by ticket, and over a period (domain.md B.2, B.3)."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Asset, Ticket
from app.services import downtime, tickets
from app.services.downtime import Downtime, downtimes
from app.storage import Store
from tests.services.company import add_asset, add_contract, add_ticket, june, reference_month

JULY = datetime(2026, 6, 30, 22, tzinfo=UTC)


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened


@pytest.fixture
def asset(session: Session) -> int:
    return add_asset(session, "PC-01", add_contract(session))


def shown(found: list[Downtime]) -> list[tuple[str, str, int, bool]]:
    return [(f"{one.start:%d %H:%M}", f"{one.end:%d %H:%M}", one.minutes, one.running) for one in found]


def test_the_downtimes_of_the_reference_month(session: Session) -> None:
    """SRV-01 5 h and 4 h, IMP-02 27 h; the other assets never stopped."""
    ids = reference_month(session)
    names = {row.id: row.number for row in session.execute(select(Asset.id, Asset.number))}
    found = downtimes(session, june("01 00:00"), JULY)
    assert [(names[one.asset_id], one.minutes, one.running) for one in found] == [
        ("SRV-01", 300, False), ("SRV-01", 240, False), ("IMP-02", 1620, False),
    ]  # fmt: skip
    assert [one.tickets for one in found] == [(ids["T1"],), (ids["T7"],), (ids["T3"],)]
    kept = {name: session.get_one(Ticket, one) for name, one in ids.items()}
    assert [kept[name].down_minutes for name in ids] == [300, None, 1620, None, None, None, 240, None]


def test_what_began_before_the_period_is_not_lost(session: Session, asset: int) -> None:
    """product.md, « Mistakes »."""
    ticket = add_ticket(session, "01 10:00", asset_id=asset, down_at=june("01 10:00"))
    tickets.resolve(session, ticket, june("08 12:00"))
    assert shown(downtimes(session, june("08 00:00"), june("15 00:00"))) == [("07 22:00", "08 10:00", 180, False)]
    assert shown(downtimes(session, june("02 00:00"), june("03 00:00"))) == [("01 22:00", "02 22:00", 540, True)]
    assert downtimes(session, june("09 00:00"), JULY) == []


def test_what_lasts_is_counted_to_the_end(session: Session, asset: int) -> None:
    add_ticket(session, "29 10:00", asset_id=asset, down_at=june("29 08:00"))
    assert shown(downtimes(session, june("01 00:00"), june("30 10:00"))) == [("29 06:00", "30 08:00", 600, True)]


def test_two_tickets_of_one_asset_count_once(session: Session, asset: int) -> None:
    first = add_ticket(session, "01 10:00", asset_id=asset, down_at=june("01 10:00"))
    second = add_ticket(session, "01 11:00", asset_id=asset, down_at=june("01 11:00"))
    tickets.up(session, first, june("01 12:00"))
    tickets.up(session, second, june("01 15:00"))
    (one,) = downtimes(session, june("01 00:00"), JULY)
    assert (one.minutes, one.tickets) == (300, (first, second))


def test_one_still_down_holds_those_after_it(session: Session, asset: int) -> None:
    first = add_ticket(session, "01 10:00", asset_id=asset, down_at=june("01 10:00"))
    second = add_ticket(session, "01 11:00", asset_id=asset, down_at=june("01 11:00"))
    tickets.up(session, second, june("01 15:00"))
    (one,) = downtimes(session, june("01 00:00"), june("02 10:00"))
    assert (one.minutes, one.running, one.tickets) == (480 + 60, True, (first, second))


def test_the_same_word_twice_says_nothing_new(session: Session, asset: int) -> None:
    ticket = add_ticket(session, "01 10:00", asset_id=asset, down_at=june("01 11:00"))
    tickets.down(session, ticket, june("01 10:00"))
    tickets.up(session, ticket, june("01 14:00"))
    tickets.up(session, ticket, june("01 13:00"))
    assert [one.minutes for one in downtimes(session, june("01 00:00"), JULY)] == [180]


def test_a_cancelled_ticket_or_one_without_asset_tells_nothing(session: Session, asset: int) -> None:
    ticket = add_ticket(session, "01 10:00", asset_id=asset, down_at=june("01 10:00"))
    tickets.cancel(session, ticket, june("01 11:00"), "Essai")
    assert downtimes(session, june("01 00:00"), JULY) == []
    moved = add_ticket(session, "02 10:00", asset_id=asset, down_at=june("02 10:00"))
    tickets.change_cover(session, moved, june("02 11:00"), asset_id=None, text="Aucun bien en cause")
    assert downtimes(session, june("01 00:00"), JULY) == []


def test_the_times_of_one_ticket(session: Session, asset: int) -> None:
    ticket = add_ticket(session, "01 10:00", asset_id=asset, down_at=june("01 10:00"))
    tickets.up(session, ticket, june("01 12:00"))
    tickets.down(session, ticket, june("01 14:00"))
    found = downtime.of_ticket(session, ticket, june("01 15:00"))
    assert [(one.minutes, one.end is None) for one in found] == [(120, False), (60, True)]
