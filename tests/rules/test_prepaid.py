"""Worked examples of domain.md E.5 and E.6, and what must hold for any charge."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import prepaid

CLOSES = date(2026, 12, 31)
YEARLY = 120_000, date(2026, 10, 1), date(2027, 9, 30)
MIDDLE = 144_000, date(2026, 11, 15), date(2027, 11, 14)
LONG = 360_000, date(2026, 7, 1), date(2029, 6, 30)
QUARTER = 90_000, date(2026, 11, 1), date(2027, 1, 31)


@pytest.mark.parametrize(
    ("charge", "rule", "count", "of", "after"),
    [
        (YEARLY, "months", 9, 12, 90_000),
        (YEARLY, "thirty", 270, 360, 90_000),
        (YEARLY, "real", 273, 365, 89_753),
        (MIDDLE, "months", 10, 12, 120_000),
        (MIDDLE, "thirty", 314, 360, 125_600),
        (MIDDLE, "real", 318, 365, 125_458),
        (LONG, "real", 912, 1_096, 299_562),
        (LONG, "months", 30, 36, 300_000),
        (QUARTER, "months", 1, 3, 30_000),
        ((10_000, date(2026, 1, 1), date(2026, 12, 31)), "months", 0, 12, 0),
        ((10_000, date(2026, 1, 1), date(2026, 12, 31)), "thirty", 0, 360, 0),
        ((10_000, date(2027, 1, 1), date(2027, 12, 31)), "months", 12, 12, 10_000),
        ((10_000, date(2027, 1, 1), date(2027, 12, 31)), "real", 365, 365, 10_000),
        ((36_000, date(2026, 12, 17), date(2027, 3, 20)), "months", 80, 94, 30_638),  # no whole months: as 30/360
        ((-120_000, date(2026, 10, 1), date(2027, 9, 30)), "months", 9, 12, -90_000),
    ],
)
def test_what_comes_after_the_closing(
    charge: tuple[int, date, date], rule: str, count: int, of: int, after: int
) -> None:
    found = prepaid.shared(*charge, CLOSES, rule)
    assert (found.share.count, found.share.of, found.after) == (count, of, after)
    assert found.before + found.after == charge[0]


def test_what_comes_more_than_a_year_after_stands_apart() -> None:
    found = prepaid.shared(*LONG, CLOSES, "real")
    assert (found.after, found.beyond, found.within) == (299_562, 179_672, 119_890)
    assert prepaid.shared(*YEARLY, CLOSES, "real").beyond == 0


def test_a_quarter_in_arrears_is_due_for_its_part_before() -> None:
    assert prepaid.shared(*QUARTER, CLOSES, "months").before == 60_000


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 10, 1), date(2027, 9, 30), 12),
        (date(2026, 11, 15), date(2027, 11, 14), 12),
        (date(2026, 1, 31), date(2026, 2, 27), 1),
        (date(2026, 1, 1), date(2026, 1, 30), 0),
        (date(2026, 1, 10), date(2026, 1, 12), 0),
    ],
)
def test_months_are_whole_or_none(start: date, end: date, months: int) -> None:
    assert prepaid.whole_months(start, end) == months


@given(
    cents=st.integers(-(10**9), 10**9), start=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    days=st.integers(0, 2_000), closes=st.dates(date(2021, 1, 1), date(2032, 1, 1)),
    rule=st.sampled_from(["months", "thirty", "real"]),
)  # fmt: skip
def test_before_and_after_are_the_whole(cents: int, start: date, days: int, closes: date, rule: str) -> None:
    end = start + timedelta(days=days)
    found = prepaid.shared(cents, start, end, closes, rule)
    assert found.before + found.after == cents
    assert found.within + found.beyond == found.after
    assert 0 <= abs(found.beyond) <= abs(found.after) <= abs(cents)
    if end <= closes:
        assert found.after == 0
    if start > closes:
        assert found.before == 0


@given(
    cents=st.integers(1, 10**9), start=st.dates(date(2020, 1, 1), date(2030, 1, 1)), days=st.integers(1, 1_000),
    rule=st.sampled_from(["months", "thirty", "real"]),
)  # fmt: skip
def test_the_later_the_closing_the_less_is_left(cents: int, start: date, days: int, rule: str) -> None:
    end = start + timedelta(days=days)
    left = [prepaid.shared(cents, start, end, start + timedelta(days=n), rule).after for n in range(0, days + 2, 30)]
    assert left == sorted(left, reverse=True)
