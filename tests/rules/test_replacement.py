"""When an asset is to be replaced (domain.md A.7, F.1)."""

from datetime import date
from decimal import Decimal

import pytest

from app.rules.replacement import Case, Why, causes, due, moved

TODAY = date(2026, 6, 20)
OLD, RECENT = date(2024, 1, 10), date(2026, 1, 10)


@pytest.mark.parametrize(
    ("case", "told", "day"),
    [
        (Case(), [], None),
        (Case(since=date(2021, 10, 5)), [], None),
        (Case(since=date(2021, 10, 5), life_years=5), [Why.LIFE], date(2026, 10, 5)),
        (Case(since=date(2016, 2, 29), life_years=5), [Why.LIFE], date(2021, 2, 28)),
        (Case(support_end=date(2027, 1, 12)), [Why.SUPPORT], date(2027, 1, 12)),
        (Case(since=date(2023, 1, 1), life_years=5, support_end=date(2027, 1, 12)), [Why.SUPPORT, Why.LIFE],
         date(2027, 1, 12)),
        (Case(failures=4), [Why.FAILURES], TODAY),
        (Case(failures=3), [], None),
        (Case(ratio=Decimal("0.31")), [Why.COSTS], TODAY),
        (Case(ratio=Decimal("0.30")), [], None),
        # a verdict: within three months for D and E, twelve for C, unless the sheet says its day
        (Case(verdict="D", judged_on=RECENT), [Why.VERDICT], date(2026, 4, 10)),
        (Case(verdict="E", judged_on=RECENT, renew_on=date(2026, 9, 1)), [Why.VERDICT], date(2026, 9, 1)),
        (Case(verdict="C", judged_on=RECENT), [Why.VERDICT], date(2027, 1, 10)),
        # it holds alone for a year: what else is known is told
        (Case(verdict="C", judged_on=RECENT, since=date(2019, 1, 1), life_years=5, failures=5),
         [Why.LIFE, Why.FAILURES, Why.VERDICT], date(2027, 1, 10)),
        (Case(verdict="A", judged_on=RECENT, since=date(2019, 1, 1), life_years=5), [Why.LIFE], date(2027, 1, 10)),
        (Case(verdict="B", judged_on=RECENT, renew_on=date(2029, 5, 2), support_end=date(2026, 10, 13)),
         [Why.SUPPORT, Why.LIFE], date(2029, 5, 2)),
        (Case(verdict="A", judged_on=RECENT), [], None),
        # an old one no longer keeps from what came since
        (Case(verdict="B", judged_on=OLD, renew_on=date(2029, 5, 2), support_end=date(2026, 10, 13)),
         [Why.SUPPORT, Why.LIFE], date(2026, 10, 13)),
        (Case(verdict="A", judged_on=OLD, renew_on=date(2029, 5, 2), ratio=Decimal("0.4")), [Why.COSTS, Why.LIFE],
         TODAY),
        (Case(verdict="C", judged_on=OLD, since=date(2015, 1, 1), life_years=5), [Why.LIFE, Why.VERDICT],
         date(2020, 1, 1)),
    ],
)  # fmt: skip
def test_the_day_and_the_reasons(case: Case, told: list[Why], day: date | None) -> None:
    found = causes(case, TODAY)
    assert [one.why for one in found] == told
    assert due(found) == day


@pytest.mark.parametrize(
    ("on", "year", "day"),
    [
        (date(2026, 10, 5), 2027, date(2027, 10, 5)),
        (date(2028, 2, 29), 2027, date(2027, 2, 28)),
        (date(2019, 3, 1), 2026, TODAY),
        (date(2027, 3, 1), 2026, TODAY),
    ],
)
def test_another_year_keeps_the_day_and_is_never_past(on: date, year: int, day: date) -> None:
    assert moved(on, year, TODAY) == day
