"""Stories of the fields that a family has beside the common ones, in the form and in the pane."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.services import own_fields, records, setup
from app.services.families import PREFIX
from app.storage import Store
from app.ui.crud import drafts
from app.ui.crud.bulk import BulkDialog
from app.ui.crud.form import FormDialog
from app.ui.crud.page import EntityPage
from app.ui.desk import Desk
from app.ui.parts.banner import Banner
from app.ui.state import UiState
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import shown

ASSET = ENTITIES["asset"]
LAPTOP, SCREEN = 2, 5


def name_of(family: str, label: str) -> str:
    return PREFIX + own_fields.uuid_of(family, label)


SIZE, SCREEN_SIZE = name_of("Ordinateur portable", "Diagonale"), name_of("Écran", "Diagonale")
DOCK = name_of("Ordinateur portable", "Station d’accueil")


@pytest.fixture
def page(qtbot: QtBot, store: Store, tmp_path: Path) -> EntityPage:
    """Two laptops and a screen."""
    with store.begin() as session:
        setup.ensure(session)
        for family in (LAPTOP, LAPTOP, SCREEN):
            records.create(session, ASSET, {"family_id": family, "brand": "Dell"})
    desk: Desk = make_desk(qtbot, store, Answers())
    made = EntityPage(desk, ASSET, UiState(tmp_path / "poste.json"))
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    settle(qtbot, lambda: made.panel.model.tally.all == 3)
    return made


def put(form: FormDialog, name: str, text: str) -> None:
    form.form.editors[name].put_text(text)


def kept(page: EntityPage, asset: int) -> dict[str, Any]:
    with page.desk.read() as session:
        return records.get(session, ASSET, asset).values


def own_of(form: FormDialog) -> list[str]:
    return [name for name in form.form.editors if name.startswith(PREFIX)]


def test_the_form_follows_the_family_and_loses_nothing(page: EntityPage) -> None:
    form = page.open_form(1)
    assert "Diagonale (pouces)" in shown(form)
    put(form, SIZE, "15,6")
    put(form, "family_id", "Écran")
    assert SIZE not in form.form.editors
    put(form, SCREEN_SIZE, "24")
    put(form, "family_id", "Ordinateur portable")
    assert form.form.texts()[SIZE] == "15,6"
    put(form, "family_id", "")
    assert own_of(form) == []
    put(form, "family_id", "Écran")
    assert form.form.texts()[SCREEN_SIZE] == "24"
    form.accept()
    assert kept(page, 1)[SCREEN_SIZE] == 24
    assert SIZE not in kept(page, 1)


def test_a_family_half_typed_leaves_the_fields_in_sight(page: EntityPage) -> None:
    form = page.open_form(1)
    before = own_of(form)
    put(form, "family_id", "zzz")
    assert own_of(form) == before
    put(form, "family_id", "Ordinateur portable")
    form.reject()


def test_a_bad_value_is_told_under_its_field(page: EntityPage) -> None:
    form = page.open_form(1)
    put(form, SIZE, "grand")
    form.accept()
    assert form.isVisible()
    assert form.form._fields[SIZE].under.text() == "Écrivez un nombre, par exemple 12,5."
    put(form, "family_id", "Écran")
    assert "champ" not in form.form._box_text.text()
    put(form, "family_id", "Ordinateur portable")
    put(form, SIZE, "15,6")
    form.accept()
    assert not form.isVisible()


def test_a_draft_brings_them_back(page: EntityPage) -> None:
    form = page.open_form(None)
    put(form, "family_id", "Écran")
    put(form, SCREEN_SIZE, "27")
    form._keep_draft()
    form.hide()  # the program dies here
    again = page.open_form(None)
    assert drafts.find("asset", None) is not None
    again.findChildren(Banner)[0].acted.emit()
    assert again.form.texts()[SCREEN_SIZE] == "27"
    again.accept()
    assert kept(page, 4)[SCREEN_SIZE] == 27


def test_the_pane_shows_them_under_the_name_of_the_family(qtbot: QtBot, page: EntityPage) -> None:
    with page.desk.store.begin("Diagonale") as session:
        records.update(session, ASSET, 1, {DOCK: True})
    page.show_record(1)
    settle(qtbot)
    told = shown(page.detail)
    assert "Ordinateur portable\n" in told
    assert "Station d’accueil\nOui" in told


def test_several_of_one_family_are_changed_at_once(qtbot: QtBot, page: EntityPage) -> None:
    page.panel.table.selectAll()
    page.bulk()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, BulkDialog) and w.isVisible())
    assert dialog.combo.findText("Diagonale") < 0
    dialog.reject()
    page.panel.table.clearSelection()
    page.panel.table.setSelectionMode(page.panel.table.SelectionMode.MultiSelection)
    page.panel.table.selectRow(1)
    page.panel.table.selectRow(2)
    page.bulk()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, BulkDialog) and w.isVisible())
    dialog.combo.setCurrentIndex(dialog.combo.findText("Diagonale"))
    dialog.editor.put_text("14")
    dialog.accept()
    qtbot.waitUntil(lambda: not page.desk.jobs.busy)
    settle(qtbot)
    assert [kept(page, asset)[SIZE] for asset in (1, 2)] == [14, 14]
