"""Worked examples of domain.md C.7."""

from datetime import date
from decimal import Decimal

import pytest

from app.rules.penalties import Breach, Caps, Penalty, by_month, capped, capped_by, costs, each, times

FEE = 45_000
TWO = Penalty("breach", percent=Decimal(2))
MAY = date(2026, 5, 1)


def breaches(count: int, month: date = MAY, late: int = 0) -> list[Breach]:
    return [Breach(month.replace(day=10 + n), late) for n in range(count)]


@pytest.mark.parametrize(
    ("penalty", "count", "late", "cents"),
    [
        (TWO, 4, 0, 3_600),
        (TWO, 8, 0, 6_750),
        (Penalty("breach", percent=Decimal(2), franchise=1), 4, 0, 2_700),
        (Penalty("breach", percent=Decimal(2), franchise=5), 4, 0, 0),
        (Penalty("breach", cents=5_000), 1, 0, 5_000),
        (Penalty("hour", cents=1_500), 1, 61, 3_000),
        (Penalty("hour", cents=1_500), 2, 60, 3_000),
        (Penalty("day", percent=Decimal(1)), 1, 1441, 900),
    ],
)
def test_a_month_of_breaches_with_a_cap_of_15_percent(penalty: Penalty, count: int, late: int, cents: int) -> None:
    amounts = by_month(penalty, breaches(count, late=late), FEE)
    assert capped(amounts, FEE, Caps(month=Decimal(15))) == {MAY: cents}


def test_one_breach_is_nine_euros() -> None:
    assert each(TWO, FEE) == 900


@pytest.mark.parametrize(
    ("unit", "late", "count"),
    [("breach", 500, 1), ("hour", 0, 1), ("hour", 1, 1), ("hour", 60, 1), ("hour", 61, 2), ("day", 1, 1),
     ("day", 1440, 1), ("day", 1441, 2)],
)  # fmt: skip
def test_an_hour_begun_is_a_whole_one(unit: str, late: int, count: int) -> None:
    assert times(unit, late) == count


def test_a_year_has_its_cap_and_the_franchise_begins_again_each_month() -> None:
    months = [date(2026, m, 1) for m in (11, 12)] + [date(2027, 1, 1)]
    late = [one for month in months for one in breaches(4, month)]
    assert capped(by_month(TWO, late, FEE), FEE, Caps()) == dict.fromkeys(months, 3_600)
    held = capped(by_month(TWO, late, FEE), FEE, Caps(year=Decimal(1)))
    assert list(held.values()) == [3_600, 1_800, 3_600]
    free = Penalty("breach", percent=Decimal(2), franchise=1)
    assert capped(by_month(free, late, FEE), FEE, Caps()) == dict.fromkeys(months, 2_700)


def test_each_breach_is_priced_by_the_fee_of_its_day_whatever_their_order() -> None:
    late = [Breach(date(2026, 5, day)) for day in (20, 3, 12)]
    found = costs(
        Penalty("breach", percent=Decimal(2), franchise=1), late, lambda day: 45_000 if day.day < 15 else 50_000
    )
    assert found == [1_000, 0, 900]


def test_caps_are_those_of_each_month_and_a_lowered_one_never_takes_back() -> None:
    amounts = {MAY: Decimal(6_000), date(2026, 6, 1): Decimal(6_000)}
    held = {MAY: (45_000, Caps(year=Decimal(1))), date(2026, 6, 1): (30_000, Caps(year=Decimal(1)))}
    assert capped_by(amounts, held.__getitem__) == {MAY: 5_400, date(2026, 6, 1): 0}
