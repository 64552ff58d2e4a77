"""The invoices and the accounts of the example company: coherent to the cent with what the program counts itself."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.jobs import drain
from app.models import Asset, Budget, FixedAsset, Intervention, Invoice, InvoiceLine, InvoiceVat, Licence, PenaltyClaim
from app.models.codes import Charge
from app.models.money_codes import ClaimState, InvoiceKind, InvoiceStatus, LineKind, Treatment
from app.rules import vat
from app.services import example
from app.services.accounting import book
from app.services.billing import hours
from app.services.billing.check import Verdict, check
from app.services.billing.hours import HourAlert
from app.services.fixed_assets.gaps import GapKind, gaps
from app.services.invoices.lateness import lateness
from app.services.penalties.months import MonthState, of_contract
from app.storage import Store

MAIN, BANK = 1, 2


def invoices(session: Session, *which: object) -> list[Invoice]:
    return list(session.scalars(select(Invoice).where(*which).order_by(Invoice.id)))  # type: ignore[arg-type]


def test_three_years_of_invoices_and_a_few_that_ask_for_something(morvan: Store) -> None:
    with morvan.read() as session:
        years = Counter(one.invoiced_on.year for one in invoices(session))
        assert all(years[year] > 40 for year in (2024, 2025, 2026))
        states = Counter(one.status for one in invoices(session))
        assert states[InvoiceStatus.DISPUTED] == 1
        assert 1 <= states[InvoiceStatus.TO_CHECK] <= 3
        late = [one for one in invoices(session, Invoice.paid_on.is_(None)) if lateness(session, one.id, example.TODAY)]
        assert [one.subject for one in late if one.status == InvoiceStatus.APPROVED] == [
            "Petites fournitures de rechange"
        ]


def test_every_total_is_that_of_its_lines(morvan: Store) -> None:
    with morvan.read() as session:
        for one in invoices(session):
            lines = session.scalars(select(InvoiceLine).where(InvoiceLine.invoice_id == one.id)).all()
            made = vat.by_rate((line.net, line.vat_rate) for line in lines)
            kept = session.scalars(select(InvoiceVat).where(InvoiceVat.invoice_id == one.id)).all()
            assert [(v.rate, v.base, v.vat) for v in kept] == [(v.rate, v.base, v.vat) for v in made]
            assert (one.net, one.gross) == (sum(line.net for line in lines), one.net + one.vat)
            assert all(line.net == vat.line_net(line.quantity, line.unit_price or 0) for line in lines)


def test_numbers_grow_with_the_days_of_each_provider(morvan: Store) -> None:
    with morvan.read() as session:
        by_provider: dict[int, list[str]] = {}
        for one in invoices(session):
            by_provider.setdefault(one.provider_id, []).append(one.number)
        assert all(numbers == sorted(set(numbers)) for numbers in by_provider.values())


def test_contracts_are_billed_to_the_cent_but_for_three_invoices(morvan: Store) -> None:
    with morvan.read() as session:
        wrong = {}
        for one in invoices(session, Invoice.contract_id.is_not(None)):
            found = check(session, one.id)
            if found.verdict not in {Verdict.RIGHT, Verdict.UNKNOWN}:
                wrong[one.subject] = (found.verdict, found.difference)
    assert wrong == {
        "Forfait de maintenance, mars 2026": (Verdict.EXPLAINED, 3_000),
        "Forfait de maintenance, octobre 2026": (Verdict.FORBIDDEN, 69_000),
        "Forfait de maintenance, décembre 2026": (Verdict.WRONG, 2_900),
    }


def test_a_credit_note_takes_back_what_came_too_soon(morvan: Store) -> None:
    with morvan.read() as session:
        (credit,) = invoices(session, Invoice.corrects_id.is_not(None))
        corrected = session.get_one(Invoice, credit.corrects_id)
        assert (credit.kind, credit.net, corrected.net) == (InvoiceKind.CREDIT, 3_000, 69_000)
        assert credit.paid_on == corrected.paid_on
        assert credit.payment == f"Déduit de {corrected.number}"


def test_what_was_done_apart_is_billed_the_month_after(morvan: Store) -> None:
    with morvan.read() as session:
        apart = session.scalars(select(Intervention).where(Intervention.charge == Charge.BILLABLE)).all()
        assert apart
        assert all(one.invoice_id for one in apart)


def test_few_hours_are_left_though_more_were_bought(morvan: Store) -> None:
    with morvan.read() as session:
        told = hours.ledger(session, BANK, example.TODAY)
        assert (len(told.lots) > 2, told.alert) == (True, HourAlert.LOW)


def test_penalties_were_credited_given_up_claimed_and_one_is_left(morvan: Store) -> None:
    with morvan.read() as session:
        now = datetime(2026, 11, 20, 7, tzinfo=UTC)
        quiet = {MonthState.NOTHING, MonthState.RUNNING}
        states = [one.state for one in reversed(of_contract(session, MAIN, now)) if one.state not in quiet]
        assert states[-2:] == [MonthState.CLAIMED, MonthState.TO_CLAIM]
        assert set(states[:-2]) == {MonthState.OBTAINED, MonthState.WAIVED}
        obtained = session.scalars(select(PenaltyClaim).where(PenaltyClaim.state == ClaimState.OBTAINED)).first()
        assert obtained is not None
        credit = session.get_one(Invoice, obtained.invoice_id)
        assert (credit.kind, credit.gross, credit.vat) == (InvoiceKind.CREDIT, obtained.amount, 0)


def test_the_register_agrees_with_the_inventory_but_for_what_is_to_be_done(morvan: Store) -> None:
    with morvan.read() as session:
        whole = func.sum(Asset.price)
        lines = select(FixedAsset.cost, whole).join(Asset, Asset.fixed_asset_id == FixedAsset.id)
        made = session.execute(lines.group_by(FixedAsset.id)).all()
        assert len(made) == 59
        assert all(cost == price for cost, price in made)
        found = Counter(gap.kind for gap in gaps(session, example.TODAY))
        assert found == {GapKind.NOT_FOUND: 2, GapKind.NOT_LISTED: 3}
        treated = session.scalars(select(Licence.treatment)).all()
        assert set(treated) == {Treatment.CAPITALISED, Treatment.EXPENSED}
        (out,) = session.scalars(select(FixedAsset).where(FixedAsset.exit_on.is_not(None)))
        assert (out.exit_price, out.exit_vat_rate) == (30_000, 2_000)


def test_a_workstation_and_its_screen_are_one_line(morvan: Store) -> None:
    with morvan.read() as session:
        sets = select(func.count()).where(Asset.fixed_asset_id.is_not(None)).group_by(Asset.fixed_asset_id)
        assert Counter(session.scalars(sets)) == {1: 56, 2: 3}


def test_a_closing_has_charges_of_the_next_year_and_services_without_invoice(morvan: Store) -> None:
    with morvan.read() as session:
        told = book.gather(session, 2025, example.TODAY)
    assert 5 <= len(told.prepaid) <= 9
    assert any(one.shared.beyond for one in told.prepaid), "one runs for more than a year"
    assert {one.label for one in told.accrued} >= {"Location du copieur Canon imageRUNNER C3226i"}
    assert len({(one.label, one.net) for one in told.accrued}) == len(told.accrued), "nothing counts twice"


def test_budgets_are_known_until_next_year(morvan: Store) -> None:
    with morvan.read() as session:
        assert Counter(session.scalars(select(Budget.year))) == {2024: 5, 2025: 5, 2026: 5, 2027: 5}


@pytest.mark.parametrize("month", [1, 2, 4, 9, 12])
def test_whatever_the_day_no_invoice_comes_from_tomorrow(store: Store, month: int) -> None:
    today = date(2027, month, 14)
    drain(example.fill_job(store, tickets=60, today=today))
    with store.read() as session:
        days = select(func.max(Invoice.invoiced_on), func.max(Invoice.approved_on), func.max(Invoice.paid_on))
        assert all(date.fromisoformat(str(one)) <= today for one in session.execute(days).one() if one)
        assert session.scalar(select(func.max(FixedAsset.starts_on))) is not None


def test_a_company_of_any_size_has_its_invoices(store: Store) -> None:
    drain(example.fill_job(store, assets=1001, tickets=400))
    with store.read() as session:
        lines = select(func.count()).where(InvoiceLine.kind == LineKind.EQUIPMENT)
        assert (session.scalar(lines) or 0) > 300
        assert (session.scalar(select(func.count()).select_from(FixedAsset)) or 0) > 500
