"""Worked examples of domain.md C.6."""

from fractions import Fraction

import pytest

from app.rules import price
from app.rules.price import Tariff, UnitLine

SEATS = (UnitLine("Poste", 1_800, 50, "month"), UnitLine("Serveur", 60_000, 2, "year"))


@pytest.mark.parametrize(
    ("tariff", "cents"),
    [
        (Tariff("flat", 45_000), 540_000),
        (Tariff("flat", 45_000, "quarter"), 180_000),
        (Tariff("flat", 540_000, "year"), 540_000),
        (Tariff("flat"), None),
        (Tariff("flat", 45_000, units=SEATS), 540_000),
        (Tariff("per_unit", units=SEATS), 1_080_000 + 120_000),
        (Tariff("mixed", 10_000, units=SEATS[:1]), 120_000 + 1_080_000),
        (Tariff("mixed", 10_000, units=(UnitLine("Visite", 9_000, 1, None),)), 120_000),
        (Tariff("per_act", units=(UnitLine("Visite", 9_000, 1, None),)), None),
        (Tariff("per_act", 45_000), None),
        (Tariff("hour_bank", hours_price=300_000), 300_000),
        (Tariff("hour_bank", hours_price=300_000, months=24), 150_000),
        (Tariff("hour_bank"), None),
    ],
)
def test_a_year_of_a_contract(tariff: Tariff, cents: int | None) -> None:
    assert price.yearly(tariff) == cents


@pytest.mark.parametrize(("worked", "billed"), [(0, 0), (1, 15), (15, 15), (16, 30), (40, 45), (61, 75)])
def test_a_quarter_of_an_hour_begun_is_billed(worked: int, billed: int) -> None:
    assert price.billed_minutes(worked, 15) == billed


def test_a_minimum_is_billed() -> None:
    assert price.billed_minutes(16, 15, 60) == 60
    assert price.billed_minutes(61, 15, 60) == 75
    assert price.billed_minutes(7) == 7


def test_hours_beyond_those_included() -> None:
    assert price.overrun(13 * 60 + 30, 10 * 60, 6_500) == 22_750
    assert price.overrun(9 * 60, 10 * 60, 6_500) == 0
    assert price.over(540_000, 7) == 315_000


@pytest.mark.parametrize(
    ("minutes", "surcharge", "outside", "cents"),
    [
        (60, 0, Fraction(0), 6_500),
        (75, 0, Fraction(0), 8_125),
        (60, 5_000, Fraction(1), 9_750),
        (60, 5_000, Fraction(1, 2), 8_125),
        (60, 0, Fraction(1), 6_500),
        (1, 0, Fraction(0), 108),
    ],
)
def test_work_at_an_hourly_rate(minutes: int, surcharge: int, outside: Fraction, cents: int) -> None:
    assert price.labour(minutes, 6_500, surcharge, outside) == cents


def test_hours_out_of_hours_weigh_more() -> None:
    assert price.taken(90, 5_000, Fraction(1)) == 135
    assert price.taken(90, 5_000, Fraction(1, 3)) == 105
    assert price.taken(90) == 90


@pytest.mark.parametrize(
    ("cents", "period", "months", "due"),
    [
        (45_000, "month", Fraction(3), 135_000),
        (45_000, "month", Fraction(17, 31), 24_677),
        (135_000, "quarter", Fraction(1), 45_000),
        (90_000, "quarter", Fraction(2), 60_000),
        (540_000, "year", Fraction(12), 540_000),
    ],
)
def test_a_price_for_parts_of_its_period(cents: int, period: str, months: Fraction, due: int) -> None:
    assert price.prorated(cents, period, months) == due
