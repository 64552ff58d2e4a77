"""What is counted in a financial year: invoices first, and where none says it what is foreseen, each told apart."""

from datetime import date
from typing import Any

import pytest

from app.models import Asset, Company, FixedAsset, HourPurchase, Intervention, Licence, Part, Ticket
from app.models.codes import Charge, FeePeriod, LicenceKind, Ownership, Zone
from app.models.contract_codes import Billing, PriceModel
from app.models.money_codes import BudgetPurpose, InvoiceKind, LineKind
from app.services import preferences
from app.services.invoices import acts
from app.services.invoices.draft import DraftLine, DraftVat
from app.services.spending import gather
from app.services.spending.lines import Costing, Nature, Origin, sources
from app.storage import Store
from tests.services.spending.books import TODAY, asset, bought, by_month, contract, fee, invoice, read, visit

MONTHS = dict.fromkeys(range(1, 13), 45_000)


def test_months_that_no_invoice_says_are_those_of_the_contract(store: Store) -> None:
    with store.begin() as session:
        contract(session)
        fee(session, "F-1", 1)
        fee(session, "F-2", 2, 46_890)
    found = read(store)
    assert by_month(found.lines, Origin.INVOICED) == {1: 45_000, 2: 46_890}
    assert by_month(found.lines, Origin.CONTRACT) == dict.fromkeys(range(3, 13), 45000)
    assert sum(line.cents for line in found.to_date) == 45_000 * 5 + 46_890
    assert {line.bearer for line in found.lines} == {("contract", 1)}
    foreseen = next(line for line in found.lines if line.origin == Origin.CONTRACT)
    assert (foreseen.entity, foreseen.record_id) == ("contract", 1)
    assert foreseen.why.startswith("CT-1, ")


def test_an_invoice_counts_in_the_months_that_it_pays_for(store: Store) -> None:
    line = DraftLine("Antivirus", 120_000, kind=LineKind.SAAS)
    with store.begin() as session:
        invoice(session, "F-1", date(2026, 10, 3), line, period_start=date(2026, 10, 1), period_end=date(2027, 9, 30))
    assert by_month(read(store).lines, Origin.INVOICED) == {10: 10_000, 11: 10_000, 12: 10_000}
    assert sum(one.cents for one in read(store, 2027).lines) == 90_000
    source = sources(read(store).lines)[0]
    assert (source.first, source.last, source.cents) == (date(2026, 10, 1), date(2026, 12, 1), 30_000)
    assert (source.why, source.entity, source.record_id) == ("Facture F-1 du 03/10/2026", "invoice", 1)


def test_what_is_bought_counts_at_once_whatever_the_period_of_the_invoice(store: Store) -> None:
    whole: dict[str, Any] = {"period_start": date(2026, 1, 1), "period_end": date(2026, 12, 31)}
    with store.begin() as session:
        lines = bought("PC", 80_000), bought("Extension de garantie", 12_000, **whole)
        invoice(session, "F-1", date(2026, 3, 3), *lines, **whole)
    found = by_month(read(store).lines, Origin.INVOICED)
    assert found == {month: 1_000 + (80_000 if month == 3 else 0) for month in range(1, 13)}


@pytest.mark.parametrize(
    ("on", "period", "billing", "months"),
    [
        (date(2026, 4, 5), FeePeriod.MONTH, Billing.ADVANCE, [4]),
        (date(2026, 4, 5), FeePeriod.QUARTER, Billing.ADVANCE, [4, 5, 6]),
        (date(2026, 4, 5), FeePeriod.QUARTER, Billing.ARREARS, [1, 2, 3]),
        (date(2026, 3, 31), FeePeriod.QUARTER, Billing.ARREARS, [1, 2, 3]),
        (date(2026, 1, 2), FeePeriod.YEAR, Billing.ADVANCE, list(range(1, 13))),
    ],
)
def test_a_fee_invoiced_without_period_follows_the_contract(
    store: Store, on: date, period: FeePeriod, billing: Billing, months: list[int]
) -> None:
    with store.begin() as session:
        contract(session, fee_period=period, billing=billing)
        invoice(session, "F-1", on, DraftLine("Forfait", 36_000), contract_id=1)
    found = read(store)
    assert by_month(found.lines, Origin.INVOICED) == dict.fromkeys(months, 36_000 // len(months))
    assert not by_month(found.lines, Origin.CONTRACT).keys() & set(months)
    assert found.lines[0].why == f"Facture F-1 du {on:%d/%m/%Y}, période supposée"


def test_a_credit_note_counts_against_and_covers_no_month(store: Store) -> None:
    month = {"period_start": date(2026, 3, 1), "period_end": date(2026, 3, 31)}
    with store.begin() as session:
        contract(session)
        invoice(session, "A-1", date(2026, 4, 2), DraftLine("Pénalités", 3_600, kind=LineKind.PENALTY),
                kind=InvoiceKind.CREDIT, contract_id=1, **month)  # fmt: skip
    found = read(store)
    assert by_month(found.lines, Origin.INVOICED) == {3: -3_600}
    assert by_month(found.lines, Origin.CONTRACT) == MONTHS
    assert found.lines[0].why == "Avoir A-1 du 02/04/2026"


def test_an_invoice_in_dispute_counts_and_says_so(store: Store) -> None:
    with store.begin() as session:
        contract(session)
        acts.dispute(session, fee(session, "F-1", 1), date(2026, 2, 1), "Deux fois")
    assert read(store).lines[0].why == "Facture F-1 du 01/01/2026, en litige"


def test_costs_are_ttc_where_vat_is_not_recovered(store: Store) -> None:
    """The lines of an invoice make its total, to the cent."""
    lines = DraftLine("Souris", 333, kind=LineKind.SUPPLIES), DraftLine("Clavier", 667, kind=LineKind.SUPPLIES)
    with store.begin() as session:
        preferences.save(session, {"vat_recovered": False})
        contract(session, vat_rate=2_000)
        invoice(session, "F-1", date(2026, 3, 3), *lines, vat=(DraftVat(2_000, 1_000, 201),))
        asset(session, "PC-01", price=100_000, purchased_on=date(2026, 2, 1))
    found = read(store)
    assert found.costing.words == "TTC"
    assert by_month(found.lines, Origin.INVOICED) == {3: 1_201}
    assert by_month(found.lines, Origin.CONTRACT) == dict.fromkeys(range(1, 13), 54_000)
    assert by_month(found.lines, Origin.SHEET) == {2: 120_000}


@pytest.mark.parametrize(
    ("values", "counted"),
    [
        ({}, 80_000),
        ({"purchased_on": None, "commissioned_on": date(2026, 4, 2)}, 80_000),
        ({"purchased_on": date(2025, 4, 2)}, None),
        ({"ownership": Ownership.RENTED}, None),
        ({"price": 0}, None),
        ({"invoice": "F-9"}, 80_000),
        ({"invoice": "F-1"}, None),
    ],
)
def test_an_asset_bought_counts_by_its_sheet_when_no_invoice_is_its_own(
    store: Store, values: dict[str, Any], counted: int | None
) -> None:
    with store.begin() as session:
        invoice(session, "F-1", date(2026, 4, 2), bought("Portable", 79_000))
        given: dict[str, Any] = {"price": 80_000, "purchased_on": date(2026, 4, 2)}
        asset(session, "PC-01", **(given | values))
    found = read(store)
    assert by_month(found.lines, Origin.SHEET) == ({4: counted} if counted else {})
    if counted:
        line = next(one for one in found.lines if one.origin == Origin.SHEET)
        assert (line.nature, line.entity, line.record_id) == (Nature.PURCHASE, "asset", 1)


def test_an_asset_of_an_invoice_line_or_of_the_register_is_said_by_the_invoice(store: Store) -> None:
    with store.begin() as session:
        one, two = (asset(session, name, price=80_000, purchased_on=date(2026, 4, 2)) for name in ("PC-01", "PC-02"))
        kept = invoice(session, "F-1", date(2026, 4, 2), bought("Portable", 79_000, asset_id=one), bought("Autre", 1))
        fixed = FixedAsset(number="IM-1", label="Portable", cost=79_000, invoice_id=kept)
        session.add(fixed)
        session.flush()
        session.get_one(Asset, two).fixed_asset_id = fixed.id
    lines = read(store).lines
    assert [line.origin for line in lines] == [Origin.INVOICED] * 2
    assert [line.bearer for line in lines] == [("asset", 1), ("bought", 1)]


@pytest.mark.parametrize(
    ("kind", "months"),
    [(LicenceKind.SUBSCRIPTION, list(range(7, 13))), (LicenceKind.PERPETUAL, [7])],
)
def test_a_licence_counts_over_the_months_that_it_was_paid_for(
    store: Store, kind: LicenceKind, months: list[int]
) -> None:
    with store.begin() as session:
        session.add(
            Licence(number="LI-1", name="Suite", kind=kind, price=60_000, purchased_on=date(2026, 7, 1),
                    expires_on=date(2026, 12, 31))
        )  # fmt: skip
    found = by_month(read(store).lines, Origin.SHEET)
    assert found == dict.fromkeys(months, 60_000 // len(months))


def test_a_licence_bought_by_an_invoice_counts_once(store: Store) -> None:
    with store.begin() as session:
        session.add(Licence(number="LI-1", name="Suite", price=60_000, purchased_on=date(2026, 7, 1)))
        session.flush()
        invoice(session, "F-1", date(2026, 7, 1), bought("Suite", 59_000, LineKind.SOFTWARE, licence_id=1))
    assert [(line.cents, line.bearer) for line in read(store).lines] == [(59_000, ("licence", 1))]


def test_an_act_to_be_paid_counts_until_an_invoice_says_it(store: Store) -> None:
    with store.begin() as session:
        contract(session)
        pc = asset(session, "PC-01", contract_id=1)
        visit(session, Charge.BILLABLE, pc)
        visit(session, Charge.INCLUDED, pc)
    line = next(one for one in read(store).lines if one.origin == Origin.ACT)
    assert (line.cents, line.purpose, line.bearer) == (6_500, BudgetPurpose.REPAIRS, ("asset", 1))
    assert (line.label, line.why, line.entity) == ("Un ennui", "FI-1 du 03/06/2026", "intervention")
    with store.begin() as session:
        kept = invoice(session, "F-1", date(2026, 6, 30), bought("Dépannage", 7_000, LineKind.REPAIR), contract_id=1)
        session.get_one(Intervention, 1).invoice_id = kept
    assert by_month(read(store).lines, Origin.ACT) == {}
    assert next(one for one in read(store).lines if one.purpose == BudgetPurpose.REPAIRS).bearer == ("acts", 1)


def test_an_act_of_a_month_whose_repairs_are_invoiced_is_not_counted_twice(store: Store) -> None:
    june = {"period_start": date(2026, 6, 1), "period_end": date(2026, 6, 30)}
    with store.begin() as session:
        contract(session)
        visit(session, Charge.BILLABLE, asset(session, "PC-01", contract_id=1))
        invoice(session, "F-1", date(2026, 7, 2), bought("Interventions de juin", 6_500, LineKind.REPAIR),
                contract_id=1, **june)  # fmt: skip
    assert by_month(read(store).lines, Origin.ACT) == {}
    assert by_month(read(store).lines, Origin.INVOICED) == {6: 6_500}


def test_an_act_without_rate_counts_for_what_is_known_of_it(store: Store) -> None:
    with store.begin() as session:
        done = visit(session, Charge.BILLABLE, asset(session, "PC-01"))
        session.add(Part(intervention_id=done, label="Disque", quantity=1, unit_price=8_900))
        visit(session, Charge.BILLABLE)
    lines = [line for line in read(store).lines if line.origin == Origin.ACT]
    assert [(line.cents, line.bearer) for line in lines] == [(8_900, ("asset", 1))]


def test_hours_bought_count_once_when_their_invoice_is_near(store: Store) -> None:
    bank = {"price_model": PriceModel.HOUR_BANK, "fee": None, "hours_bought": 3_000, "hours_price": 300_000}
    with store.begin() as session:
        contract(session, **bank)
        session.add(HourPurchase(contract_id=1, bought_on=date(2026, 4, 8), minutes=600, price=60_000))
    found = by_month(read(store).lines, Origin.CONTRACT)
    assert found == {1: 300_000, 4: 60_000}
    with store.begin() as session:
        invoice(session, "F-1", date(2026, 2, 1), bought("50 heures", 300_000, LineKind.HOURS), contract_id=1)
        kept = invoice(session, "F-2", date(2026, 9, 1), bought("10 heures", 60_000, LineKind.HOURS), contract_id=1)
        session.get_one(HourPurchase, 1).invoice_id = kept
    assert by_month(read(store).lines, Origin.CONTRACT) == {}
    assert by_month(read(store).lines, Origin.INVOICED) == {2: 300_000, 9: 60_000}


def test_the_year_is_that_of_the_company(store: Store) -> None:
    with store.begin() as session:
        session.add(Company(name="Morvan", year_end="30/06"))
        contract(session)
    found = read(store, 2027)
    assert (found.year.start, found.year.end) == (date(2026, 7, 1), date(2027, 6, 30))
    assert (len(found.lines), found.lines[0].month, found.is_past) == (12, date(2026, 7, 1), False)
    assert read(store, 2025).is_past
    with store.begin() as session:
        session.get_one(Company, 1).year_end = "15/06"
    whole = gather.bounds(read(store, 2026).year)
    assert whole == (date(2025, 7, 1), date(2026, 6, 1))


def test_the_years_that_may_be_shown(store: Store) -> None:
    with store.begin() as session:
        assert list(gather.offered(session, TODAY)) == [2027, 2026, 2025]
        asset(session, "PC-01", price=1, purchased_on=date(2023, 5, 1))
        invoice(session, "F-1", date(2024, 4, 2), bought("Portable", 79_000))
        assert list(gather.offered(session, TODAY)) == [2027, 2026, 2025, 2024, 2023]
        asset(session, "PC-02", price=1, purchased_on=date(1999, 5, 1))
        assert list(gather.offered(session, TODAY))[-1] == 2014


def test_nothing_known_is_nothing(store: Store) -> None:
    assert read(store).lines == ()
    assert read(store).budgets == {}


def test_an_act_of_no_asset_is_borne_by_its_contract(store: Store) -> None:
    with store.begin() as session:
        contract(session)
        done = session.get_one(Intervention, visit(session, Charge.BILLABLE))
        session.get_one(Ticket, done.ticket_id).contract_id = 1
    line = next(one for one in read(store).lines if one.origin == Origin.ACT)
    assert (line.cents, line.bearer) == (6_500, ("contract", 1))


def test_a_credit_note_of_nothing_weighs_nothing(store: Store) -> None:
    """Lines that cancel out share their VAT in equal parts."""
    with store.begin() as session:
        preferences.save(session, {"vat_recovered": False})
        invoice(session, "F-1", date(2026, 3, 3), bought("Écran", 1_000), bought("Remise", -1_000))
    assert sum(line.cents for line in read(store).lines) == 0


def test_without_vat_recovered_the_usual_rate_is_that_of_the_company(store: Store) -> None:
    with store.begin() as session:
        session.add(Company(name="Scierie de Saint-Pierre", zone=Zone.REUNION))
        preferences.save(session, {"vat_recovered": False})
        costing = Costing.of(session)
    assert (costing.cents(10_000), costing.cents(10_000, 2_000), costing.words) == (10_850, 12_000, "TTC")
