"""Stories of the register of fixed assets: decide, read a year, see the plan, take out, bring back, mend the gaps."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.fields import this_day
from app.models import Asset, FixedAsset
from app.models.money_codes import LineKind, Treatment
from app.services import records, setup
from app.services.fixed_assets import decide
from app.services.invoices.draft import DraftLine
from app.storage import Store
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.asset_pane import AssetPane
from app.ui.pages.fixed_assets import DECIDE, GAPS, REGISTER, FixedAssetsPage
from app.ui.pages.fixed_assets_exit import ExitDialog
from app.ui.parts.basics import row
from app.ui.parts.empty import EmptyState
from app.ui.parts.smalltable import SmallTable
from app.ui.state import UiState
from tests.services.fixed_assets.fleet import add_asset, add_invoice, add_line, retire
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import opened, pick, press, shown, write

STARTED = date(2026, 9, 17)
Page = Any


@pytest.fixture
def desk(qtbot: QtBot, store: Store) -> Desk:
    with store.begin("essai") as session:
        setup.ensure(session)
    return make_desk(qtbot, store, Answers())


def page_of(qtbot: QtBot, desk: Desk) -> Page:
    made = FixedAssetsPage(desk, UiState())
    bar = QWidget(made)
    bar.setLayout(row(*made.section_actions()))
    qtbot.addWidget(made)
    made.resize(1280, 760)
    made.show()
    bar.show()
    settle(qtbot)
    return made


def lines(desk: Desk) -> list[tuple[str, int]]:
    with desk.read() as session:
        return [(one.label, one.cost) for one in session.query(FixedAsset).where(FixedAsset.deleted_at.is_(None))]


def treatment(desk: Desk, asset: int) -> Treatment:
    with desk.read() as session:
        found: Treatment = session.get_one(Asset, asset).treatment
        return found


def cells(table: Any) -> list[str]:
    model = table.model()
    return [str(model.index(r, c).data() or "") for r in range(model.rowCount()) for c in range(model.columnCount())]


def test_an_empty_register_leads_to_what_is_to_be_decided(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        add_asset(session, 90_000)
        add_asset(session, 4_000, "Écran")
        unpriced = add_asset(session, None)
    page = page_of(qtbot, desk)
    qtbot.waitUntil(lambda: page.body.currentIndex() == 1)
    press(page, "Décider de 2\u00a0achats")
    assert page.views.currentIndex() == DECIDE
    assert page.sentence() == "2\u00a0achats à décider  ·  Coût\u00a0: 940,00\u00a0€"
    with qtbot.waitSignal(desk.show_list) as asked:
        press(page, "1\u00a0bien sans prix")
    assert asked.args[1].ids == (unpriced,)
    with qtbot.waitSignal(desk.done) as told:
        press(page, "Suivre les 2 propositions")
    assert told.args[0] == "1\u00a0immobilisation au registre, 1\u00a0achat en charge"
    settle(qtbot, lambda: page.decide.count() == 0)
    assert "Rien à décider" in shown(page)
    assert page.views.tabText(DECIDE) == "À décider"
    assert lines(desk) == [("Lumeo Ordinateur portable", 90_000)]


def test_a_set_is_judged_whole_and_makes_one_line(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        person = records.create(session, ENTITIES["person"], {"last_name": "Morvan"})
        told = {"invoice": "F-9", "person_id": person, "commissioned_on": STARTED}
        for cents, name in ((45_000, "Poste fixe"), (25_000, "Écran"), (5_000, "Périphérique")):
            add_asset(session, cents, name, **told)
    page = page_of(qtbot, desk)
    page.views.setCurrentIndex(DECIDE)
    assert not page.decide.proposals.isEnabled()
    page.decide.list.table.selectAll()
    assert "3\u00a0lignes, 750,00\u00a0€. Si c’est un tout\u00a0: à immobiliser." in shown(page)
    press(page, "Immobiliser…")
    pick(page, "Une seule ligne\u00a0: vendus comme un tout…")
    dialog = opened(page, ActDialog)
    write(dialog, "label", "Poste complet")
    write(dialog, "fees", "30")
    dialog.accept()
    settle(qtbot, lambda: page.decide.count() == 0)
    assert lines(desk) == [("Poste complet", 78_000)]


def test_several_get_a_line_each_and_one_a_charge(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        for cents in (90_000, 80_000, 4_000):
            small = add_asset(session, cents)
        add_invoice(session, DraftLine("Onduleur", 60_000, LineKind.EQUIPMENT))
    page = page_of(qtbot, desk)
    page.views.setCurrentIndex(DECIDE)
    view = page.decide
    view.list.search.setText("portable")
    settle(qtbot, lambda: view.count() == 3)
    view.list.table.head().sectionClicked.emit(5)
    assert [one.cents for one in view.list.model.rows] == [4_000, 80_000, 90_000]
    view.list.table.selectRow(0)
    assert "peut passer en charge" in shown(page)
    press(page, "Passer en charge")
    settle(qtbot, lambda: view.count() == 2)
    assert treatment(desk, small) == Treatment.EXPENSED
    view.list.table.selectAll()
    press(page, "Immobiliser…")
    pick(page, "Une ligne pour chacun")
    settle(qtbot, lambda: view.count() == 0)
    press(page, "Effacer les filtres")
    settle(qtbot, lambda: view.count() == 1)
    with qtbot.waitSignal(desk.go_to) as asked:
        view.list.table.activated.emit(view.list.model.index(0, 0))
    assert asked.args[0] == "invoice"
    assert len(lines(desk)) == 2


def test_the_register_is_read_at_any_year(qtbot: QtBot, desk: Desk) -> None:
    start = this_day().replace(year=this_day().year - 2, month=1, day=1)
    with desk.store.begin("essai") as session:
        line = add_line(session, acquired_on=start, starts_on=start)
        old = add_line(session, label="Ancien", acquired_on=start, starts_on=start, exit_on=start, exit_kind="theft")
    page = page_of(qtbot, desk)
    settle(qtbot, lambda: page.panel.model.tally.all == 2 and page.panel.model.rowCount() == 1)
    page.panel.choose(line)
    assert "833,33\u00a0€" in shown(page.line)  # two years of three were, before
    page.line.tabs.setCurrentIndex(1)
    assert cells(page.line.findChildren(SmallTable)[-1])[1::5] == ["360", "360", "360"]
    press_chip(page)
    pick(page, str(start.year))
    settle(qtbot, lambda: page.panel.model.rowCount() == 2)
    assert "Dotation\u00a0: 417,83\u00a0€" in page.sentence()
    press_chip(page)
    pick(page, str(this_day().year))
    page.show_record(old)
    assert page.year.end.year == start.year
    page.line.tabs.setCurrentIndex(0)
    assert "Sortie le" in shown(page.line)


def press_chip(page: Page) -> None:
    page.year_chip.click()


def test_a_line_is_taken_out_and_brought_back(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        asset = add_asset(session, 125_000, commissioned_on=date(2024, 9, 17), purchased_on=date(2024, 9, 10))
    page = page_of(qtbot, desk)
    page.views.setCurrentIndex(DECIDE)
    press(page, "Suivre la proposition")
    settle(qtbot, lambda: len(lines(desk)) == 1)
    with desk.store.begin("essai") as session:
        retire(session, asset, date(2026, 6, 15))
    page.views.setCurrentIndex(REGISTER)
    settle(qtbot, lambda: page.panel.model.rowCount() == 1)
    page.show_record(1)
    settle(qtbot, page.line.out.isVisible)
    press(page.line, "Sortir…")
    dialog = opened(page, ExitDialog)
    assert "521,99\u00a0€" in shown(dialog)
    assert cells(dialog.table)[0:20:4] == ["68112", "28183", "462", "757", "44571"]
    write(dialog, "exit_on", "99")
    assert "Dites le jour" in shown(dialog)
    write(dialog, "exit_on", "15/06/2026")
    dialog.accept()
    settle(qtbot)
    assert "Moins-value" in shown(page.line)
    assert not page.line.out.isVisible()
    ((words, back),) = page.acts_on([1])
    assert words == "Annuler la sortie…"
    back()
    opened(page, ActDialog, lambda one: one.act.verb == "Remettre à l’actif").accept()
    settle(qtbot)
    assert page.line.out.isVisible()
    assert [words for words, _ in page.acts_on([1])] == ["Sortir de l’actif…"]
    assert page.acts_on([1, 2]) == ()


def test_a_part_that_left_gets_its_own_line(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        assets = [add_asset(session, 40_000, name) for name in ("Poste fixe", "Écran")]
        line = decide.capitalise_set(session, [("asset", one) for one in assets], {"starts_on": STARTED})
        retire(session, assets[1], date(2026, 11, 2))
    page = page_of(qtbot, desk)
    page.show_record(line)
    assert "Une partie est sortie\u00a0: ECR-0001, sur 2" in shown(page.line)
    with qtbot.waitSignal(desk.go_to) as asked:
        press(page.line, "Séparer")
    assert asked.args == ["fixed_asset", 2]
    assert [cost for _, cost in lines(desk)] == [40_000, 40_000]


def test_an_asset_that_left_says_that_its_line_has_not(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        asset = add_asset(session, 90_000, commissioned_on=STARTED)
        decide.capitalise_each(session, [("asset", asset)])
        retire(session, asset, date(2026, 11, 2))
    pane = AssetPane(desk)
    qtbot.addWidget(pane)
    pane.show()
    pane.show_record(asset)
    assert "Encore à l’actif\u00a0: IM-0001" in shown(pane)
    press(pane, "Sortir de l’actif…")
    opened(pane, ExitDialog).accept()
    pane.show_record(asset)
    settle(qtbot)
    assert "Encore à l’actif" not in shown(pane)


def test_a_sale_by_hand_gets_the_usual_rate(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        line = add_line(session, acquired_on=date(2025, 1, 1), starts_on=date(2025, 1, 1))
    page = page_of(qtbot, desk)
    ((_, out),) = page.acts_on([line])
    out()
    dialog = opened(page, ExitDialog)
    assert "657, ou 6871" in shown(dialog)
    write(dialog, "exit_price", "200")
    assert dialog.form.editors["exit_vat_rate"].text() == "20,00"
    dialog.accept()
    assert "Dites comment elle est sortie." in shown(dialog)
    dialog.form.editors["exit_kind"].show("sale")
    dialog.accept()
    settle(qtbot)
    with desk.read() as session:
        assert session.get_one(FixedAsset, line).exit_vat_rate == 2000


def test_a_line_in_the_bin_gives_back_what_it_was_made_of(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        asset = add_asset(session, 90_000)
    page = page_of(qtbot, desk)
    page.views.setCurrentIndex(DECIDE)
    page.decide.list.table.selectRow(0)
    press(page, "Immobiliser…")
    opened(page, ActDialog).accept()
    settle(qtbot, lambda: treatment(desk, asset) == Treatment.CAPITALISED)
    page.views.setCurrentIndex(REGISTER)
    page.to_bin([1])
    page.to_bin([])
    settle(qtbot)
    assert treatment(desk, asset) == Treatment.TO_DECIDE
    assert page.views.tabText(DECIDE) == "À décider  1"


def test_what_is_not_in_service_says_so(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        line = add_line(session, starts_on=None, acquired_on=this_day())
    page = page_of(qtbot, desk)
    settle(qtbot, lambda: page.panel.model.tally.all == 1)
    page.panel.choose(line)
    page.line.tabs.setCurrentIndex(1)
    assert "Rien n’est amorti" in shown(page.line)
    page.begin("new")
    assert opened(page, FormDialog)


def test_the_gaps_are_opened_taken_out_or_decided_again(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    with desk.store.begin("essai") as session:
        add_line(session, acquired_on=date(2025, 1, 1), starts_on=date(2025, 1, 1))
        there = add_asset(session, 90_000, treatment="expensed", finding="seen")
    page = page_of(qtbot, desk)
    assert page.views.tabText(GAPS) == "Écarts physiques  2"
    page.views.setCurrentIndex(GAPS)
    view = page.gaps
    assert page.sentence() == "2\u00a0écarts  ·  1\u00a0ligne sans bien trouvé  ·  1\u00a0bien absent de l’actif"
    view.list.table.selectRow(1)
    with qtbot.waitSignal(desk.go_to) as asked:
        press(page, "Ouvrir le bien")
    assert asked.args == ["asset", there]
    with qtbot.waitSignal(desk.go_to) as asked:
        view.list.table.activated.emit(view.list.model.index(1, 0))
    assert asked.args == ["asset", there]
    path = tmp_path / "ecarts.xlsx"
    desk.ask.saves.append(path)  # type: ignore[attr-defined]  # the answers of the test
    with qtbot.waitSignal(desk.done):
        press(page, "Exporter vers Excel")
    assert load_workbook(path).worksheets
    view.list.table.customContextMenuRequested.emit(view.list.table.rect().center())
    pick(page, "Remettre à décider")
    settle(qtbot, lambda: treatment(desk, there) == Treatment.TO_DECIDE)
    view.list.table.selectRow(0)
    with qtbot.waitSignal(desk.go_to) as asked:
        view.list.table.activated.emit(view.list.model.index(0, 0))
    assert asked.args == ["fixed_asset", 1]
    view.list.table.customContextMenuRequested.emit(view.list.table.rect().center())
    pick(page, "Sortir de l’actif…")
    assert opened(page, ExitDialog)


def test_the_workbook_says_the_year(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    with desk.store.begin("essai") as session:
        add_line(session, acquired_on=this_day(), starts_on=this_day())
    page = page_of(qtbot, desk)
    path = tmp_path / "registre.xlsx"
    desk.ask.saves.append(path)  # type: ignore[attr-defined]
    with qtbot.waitSignal(desk.done):
        page.export()
    sheets = load_workbook(path).worksheets
    told = [str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert any("Exercice du 01/01/" in text for text in told)


def test_what_is_to_be_decided_is_exported_and_has_its_menu(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    with desk.store.begin("essai") as session:
        asset = add_asset(session, 90_000)
    page = page_of(qtbot, desk)
    page.views.setCurrentIndex(DECIDE)
    path = tmp_path / "a-decider.xlsx"
    desk.ask.saves.append(path)  # type: ignore[attr-defined]
    with qtbot.waitSignal(desk.done):
        press(page.decide, "Exporter vers Excel")
    assert load_workbook(path).worksheets
    table = page.decide.list.table
    table.customContextMenuRequested.emit(table.rect().center())
    table.selectRow(0)
    table.customContextMenuRequested.emit(table.rect().center())
    with qtbot.waitSignal(desk.go_to) as asked:
        pick(page, "Ouvrir")
    assert asked.args == ["asset", asset]
    page.resize(700, 600)
    settle(qtbot, lambda: table.isColumnHidden(4))
    assert page.findChildren(EmptyState)
    page.refresh()
