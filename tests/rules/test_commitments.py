"""Worked examples of domain.md E.7."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import commitments
from app.rules.commitments import Commitment
from app.rules.notice import Terms

CLOSES = date(2026, 12, 31)
OPENS = date(2027, 1, 1)


@pytest.mark.parametrize(
    ("yearly", "until", "found"),
    [
        (540_000, date(2028, 6, 30), Commitment(540_000, 270_000, 0)),
        (540_000, date(2027, 3, 31), Commitment(135_000, 0, 0)),
        (540_000, date(2033, 12, 31), Commitment(540_000, 4 * 540_000, 2 * 540_000)),
        (100_000, date(2027, 1, 10), Commitment(2_778, 0, 0)),
    ],
)
def test_what_is_left_to_pay_is_split_by_years(yearly: int, until: date, found: Commitment) -> None:
    assert commitments.commitment(yearly, OPENS, until, CLOSES) == found


def test_the_three_columns_of_the_worked_example() -> None:
    found = commitments.commitment(540_000, OPENS, date(2028, 6, 30), CLOSES)
    assert (found.near, found.middle, found.far, found.total) == (540_000, 270_000, 0, 810_000)


@given(yearly=st.integers(0, 10**8), days=st.integers(0, 5_000), begins=st.integers(1, 900))
def test_the_columns_sum_to_the_whole(yearly: int, days: int, begins: int) -> None:
    since = CLOSES + timedelta(days=begins)
    until = since + timedelta(days=days)
    found = commitments.commitment(yearly, since, until, CLOSES)
    assert min(found.near, found.middle, found.far) >= 0
    assert found.total == commitments.commitment(yearly, since, until, until).total


FIXED_TERM = {"starts_on": date(2026, 7, 1), "initial_months": 24, "renewal": "none"}
TACIT = {"starts_on": date(2025, 1, 1), "initial_months": 24, "renewal": "tacit", "renewal_months": 12}
OPEN = {"starts_on": date(2024, 1, 1), "initial_months": 12, "renewal": "tacit_open"}


@pytest.mark.parametrize(
    ("terms", "closes", "until"),
    [
        (FIXED_TERM, CLOSES, date(2028, 6, 30)),
        (FIXED_TERM, date(2028, 6, 30), None),
        (TACIT, date(2026, 6, 30), date(2026, 12, 31)),
        (TACIT, CLOSES, date(2027, 12, 31)),  # the notice day went by: the renewed period is firm too
        ({**TACIT, "denounced_on": date(2026, 9, 1)}, CLOSES, None),
        ({**TACIT, "denounced_on": date(2026, 9, 1)}, date(2026, 9, 30), date(2026, 12, 31)),
        ({**TACIT, "denounced_on": date(2027, 3, 1)}, CLOSES, date(2027, 12, 31)),  # not yet so at the closing
        (OPEN, CLOSES, date(2027, 3, 31)),  # the notice alone
        ({**OPEN, "denounced_on": date(2026, 11, 15)}, CLOSES, date(2027, 2, 15)),
        ({**FIXED_TERM, "starts_on": date(2027, 2, 1)}, CLOSES, date(2029, 1, 31)),
    ],
)
def test_firm_until(terms: dict[str, Any], closes: date, until: date | None) -> None:
    assert commitments.firm_until(Terms(notice_value=3, notice_unit="months", **terms), closes) == until
