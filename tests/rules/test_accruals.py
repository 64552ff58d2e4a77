"""The days that no invoice tells (domain.md E.6)."""

from datetime import date

import pytest

from app.rules.accruals import Span, missing

YEAR = date(2026, 1, 1), date(2026, 12, 31)


def d(month: int, day: int) -> date:
    return date(2026, month, day)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ([], [YEAR]),
        ([YEAR], []),
        ([(d(1, 1), d(10, 31))], [(d(11, 1), d(12, 31))]),
        ([(d(7, 1), d(9, 30)), (d(1, 1), d(3, 31))], [(d(4, 1), d(6, 30)), (d(10, 1), d(12, 31))]),
        ([(d(1, 1), d(6, 30)), (d(3, 1), d(3, 31)), (d(6, 30), d(12, 31))], []),
        ([(date(2025, 10, 1), d(1, 31)), (d(12, 1), date(2027, 2, 28))], [(d(2, 1), d(11, 30))]),
        ([(date(2027, 1, 1), date(2027, 3, 31))], [YEAR]),
        ([(date(2025, 1, 1), date(2025, 12, 31))], [YEAR]),
    ],
)
def test_what_no_period_holds(told: list[Span], found: list[Span]) -> None:
    assert missing(*YEAR, told) == found
