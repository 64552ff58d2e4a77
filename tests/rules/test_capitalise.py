"""domain.md E.2."""

import pytest

from app.rules.capitalise import Price, may_expense, may_expense_set, share


@pytest.mark.parametrize(("cents", "expensed"), [(50_000, True), (50_001, False), (49_999, True), (0, True)])
def test_the_limit_itself_may_be_expensed(cents: int, expensed: bool) -> None:
    assert may_expense(cents, 50_000) is expensed


def test_a_set_is_judged_whole() -> None:
    tower, screen, keyboard = 45_000, 25_000, 5_000
    assert all(may_expense(one, 50_000) for one in (tower, screen, keyboard))
    assert not may_expense_set((tower, screen, keyboard), 50_000)
    assert may_expense_set((25_000, 25_000), 50_000)


@pytest.mark.parametrize(
    ("price", "cost"),
    [(Price(48_000), 48_000), (Price(48_000, fees=3_000), 51_000), (Price(48_000, 3_000, lost_vat=10_200), 61_200)],
)
def test_the_cost_of_a_thing_ready_to_serve(price: Price, cost: int) -> None:
    assert price.cost == cost


@pytest.mark.parametrize(("part", "whole", "taken"), [(1, 3, 33_333), (2, 3, 66_667), (45_000, 75_000, 60_000)])
def test_the_share_of_a_part(part: int, whole: int, taken: int) -> None:
    assert share(100_000, part, whole) == taken
