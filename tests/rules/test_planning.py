"""When tasks come again: no drift, working days, windows (domain.md A.2, B.2, D.2)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.planning import Rhythm, Slot, occurrence, occurrences, slots, window, working_day
from app.rules.worktime import Calendar, is_worked, weekly

WEEK = Calendar(weekly((day, 540, 1080) for day in range(5)))
ALSACE = Calendar(WEEK.slots, "alsace_moselle_temple")
CLOSED = Calendar(WEEK.slots, closings=((date(2026, 8, 1), date(2026, 8, 21)),))
NEVER = Calendar(weekly(()))


def d(text: str) -> date:
    """« 31/12/2026 »."""
    day, month, year = map(int, text.split("/"))
    return date(year, month, day)


@pytest.mark.parametrize(
    ("first", "every", "unit", "days"),
    [
        ("31/01/2026", 1, "months", "31/01/2026 28/02/2026 31/03/2026 30/04/2026 31/05/2026"),
        ("31/08/2026", 3, "months", "31/08/2026 30/11/2026 28/02/2027 31/05/2027"),
        ("29/02/2028", 1, "years", "29/02/2028 28/02/2029 28/02/2030 28/02/2031 29/02/2032"),
        ("01/06/2026", 2, "weeks", "01/06/2026 15/06/2026 29/06/2026"),
        ("28/02/2028", 1, "days", "28/02/2028 29/02/2028 01/03/2028"),
    ],
)
def test_a_rhythm_does_not_drift(first: str, every: int, unit: str, days: str) -> None:
    rhythm = Rhythm(d(first), every, unit)
    assert [occurrence(rhythm, index) for index in range(len(days.split()))] == [d(one) for one in days.split()]


@pytest.mark.parametrize(
    ("start", "end", "until", "days"),
    [
        ("01/01/2026", "31/12/2026", None, "31/03/2026 30/06/2026 30/09/2026 31/12/2026"),
        ("01/01/2027", "30/06/2027", None, "31/03/2027 30/06/2027"),
        ("31/03/2026", "31/03/2026", None, "31/03/2026"),
        ("01/01/2026", "31/12/2026", "30/06/2026", "31/03/2026 30/06/2026"),
        ("01/04/2026", "29/06/2026", None, ""),
        ("01/01/2020", "31/12/2025", None, ""),
    ],
)
def test_the_days_between_two_days(start: str, end: str, until: str | None, days: str) -> None:
    rhythm = Rhythm(d("31/03/2026"), 3, "months", d(until) if until else None)
    assert list(occurrences(rhythm, d(start), d(end))) == [d(one) for one in days.split()]


@given(
    st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    st.integers(1, 40),
    st.sampled_from(["days", "weeks", "months", "years"]),
    st.dates(date(2019, 1, 1), date(2035, 12, 31)),
    st.integers(0, 900),
)
def test_what_is_read_between_two_days_is_what_was_counted_from_the_first(
    first: date, every: int, unit: str, start: date, span: int
) -> None:
    rhythm, end = Rhythm(first, every, unit), start + timedelta(days=span)
    found = list(occurrences(rhythm, start, end))
    index, slow = 0, []
    while (due := occurrence(rhythm, index)) <= end:
        slow += [due] if due >= start else []
        index += 1
    assert found == slow


@pytest.mark.parametrize(
    ("every", "unit", "chosen", "days"),
    [
        (1, "days", None, 0),
        (1, "weeks", None, 1),
        (2, "weeks", None, 1),
        (1, "months", None, 3),
        (3, "months", None, 9),
        (6, "months", None, 18),
        (1, "years", None, 37),
        (1, "months", 0, 0),
        (1, "months", 10, 10),
    ],
)
def test_the_window_is_a_tenth_of_the_interval(every: int, unit: str, chosen: int | None, days: int) -> None:
    assert window(every, unit, chosen) == days


def test_the_share_of_the_interval_is_chosen() -> None:
    assert window(3, "months", percent=20) == 18


@pytest.mark.parametrize(
    ("calendar", "due", "on"),
    [
        (WEEK, "01/06/2026", "01/06/2026"),  # a Monday
        (WEEK, "06/06/2026", "08/06/2026"),  # Saturday: the Monday after
        (WEEK, "31/05/2026", "29/05/2026"),  # a Sunday that ends the month: the Friday before
        (WEEK, "01/05/2026", "04/05/2026"),  # Labour Day, a Friday
        (WEEK, "14/05/2026", "15/05/2026"),  # Ascension
        (WEEK, "03/04/2026", "03/04/2026"),  # Good Friday is worked in most of France
        (ALSACE, "03/04/2026", "07/04/2026"),  # not in Alsace, nor is Easter Monday
        (WEEK, "25/12/2026", "28/12/2026"),
        (CLOSED, "10/08/2026", "24/08/2026"),  # closed until the 21st, a Friday
        (NEVER, "10/08/2026", "10/08/2026"),
    ],
)
def test_a_visit_is_on_a_working_day(calendar: Calendar, due: str, on: str) -> None:
    assert working_day(d(due), lambda day: is_worked(calendar, day)) == d(on)


def test_a_whole_month_closed_sends_to_the_next() -> None:
    closed = Calendar(WEEK.slots, closings=((date(2026, 8, 1), date(2026, 8, 31)),))
    assert working_day(date(2026, 8, 10), lambda day: is_worked(closed, day)) == date(2026, 9, 1)


def test_a_daily_task_is_once_each_working_day() -> None:
    found = slots(Rhythm(d("01/06/2026"), 1, "days"), 0, d("01/06/2026"), d("14/06/2026"), lambda d: is_worked(WEEK, d))
    assert [one.planned.day for one in found] == [1, 2, 3, 4, 5, 8, 9, 10, 11, 12]
    assert all(one.due == one.planned for one in found)


def test_a_day_moved_away_from_a_closing_is_still_in_time() -> None:
    (one,) = slots(Rhythm(d("10/08/2026")), 3, d("01/08/2026"), d("31/08/2026"), lambda day: is_worked(CLOSED, day))
    assert one == Slot(d("10/08/2026"), d("24/08/2026"), d("07/08/2026"), d("24/08/2026"))


@given(st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.integers(1, 6), st.sampled_from(["weeks", "months"]))
def test_visits_are_worked_in_order_and_in_their_window(first: date, every: int, unit: str) -> None:
    found = slots(Rhythm(first, every, unit), 3, first, first + timedelta(days=800), lambda day: is_worked(WEEK, day))
    assert all(is_worked(WEEK, one.planned) and one.earliest <= one.planned <= one.latest for one in found)
    assert all(a.planned < b.planned for a, b in pairwise(found))


def test_an_interval_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Rhythm(date(2026, 1, 1), 0)
