"""What a journal says of the asset, of who follows the ticket, of a workaround (domain.md A.2, B.1, B.2)."""

import pytest

from app.rules.service_level import Course, Event, Targets, assess, read
from tests.rules.test_service_level import LATER, OFFICE, P2, june

OPENED = Event("opened", june("01 10:00"), value="P2", author="Marc")


def told(*acts: tuple[str, str, str]) -> Course:
    """(kind, when, value) after an opening on Monday 1 June at 10:00; a value « around! » stops the clock."""
    events = [
        Event(kind, june(when), stops_clock=value.endswith("!"), value=value.rstrip("!") or None)
        for kind, when, value in acts
    ]
    return read([OPENED, *events])


@pytest.mark.parametrize(
    ("acts", "downs", "minutes"),
    [
        pytest.param((("down", "01 09:30", ""), ("up", "01 14:30", "")), [("01 09:30", "01 14:30")], 300,
                     id="before the opening"),
        pytest.param((("down", "01 20:00", ""), ("up", "02 08:00", "")), [("01 20:00", "02 08:00")], 0,
                     id="out of hours"),
        pytest.param((("down", "01 10:00", ""), ("down", "01 11:00", ""), ("up", "01 12:00", "")),
                     [("01 10:00", "01 12:00")], 120, id="down twice is one"),
        pytest.param((("down", "01 10:00", ""), ("up", "01 11:00", ""), ("up", "01 12:00", "")),
                     [("01 10:00", "01 11:00")], 60, id="up twice: the first"),
        pytest.param((("down", "01 10:00", ""), ("up", "01 11:00", ""), ("down", "02 09:00", ""),
                      ("up", "02 10:00", "")), [("01 10:00", "01 11:00"), ("02 09:00", "02 10:00")], 120, id="two"),
        pytest.param((("down", "01 10:00", ""),), [("01 10:00", None)], None, id="still down"),
        pytest.param((("up", "01 12:00", ""),), [], None, id="never down"),
        pytest.param((("down", "01 10:00", ""), ("cancelled", "01 12:00", "test")), [("01 10:00", "01 12:00")], None,
                     id="cancelled while down"),
    ],
)  # fmt: skip
def test_times_down(
    acts: tuple[tuple[str, str, str], ...], downs: list[tuple[str, str | None]], minutes: int | None
) -> None:
    found = told(*acts)
    assert list(found.downs) == [(june(a), june(b) if b else None) for a, b in downs]
    assert assess(found, OFFICE, P2, june(LATER)).down_minutes == minutes
    assert (found.down_since is not None) == (bool(downs) and downs[-1][1] is None)


def test_whoever_takes_a_ticket_follows_it_until_it_is_handed_over() -> None:
    taken = Event("taken", june("01 10:10"), author="Yanis")
    again = Event("taken", june("01 10:20"), author="Sonia")
    handed = Event("transferred", june("01 11:00"), value="Sonia")
    assert (read([OPENED, taken, again]).assignee, read([OPENED, taken, again]).transfers) == ("Yanis", 0)
    assert (read([OPENED, taken, handed]).assignee, read([OPENED, taken, handed]).transfers) == ("Sonia", 1)


def test_a_workaround_that_restores_stops_the_clock() -> None:
    around = ("resolved", "01 15:00", "workaround!")
    found = told(around)
    assert (found.status, found.resolution, found.final_at) == ("resolved", "workaround", None)
    assert (found.resolved_at, assess(found, OFFICE, P2, june(LATER)).net_minutes) == (june("01 15:00"), 300)
    after = told(around, ("final", "03 11:00", ""))
    assert (after.status, after.resolution, after.final_at) == ("resolved", "workaround", june("03 11:00"))
    assert assess(after, OFFICE, P2, june(LATER)).net_minutes == 300


def test_where_the_contract_wants_the_final_solution_the_clock_runs_to_it() -> None:
    around = ("resolved", "01 15:00", "workaround")
    found = told(around)
    assert (found.status, found.resolved_at, found.resolution) == ("taken", None, "workaround")
    restore = assess(found, OFFICE, P2, june("02 10:00")).restore
    assert (restore.state, restore.spent) == ("missed", 540)
    after = told(around, ("final", "02 12:00", ""))
    assert (after.status, after.resolved_at, after.resolution) == ("resolved", june("02 12:00"), "final")
    assert assess(after, OFFICE, P2, june(LATER)).net_minutes == 480 + 180


def test_a_reopened_ticket_has_no_solution_any_more() -> None:
    found = told(("resolved", "01 15:00", ""), ("reopened", "02 10:00", ""))
    assert (found.resolution, found.final_at, found.reopenings) == (None, None, 1)
    assert told(("resolved", "01 15:00", "")).final_at == june("01 15:00")


def test_a_cancelled_ticket_keeps_its_reason() -> None:
    assert told(("cancelled", "01 15:00", "duplicate")).cancel_reason == "duplicate"


def test_what_is_told_of_the_asset_alone_is_no_journal() -> None:
    with pytest.raises(ValueError, match="opening"):
        read([Event("down", june("01 09:00"))])


def test_the_time_between_a_solution_and_its_reopening_is_no_wait() -> None:
    """product.md, « Mistakes »: it is neither counted nor shown as a wait."""
    found = told(("resolved", "01 15:00", ""), ("reopened", "02 10:00", ""))
    assert (found.waits, found.gaps) == ((), ((june("01 15:00"), june("02 10:00")),))
    assert assess(found, OFFICE, Targets(restore=480), june("02 11:00")).restore.spent == 300 + 60
