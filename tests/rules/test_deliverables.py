"""Documents due (domain.md A.5): J+2 after a visit, J+5 after an incident, J+10 of a month, before each quarter."""

from datetime import date
from itertools import islice

import pytest

from app.rules.deliverables import (
    Punctuality,
    business_days_after,
    business_days_before,
    periods,
    punctuality,
    state,
)

METROPOLE = "metropole"


@pytest.mark.parametrize(
    ("day", "count", "due"),
    [
        (date(2026, 11, 20), 2, date(2026, 11, 24)),  # a Friday: Monday, Tuesday
        (date(2026, 12, 23), 2, date(2026, 12, 28)),  # Christmas, a Friday, is no working day
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # from a Saturday
        (date(2026, 11, 21), 0, date(2026, 11, 23)),
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
        (date(2026, 10, 31), 10, date(2026, 11, 16)),  # 11 November is out
    ],
)
def test_so_many_working_days_after(day: date, count: int, due: date) -> None:
    assert business_days_after(day, count, METROPOLE) == due


@pytest.mark.parametrize(
    ("day", "count", "due"),
    [
        (date(2027, 1, 1), 0, date(2026, 12, 31)),
        (date(2027, 1, 1), 5, date(2026, 12, 24)),
        (date(2026, 7, 1), 1, date(2026, 6, 30)),
    ],
)
def test_so_many_working_days_before(day: date, count: int, due: date) -> None:
    assert business_days_before(day, count, METROPOLE) == due


def test_the_report_of_a_month_is_due_after_it() -> None:
    found = list(periods("monthly", date(2026, 1, 15), None, 10, METROPOLE, until=date(2026, 3, 10)))
    assert [(one.mark, one.first, one.due) for one in found] == [
        ("2026-01", date(2026, 1, 15), date(2026, 2, 13)),
        ("2026-02", date(2026, 2, 1), date(2026, 3, 13)),
        ("2026-03", date(2026, 3, 1), date(2026, 4, 15)),  # Easter Monday is 6 April
    ]


def test_the_planning_is_due_before_the_quarter_and_not_for_the_one_under_way() -> None:
    found = list(periods("quarterly", date(2026, 2, 1), date(2026, 12, 31), 0, METROPOLE, until=date(2026, 9, 1)))
    assert [(one.mark, one.due) for one in found] == [("2026-T2", date(2026, 3, 31)), ("2026-T3", date(2026, 6, 30))]
    found = list(periods("quarterly", date(2026, 1, 1), None, 0, METROPOLE, until=date(2025, 12, 31)))
    assert [one.mark for one in found] == ["2026-T1"]


def test_a_year_is_that_of_the_contract_and_ends_with_it() -> None:
    found = list(periods("yearly", date(2024, 2, 29), date(2026, 2, 27), 5, METROPOLE, until=date(2030, 1, 1)))
    assert [(one.mark, one.last) for one in found] == [
        ("2024-02-29", date(2025, 2, 27)),
        ("2025-02-28", date(2026, 2, 27)),
    ]


def test_what_is_owed_once_is_owed_after_it_takes_effect() -> None:
    assert [one.due for one in periods("once", date(2026, 11, 20), None, 2, METROPOLE, until=date(2027, 1, 1))] == [
        date(2026, 11, 24)
    ]
    assert not list(periods("once", date(2026, 11, 20), None, 2, METROPOLE, until=date(2026, 11, 1)))
    assert len(list(islice(periods("monthly", date(2020, 1, 1), None, 0, METROPOLE, until=date.max), 99))) == 99


@pytest.mark.parametrize(
    ("told", "today", "found"),
    [
        (None, date(2026, 11, 24), "expected"),
        (None, date(2026, 11, 25), "late"),
        ("received", date(2026, 12, 31), "received"),
        ("refused", date(2026, 11, 1), "refused"),
        ("waived", date(2026, 12, 31), "waived"),
    ],
)
def test_a_document_is_late_the_day_after(told: str | None, today: date, found: str) -> None:
    assert state(told, date(2026, 11, 24), today) == found


def test_what_came_in_time_among_what_was_due() -> None:
    due, today = date(2026, 11, 10), date(2026, 11, 22)
    owed = [
        ("received", due, date(2026, 11, 10)),
        ("received", due, date(2026, 11, 11)),
        ("late", due, None),
        ("refused", due, None),
        ("waived", due, None),
        ("expected", date(2026, 11, 30), None),
        ("received", date(2026, 11, 30), date(2026, 11, 20)),
    ]
    found = punctuality(owed, today)
    assert found == Punctuality(2, 5)
    assert found.rate == 40
    assert Punctuality(0, 0).rate is None
