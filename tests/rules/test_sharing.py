"""Amounts cut into months and by weight: the parts always make the whole (domain.md E.5, E.6)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.sharing import by_month, part, shared


@pytest.mark.parametrize(
    ("cents", "first", "last", "closing", "after"),
    [
        (120_000, date(2026, 10, 1), date(2027, 9, 30), date(2026, 12, 31), 90_000),
        (144_000, date(2026, 11, 15), date(2027, 11, 14), date(2026, 12, 31), 125_600),
        (90_000, date(2026, 11, 1), date(2027, 1, 31), date(2026, 12, 31), 30_000),
        (45_000, date(2026, 2, 1), date(2026, 2, 28), date(2026, 2, 28), 0),
    ],
)
def test_what_falls_after_a_closing_is_that_of_domain_e5(
    cents: int, first: date, last: date, closing: date, after: int
) -> None:
    parts = by_month(cents, first, last)
    assert sum(share for month, share in parts if month > closing) == after
    assert sum(share for _, share in parts) == cents


def test_a_period_upside_down_counts_in_its_first_month() -> None:
    assert by_month(1_000, date(2026, 3, 5), date(2026, 1, 1)) == [(date(2026, 3, 1), 1_000)]


@pytest.mark.parametrize(
    ("cents", "weights", "parts"),
    [
        (100, [1, 1, 1], [33, 34, 33]),
        (100, [0, 0], [50, 50]),
        (-100, [1, 1, 1], [-33, -34, -33]),
        (20, [300, -100], [30, -10]),
        (7, [], []),
    ],
)
def test_parts_by_weight(cents: int, weights: list[int], parts: list[int]) -> None:
    assert shared(cents, weights) == parts


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**7), min_size=1, max_size=40))
def test_the_parts_make_the_whole_and_are_never_a_cent_away(cents: int, weights: list[int]) -> None:
    parts = shared(cents, weights)
    assert sum(parts) == cents
    total = sum(weights)
    if total:
        assert all(abs(one - cents * weight / total) <= 1 for one, weight in zip(parts, weights, strict=True))


def test_one_part_alone() -> None:
    assert (part(100, 1, 3), part(200, 1, 3), part(-200, 1, 3), part(1, 1, 2)) == (33, 67, -67, 1)
