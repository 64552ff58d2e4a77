"""What the page is given: a year read in a job, the fees and the years side by side, and the workbook."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.errors import Refused
from app.jobs import drain
from app.models import Asset, Company
from app.models.codes import Charge
from app.models.money_codes import BudgetPurpose, LineKind
from app.services import spending
from app.services.spending import Column, Dimension, Nature, Shown
from app.storage import Store
from tests.services.spending.books import TODAY, asset, bought, contract, fee, invoice, visit


@pytest.fixture
def spent(store: Store) -> Store:
    """Two months of 2026 invoiced at 450,00 €, a telephone bill of 2025, a PC of 900,00 € and a visit."""
    with store.begin() as session:
        contract(session)
        one = asset(session, "PC-01", contract_id=1, replacement_value=900_000)
        fee(session, "F-1", 1)
        fee(session, "F-2", 2)
        invoice(session, "T-1", date(2025, 2, 3), bought("Téléphone", 8_000, LineKind.TELECOM))
        visit(session, Charge.INCLUDED, one)
    return store


def shown(store: Store, year: int = 0) -> Shown:
    return drain(spending.read_job(store, year, TODAY))


def test_the_year_of_today_is_shown_first(spent: Store) -> None:
    of = shown(spent)
    assert (of.year, of.anything, len(of.months)) == (2026, True, 12)
    assert shown(spent, 2025).picture.now.is_past
    assert [len(of.groups[by]) for by in (Dimension.CONTRACT, Dimension.MONTH)] == [2, 6]


def test_an_empty_company_has_nothing_to_show_until_it_spends(store: Store) -> None:
    assert not shown(store).anything
    with store.begin() as session:
        asset(session, "PC-01", price=1_000, purchased_on=date(2020, 2, 3))
    assert shown(store).anything
    assert not shown(store).picture.now.lines


def test_the_lists_behind_the_figures(spent: Store) -> None:
    of = shown(spent)
    assert sum(one.cents for one in spending.of_forecast(None, Column.TOTAL, of)) == 12 * 45_000
    assert sum(one.cents for one in spending.of_forecast(BudgetPurpose.CONTRACTS, Column.INVOICED, of)) == 90_000
    assert spending.of_forecast(BudgetPurpose.REPAIRS, Column.TOTAL, of) == []
    assert [one.entity for one in spending.of_month(date(2026, 1, 1), of)] == ["invoice"]
    assert sum(one.cents for one in spending.of_group(Dimension.ASSET, 1, Nature.MAINTENANCE, of)) == 6 * 45_000
    assert spending.of_group(Dimension.ASSET, 1, Nature.PURCHASE, of) == []


def test_the_fees_of_three_years(spent: Store) -> None:
    of = shown(spent)
    [years] = drain(spending.bought_job(spent, of))
    assert [(one.year.year, one.fee) for one in years] == [(2026, 270_000)]
    assert sum(one.cents for one in spending.of_contract(years[0], False, of)) == 270_000
    assert spending.of_contract(years[0], True, of) == []


def test_the_years_side_by_side(spent: Store) -> None:
    years = drain(spending.span_job(spent, TODAY))
    assert [(one.year, one.maintenance, one.other, one.is_now, one.is_ahead) for one in years] == [
        (2025, 0, 8_000, False, False),
        (2026, 540_000, 0, True, False),
        (2027, 540_000, 0, False, True),
        (2028, 540_000, 0, False, True),
    ]
    assert [one.ratio for one in years] == [None, *[Decimal("0.6")] * 3]
    with spent.begin() as session:
        session.get_one(Asset, 1).replacement_value = None
    assert drain(spending.span_job(spent, TODAY))[1].ratio is None


def test_years_without_anything_begin_with_this_one(store: Store) -> None:
    assert [one.year for one in drain(spending.span_job(store, TODAY))] == [2026, 2027, 2028]


def test_the_years_are_called_as_a_menu_does(store: Store) -> None:
    with store.begin() as session:
        assert spending.offered_words(session, TODAY) == [
            (2027, "2027 (à venir)"), (2026, "2026 (en cours)"), (2025, "2025"),
        ]  # fmt: skip
        session.add(Company(name="Morvan", year_end="31/03"))
        session.flush()
        assert spending.offered_words(session, TODAY)[1] == (2027, "2026-2027 (en cours)")


def test_the_workbook(spent: Store, tmp_path: Path) -> None:
    with spent.begin() as session:
        spending.set_budget(session, 2026, BudgetPurpose.CONTRACTS, 500_000)
    count = drain(spending.book_job(spent, tmp_path / "couts.xlsx", 2026, TODAY))
    book = load_workbook(tmp_path / "couts.xlsx")
    forecast = [[cell.value for cell in row] for row in book["Prévision"].iter_rows()]
    assert forecast[1] == ["Contrats", 900, 1800, 2700, None, 5400, 5000, -400, "Dépassé"]
    assert forecast[-1][1] == "=SUBTOTAL(109,B2:B6)"
    assert [cell.value for cell in book["Par bien"][2]] == ["PC-01", None, 2700, None, 2700, 1800, None, 9000, 0.3]
    assert [cell.value for cell in book["Forfaits"][2]][:3] == ["CT-1 Maintenance du parc", 2700, 1]
    about = {row[0].value: row[1].value for row in book["Lisez-moi"].iter_rows()}
    assert (about["Exercice"], about["Montants"]) == ("du 01/01/2026 au 31/12/2026", "HT")
    assert count > 20
    with pytest.raises(Refused, match="xlsx"):
        drain(spending.book_job(spent, tmp_path / "couts.csv", 2026, TODAY))


def test_a_list_behind_a_figure_leaves_as_a_workbook(spent: Store, tmp_path: Path) -> None:
    listed = spending.of_month(date(2026, 1, 1), shown(spent))
    assert drain(spending.detail_job(spent, tmp_path / "detail.xlsx", "Janvier 2026", listed, TODAY)) == 1
    sheet = load_workbook(tmp_path / "detail.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[2]][2:] == [
        "Forfait", "Facture F-1 du 01/01/2026", "Contrats", "Facturé", 450,
    ]  # fmt: skip
    assert spending.counted_lines(2) == "2\u00a0lignes"
