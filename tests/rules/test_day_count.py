"""Worked examples of domain.md E.3, and closings of every kind."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import day_count


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), 360),
        (date(2027, 2, 28), date(2027, 12, 31), 303),
        (date(2026, 1, 31), date(2026, 12, 31), 331),
        (date(2026, 4, 1), date(2026, 12, 31), 270),
        (date(2026, 9, 17), date(2026, 12, 31), 104),
        (date(2026, 9, 17), date(2028, 6, 15), 629),
        (date(2027, 2, 1), date(2027, 2, 28), 30),
        (date(2027, 2, 1), date(2027, 2, 27), 27),
        (date(2027, 3, 2), date(2027, 3, 1), 0),
    ],
)
def test_months_of_thirty_days(first: date, last: date, days: int) -> None:
    assert day_count.days_360(first, last) == days


def test_days_of_the_calendar() -> None:
    assert day_count.days_real(date(2026, 9, 17), date(2026, 12, 31)) == 106
    assert day_count.days_real(date(2027, 1, 1), date(2026, 12, 31)) == 0


@pytest.mark.parametrize(
    ("year", "month", "day", "start", "end"),
    [
        (2026, 12, 31, date(2026, 1, 1), date(2026, 12, 31)),
        (2026, 6, 30, date(2025, 7, 1), date(2026, 6, 30)),
        (2028, 2, 28, date(2027, 3, 1), date(2028, 2, 29)),
        (2029, 2, 29, date(2028, 3, 1), date(2029, 2, 28)),
        (2026, 9, 15, date(2025, 9, 16), date(2026, 9, 15)),
    ],
)
def test_the_year_is_named_by_its_last_day(year: int, month: int, day: int, start: date, end: date) -> None:
    found = day_count.financial_year(year, month, day)
    assert (found.start, found.end, found.year, found.opening) == (start, end, year, end + timedelta(days=1))


@given(on=st.dates(date(2001, 1, 1), date(2199, 1, 1)), month=st.integers(1, 12), day=st.integers(1, 28) | st.just(31))
def test_each_day_is_in_one_year(on: date, month: int, day: int) -> None:
    found = day_count.holding(on, month, day)
    assert found.start <= on <= found.end
    assert 365 <= day_count.days_real(found.start, found.end) <= 366
