"""Worked examples of domain.md C.5."""

from datetime import date
from decimal import Decimal

import pytest

from app.rules import payment

LATE = (180_000, date(2026, 3, 31), date(2026, 5, 15))


@pytest.mark.parametrize(
    ("invoiced", "days", "rule", "due"),
    [
        (date(2026, 3, 10), 45, "month_end_after", date(2026, 4, 30)),
        (date(2026, 3, 10), 45, "month_end_before", date(2026, 5, 15)),
        (date(2026, 3, 10), 30, "invoice", date(2026, 4, 9)),
        (date(2026, 3, 10), 0, "invoice", date(2026, 3, 10)),
        (date(2028, 1, 30), 30, "month_end_after", date(2028, 2, 29)),
        (date(2026, 12, 15), 30, "month_end_before", date(2027, 1, 30)),
    ],
)
def test_the_day_an_invoice_is_due(invoiced: date, days: int, rule: str, due: date) -> None:
    assert payment.due_on(invoiced, days, rule) == due


@pytest.mark.parametrize(("percents", "cents"), [("12.15", 2_696), ("7.86", 1_744)])
def test_the_interest_of_forty_five_days(percents: str, cents: int) -> None:
    assert payment.interest(*LATE, rate=lambda _: Decimal(percents)) == cents
    assert payment.RECOVERY == 4_000


def test_each_semester_has_its_rate() -> None:
    due, paid = date(2026, 6, 20), date(2026, 7, 10)
    assert payment.late_days(due, paid) == {(2026, 1): 10, (2026, 2): 10}
    rates = {(2026, 1): Decimal("12.15"), (2026, 2): Decimal("10.95")}
    assert payment.interest(365_000, due, paid, lambda half: rates[half]) == 1_215 + 1_095


def test_an_unknown_rate_gives_no_figure() -> None:
    assert payment.interest(*LATE, rate=lambda _: None) is None


@pytest.mark.parametrize("paid", [date(2026, 3, 31), date(2026, 3, 1)])
def test_nothing_is_owed_in_time(paid: date) -> None:
    assert payment.late_days(date(2026, 3, 31), paid) == {}
    assert payment.interest(180_000, date(2026, 3, 31), paid, lambda _: Decimal(12)) == 0


def test_the_legal_bounds() -> None:
    assert payment.least_rate(Decimal("2.62")) == Decimal("7.86")
    assert payment.silent_rate(Decimal("2.15")) == Decimal("12.15")
    assert [payment.longest(rule) for rule in ("invoice", "month_end_after", "month_end_before")] == [60, 45, 45]
