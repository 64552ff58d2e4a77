"""Charges across a closing, from real invoices and contracts (domain.md E.5 to E.7)."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.models import Intervention, Part
from app.models.codes import Charge, ContractStatus, FeePeriod
from app.models.contract_codes import Billing, ContractKind, PriceModel
from app.models.money_codes import InvoiceKind, LineKind
from app.reports.accounts.data import Book
from tests.services.accounting.ledgers import company, gathered, moved
from tests.services.billing.make import bought, contract, invoice, plain, work

YEAR = {"period_start": date(2026, 1, 1), "period_end": date(2026, 12, 31)}
AHEAD = {"period_start": date(2026, 10, 1), "period_end": date(2027, 9, 30)}
MIDDLE = {"period_start": date(2026, 11, 15), "period_end": date(2027, 11, 14)}
LONG = {"period_start": date(2026, 7, 1), "period_end": date(2029, 6, 30)}
ON = date(2026, 10, 1)


def put_off(book: Book) -> list[tuple[int, int]]:
    return [(row.shared.after, row.shared.beyond) for row in book.prepaid]


# -- prepaid ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "net", "period", "found"),
    [
        ("months", 120_000, AHEAD, [(90_000, 0)]),
        ("thirty", 120_000, AHEAD, [(90_000, 0)]),
        ("real", 120_000, AHEAD, [(89_753, 0)]),
        ("thirty", 144_000, MIDDLE, [(125_600, 0)]),
        ("real", 144_000, MIDDLE, [(125_458, 0)]),
        ("real", 360_000, LONG, [(299_562, 179_672)]),
        ("months", 120_000, YEAR, []),
        ("months", 120_000, {}, []),
    ],
)
def test_a_charge_paid_ahead(
    session: Session, rule: str, net: int, period: dict[str, date], found: list[tuple[int, int]]
) -> None:
    company(session, prepaid_rule=rule)
    invoice(session, None, ON, {"net": net, "kind": LineKind.SAAS}, provider_id=provider(session), **period)
    assert put_off(gathered(session)) == found


def provider(session: Session) -> int:
    """That of a contract of nobody's concern."""
    return 1 if contract(session, number="CT-0", status=ContractStatus.DRAFT) else 0


def test_it_is_booked_without_vat_and_reversed(session: Session) -> None:
    company(session)
    invoice(session, None, ON, {"net": 120_000, "kind": LineKind.CONTRACT}, provider_id=provider(session), **AHEAD)
    book = gathered(session)
    assert moved(list(book.entries)) == [
        ("CCA", "486", 90_000, 0), ("CCA", "6156", 0, 90_000),
        ("Extourne", "6156", 90_000, 0), ("Extourne", "486", 0, 90_000),
    ]  # fmt: skip
    assert [(one.on, one.journal) for one in book.entries] == [
        (ON, "AC"), (date(2026, 12, 31), "OD"), (date(2027, 1, 1), "OD"),
    ]  # fmt: skip


def test_the_period_of_a_line_wins_and_a_credit_note_takes_that_of_its_invoice(session: Session) -> None:
    company(session)
    who = provider(session)
    line = {"net": 120_000, "kind": LineKind.SAAS, **AHEAD}
    first = invoice(session, None, ON, line, {"net": 50_000, "kind": LineKind.SAAS}, provider_id=who, **YEAR)
    back = {"kind": InvoiceKind.CREDIT, "corrects_id": first, "provider_id": who}
    invoice(session, None, ON, {"net": 20_000, "kind": LineKind.SAAS}, **back, **AHEAD)
    invoice(session, None, ON, {"net": 20_000, "kind": LineKind.SAAS}, **back)
    assert put_off(gathered(session)) == [(90_000, 0), (-15_000, 0)]


def test_without_recovered_vat_it_is_put_off_with_it(session: Session) -> None:
    company(session, vat_recovered=False)
    invoice(session, None, ON, {"net": 120_000, "kind": LineKind.SAAS}, provider_id=provider(session), **AHEAD)
    assert put_off(gathered(session)) == [(108_000, 0)]


def test_hours_bought_and_not_used(session: Session) -> None:
    """50 h at 60 €, 32 used: 18 left, 1 080 € (domain.md E.5)."""
    company(session)
    bank = contract(session, fee=None, price_model=PriceModel.HOUR_BANK, hours_bought=None, hourly_rate=6_000)
    bought(session, bank, date(2026, 2, 1), 50 * 60, price=300_000, valid_until=date(2027, 1, 31))
    for day in range(10, 14):
        work(session, bank, f"2026-03-{day} 09:00", 8 * 60, Charge.COUNTED)
    (row,) = gathered(session).prepaid
    assert (row.cents, row.shared.after, row.shared.share.count, row.shared.share.of) == (
        300_000,
        108_000,
        1_080,
        3_000,
    )


def test_without_recovered_vat_hours_left_bear_it(session: Session) -> None:
    company(session, vat_recovered=False)
    bank = contract(session, fee=None, price_model=PriceModel.HOUR_BANK, hours_bought=None, vat_rate=850)
    bought(session, bank, date(2026, 2, 1), 300, price=30_000)
    work(session, bank, "2026-03-10 09:00", 145, Charge.COUNTED)
    (row,) = gathered(session).prepaid
    assert (row.cents, row.shared.after) == (32_550, 16_818)


def test_hours_expired_are_lost(session: Session) -> None:
    company(session)
    bank = contract(session, fee=None, price_model=PriceModel.HOUR_BANK, hours_bought=None)
    bought(session, bank, date(2026, 2, 1), 3_000, price=300_000, valid_until=date(2026, 12, 30))
    assert not gathered(session).prepaid


# -- accrued ----------------------------------------------------------------------------------------------------


def received(book: Book) -> list[tuple[str, int, int, int]]:
    return [(row.account, row.net, row.vat, row.gross) for row in book.accrued]


def act(session: Session, **values: Any) -> int:
    """Five hours at 70 €: 350 € HT (domain.md E.6)."""
    paid = contract(session, fee=None, price_model=PriceModel.PER_ACT, hourly_rate=7_000)
    return work(session, paid, "2026-12-18 09:00", 300, **values)


def test_an_intervention_that_nobody_billed(session: Session) -> None:
    company(session)
    act(session)
    book = gathered(session)
    assert received(book) == [("6155", 35_000, 7_000, 42_000)]
    assert moved(list(book.entries))[:3] == [
        ("FNP", "6155", 35_000, 0), ("FNP", "44586", 7_000, 0), ("FNP", "4081", 0, 42_000),
    ]  # fmt: skip
    assert book.entries[-1].on == date(2027, 1, 1)


def test_one_billed_in_the_year_is_not(session: Session) -> None:
    company(session)
    done = act(session)
    session.get_one(Intervention, done).invoice_id = invoice(session, 1, date(2026, 12, 31), {"net": 35_000})
    assert not gathered(session).accrued


def test_one_billed_after_the_closing_is(session: Session) -> None:
    company(session)
    done = act(session)
    later = invoice(session, 1, date(2027, 1, 5), {"net": 35_000, "kind": LineKind.REPAIR})
    session.get_one(Intervention, done).invoice_id = later
    assert received(gathered(session)) == [("6155", 35_000, 7_000, 42_000)]


def test_one_that_a_later_invoice_details_is_counted_once(session: Session) -> None:
    company(session)
    done = act(session)
    span = {"period_start": date(2026, 12, 1), "period_end": date(2026, 12, 31)}
    repair, copies = {"net": 35_000, "kind": LineKind.REPAIR}, {"net": 4_000, "kind": LineKind.SUPPLIES}
    later = invoice(session, 1, date(2027, 1, 5), repair, copies, **span)
    session.get_one(Intervention, done).invoice_id = later
    assert received(gathered(session)) == [("6155", 35_000, 7_000, 42_000), ("6064", 4_000, 800, 4_800)]


def test_one_that_only_a_later_invoice_prices_is_told_by_it(session: Session) -> None:
    company(session)
    done = work(session, None, "2026-12-18 09:00", 60)
    span = {"period_start": date(2026, 12, 1), "period_end": date(2026, 12, 31)}
    later = invoice(session, None, date(2027, 1, 5), {"net": 5_850, "kind": LineKind.REPAIR},
                    provider_id=provider(session), **span)  # fmt: skip
    session.get_one(Intervention, done).invoice_id = later
    book = gathered(session)
    assert received(book) == [("6155", 5_850, 1_170, 7_020)]
    assert next(one for one in book.points if one.key == "unpriced").count == 0


@pytest.mark.parametrize("billed", [True, False])
def test_one_of_the_year_before_is_if_its_invoice_came_since(session: Session, billed: bool) -> None:
    company(session)
    paid = contract(session, fee=None, price_model=PriceModel.PER_ACT, hourly_rate=7_000, starts_on=date(2025, 1, 1))
    done = work(session, paid, "2025-12-18 09:00", 300)
    if billed:
        session.get_one(Intervention, done).invoice_id = invoice(session, paid, date(2027, 1, 5), {"net": 35_000})
    assert received(gathered(session)) == ([("6155", 35_000, 7_000, 42_000)] if billed else [])


@pytest.mark.parametrize("charge", [Charge.INCLUDED, Charge.WARRANTY, Charge.REFUSED])
def test_one_that_is_not_paid_apart_is_not(session: Session, charge: Charge) -> None:
    company(session)
    act(session, charge=charge)
    assert not gathered(session).accrued


def test_parts_fitted_out_of_any_contract_are_owed(session: Session) -> None:
    company(session)
    done = work(session, None, "2026-12-18 09:00", 60, Charge.COUNTED)
    session.add(Part(intervention_id=done, label="Disque", unit_price=9_900))
    assert received(gathered(session)) == [("6155", 9_900, 1_980, 11_880)]


def test_one_without_price_is_said(session: Session) -> None:
    company(session)
    paid = contract(session, fee=None, price_model=PriceModel.PER_ACT)
    done = work(session, paid, "2026-12-18 09:00", 300)
    point = next(one for one in gathered(session).points if one.key == "unpriced")
    assert (point.count, point.ids, point.entity) == (1, (done,), "intervention")


def in_arrears(session: Session, **values: Any) -> int:
    """900 € a quarter from 1 November (domain.md E.6)."""
    quarter = {"fee": 90_000, "fee_period": FeePeriod.QUARTER, "billing": Billing.ARREARS}
    return contract(session, **{**quarter, "starts_on": date(2026, 11, 1), **values})


def test_a_quarter_in_arrears(session: Session) -> None:
    company(session)
    in_arrears(session)
    book = gathered(session)
    assert received(book) == [("6156", 60_000, 12_000, 72_000)]
    (row,) = book.accrued
    assert (row.start, row.end) == (date(2026, 11, 1), date(2026, 12, 31))
    assert "900,00 €" in plain(row.how)


def test_the_invoice_that_came_since_tells_the_amount(session: Session) -> None:
    company(session)
    late = in_arrears(session)
    span = {"period_start": date(2026, 11, 1), "period_end": date(2027, 1, 31)}
    invoice(session, late, date(2027, 2, 1), {"net": 93_000, **span})
    assert received(gathered(session)) == [("6156", 62_000, 12_400, 74_400)]


def test_what_is_invoiced_is_not_accrued_and_a_month_forgotten_is(session: Session) -> None:
    company(session)
    monthly = contract(session, starts_on=date(2025, 1, 1))
    for month in (1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12):
        end = date(2026, 12, 31) if month == 12 else date.fromordinal(date(2026, month + 1, 1).toordinal() - 1)
        span = {"period_start": date(2026, month, 1), "period_end": end}
        invoice(session, monthly, date(2026, month, 1), {"net": 45_000}, **span)
    (row,) = gathered(session).accrued
    assert (row.start, row.end, row.net) == (date(2026, 10, 1), date(2026, 10, 31), 45_000)


def test_invoices_entered_from_june_on_say_nothing_of_the_spring(session: Session) -> None:
    company(session)
    monthly = contract(session, starts_on=date(2025, 1, 1))
    invoice(
        session, monthly, date(2026, 6, 1), {"net": 315_000},
        period_start=date(2026, 6, 1), period_end=date(2026, 12, 31),
    )  # fmt: skip
    assert not gathered(session).accrued


@pytest.mark.parametrize("billed", [True, False])
def test_a_contract_whose_invoices_say_nothing_is_told(session: Session, billed: bool) -> None:
    company(session)
    monthly = contract(session, starts_on=date(2025, 1, 1))
    if billed:
        invoice(session, monthly, date(2026, 6, 1), {"net": 45_000})
    book = gathered(session)
    assert not book.accrued
    assert next(one for one in book.points if one.key == "blind").ids == (monthly,)


def test_a_rent_has_its_own_account_and_a_year_its_end(session: Session) -> None:
    company(session, year_end="30/06")
    in_arrears(session, kind=ContractKind.SUPPLY, starts_on=date(2026, 5, 1), vat_rate=850)
    assert received(gathered(session)) == [("6135", 60_000, 5_100, 65_100)]


def test_without_recovered_vat_what_is_accrued_bears_it(session: Session) -> None:
    company(session, vat_recovered=False)
    in_arrears(session)
    assert received(gathered(session)) == [("6156", 72_000, 0, 72_000)]


def test_what_ended_or_costs_nothing_accrues_nothing(session: Session) -> None:
    company(session)
    in_arrears(session, starts_on=date(2027, 1, 1))
    contract(session, number="CT-2", starts_on=date(2026, 12, 1), fee=None)
    assert gathered(session).accrued == ()


# -- commitments ------------------------------------------------------------------------------------------------


def bound(book: Book) -> list[tuple[int, int, int]]:
    return [(row.amount.near, row.amount.middle, row.amount.far) for row in book.committed]


TWO_YEARS = {"starts_on": date(2026, 7, 1), "initial_months": 24}


def test_what_a_contract_still_binds_to_pay(session: Session) -> None:
    """450 € a month until 30/06/2028: 8 100 €, of which 5 400 within a year (domain.md E.7)."""
    company(session)
    contract(session, **TWO_YEARS)
    book = gathered(session)
    assert bound(book) == [(540_000, 270_000, 0)]
    assert plain(book.committed[0].how) == "450,00 € par mois × 12, ferme jusqu’au 30/06/2028"


def test_what_is_invoiced_stands_in_the_accounts_already(session: Session) -> None:
    company(session)
    two_years = contract(session, **TWO_YEARS)
    invoice(session, two_years, ON, {"net": 270_000}, period_start=ON, period_end=date(2027, 3, 31))
    book = gathered(session)
    assert bound(book) == [(405_000, 270_000, 0)]
    assert book.committed[0].since == date(2027, 4, 1)


@pytest.mark.parametrize(
    "values",
    [
        {"status": ContractStatus.DRAFT},
        {"price_model": PriceModel.HOUR_BANK},
        {"price_model": PriceModel.PER_ACT},
        {"fee": None},
        {"signed_on": date(2027, 1, 4), "starts_on": date(2027, 2, 1)},
        {"starts_on": date(2024, 7, 1), "renewal": "none"},
    ],
)
def test_what_binds_to_nothing(session: Session, values: dict[str, Any]) -> None:
    company(session)
    contract(session, **{**TWO_YEARS, **values})
    assert not bound(gathered(session))


def test_one_invoiced_to_its_end_binds_to_nothing_more(session: Session) -> None:
    company(session)
    whole = contract(session, **TWO_YEARS)
    invoice(session, whole, ON, {"net": 1_080_000}, period_start=date(2026, 7, 1), period_end=date(2028, 6, 30))
    assert not bound(gathered(session))


def test_without_recovered_vat_it_binds_with_it(session: Session) -> None:
    company(session, vat_recovered=False)
    contract(session, **TWO_YEARS)
    assert bound(gathered(session)) == [(648_000, 324_000, 0)]
