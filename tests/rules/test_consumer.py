"""The Code de la consommation: domain.md C.3."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.consumer import Window, information_window, may_leave_freely, may_withdraw, withdrawal_until

LIMIT = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("limit", "opens", "closes"),
    [
        (LIMIT, date(2026, 6, 30), date(2026, 8, 30)),
        (date(2026, 5, 31), date(2026, 2, 28), date(2026, 4, 30)),
        (date(2028, 5, 31), date(2028, 2, 29), date(2028, 4, 30)),
    ],
)
def test_when_the_provider_must_tell(limit: date, opens: date, closes: date) -> None:
    assert information_window(limit) == Window(opens, closes)


@pytest.mark.parametrize(
    ("told", "day", "free"),
    [
        (None, date(2026, 9, 30), False),
        (None, date(2026, 10, 1), True),
        (date(2026, 6, 30), date(2026, 10, 1), False),
        (date(2026, 8, 30), date(2026, 10, 1), False),
        (date(2026, 8, 31), date(2026, 10, 1), True),
        (date(2026, 6, 29), date(2026, 10, 1), True),
    ],
)
def test_who_was_not_told_in_time_leaves_when_he_likes(told: date | None, day: date, free: bool) -> None:
    assert may_leave_freely(LIMIT, told, day) is free


@pytest.mark.parametrize(
    ("headcount", "off_premises", "may"), [(5, True, True), (6, True, False), (5, False, False), (None, True, False)]
)
def test_who_may_withdraw(headcount: int | None, off_premises: bool, may: bool) -> None:
    assert may_withdraw(headcount, off_premises) is may


def test_fourteen_days_after_the_signature() -> None:
    assert withdrawal_until(date(2026, 11, 20)) == date(2026, 12, 4)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_the_window_is_two_months_before_the_limit(limit: date) -> None:
    window = information_window(limit)
    assert window.opens < window.closes < limit
