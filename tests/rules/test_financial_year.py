"""The financial year by its last day."""

from datetime import date

import pytest

from app.rules.financial_year import FinancialYear, closing, containing, ending_in


@pytest.mark.parametrize(
    ("year", "year_end", "day"),
    [
        (2026, None, date(2026, 12, 31)),
        (2026, "31/12", date(2026, 12, 31)),
        (2026, "30/06", date(2026, 6, 30)),
        (2028, "28/02", date(2028, 2, 29)),
        (2027, "28/02", date(2027, 2, 28)),
    ],
)
def test_the_last_day_of_a_year(year: int, year_end: str | None, day: date) -> None:
    assert closing(year, year_end) == day


@pytest.mark.parametrize(
    ("day", "year_end", "start", "name"),
    [
        (date(2026, 12, 31), "31/12", date(2026, 1, 1), "2026"),
        (date(2026, 6, 30), "30/06", date(2025, 7, 1), "2025-2026"),
        (date(2026, 7, 1), "30/06", date(2026, 7, 1), "2026-2027"),
        (date(2028, 3, 1), "28/02", date(2028, 3, 1), "2028-2029"),
    ],
)
def test_the_year_of_a_day(day: date, year_end: str, start: date, name: str) -> None:
    found = containing(day, year_end)
    assert (found.start, found.name) == (start, name)
    assert day in found
    assert None not in found
    assert found == ending_in(found.year, year_end) == FinancialYear(found.start, found.end)
