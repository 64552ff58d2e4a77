"""Worked examples of domain.md C.4."""

from datetime import date
from decimal import Decimal

import pytest

from app.rules.revision import LINK, Clause, Index, Revised, in_series, latest, revised

S0, S1 = Decimal(300), Decimal("312.6")
FALLEN = Decimal(282)


@pytest.mark.parametrize(
    ("clause", "value", "cents", "limit"),
    [
        (Clause(), S1, 46_890, ""),
        (Clause(fixed_part=Decimal("0.15")), S1, 46_607, ""),
        (Clause(cap=Decimal("0.03")), S1, 46_350, "cap"),
        (Clause(cap=Decimal("0.05")), S1, 46_890, ""),
        (Clause(), FALLEN, 42_300, ""),
        (Clause(floor=Decimal("0.02")), FALLEN, 44_100, "floor"),
        (Clause(floor=Decimal("0.10")), FALLEN, 42_300, ""),
        (Clause(never_lowered=True), FALLEN, 45_000, "never_lowered"),
        (Clause(never_lowered=True, floor=Decimal("0.02")), FALLEN, 45_000, "never_lowered"),
        (Clause(never_lowered=True), S0, 45_000, ""),
    ],
)
def test_the_price_follows_the_index_within_its_clause(clause: Clause, value: Decimal, cents: int, limit: str) -> None:
    found = revised(45_000, S0, value, clause)
    assert (found.cents, found.limit) == (cents, limit)


def test_what_the_formula_alone_gives_is_told() -> None:
    assert revised(45_000, S0, S1, Clause(cap=Decimal("0.03"))) == Revised(46_350, 46_890, "cap")


@pytest.mark.parametrize(
    ("base_series", "cents"), [("old", 51_776), ("revised", 50_727)], ids=["linked", "no coefficient"]
)
def test_a_change_of_series_is_linked(base_series: str, cents: int) -> None:
    index = Index(date(2026, 6, 1), Decimal(310), series="revised")
    assert revised(45_000, Decimal(275), in_series(index, base_series), Clause()).cents == cents


def test_the_coefficient_goes_both_ways() -> None:
    assert in_series(Index(date(2022, 7, 1), Decimal(100), series="old"), "revised") == 100 * LINK
    assert round(Decimal("280.6") / Decimal("286.4"), 5) == LINK


def test_the_index_chosen_is_the_last_published() -> None:
    values = [
        Index(date(2026, 6, 1), Decimal(310), date(2026, 8, 20)),
        Index(date(2026, 7, 1), Decimal(311), date(2026, 9, 18)),
        Index(date(2026, 8, 1), Decimal(312), date(2026, 10, 20)),
        Index(date(2026, 9, 1), Decimal(313)),
    ]
    assert latest(values, date(2026, 10, 19)) == values[1]
    assert latest(values, date(2026, 10, 20)) == values[2]
    assert latest(values, date(2027, 1, 1)) == values[2]
    assert latest(values, date(2026, 8, 19)) is None


@pytest.mark.parametrize(
    ("clause", "one_way"),
    [
        (Clause(), False),
        (Clause(cap=Decimal("0.03"), floor=Decimal("0.03")), False),
        (Clause(never_lowered=True), True),
        (Clause(floor=Decimal(0)), True),
    ],
)
def test_a_clause_without_fall_is_seen(clause: Clause, one_way: bool) -> None:
    assert clause.one_way is one_way
