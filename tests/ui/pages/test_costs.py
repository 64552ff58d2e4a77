"""The page of costs: what it tells, the budget typed in place, the list behind each figure, the workbook."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.models.codes import Charge
from app.models.money_codes import LineKind
from app.services.spending import Column, Dimension, Purpose
from app.storage import Store
from app.ui.pages.costs import CostsPage
from app.ui.state import UiState
from tests.services.spending.books import TODAY, asset, bought, contract, fee, invoice, visit
from tests.ui.fakes import Answers, make_desk, settle


@pytest.fixture
def spent(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Half of 2026: four months invoiced, two foreseen, a PC bought, a visit included."""
    monkeypatch.setattr("app.ui.pages.costs.this_day", lambda: TODAY)
    with store.begin() as session:
        contract(session)
        one = asset(session, "PC-01", contract_id=1, replacement_value=90_000)
        for month in range(1, 5):
            fee(session, f"F-{month}", month)
        invoice(session, "F-9", date(2026, 2, 3), bought("Portable", 80_000, asset_id=one))
        invoice(session, "F-8", date(2025, 2, 3), bought("Téléphone", 8_000, LineKind.TELECOM))
        visit(session, Charge.INCLUDED, one)
    return store


@pytest.fixture
def answers() -> Answers:
    return Answers()


def opened(qtbot: QtBot, store: Store, answers: Answers, tmp_path: Path) -> CostsPage:
    page = CostsPage(make_desk(qtbot, store, answers), UiState(tmp_path / "poste.json"))
    qtbot.addWidget(page)
    page.resize(1280, 800)
    with qtbot.waitSignal(page.read_again, timeout=5000):
        page.show()
    return page


def texts(page: CostsPage, purpose: Purpose | None) -> list[str]:
    return [figure.text() for figure in page.year_view.rows[purpose].figures.values()]


def shown(table: Any) -> list[list[str]]:
    model = table.model()
    return [[model.index(r, c).data() for c in range(model.columnCount())] for r in range(model.rowCount())]


def bare(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_year_and_the_list_behind_a_figure(qtbot: QtBot, spent: Store, answers: Answers, tmp_path: Path) -> None:
    page = opened(qtbot, spent, answers, tmp_path)
    assert [bare(text) for text in texts(page, Purpose.CONTRACTS)] == [
        "1 800,00",
        "900,00",
        "2 700,00",
        "–",
        "5 400,00",
    ]
    assert bare(page.year_view.head.text()) == "Prévision de l’exercice 2026 : 6 200,00 € HT"
    assert "Écrivez un budget" in page.year_view.note.text()
    assert bare(shown(page.year_view.table)[1][0]) == "Février 2026"
    page.year_view.rows[Purpose.EQUIPMENT].figures[Column.INVOICED].click()
    assert [row[1] for row in shown(page.detail.table)] == ["Portable"]
    went: list[tuple[str, int]] = []
    page.desk.go_to.connect(lambda key, record_id: went.append((key, record_id)))
    page.detail.table.activated.emit(page.detail.table.model().index(0, 0))
    assert went == [("invoice", 5)]
    page.detail.back.click()
    assert page.stack.currentWidget() is page.year_view
    page.year_view.table.opened.emit(1)
    assert bare(page.sentence()) == "2 lignes  ·  1 250,00 €"
    page.year_view.table.opened.emit(12)
    assert page.stack.currentWidget() is page.detail


def test_a_budget_is_typed_in_place(qtbot: QtBot, spent: Store, answers: Answers, tmp_path: Path) -> None:
    page = opened(qtbot, spent, answers, tmp_path)
    row = page.year_view.rows[Purpose.CONTRACTS]
    told: list[str] = []
    page.desk.done.connect(lambda text, _: told.append(text))

    def write(text: str) -> None:
        row.field.selectAll()
        QTest.keyClick(row.field, Qt.Key.Key_Delete)
        QTest.keyClicks(row.field, text)
        QTest.keyClick(row.field, Qt.Key.Key_Return)

    with qtbot.waitSignal(page.read_again, timeout=5000):
        write("5000")
    assert bare(told[-1]) == "Contrats, budget 2026 : 5 000,00 €"
    assert (row.badge.accessibleName(), bare(row.gap.text()), bare(row.field.text())) == (
        "Dépassé", "−400,00", "5 000,00",
    )  # fmt: skip
    assert "1\u00a0200,00\u00a0€ au-delà du budget" in page.year_view.head.text()
    write("5 000")
    page.year_view.keep_budget(Purpose.CONTRACTS)
    write("rien")
    assert (bool(row.wrong.text()), row.field.text(), len(told)) == (True, "rien", 1)
    with qtbot.waitSignal(page.read_again, timeout=5000):
        write("")
    assert (row.badge.accessibleName(), row.wrong.text(), len(told)) == ("", "", 2)
    write("rien")
    with qtbot.waitSignal(page.read_again, timeout=5000):
        page.choose_year(2025)
    assert (row.field.text(), row.wrong.text()) == ("", "")


def test_who_costs_what(qtbot: QtBot, spent: Store, answers: Answers, tmp_path: Path) -> None:
    page = opened(qtbot, spent, answers, tmp_path)
    page.views.changed.emit("share")
    view = page.share_view
    assert [row[0] for row in shown(view.table)] == ["CT-1 Maintenance du parc", "Hors contrat"]
    view.show_by(Dimension.ASSET)
    assert view.chip.text().endswith("bien")
    assert [bare(text) for text in shown(view.table)[0][2:6]] == ["800,00", "2 700,00", "–", "3 500,00"]
    view.search.setText("rien de tel")
    settle(qtbot, lambda: view.answers.currentIndex() == 1)
    view.search.clear()
    settle(qtbot, lambda: view.answers.currentIndex() == 0)
    view.table.activated.emit(view.table.model().index(0, 2))
    assert page.detail.title.accessibleName() == "PC-01, achats"
    assert [row[1] for row in shown(page.detail.table)] == ["Portable"]
    page.show_view("share")
    view.table.sort_by(2)
    view.table.sort_by(2)
    assert not view.table.head().sortIndicatorOrder().value
    for by in Dimension:
        view.show_by(by)
        assert shown(view.table)
    assert page.sentence().endswith("sans facture")


def test_what_the_fee_bought_and_the_years(qtbot: QtBot, spent: Store, answers: Answers, tmp_path: Path) -> None:
    page = opened(qtbot, spent, answers, tmp_path)
    page.show_view("fee")
    settle(qtbot, lambda: bool(page.fee_view.tables))
    [row] = shown(page.fee_view.tables[0])
    assert [bare(text) for text in row[:6]] == ["2026", "2 700,00 €", "1", "1 h 00", "65,00 €", "2 %"]
    lists: list[tuple[str, Any]] = []
    page.desk.show_list.connect(lambda key, query: lists.append((key, query.ids)))
    table = page.fee_view.tables[0]
    table.activated.emit(table.model().index(0, 2))
    assert lists == [("intervention", (1,))]
    table.activated.emit(table.model().index(0, 1))
    assert bare(page.sentence()) == "5 lignes  ·  2 700,00 €"
    page.show_view("span")
    settle(qtbot, lambda: bool(page.span_view.years))
    assert [row[0] for row in shown(page.span_view.table)] == [
        "2025", "2026 (en cours)", "2027 (prévision)", "2028 (prévision)",
    ]  # fmt: skip
    with qtbot.waitSignal(page.read_again, timeout=5000):
        page.span_view.table.opened.emit(0)
    assert (page.chip.text(), page.views.value()) == ("Exercice\u00a0: 2025", "year")
    assert page.year_view.head.text().startswith("Dépenses de l’exercice 2025")


def test_the_workbook_and_the_detail_leave_as_excel(
    qtbot: QtBot, spent: Store, answers: Answers, tmp_path: Path
) -> None:
    page = opened(qtbot, spent, answers, tmp_path)
    answers.saves = [tmp_path / "couts.xlsx", None, tmp_path / "detail.xlsx"]
    page.section_actions()[0].click()
    settle(qtbot, lambda: (tmp_path / "couts.xlsx").exists() and not page.desk.jobs.busy)
    book = load_workbook(tmp_path / "couts.xlsx")
    assert book.sheetnames == [
        "Prévision", "Par mois", "Par contrat", "Par bien", "Par poste", "Par site", "Par famille", "Forfaits",
        "Détail", "Lisez-moi",
    ]  # fmt: skip
    assert [cell.value for cell in book["Prévision"][2]][:2] == ["Contrats", 1800]
    page.export()
    page.year_view.rows[None].figures[Column.TOTAL].click()
    page.export()
    settle(qtbot, lambda: (tmp_path / "detail.xlsx").exists() and not page.desk.jobs.busy)
    assert load_workbook(tmp_path / "detail.xlsx").active.max_row > 5  # type: ignore[union-attr]  # it has one


def test_an_empty_company_is_told_where_to_begin(qtbot: QtBot, store: Store, answers: Answers, tmp_path: Path) -> None:
    page = opened(qtbot, store, answers, tmp_path)
    assert page.body.currentIndex() == 1
    assert page.sentence() == ""
    with qtbot.waitSignal(page.read_again, timeout=5000), store.begin() as session:
        contract(session)
    assert page.body.currentIndex() == 0
