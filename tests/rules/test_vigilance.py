"""What is asked of a provider: the threshold, the months, the days (domain.md C.8)."""

from datetime import date

import pytest

from app.rules import price, vigilance

ALL = ("urssaf", "kbis", "insurance")


@pytest.mark.parametrize(
    ("fee", "period", "months", "total"),
    [
        (45_000, "month", 12, 540_000),  # the example of C.8
        (45_000, "month", 11, 495_000),
        (38_700, "quarter", 36, 464_400),
        (500_000, "year", 12, 500_000),
        (499_999, "year", 12, 499_999),
        (120_000, "year", 18, 180_000),
        (100, "quarter", 1, 33),
        (None, "month", 12, 0),
    ],
)
def test_a_contract_is_worth_its_fee_over_what_it_engages_for(
    fee: int | None, period: str, months: int, total: int
) -> None:
    assert price.over(price.fee_a_year(price.Tariff("flat", fee, period)), months) == total


@pytest.mark.parametrize(
    ("months", "renews", "engaged"), [(12, True, 12), (36, False, 36), (1, True, 12), (6, False, 6), (None, True, 12)]
)
def test_what_goes_on_by_itself_is_counted_for_a_year_at_least(months: int | None, renews: bool, engaged: int) -> None:
    assert vigilance.engaged_months(months, renews=renews) == engaged


@pytest.mark.parametrize(
    ("total", "asked"), [(540_000, ALL), (500_000, ALL), (499_999, ("insurance",)), (0, ("insurance",))]
)
def test_from_five_thousand_euros_on_the_provider_proves_that_it_is_in_order(total: int, asked: tuple[str]) -> None:
    assert vigilance.demanded(total) == asked


@pytest.mark.parametrize(
    ("kind", "issued", "end"),
    [
        ("urssaf", date(2026, 3, 15), date(2026, 9, 15)),
        ("urssaf", date(2026, 8, 31), date(2027, 2, 28)),
        ("kbis", date(2027, 8, 31), date(2028, 2, 29)),
        ("insurance", date(2028, 2, 29), date(2029, 2, 28)),
        ("insurance", date(2026, 1, 1), date(2027, 1, 1)),
        ("other", date(2026, 1, 1), None),
    ],
)
def test_a_document_without_an_end_has_that_of_its_kind(kind: str, issued: date, end: date | None) -> None:
    assert vigilance.usual_end(kind, issued) == end
    assert vigilance.due_on(kind, issued, None) == end


@pytest.mark.parametrize(
    ("kind", "until", "due"),
    [
        ("urssaf", date(2027, 1, 1), date(2026, 7, 1)),  # asked again after six months whatever it says
        ("urssaf", date(2026, 6, 30), date(2026, 6, 30)),
        ("insurance", date(2027, 6, 30), date(2027, 6, 30)),
        ("other", date(2027, 6, 30), date(2027, 6, 30)),
    ],
)
def test_the_end_that_a_document_bears(kind: str, until: date, due: date) -> None:
    assert vigilance.due_on(kind, date(2026, 1, 1), until) == due


@pytest.mark.parametrize(
    ("due", "state"),
    [
        (date(2026, 11, 19), "expired"),
        (date(2026, 11, 20), "soon"),
        (date(2026, 12, 20), "soon"),
        (date(2026, 12, 21), "held"),
        (None, "held"),
    ],
)
def test_where_a_document_stands(due: date | None, state: str) -> None:
    assert vigilance.state(due, date(2026, 11, 20)) == state
