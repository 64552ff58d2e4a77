"""Working time: the cases of domain.md D.3, and a slow minute-by-minute count as the judge of all others."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.rules.holidays import public_holidays
from app.rules.worktime import PARIS, Calendar, Pause, add_business, deadline, elapsed, net_elapsed, weekly

OFFICE = Calendar(weekly((day, 540, 1080) for day in range(5)))
TEMPLE = Calendar(OFFICE.slots, zone="alsace_moselle_temple")
LUNCH = Calendar(weekly((day, a, b) for day in range(5) for a, b in ((540, 750), (840, 1080))))
ALWAYS = Calendar(round_the_clock=True)


def at(text: str, fold: int = 0) -> datetime:
    """« 2026-06-01 10:00 » in Paris."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("calendar", "start", "hours", "due"),
    [
        pytest.param(OFFICE, "2026-04-03 16:30", 4, "2026-04-07 11:30", id="holiday weekend"),
        pytest.param(TEMPLE, "2026-04-03 16:30", 4, "2026-04-07 13:00", id="holiday weekend, Good Friday"),
        pytest.param(OFFICE, "2026-05-13 15:00", 8, "2026-05-15 14:00", id="Ascension"),
        pytest.param(OFFICE, "2026-06-01 10:00", 8, "2026-06-01 18:00", id="slot boundary"),
        pytest.param(OFFICE, "2026-06-06 11:00", 1, "2026-06-08 10:00", id="out of hours"),
        pytest.param(LUNCH, "2026-06-01 11:30", 4, "2026-06-01 17:00", id="lunch break"),
        pytest.param(ALWAYS, "2026-03-29 01:00", 4, "2026-03-29 06:00", id="spring change, round the clock"),
        pytest.param(ALWAYS, "2026-10-25 01:00", 4, "2026-10-25 04:00", id="autumn change, round the clock"),
        pytest.param(OFFICE, "2026-12-31 17:00", 2, "2027-01-04 10:00", id="over New Year"),
        pytest.param(OFFICE, "2026-06-01 18:00", 0, "2026-06-02 09:00", id="nothing to add, at closing"),
        pytest.param(OFFICE, "2026-12-31 18:00", 0, "2027-01-04 09:00", id="nothing to add, on New Year’s Eve"),
    ],
)
def test_deadlines(calendar: Calendar, start: str, hours: int, due: str) -> None:
    assert add_business(calendar, at(start), hours * 60) == at(due)
    assert deadline(calendar, at(start), hours * 60) == at(due)


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        pytest.param([("2026-06-01 14:00", "2026-06-02 10:00")], "2026-06-02 14:00", id="the case of D.3"),
        pytest.param(
            [("2026-06-01 14:00", "2026-06-01 17:00"), ("2026-06-01 16:00", "2026-06-02 10:00")],
            "2026-06-02 14:00",
            id="overlapping pauses count once",
        ),
        pytest.param([("2026-06-01 18:00", "2026-06-02 09:00")], "2026-06-01 18:00", id="after the deadline"),
        pytest.param([("2026-05-30 09:00", "2026-05-31 18:00")], "2026-06-01 18:00", id="before the opening"),
        pytest.param([("2026-06-01 09:00", "2026-06-01 12:00")], "2026-06-02 11:00", id="open at the opening"),
        pytest.param([("2026-06-01 12:00", "2026-06-01 12:00")], "2026-06-01 18:00", id="without length"),
    ],
)
def test_pauses(pauses: list[tuple[str, str]], due: str) -> None:
    assert deadline(OFFICE, at("2026-06-01 10:00"), 480, [(at(a), at(b)) for a, b in pauses]) == at(due)


def test_a_pause_outside_hours_costs_nothing() -> None:
    night = [(at("2026-06-01 18:30"), at("2026-06-02 08:30"))]
    assert deadline(OFFICE, at("2026-06-01 14:00"), 480, night) == at("2026-06-02 13:00")
    assert net_elapsed(OFFICE, at("2026-06-01 14:00"), at("2026-06-02 13:00"), night) == 480


def test_an_open_pause_leaves_no_due_date_unless_it_began_too_late() -> None:
    opened = at("2026-06-01 10:00")
    assert deadline(OFFICE, opened, 480, [(at("2026-06-01 12:00"), None)]) is None
    assert deadline(OFFICE, opened, 480, [(at("2026-06-02 12:00"), None)]) == at("2026-06-01 18:00")


def test_a_closing_over_new_year_and_half_days() -> None:
    closed = Calendar(weekly((d, 540, 720) for d in range(5)), closings=((date(2026, 12, 24), date(2027, 1, 5)),))
    assert add_business(closed, at("2026-12-23 11:00"), 120) == at("2027-01-06 10:00")


def test_pentecost_worked() -> None:
    worked = Calendar(OFFICE.slots, pentecost_worked=True)
    assert add_business(worked, at("2026-05-22 17:00"), 120) == at("2026-05-25 10:00")
    assert add_business(OFFICE, at("2026-05-22 17:00"), 120) == at("2026-05-26 10:00")


def test_time_never_runs_backwards() -> None:
    assert elapsed(OFFICE, at("2026-06-02 10:00"), at("2026-06-01 10:00")) == 0
    with pytest.raises(ValueError, match="negative"):
        add_business(OFFICE, at("2026-06-01 10:00"), -1)
    with pytest.raises(ValueError, match="without zone"):
        elapsed(OFFICE, datetime(2026, 6, 1), datetime(2026, 6, 2))  # noqa: DTZ001 - the case itself


@pytest.mark.parametrize("minutes", [0, 60])
def test_a_calendar_that_never_opens_is_refused(minutes: int) -> None:
    with pytest.raises(ValueError, match="no working time"):
        add_business(Calendar(weekly([])), at("2026-06-01 10:00"), minutes)


def test_slots_that_overlap_are_made_one_and_empty_ones_dropped() -> None:
    week = weekly([(0, 600, 720), (0, 540, 660), (0, 700, 710), (1, 600, 600)])
    assert week == (((540, 720),), (), (), (), (), (), ())


def test_a_slot_in_the_hour_that_spring_skips_has_no_length() -> None:
    """Sunday 29 March 2026 has no 02:30."""
    nights = Calendar(weekly([(6, 150, 195)]))
    assert elapsed(nights, at("2026-03-28 00:00"), at("2026-03-30 00:00")) == 0
    assert elapsed(nights, at("2026-03-21 00:00"), at("2026-03-23 00:00")) == 45


# The reference counts minute by minute. Its slots avoid bounds inside the hour that the autumn change repeats.
BOUNDS = st.sampled_from([0, 60, 120, 180, 240, 480, 540, 725, 840, 1080, 1140, 1440])
SLOTS = st.lists(st.tuples(st.integers(0, 6), BOUNDS, BOUNDS), min_size=1, max_size=9)
NEAR = [datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC), datetime(2026, 12, 30, tzinfo=UTC)]
MINUTES = st.integers(0, 6 * 1440)
MOMENTS = st.builds(lambda base, more: base + timedelta(minutes=more), st.sampled_from(NEAR), MINUTES)
CLOSINGS = st.sampled_from([(), ((date(2026, 3, 28), date(2026, 3, 28)),), ((date(2026, 12, 31), date(2027, 1, 2)),)])
ZONES = st.sampled_from(["metropole", "alsace_moselle_temple"])
CALENDARS = st.builds(Calendar, st.builds(weekly, SLOTS), ZONES, CLOSINGS, st.booleans())


def runs(calendar: Calendar, moment: datetime) -> bool:
    if calendar.round_the_clock:
        return True
    local = moment.astimezone(PARIS)
    day, minute = local.date(), local.hour * 60 + local.minute
    if day in public_holidays(calendar.zone, day.year) or any(a <= day <= b for a, b in calendar.closings):
        return False
    return any(a <= minute < b for a, b in calendar.slots[day.weekday()])


def slow(calendar: Calendar, start: datetime, end: datetime, pauses: list[Pause]) -> int:
    count, moment = 0, start
    while moment < end:
        paused = any(a <= moment < (b or moment + timedelta(1)) for a, b in pauses)
        count += runs(calendar, moment) and not paused
        moment += timedelta(minutes=1)
    return count


@settings(max_examples=60, deadline=None)
@given(CALENDARS, MOMENTS, MINUTES, st.lists(st.tuples(MINUTES, st.integers(0, 2000) | st.none()), max_size=3))
def test_elapsed_agrees_with_the_slow_count(
    calendar: Calendar, start: datetime, span: int, cuts: list[tuple[int, int | None]]
) -> None:
    end = start + timedelta(minutes=span)
    pauses: list[Pause] = []
    for offset, length in cuts:
        paused = start + timedelta(minutes=offset - 1000)
        pauses.append((paused, None if length is None else paused + timedelta(minutes=length)))
    assert elapsed(calendar, start, end) == slow(calendar, start, end, [])
    assert net_elapsed(calendar, start, end, pauses) == slow(calendar, start, end, pauses)


@settings(max_examples=60, deadline=None)
@given(CALENDARS, MOMENTS, st.integers(1, 3000), MINUTES, st.integers(0, 2000))
def test_the_deadline_is_the_first_moment_when_all_is_worked(
    calendar: Calendar, start: datetime, minutes: int, offset: int, length: int
) -> None:
    if not calendar.round_the_clock and not any(calendar.slots):
        return
    pause = (start + timedelta(minutes=offset), start + timedelta(minutes=offset + length))
    due = deadline(calendar, start, minutes, [pause])
    assert due is not None
    assert net_elapsed(calendar, start, due, [pause]) == minutes
    assert net_elapsed(calendar, start, due - timedelta(minutes=1), [pause]) == minutes - 1
    assert elapsed(calendar, start, add_business(calendar, start, minutes)) == minutes


def test_a_hundred_thousand_deadlines_take_seconds() -> None:
    start, begun = at("2022-01-03 09:07"), time.perf_counter()
    for ticket in range(100_000):
        add_business(OFFICE, start + timedelta(minutes=17 * ticket), 2400)
    assert time.perf_counter() - begun < 10
