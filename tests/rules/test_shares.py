"""Months and parts of months (domain.md C.6)."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import shares
from app.rules.shares import Part

DAYS = st.dates(date(2019, 1, 1), date(2032, 12, 31))
D = date


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (D(2026, 7, 1), D(2026, 7, 31), Fraction(1)),
        (D(2026, 7, 1), D(2026, 9, 30), Fraction(3)),
        (D(2026, 7, 15), D(2026, 8, 14), Fraction(1)),
        (D(2026, 1, 31), D(2026, 2, 27), Fraction(1)),
        (D(2026, 1, 31), D(2026, 4, 29), Fraction(3)),
        (D(2026, 7, 15), D(2026, 7, 31), Fraction(17, 31)),
        (D(2026, 7, 15), D(2026, 9, 30), Fraction(17, 31) + 2),
        (D(2026, 7, 1), D(2026, 8, 10), 1 + Fraction(10, 31)),
        (D(2028, 2, 1), D(2028, 2, 28), Fraction(28, 29)),
        (D(2026, 7, 2), D(2026, 7, 1), Fraction(0)),
    ],
)
def test_a_span_in_months(start: date, end: date, months: Fraction) -> None:
    assert shares.share(shares.months(start, end)) == months


@given(DAYS, st.integers(0, 800))
def test_the_parts_follow_each_other_and_make_the_span(start: date, more: int) -> None:
    end = start + timedelta(days=more)
    parts = shares.months(start, end)
    assert (parts[0].first, parts[-1].last) == (start, end)
    assert all(a.last + timedelta(days=1) == b.first for a, b in pairwise(parts))
    assert all(0 < part.share <= 1 for part in parts)


@given(DAYS, st.integers(0, 800), st.lists(DAYS, max_size=4))
def test_a_span_cut_anywhere_makes_as_many_months(start: date, more: int, days: list[date]) -> None:
    end = start + timedelta(days=more)
    parts = shares.months(start, end)
    pieces = [shares.within(parts, *span) for span in shares.cut(start, end, days)]
    assert sum((shares.share(piece) for piece in pieces), Fraction(0)) == shares.share(parts)


def test_days_outside_make_nothing() -> None:
    part = Part(D(2026, 7, 1), D(2026, 7, 31), 31)
    assert part.within(D(2026, 8, 1), D(2026, 8, 31)) is None
    assert shares.cut(D(2026, 7, 2), D(2026, 7, 1), ()) == []


@pytest.mark.parametrize(
    ("cents", "whole"), [((1, 2), 1), ((-1, 2), -1), ((149, 100), 1), ((-151, 100), -2), ((0, 1), 0)]
)
def test_a_half_is_rounded_away_from_zero(cents: tuple[int, int], whole: int) -> None:
    assert shares.rounded(Fraction(*cents)) == whole
