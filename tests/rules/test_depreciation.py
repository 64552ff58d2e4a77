"""domain.md E.3 and E.4, to the cent."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.depreciation import (
    Closing,
    Count,
    Exit,
    Leaving,
    Terms,
    accumulated,
    days,
    leave,
    plan,
    yearly_rate,
)

SERVER = Terms(360_000, date(2026, 4, 1), 36)
LAPTOP = Terms(125_000, date(2026, 9, 17), 36)


@pytest.mark.parametrize(
    ("first", "last", "thirty", "real"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), 360, 365),
        (date(2027, 2, 28), date(2027, 12, 31), 303, 307),
        (date(2026, 1, 31), date(2026, 12, 31), 331, 335),
        (date(2026, 9, 17), date(2026, 12, 31), 104, 106),
        (date(2026, 9, 17), date(2028, 6, 15), 629, 637),
        (date(2028, 1, 1), date(2028, 12, 31), 360, 365),
        (date(2028, 2, 28), date(2028, 3, 1), 4, 2),
        (date(2028, 2, 29), date(2028, 2, 29), 2, 0),
        (date(2026, 5, 12), date(2026, 5, 11), 0, 0),
        (date(2026, 8, 31), date(2026, 8, 31), 1, 1),
    ],
)
def test_days_both_included(first: date, last: date, thirty: int, real: int) -> None:
    assert (days(first, last), days(first, last, "real")) == (thirty, real)


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (SERVER, [(270, 90_000, 270_000), (360, 120_000, 150_000), (360, 120_000, 30_000), (90, 30_000, 0)]),
        (LAPTOP, [(104, 12_037, 112_963), (360, 41_667, 71_296), (360, 41_666, 29_630), (256, 29_630, 0)]),
    ],
)
def test_the_worked_plans(terms: Terms, expected: list[tuple[int, int, int]]) -> None:
    found = plan(terms, (12, 31))
    assert [(one.days, one.charge, one.book_value) for one in found] == expected
    assert [one.end.year for one in found] == [2026, 2027, 2028, 2029]


def test_a_year_that_closes_in_june() -> None:
    found = plan(SERVER, (6, 30))
    assert [one.charge for one in found] == [30_000, 120_000, 120_000, 90_000]
    assert [one.end for one in found] == [date(year, 6, 30) for year in (2026, 2027, 2028, 2029)]


def test_real_days_of_365() -> None:
    terms = Terms(125_000, date(2026, 9, 17), 36, count="real")
    assert accumulated(terms, date(2026, 12, 31)) == 12_100
    charges = [one.charge for one in plan(terms)]
    assert charges == [12_100, 41_667, 41_667, 29_566]
    assert sum(charges) == 125_000


def test_what_remains_at_the_end_is_not_depreciated() -> None:
    found = plan(Terms(100_000, date(2026, 1, 1), 24, residual=10_000))
    assert [(one.charge, one.book_value) for one in found] == [(45_000, 55_000), (45_000, 10_000)]


def test_nothing_is_depreciated_before_it_serves() -> None:
    assert plan(Terms(100_000, None, 36)) == ()
    assert accumulated(Terms(100_000, None, 36), date(2030, 1, 1)) == 0
    assert accumulated(SERVER, date(2026, 3, 31)) == 0


def test_the_worked_exit() -> None:
    sold = Leaving(date(2028, 6, 15), 20_000)
    assert accumulated(LAPTOP, sold.on) == 72_801
    assert leave(LAPTOP, sold, (12, 31)) == Exit(complement=19_097, total=72_801, book_value=52_199, result=-32_199)
    assert [one.charge for one in plan(LAPTOP, (12, 31), sold)] == [12_037, 41_667, 19_097]


def test_the_day_of_the_exit_may_be_left_out() -> None:
    kept = leave(LAPTOP, Leaving(date(2028, 6, 15), counted=False))
    assert (kept.total, kept.result) == (72_685, -52_315)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2031, 3, 1), Exit(0, 125_000, 0, 5_000)),
        (date(2026, 9, 1), Exit(0, 0, 125_000, -120_000)),
        (date(2028, 1, 1), Exit(115, 53_819, 71_181, -66_181)),
    ],
)
def test_exits_after_the_plan_before_it_and_on_an_opening(on: date, expected: Exit) -> None:
    assert leave(LAPTOP, Leaving(on, 5_000)) == expected


def test_what_left_before_it_served_has_no_plan() -> None:
    assert plan(LAPTOP, (12, 31), Leaving(date(2026, 9, 1))) == ()


def test_an_exit_on_an_opening_without_its_day_takes_nothing_back() -> None:
    assert leave(LAPTOP, Leaving(date(2028, 1, 1), counted=False)).complement == 0


@pytest.mark.parametrize(("months", "rate"), [(36, "33.33"), (60, "20.00"), (12, "100.00"), (18, "66.67")])
def test_the_rate_of_a_life(months: int, rate: str) -> None:
    assert yearly_rate(months) == Decimal(rate)


COUNTS: tuple[Count, ...] = ("thirty", "real")
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
TERMS = st.builds(Terms, st.integers(0, 10**9), DAYS, st.integers(1, 600), st.just(0), st.sampled_from(COUNTS))
CLOSINGS = st.sampled_from([(12, 31), (6, 30), (3, 31), (2, 28), (8, 15)])


@given(TERMS, CLOSINGS, st.integers(0, 100))
def test_the_charges_sum_up_to_the_base(terms: Terms, closing: Closing, percent: int) -> None:
    residual = terms.base * percent // 100
    held = Terms(terms.base, terms.start, terms.months, residual, terms.count)
    found = plan(held, closing)
    assert sum(one.charge for one in found) == terms.base - residual
    assert all(one.charge >= 0 for one in found)
    assert found[-1].book_value == residual
    for before, after in pairwise(found):
        assert after.start == before.end + timedelta(days=1)
        assert after.total == before.total + after.charge


@given(TERMS, CLOSINGS, DAYS, st.booleans(), st.integers(0, 10**8))
def test_an_exit_closes_the_books(terms: Terms, closing: Closing, on: date, counted: bool, price: int) -> None:
    leaving = Leaving(on, price, counted)
    out = leave(terms, leaving, closing)
    assert out.total + out.book_value == terms.base
    assert out.result == price - out.book_value
    assert out.complement >= 0
    if terms.start is not None and terms.start <= on:
        assert sum(one.charge for one in plan(terms, closing, leaving)) == out.total
