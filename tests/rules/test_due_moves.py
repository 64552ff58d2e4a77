"""Why a date moved: each fact with its working minutes and the date that follows (domain.md A.6, D.3)."""

from app.rules.due_moves import moves
from app.rules.service_level import Event, Targets
from tests.rules.test_service_level import OFFICE, P1, P2, P3, june

LEVELS = {"P1": P1, "P2": P2, "P3": P3}
NOW = june("30 18:00")
OPENED = Event("opened", june("01 10:00"), value="P2")


def wait(start: str, end: str | None, reason: str = "client", *, stops: bool = True) -> list[Event]:
    begun = Event("wait_started", june(start), stops_clock=stops, reason=reason)
    return [begun, *([Event("wait_ended", june(end), reason=reason)] if end else [])]


def shown(*events: Event, now: str = "30 18:00") -> list[tuple[str, int, str]]:
    """(kind, minutes added, date) of each line."""
    found = moves([OPENED, *events], OFFICE, LEVELS, june(now))
    return [(one.kind, one.minutes, f"{one.due:%d %H:%M}" if one.due else "–") for one in found]


def test_nothing_moved() -> None:
    assert shown() == [("opened", 0, "01 16:00")]  # in UTC: 18:00 in Paris
    assert moves([OPENED], OFFICE, {}, NOW) == ()


def test_the_wait_of_d3_adds_its_five_working_hours() -> None:
    assert shown(*wait("01 14:00", "02 10:00")) == [("opened", 0, "01 16:00"), ("wait", 300, "02 12:00")]


def test_overlapping_waits_each_add_what_the_other_had_not() -> None:
    both = (*wait("01 11:00", "01 14:00"), *wait("01 13:00", "01 15:00", "access"))
    assert shown(*both) == [("opened", 0, "01 16:00"), ("wait", 180, "02 10:00"), ("wait", 60, "02 11:00")]


def test_a_wait_that_stops_nothing_or_costs_nothing_is_left_out() -> None:
    assert len(shown(*wait("01 11:00", "01 14:00", stops=False))) == 1
    assert len(shown(*wait("01 18:30", "02 08:00"))) == 1


def test_a_wait_under_way_leaves_no_date() -> None:
    assert shown(*wait("01 14:00", None), now="01 16:00")[-1] == ("wait", 120, "–")


def test_a_new_priority_counts_from_the_opening_and_keeps_the_waits() -> None:
    raised = Event("priority", june("01 14:00"), value="P1")
    found = moves([OPENED, *wait("01 11:00", "01 13:00"), raised], OFFICE, LEVELS, NOW)
    assert [(one.kind, one.value, one.target, one.due) for one in found] == [
        ("opened", "P2", 480, june("01 18:00")),
        ("wait", "client", 480, june("02 11:00")),
        ("priority", "P1", 240, june("01 16:00")),
    ]


def test_a_reopening_gives_back_the_time_between() -> None:
    acts = (Event("resolved", june("01 15:00")), Event("reopened", june("02 10:00")))
    assert shown(*acts) == [("opened", 0, "01 16:00"), ("gap", 240, "02 11:00")]


def test_a_priority_without_promise() -> None:
    found = moves([OPENED, Event("priority", june("01 14:00"), value="P4")], OFFICE, LEVELS, NOW)
    assert [(one.target, one.due) for one in found] == [(480, june("01 18:00")), (None, None)]
    assert moves([OPENED], OFFICE, {"P2": Targets(take=60)}, NOW) == ()
