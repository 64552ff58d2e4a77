"""Stories of a manager who makes his own families of assets and their fields."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.services import families, records, setup
from app.storage import Store
from app.ui.crud.editors import IconEditor
from app.ui.crud.form import FormDialog
from app.ui.crud.kept_here import KeptHere
from app.ui.crud.page import EntityPage
from app.ui.state import UiState
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import opened, press

ASSET, FAMILY = ENTITIES["asset"], ENTITIES["family"]


@pytest.fixture
def page(qtbot: QtBot, store: Store, tmp_path: Path) -> EntityPage:
    with store.begin() as session:
        setup.ensure(session)
    made = EntityPage(make_desk(qtbot, store, Answers()), FAMILY, UiState(tmp_path / "poste.json"))
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    settle(qtbot, lambda: made.panel.model.tally.all > 0)
    return made


def save(qtbot: QtBot, page: EntityPage, **texts: str) -> None:
    form = opened(page, FormDialog)
    for name, text in texts.items():
        form.form.editors[name].put_text(text)
    form.accept()
    settle(qtbot, lambda: not form.isVisible())


def labels(page: EntityPage, family: int) -> list[str]:
    with page.desk.read() as session:
        return [f.label for f in families.own_fields(session, ASSET, {"family_id": family})]


def test_a_family_is_made_with_its_drawing_and_its_fields(qtbot: QtBot, page: EntityPage) -> None:
    page.new()
    icons = opened(page, FormDialog).form.editors["icon"]
    assert isinstance(icons, IconEditor)
    assert not icons._combo.itemIcon(0).isNull()
    save(qtbot, page, name="Vidéoprojecteur", prefix="VP", icon="Vidéoprojecteur")
    made = page.detail.record_id
    with page.desk.read() as session:
        assert records.get(session, FAMILY, made).icon == "projector"
    page.detail.tabs.setCurrentIndex(1)
    press(page.detail, "Ajouter\u00a0: champ de famille")
    save(qtbot, page, label="Lampe", kind="Nombre", unit="h")
    press(page.detail, "Ajouter\u00a0: champ de famille")
    save(qtbot, page, label="Pose", kind="Liste", options="Table\nPlafond", rank="1")
    assert labels(page, made) == ["Pose", "Lampe"]
    assert page.detail.tabs.tabText(1) == "Champs 2"


def test_a_field_is_corrected_and_taken_away_in_its_tab(qtbot: QtBot, page: EntityPage) -> None:
    page.show_record(2)
    page.detail.tabs.setCurrentIndex(1)
    here = page.detail.pages.currentWidget()
    assert isinstance(here, KeptHere)
    assert not here._remove_button.isEnabled()
    here.list.table.selectRow(1)
    QTest.keyClick(here.list.table, Qt.Key.Key_Return)
    save(qtbot, page, label="Processeur graphique")
    assert labels(page, 2)[:2] == ["Diagonale", "Processeur graphique"]
    again = page.detail.pages.currentWidget()
    assert isinstance(again, KeptHere)
    again.list.table.selectRow(0)
    press(again, "Retirer")
    settle(qtbot, lambda: "Diagonale" not in labels(page, 2))
