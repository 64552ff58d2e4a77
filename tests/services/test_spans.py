"""Periods of the calendar: their names, and those before them."""

from datetime import date

import pytest

from app.services.spans import Period, month, quarter, year

WEEK = Period(date(2026, 11, 3), date(2026, 11, 14))


@pytest.mark.parametrize(
    ("period", "name", "short"),
    [
        (month(date(2026, 10, 31)), "Octobre 2026", "oct."),
        (quarter(date(2026, 12, 31)), "4e trimestre 2026", "T4 2026"),
        (quarter(date(2026, 1, 1)), "1er trimestre 2026", "T1 2026"),
        (year(date(2026, 6, 1)), "Année 2026", "2026"),
        (WEEK, "03/11/2026 – 14/11/2026", "03/11/2026"),
    ],
)
def test_names(period: Period, name: str, short: str) -> None:
    assert (period.name.replace("\u00a0", " "), period.short_name.replace("\u00a0", " ")) == (name, short)


def test_the_period_after() -> None:
    assert quarter(date(2026, 11, 3)).before(-1) == quarter(date(2027, 1, 1))
    assert WEEK.before(-1) == Period(date(2026, 11, 15), date(2026, 11, 26))
