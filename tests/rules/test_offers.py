"""Offers compared (domain.md C.12): the price note, the weighted score, what is incomplete, ties."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import offers
from app.rules.offers import Criterion, GridLine

PRICE, QUALITY, NEAR = Criterion(1, 40, is_price=True), Criterion(2, 35), Criterion(3, 25)
THREE = (PRICE, QUALITY, NEAR)
LINES = (GridLine(1, 1200), GridLine(2, 250), GridLine(3, 100, optional=True))


def note(text: str) -> Decimal:
    return Decimal(text)


@pytest.mark.parametrize(
    ("price", "lowest", "found"),
    [
        (40_000, 40_000, "5.00"),
        (45_000, 40_000, "4.44"),
        (80_000, 40_000, "2.50"),
        (3_200, 1_001, "1.56"),  # 1,5640625
        (800, 1, "0.01"),  # 0,00625: half up
        (0, 0, "5.00"),
        (100, 0, "0.00"),
    ],
)
def test_the_price_note(price: int, lowest: int, found: str) -> None:
    assert offers.price_note(price, lowest) == Decimal(found)


@pytest.mark.parametrize(("price", "lowest"), [(100, 101), (-1, -1), (5, -1)])
def test_a_lowest_price_above_the_price_is_a_mistake(price: int, lowest: int) -> None:
    with pytest.raises(ValueError, match="lowest"):
        offers.price_note(price, lowest)


@pytest.mark.parametrize(
    ("price", "quantity", "found"), [(69_000, 1200, 828_000), (333, 150, 500), (1, 50, 1), (1, 49, 0), (0, 100, 0)]
)
def test_the_amount_of_a_line(price: int, quantity: int, found: int) -> None:
    assert offers.line_amount(price, quantity) == found


@pytest.mark.parametrize(
    ("prices", "firm", "options", "missing", "only_options"),
    [
        ({1: 40_000, 2: 6_500}, 496_250, None, (), False),
        ({1: 40_000, 2: 0}, 480_000, None, (), False),
        ({1: 40_000, 2: None}, None, None, (2,), False),
        ({1: 40_000}, None, None, (2,), False),
        ({1: 1, 2: 1, 3: 900}, 15, 900, (), False),
        ({3: 900}, None, 900, (1, 2), True),
        ({}, None, None, (1, 2), False),
    ],
)
def test_totals_leave_the_options_apart(
    prices: dict[int, int | None], firm: int | None, options: int | None, missing: tuple[int, ...], only_options: bool
) -> None:
    found = offers.totals(LINES, prices)
    assert (found.firm, found.options, found.missing, found.only_options) == (firm, options, missing, only_options)


def test_a_grid_of_options_alone_has_no_total() -> None:
    assert offers.totals((GridLine(1, 100, optional=True),), {1: 500}).firm is None


@pytest.mark.parametrize(
    ("notes", "found"),
    [
        ({1: note("5.00"), 2: note("3"), 3: note("4")}, "4.05"),
        ({1: note("4.44"), 2: note("4"), 3: note("4.5")}, "4.30"),  # 4,301
        ({1: note("0"), 2: note("0"), 3: note("0")}, "0.00"),
        ({1: note("5"), 2: None, 3: note("4")}, None),
        ({1: note("5"), 2: note("4")}, None),
    ],
)
def test_the_weighted_score(notes: dict[int, Decimal | None], found: str | None) -> None:
    assert offers.weighted(THREE, notes) == (Decimal(found) if found else None)


def test_without_criteria_there_is_no_score() -> None:
    assert offers.weighted((), {}) is None


def test_offers_are_ranked_and_the_incomplete_one_set_apart() -> None:
    given_notes: dict[int, dict[int, Decimal | None]] = {
        10: {2: note("3"), 3: note("4")},
        20: {2: note("4"), 3: note("4.5")},
        30: {2: note("5"), 3: None},
    }
    found = offers.judge(THREE, {10: 40_000, 20: 45_000, 30: 20_000}, given_notes)
    assert found[30].score is None
    assert found[30].rank is None
    assert found[30].notes == {1: Decimal("5.00"), 2: note("5"), 3: None}
    assert (found[10].notes[1], found[20].notes[1]) == (Decimal("2.50"), Decimal("2.22"))
    assert (found[20].rank, found[10].rank) == (1, 2)
    assert not found[10].tied


def test_an_offer_without_total_has_no_price_note_and_sets_no_lowest_price() -> None:
    full = {2: note("3"), 3: note("3")}
    found = offers.judge(THREE, {10: None, 20: 45_000}, {10: full, 20: full})
    assert found[10].notes[1] is None
    assert found[20].notes[1] == Decimal("5.00")


def test_equals_share_a_place() -> None:
    same = {2: note("3"), 3: note("3")}
    found = offers.judge(THREE, {1: 100, 2: 100, 3: 200}, {1: same, 2: same, 3: same})
    assert [found[n].rank for n in (1, 2, 3)] == [1, 1, 3]
    assert [found[n].tied for n in (1, 2, 3)] == [True, True, False]


def test_weights_that_do_not_total_a_hundred_give_no_score() -> None:
    wrong = (PRICE, Criterion(2, 55))
    assert offers.weight_gap(wrong) == 5
    assert offers.weight_gap((*wrong, Criterion(3, 30))) == -25
    found = offers.judge(wrong, {10: 40_000}, {10: {2: note("3")}})
    assert (found[10].score, found[10].rank) == (None, None)
    assert found[10].notes[1] == Decimal("5.00")


@pytest.mark.parametrize(
    ("asked", "obtained", "found"),
    [
        (69_000, 71_200, "3.2"),
        (69_000, 66_000, "-4.3"),
        (40_000, 40_000, "0.0"),
        (80_000, 80_040, "0.1"),  # 0,05: half up
        (None, 100, None),
        (100, None, None),
        (0, 100, None),
    ],
)
def test_the_deviation_of_a_negotiated_amount(asked: int | None, obtained: int | None, found: str | None) -> None:
    assert offers.deviation(asked, obtained) == (Decimal(found) if found else None)


PRICES = st.integers(min_value=1, max_value=10**9)
NOTES = st.decimals(min_value=0, max_value=5, places=2)


@given(st.dictionaries(st.integers(1, 50), st.tuples(st.none() | PRICES, st.none() | NOTES, NOTES), min_size=1))
def test_whatever_the_offers(told: dict[int, tuple[int | None, Decimal | None, Decimal]]) -> None:
    asked = {offer: price for offer, (price, _, _) in told.items()}
    found = offers.judge(THREE, asked, {offer: {2: a, 3: b} for offer, (_, a, b) in told.items()})
    complete = {offer for offer, (price, a, _) in told.items() if price is not None and a is not None}
    assert {offer for offer, one in found.items() if one.rank is not None} == complete
    for one in found.values():
        assert one.score is None or 0 <= one.score <= offers.BEST
        assert all(value is None or 0 <= value <= offers.BEST for value in one.notes.values())
    ordered = sorted((one.rank, -one.score) for one in found.values() if one.rank and one.score is not None)
    assert [score for _, score in ordered] == sorted(score for _, score in ordered)
    if complete:
        assert ordered[0][0] == 1


@given(PRICES, PRICES)
def test_a_dearer_offer_is_never_better_noted(one: int, other: int) -> None:
    lowest = min(one, other)
    dear, cheap = offers.price_note(max(one, other), lowest), offers.price_note(lowest, lowest)
    assert dear <= cheap == offers.BEST
