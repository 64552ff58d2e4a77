"""VAT by rate (domain.md E.8)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import vat
from app.rules.vat import OfRate

LINES = st.lists(st.tuples(st.integers(-(10**9), 10**9), st.sampled_from(vat.USUAL)), max_size=30)


@pytest.mark.parametrize(
    ("base", "rate", "cents"),
    [
        (35_000, 2_000, 7_000),
        (60_000, 2_000, 12_000),
        (10_003, 2_000, 2_001),
        (10_002, 2_000, 2_000),
        (1_000, 550, 55),
        (10_000, 850, 850),
        (5, 1_000, 1),  # half a cent goes up
        (-5, 1_000, -1),
        (12_345, 0, 0),
    ],
)
def test_the_vat_of_a_base(base: int, rate: int, cents: int) -> None:
    assert vat.tax(base, rate) == cents


@pytest.mark.parametrize(
    ("quantity", "unit_price", "cents"),
    [(1_000, 4_500_000, 45_000), (3_500, 650_000, 22_750), (333, 10_000, 33), (1_500, 33, 0), (-1_000, 10_050, -101)],
)
def test_the_amount_of_a_line(quantity: int, unit_price: int, cents: int) -> None:
    assert vat.line_net(quantity, unit_price) == cents


def test_each_rate_is_rounded_once() -> None:
    lines = [(3, 2_000)] * 5 + [(1_000, 550)]
    assert vat.by_rate(lines) == (OfRate(2_000, 15, 3), OfRate(550, 1_000, 55))
    assert sum(vat.tax(net, rate) for net, rate in lines[:5]) == 5


@given(LINES)
def test_no_cent_is_lost_between_the_lines_and_the_rates(lines: list[tuple[int, int]]) -> None:
    made = vat.by_rate(lines)
    assert sum(one.base for one in made) == sum(net for net, _ in lines)
    assert all(abs(one.vat * 10_000 - one.base * one.rate) <= 5_000 for one in made)
    assert [one.rate for one in made] == sorted({rate for _, rate in lines}, reverse=True)
