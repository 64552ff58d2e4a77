"""The accountant's workbook: its sheets, its formulas, and what LibreOffice finds when it computes them (E.8)."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from app.errors import AppError, Refused
from app.jobs import drain
from app.models import InvoiceVat
from app.models.codes import FeePeriod
from app.models.contract_codes import PriceModel
from app.models.money_codes import FixedKind, InvoiceKind, LineKind
from app.reports.accounts.data import Book
from app.services.accounting import book
from app.services.fixed_assets import decide
from app.storage import Store
from tests.reports.recalculated import needs_office, recalculated
from tests.services.accounting.ledgers import TODAY, company, gathered, laptop, sold
from tests.services.billing.make import bought, contract, invoice, unit, work
from tests.services.fixed_assets.fleet import add_asset, retire

NAMES = [
    "Lisez-moi", "Immobilisations", "Plan d’amortissement", "Mouvements", "Factures", "CCA", "FNP", "Engagements",
    "Écritures proposées", "Contrôles",
]  # fmt: skip
AHEAD = {"period_start": date(2026, 10, 1), "period_end": date(2027, 9, 30)}


def fill(session: Session) -> None:
    """Something of everything, odd cents among them."""
    company(session, prepaid_rule="real")
    laptop(session)
    sold(
        session, number="IM-0002", starts_on=date(2025, 1, 15), acquired_on=date(2025, 1, 10), exit_on=date(2026, 6, 15)
    )
    laptop(session, number="IM-0003", label="=CAO", kind=FixedKind.SOFTWARE, cost=99_999, starts_on=date(2019, 2, 3))
    laptop(session, number="IM-0004", account="2182", cost=333_333, residual=3_333, life_months=60)
    main = contract(session, starts_on=date(2025, 11, 1), fee=90_000, fee_period=FeePeriod.QUARTER, initial_months=36)
    bank = contract(session, number="CT-2", fee=None, price_model=PriceModel.HOUR_BANK, hourly_rate=6_000)
    posts = contract(session, number="CT-3", price_model=PriceModel.PER_UNIT, fee=None, starts_on=date(2026, 12, 1))
    unit(session, posts, 1_850)
    bought(session, bank, date(2026, 2, 1), 1_000, price=99_999)
    work(session, main, "2026-12-18 09:00", 300)
    span = {"period_start": date(2026, 8, 1), "period_end": date(2026, 10, 31)}
    first = invoice(session, main, date(2026, 8, 1), {"net": 90_001, "vat_rate": 550}, {"net": 3_333}, **span)
    session.add(InvoiceVat(invoice_id=first, rate=550, base=90_001, vat=4_951))
    lines = ({"net": 100_003, "kind": LineKind.SAAS}, {"net": 60_000, "kind": LineKind.EQUIPMENT})
    second = invoice(session, None, date(2026, 10, 1), *lines, **AHEAD)
    invoice(
        session,
        None,
        date(2026, 11, 2),
        {"net": 1_007, "kind": LineKind.SAAS},
        kind=InvoiceKind.CREDIT,
        corrects_id=second,
    )
    session.flush()
    true_totals(session)


def true_totals(session: Session) -> None:
    """What `invoices.saving` does: the totals of each invoice are those of its lines."""
    from app.models import Invoice  # noqa: PLC0415
    from app.services.accounting import bills, chart  # noqa: PLC0415

    sums: dict[int, int] = {}
    for one in bills.read(session, chart.accounts(session)):
        sums[one.invoice_id] = sums.get(one.invoice_id, 0) + abs(one.gross)
    for invoice_id, gross in sums.items():
        session.get_one(Invoice, invoice_id).gross = gross


@pytest.fixture
def made(store: Store, tmp_path: Path) -> tuple[Path, Book]:
    with store.begin("Essai") as session:
        fill(session)
    path = tmp_path / "compta.xlsx"
    return path, drain(book.job(store, 2026, path))


def rows(sheet: Any) -> list[list[Any]]:
    """Of the list, without its head, its total and what follows."""
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    return found[: next((at for at, row in enumerate(found) if row[0] is None), len(found))]


def test_ten_sheets_with_true_dates_and_numbers(made: tuple[Path, Book]) -> None:
    path, told = made
    opened = load_workbook(path)
    assert opened.sheetnames == NAMES
    sheet = opened["Immobilisations"]
    assert [cell.value for cell in sheet[2]][:9] == [
        "IM-0001", "Portable", "2183", None, None, datetime(2026, 9, 10), datetime(2026, 9, 17), 1250, None,  # noqa: DTZ001
    ]  # fmt: skip
    assert (sheet["H2"].number_format, sheet["G2"].number_format) == ('#,##0.00 "€"', "dd/mm/yyyy")
    assert (sheet["B4"].value, sheet["B4"].data_type) == ("=CAO", "s")
    assert (sheet["P2"].value, sheet["Q2"].value) == ("=M2+N2-O2", '=IF(R2="",H2-P2,0)')
    assert sheet["N7"].value == "=SUBTOTAL(109,N2:N5)"
    assert len(rows(opened["Factures"])) == len(told.bills) == 5


@pytest.mark.parametrize("name", NAMES[1:9])
def test_a_list_is_ready_to_print_and_to_filter(made: tuple[Path, Book], name: str) -> None:
    sheet: Any = load_workbook(made[0])[name]
    assert sheet.freeze_panes[1:] == "2"
    assert sheet.auto_filter.ref
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert "Morvan && Fils" in str(sheet.oddFooter.left.text)


@needs_office
def test_libreoffice_finds_the_figures_of_the_program(made: tuple[Path, Book], tmp_path: Path) -> None:
    path, told = made
    opened = recalculated(path, tmp_path)
    checks = rows(opened["Contrôles"])
    assert len(checks) > 20
    assert [row[5] for row in checks] == ["✔ Juste"] * len(checks)
    assert opened["Lisez-moi"]["B6"].value == f"✔ Les {len(checks)} contrôles sont justes"
    assert cents(opened["CCA"], 11) == [one.shared.after for one in told.prepaid]
    assert cents(opened["FNP"], 9) == [one.gross for one in told.accrued]
    assert cents(opened["Engagements"], 10) == [one.amount.total for one in told.committed]
    assert cents(opened["Immobilisations"], 16) == [one.book_value for one in told.fixed]
    moves = [[round(value * 100) for value in row[2:6] + row[7:11]] for row in rows(opened["Mouvements"])]
    assert moves == [
        [m.opening, m.bought, m.left, m.closing, m.worn_before, m.charge, m.released, m.worn] for m in told.movements
    ]


def cents(sheet: Any, column: int) -> list[int]:
    return [round(row[column] * 100) for row in rows(sheet)]


@needs_office
def test_what_does_not_agree_is_seen(store: Store, tmp_path: Path) -> None:
    """A total of an invoice that its lines do not make, and a line of the register never put in service."""
    with store.begin("Essai") as session:
        company(session)
        invoice(session, contract(session), date(2026, 3, 1), {"net": 100_00}, gross=12_001, provider_id=1)
        laptop(session, starts_on=None)
    drain(book.job(store, 2026, tmp_path / "compta.xlsx"))
    opened = recalculated(tmp_path / "compta.xlsx", tmp_path)
    wrong = [row[1] for row in rows(opened["Contrôles"]) if not row[5].startswith("✔")]
    assert wrong == [
        "Factures, total TTC", "Factures passées aux fournisseurs", "Immobilisations sans mise en service",
        "Lignes de factures sans période",
    ]  # fmt: skip
    assert opened["Lisez-moi"]["B6"].value == "✘ 4 contrôle(s) à revoir"


@needs_office
def test_a_company_without_anything_has_its_book_too(store: Store, tmp_path: Path) -> None:
    drain(book.job(store, 2026, tmp_path / "compta.xlsx"))
    opened = recalculated(tmp_path / "compta.xlsx", tmp_path)
    assert str(opened["Lisez-moi"]["B6"].value).startswith("✔")
    assert opened["Factures"].max_row == 1


@pytest.mark.parametrize(("recovered", "head"), [(True, "Valeur HT"), (False, "Valeur TTC")])
def test_a_value_says_whether_it_bears_its_vat(store: Store, tmp_path: Path, recovered: bool, head: str) -> None:
    with store.begin("Essai") as session:
        company(session, vat_recovered=recovered)
    drain(book.job(store, 2026, tmp_path / "compta.xlsx"))
    assert load_workbook(tmp_path / "compta.xlsx")["Immobilisations"]["H1"].value == head


def test_the_year_of_a_company_that_closes_in_june(store: Store) -> None:
    with store.begin("Essai") as session:
        company(session, year_end="30/06")
        server = {"label": "Serveur", "cost": 360_000, "acquired_on": date(2026, 4, 1), "starts_on": date(2026, 4, 1)}
        laptop(session, **server)
        found = [gathered(session, year).fixed[0].charge for year in (2026, 2027, 2028, 2029)]
    assert found == [30_000, 120_000, 120_000, 90_000]


def test_it_is_read_without_its_plans_for_who_looks(store: Store) -> None:
    with store.begin("Essai") as session:
        fill(session)
        whole = gathered(session)
    seen = drain(book.read_job(store, 2026, TODAY))
    assert (seen.entries, seen.points) == (whole.entries, whole.points)
    assert whole.anything
    assert book.told(whole) == "exercice 2026, 4\u00a0immobilisations, 5\u00a0lignes de factures"
    assert whole.fixed[0].plan
    assert not seen.fixed[0].plan


def test_only_a_workbook_and_only_where_one_can_write(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="xlsx"):
        drain(book.job(store, 2026, tmp_path / "compta.csv"))
    with pytest.raises((AppError, FileNotFoundError)):
        drain(book.job(store, 2026, tmp_path / "absent" / "compta.xlsx"))


def test_gaps_of_what_came_after_the_closing_are_not_told(ready: Store) -> None:
    with ready.begin() as session:
        asset = add_asset(session, 125_000, purchased_on=date(2027, 1, 4), commissioned_on=date(2027, 1, 5))
        decide.capitalise_each(session, [("asset", asset)])
        retire(session, asset, date(2027, 1, 8))
        add_asset(session, 125_000, purchased_on=date(2027, 1, 4), finding="tool", seen_on=date(2027, 1, 9))
        keys = ("not_found", "not_listed")
        counts = {
            year: [one.count for one in gathered(session, year).points if one.key in keys] for year in (2026, 2027)
        }
    assert counts == {2026: [0, 0], 2027: [1, 1]}


def test_the_checks_name_what_is_to_be_settled(store: Store, tmp_path: Path) -> None:
    with store.begin() as session:
        company(session)
        held = contract(session)
        for count in range(8):
            invoice(session, held, date(2026, 3, 1 + count), {"net": 1_000}, number=f"F-{count}")
    path = tmp_path / "compta.xlsx"
    drain(book.job(store, 2026, path))
    rows = load_workbook(path)["Contrôles"].iter_rows(values_only=True)
    (why,) = [row[6] for row in rows if row[1] == "Factures sans période"]
    assert str(why).endswith("F-0, F-1, F-2, F-3, F-4, F-5 et 2 de plus")
