"""Months shared among the years they belong to."""

from datetime import date

import pytest

from app.rules.months import months_by_year


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), {2026: 12}),
        (date(2025, 11, 21), date(2026, 11, 20), {2025: 1, 2026: 11}),
        (date(2026, 1, 15), date(2027, 1, 14), {2026: 11, 2027: 1}),
        (date(2026, 1, 2), date(2026, 1, 31), {}),
        (date(2026, 1, 31), date(2026, 2, 1), {2026: 1}),
        (date(2026, 12, 1), date(2026, 12, 1), {2026: 1}),
        (date(2026, 12, 2), date(2027, 1, 1), {2027: 1}),
        (date(2027, 1, 1), date(2026, 1, 1), {}),
    ],
)
def test_a_month_counts_by_its_first_day(since: date, until: date, found: dict[int, int]) -> None:
    assert months_by_year(since, until) == found


def test_one_cover_after_the_other_counts_each_month_once() -> None:
    parts = [months_by_year(date(2026, 1, 1), date(2026, 6, 17)), months_by_year(date(2026, 6, 18), date(2026, 12, 31))]
    assert sum(part[2026] for part in parts) == 12
