"""Stories of an inventory that begins."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services import listing, records, setup
from app.storage import Store
from app.ui.crud.form import FormDialog
from app.ui.crud.new_button import NewButton
from app.ui.desk import Desk
from app.ui.pages.assets import AssetsPage
from app.ui.pages.import_preview import ImportDialog
from app.ui.pages.report_dialog import ReportDialog
from app.ui.parts.basics import row
from app.ui.preview import Preview
from app.ui.state import UiState
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import opened, pick, press, shown


@pytest.fixture
def page(qtbot: QtBot, store: Store, answers: Answers) -> AssetsPage:
    """An empty inventory, with the actions of its section above it."""
    with store.begin() as session:
        setup.ensure(session)
    desk: Desk = make_desk(qtbot, store, answers)
    made = AssetsPage(desk, UiState())
    bar = QWidget(made)
    bar.setLayout(row(*made.section_actions()))
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    settle(qtbot, lambda: made.body.currentIndex() == 1)
    return made


def empty_place(page: AssetsPage) -> QWidget:
    place = page.body.widget(1)
    assert place
    return place


def test_an_empty_inventory_says_how_to_begin(page: AssetsPage) -> None:
    told = shown(empty_place(page))
    assert "Commencez par votre parc" in told
    assert all(way in told for way in ("Importer un fichier", "Décrire cet ordinateur", "Saisir à la main"))
    assert page.findChildren(NewButton)[0].property("kind") == "plain"


def test_a_file_can_be_chosen_from_the_card(page: AssetsPage, answers: Answers) -> None:
    answers.opens = [[]]
    press(page, "Choisir un fichier…")
    assert answers.opens == []


def test_an_asset_is_typed_by_hand(qtbot: QtBot, page: AssetsPage) -> None:
    press(empty_place(page), "Nouveau bien")
    form = opened(page, FormDialog)
    form.form.editors["family_id"].show(1)
    form.accept()
    settle(qtbot, lambda: page.body.currentIndex() == 0)
    assert page.findChildren(NewButton)[0].property("kind") == "primary"
    assert "1\u00a0bien" in page.sentence()


def test_this_computer_is_previewed_then_kept(qtbot: QtBot, page: AssetsPage) -> None:
    press(page, "Décrire ce poste")
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(ImportDialog)), timeout=30_000)
    press(opened(page, ImportDialog), "Importer 1\u00a0ligne")
    settle(qtbot, lambda: page.body.currentIndex() == 0)
    with page.desk.read() as session:
        made = records.get(session, page.entity, 1).values
    assert made["hostname"]
    assert made["system"]


def test_the_example_company_fills_the_list(qtbot: QtBot, page: AssetsPage) -> None:
    press(page, "Ouvrir l’entreprise d’exemple")
    settle(qtbot, lambda: page.body.currentIndex() == 0 and not page.desk.jobs.busy)
    with page.desk.read() as session:
        count = listing.count(session, page.entity, listing.default_query(page.entity))
    qtbot.waitUntil(lambda: f"{count}\u00a0biens" in page.sentence())


def test_the_report_opens_in_the_preview(page: AssetsPage) -> None:
    press(page, "Rapport")
    press(opened(page, ReportDialog), "Aperçu")
    preview = opened(page, Preview)
    assert preview.paper.file_name.startswith("rapport-inventaire_projet_")
    preview.close()


def test_a_list_opened_by_a_figure_says_it_is_limited(qtbot: QtBot, page: AssetsPage) -> None:
    with page.desk.store.begin("essai") as session:
        for serial in ("S1", "S2", "S3"):
            records.create(session, page.entity, {"family_id": 1, "serial": serial})
    page.show_only(replace(listing.default_query(page.entity), ids=(2,)))
    settle(qtbot, lambda: page.panel.model.rowCount() == 1)
    chip = page.panel.only_chip
    assert (chip.text(), chip.isVisible()) == ("Seulement\u00a0: 1\u00a0bien", True)
    assert page.sentence().startswith("1\u00a0bien affiché sur 3")
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    settle(qtbot, lambda: page.panel.model.rowCount() == 3)
    assert not chip.isVisible()


def test_the_whole_fleet_goes_to_a_workbook(qtbot: QtBot, page: AssetsPage, answers: Answers, tmp_path: Path) -> None:
    answers.saves = [None, tmp_path / "parc.xlsx"]
    for _ in range(2):
        press(page, "Plus")
        pick(page, "Classeur du parc…")
    qtbot.waitUntil(lambda: (tmp_path / "parc.xlsx").exists() and not page.desk.jobs.busy, timeout=20_000)
    assert answers.saves == []
