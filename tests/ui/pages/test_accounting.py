"""Stories of a financial year seen before its workbook, and of the accounts it is booked to."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from app.models import InvoiceLine
from app.models.money_codes import InvoiceStatus, LineKind
from app.services.accounting import chart
from app.services.listing import Query
from app.storage import Store
from app.ui.pages.accounting import AccountingPage
from app.ui.pages.acts import ActDialog
from app.ui.state import UiState
from tests.services.accounting.ledgers import company, laptop
from tests.services.billing.make import contract, invoice
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import opened, pick, press, shown, write

AHEAD = {"period_start": date(2025, 10, 1), "period_end": date(2026, 9, 30)}


@pytest.fixture
def page(qtbot: QtBot, ready: Store, answers: Answers) -> AccountingPage:
    """2025: a subscription paid ahead, an invoice in dispute and without period, a laptop."""
    with ready.begin("Essai") as session:
        company(session)
        contract(session, fee=None, starts_on=date(2025, 1, 1))
        invoice(session, 1, date(2025, 10, 1), {"net": 120_000, "kind": LineKind.SAAS}, **AHEAD)
        invoice(session, 1, date(2025, 5, 1), {"net": 45_000}, status=InvoiceStatus.DISPUTED)
        laptop(session, acquired_on=date(2025, 9, 10), starts_on=date(2025, 9, 17))
    return shown_page(qtbot, ready, answers)


def shown_page(qtbot: QtBot, store: Store, answers: Answers) -> AccountingPage:
    made = AccountingPage(make_desk(qtbot, store, answers), UiState())
    qtbot.addWidget(made)
    for action in made.section_actions():
        action.setParent(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitUntil(lambda: made.book is not None)
    return made


def choose(qtbot: QtBot, page: AccountingPage, year: int) -> None:
    with qtbot.waitSignal(page.read_again):
        page.choose_year(year)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_year_is_seen_before_it_is_exported(
    qtbot: QtBot, page: AccountingPage, answers: Answers, tmp_path: Path
) -> None:
    choose(qtbot, page, 2025)
    assert plain(page.sentence()) == "Exercice 2025  ·  5 points à régler"
    assert "Factures sans période" in shown(page)
    assert "n’est pas clos" not in shown(page)
    page.year_view.summary.selectRow(3)
    assert page.year_view.lines is not None
    cells = page.year_view.lines.model()
    assert plain(cells.data(cells.index(0, 6))) == "900,00 €"
    went: list[tuple[str, Query]] = []
    page.desk.show_list.connect(lambda key, query: went.append((key, query)))
    press(page, "Ouvrir la liste")
    assert (went[0][0], went[0][1].ids) == ("invoice", (1,))
    answers.saves.append(tmp_path / "compta.xlsx")
    told: list[str] = []
    page.desk.done.connect(lambda text, _: told.append(text))
    press(page, "Exporter le classeur…")
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert plain(told[0]) == "compta.xlsx : exercice 2025, 1 immobilisation, 2 lignes de factures"
    assert load_workbook(tmp_path / "compta.xlsx")["CCA"]["H2"].value == 1200


def test_what_is_to_be_settled_opens_its_list_and_leaves_once_settled(qtbot: QtBot, page: AccountingPage) -> None:
    choose(qtbot, page, 2025)
    went: list[tuple[str, Query]] = []
    page.desk.show_list.connect(lambda key, query: went.append((key, query)))
    press(page, "Factures sans période\u00a0: 1, voir la liste")
    assert (went[0][0], tuple(went[0][1].ids or ())) == ("invoice", (2,))
    with qtbot.waitSignal(page.read_again), page.desk.store.begin("Période") as session:
        line = session.get_one(InvoiceLine, 2)
        line.period_start, line.period_end = date(2025, 5, 1), date(2025, 5, 31)
    assert "Factures sans période" not in shown(page)


def test_a_year_that_runs_is_provisional(qtbot: QtBot, page: AccountingPage) -> None:
    today = date.today()  # noqa: DTZ011 - the year of whoever looks
    choose(qtbot, page, today.year + 1)
    assert "n’est pas clos" in shown(page)
    page.chip.click()
    pick(page, "2025 (du 01/01/2025 au 31/12/2025)")
    qtbot.waitUntil(lambda: page.book is not None and page.book.year.year == 2025)


@pytest.mark.parametrize("key", ["fixed", "moves", "bills", "prepaid", "accrued", "committed", "entries"])
def test_every_sheet_shows_its_lines_or_says_why_there_are_none(qtbot: QtBot, page: AccountingPage, key: str) -> None:
    choose(qtbot, page, 2025)
    page.year_view.show_sheet(key)
    lines = page.year_view.lines
    assert (lines is not None and lines.model().rowCount() > 0) or page.year_view.shown.empty in shown(page)
    choose(qtbot, page, 2023)
    settle(qtbot)


def test_an_account_is_given_the_company_s_number(qtbot: QtBot, page: AccountingPage) -> None:
    press(page, "Comptes et réglages")
    assert page.sentence() == "29\u00a0comptes"
    assert not page.chart_view.edit.isEnabled()
    page.chart_view.table.selectRow(7)
    press(page, "Changer ce compte…")
    dialog = opened(page, ActDialog)
    write(dialog, "number", "abc")
    dialog.accept()
    assert dialog.isVisible()
    write(dialog, "number", "6135100")
    dialog.accept()
    qtbot.waitUntil(lambda: page.sentence().endswith("1\u00a0propre à l’entreprise"))
    page.chart_view.table.opened.emit(7)
    again = opened(page, ActDialog)
    write(again, "number", "")
    again.accept()
    qtbot.waitUntil(lambda: page.sentence() == "29\u00a0comptes")
    with page.desk.read() as session:
        assert chart.own_accounts(session) == {}


def test_its_settings_change_the_figures(qtbot: QtBot, page: AccountingPage) -> None:
    choose(qtbot, page, 2025)
    press(page, "Comptes et réglages")
    press(page, "Modifier…")
    dialog = opened(page, ActDialog)
    dialog.form.editors["prepaid_rule"].show("real")
    with qtbot.waitSignal(page.read_again):
        dialog.accept()
    assert page.book is not None
    assert page.book.prepaid[0].shared.after == 89_753


def test_an_empty_company_is_told_how_to_begin(qtbot: QtBot, ready: Store, answers: Answers) -> None:
    page = shown_page(qtbot, ready, answers)
    went: list[str] = []
    page.desk.show_list.connect(lambda key, _: went.append(key))
    press(page, "Voir les factures")
    assert went == ["invoice"]
    assert page.sentence() == ""
