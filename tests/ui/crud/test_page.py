"""Stories of a list and its forms, told through the real widgets."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.fields import Choice
from app.models.codes import AssetStatus
from app.services import attachments, history, listing, records, setup
from app.services.listing import Filter
from app.storage import Store
from app.ui import theme
from app.ui.crud import drafts
from app.ui.crud.bulk import BulkDialog, OutcomeDialog
from app.ui.crud.columns import ColumnsDialog
from app.ui.crud.editors import LineEditor, ListEditor, RefEditor
from app.ui.crud.filters import RangeDialog, ValuesDialog
from app.ui.crud.form import FormDialog
from app.ui.crud.page import EntityPage
from app.ui.desk import Desk
from app.ui.parts.banner import Banner
from app.ui.state import UiState
from tests.ui.fakes import Answers, make_desk, settle

ASSET, PERSON = ENTITIES["asset"], ENTITIES["person"]
RETURN, ESCAPE, DELETE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Tab


@pytest.fixture
def desk(qtbot: QtBot, store: Store, answers: Answers) -> Desk:
    with store.begin() as session:
        setup.ensure(session)
        site = records.create(session, ENTITIES["site"], {"name": "Dijon"})
        person = records.create(session, PERSON, {"last_name": "Morvan", "first_name": "Hélène"})
        for number in range(1, 6):
            records.create(
                session,
                ASSET,
                {"family_id": 1 + number % 2, "brand": "Dell", "model": f"M{number}", "serial": f"S{number}",
                 "site_id": site if number < 4 else None, "person_id": person if number == 1 else None},
            )  # fmt: skip
    return make_desk(qtbot, store, answers)


@pytest.fixture
def state(tmp_path: Path) -> UiState:
    return UiState(tmp_path / "poste.json")


def show(qtbot: QtBot, desk: Desk, state: UiState, key: str = "asset") -> EntityPage:
    page = EntityPage(desk, ENTITIES[key], state)
    qtbot.addWidget(page)
    page.resize(1280, 700)
    page.show()
    settle(qtbot, lambda: page.panel.model.tally.all > 0 or page.body.currentIndex() == 1)
    return page


def shown(page: EntityPage, column: int = 0) -> list[str]:
    model = page.panel.model
    return [model.index(r, column).data() for r in range(model.rowCount())]


def put(form: FormDialog, **texts: str) -> None:
    """Type into the fields, as a person would."""
    for name, text in texts.items():
        widget = form.form.editors[name].widget
        line = widget if isinstance(widget, QLineEdit) else widget.findChild(QLineEdit)
        assert line is not None
        line.clear()
        line.insert(text)


def dialog_of(kind: type[Any]) -> Any:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert len(found) == 1, f"{len(found)} {kind.__name__}"
    return found[0]


def test_a_row_chosen_before_the_count_does_not_empty_the_list(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    page = EntityPage(desk, ENTITIES["asset"], state)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.panel.model.rowCount() > 0)
    page.panel.table.selectRow(0)
    assert page.body.currentIndex() == 0
    settle(qtbot, lambda: page.sentence().startswith("5\u00a0biens"))


def test_a_form_opens_ready_to_be_typed_in(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    page = show(qtbot, desk, state)
    page.new()
    form = dialog_of(FormDialog)
    qtbot.waitUntil(lambda: form.focusWidget() is not None)
    qtbot.keyClicks(form.focusWidget(), "port")
    assert form.form.editors["family_id"].text() == "port"
    form.form.editors["family_id"].put_text("")
    form.reject()


def test_a_problem_goes_when_its_field_is_changed(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    page = show(qtbot, desk, state)
    page.new()
    form = dialog_of(FormDialog)
    put(form, price="cher")
    form.accept()
    assert form.form.editors["family_id"].widget.focusProxy().property("invalid")  # both are told at once
    line = form.form.editors["price"].widget
    assert line.property("invalid")
    put(form, price="12")
    assert not line.property("invalid")
    put(form, price="")
    form.reject()


def test_the_arrow_down_shows_what_can_be_chosen(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    page = show(qtbot, desk, state)
    page.new()
    form = dialog_of(FormDialog)
    line = form.form.editors["site_id"].widget.findChild(QLineEdit)
    assert line is not None
    qtbot.keyClick(line, Qt.Key.Key_Down)
    popup = line.completer().popup()
    assert popup.isVisible()
    assert popup.model().index(0, 0).data() == "Dijon"
    popup.hide()
    form.reject()


def test_texts_take_the_room_whatever_the_window_did(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    page = show(qtbot, desk, state)
    head = page.panel.table.head()

    def fits() -> bool:
        return 0 <= page.panel.table.viewport().width() - head.length() < head.count()

    qtbot.waitUntil(fits)
    page.panel.choose(1)
    qtbot.waitUntil(lambda: page.detail.isVisible() and fits())
    page.close_pane()
    qtbot.waitUntil(fits)
    label = page.panel.query.columns.index("label")
    assert page.panel.table.columnWidth(label) > theme.scaled(ASSET.field("label").width)
    head.resizeSection(0, 140)
    page.resize(1400, 700)
    qtbot.waitUntil(fits)
    assert head.sectionSize(0) == 140


def test_from_the_filter_the_arrow_goes_to_the_rows(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    page = show(qtbot, desk, state)
    page.activateWindow()
    page.setFocus()
    qtbot.waitUntil(page.panel.search.hasFocus)
    qtbot.keyClicks(page.panel.search, "M3")
    qtbot.keyClick(page.panel.search, Qt.Key.Key_Down)
    assert page.panel.table.hasFocus()
    qtbot.waitUntil(lambda: page.panel.model.tally.shown == 1)


def test_a_record_is_made_by_keyboard_and_chosen_in_the_list(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    page = show(qtbot, desk, state, "person")
    form = page.open_form(None)
    put(form, last_name="Perrot", first_name="Sylvie", email="sylvie@exemple.fr", site_id="Dij")
    qtbot.keyClick(form, RETURN, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot)
    assert shown(page) == ["Morvan", "Perrot"]
    assert page.detail.title.text() == "Sylvie Perrot"
    with desk.read() as session:
        assert records.get(session, PERSON, 2).titles["site_id"] == "Dijon"


def test_bad_input_is_told_under_its_field_and_nothing_is_lost(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    page = show(qtbot, desk, state)
    form = page.open_form(1)
    put(form, purchased_on="31/02/2026", price="trois", serial="S2", mac="zz", family_id="inconnue")
    form.accept()
    assert form.isVisible()
    told = {name: form.form._fields[name].under.text() for name in ("purchased_on", "price", "family_id")}
    assert told["purchased_on"] == "«\u00a031/02/2026\u00a0»\u00a0: ce jour n’existe pas."
    assert "montant" in told["price"]
    assert told["family_id"].startswith("Choisissez")
    put(form, purchased_on="01/02/2026", price="1 089,50", family_id="Serveur")
    form.accept()
    assert form.form._fields["serial"].under.text() == "Déjà porté par PC-0001 Dell M2."
    assert form.form._fields["mac"].under.text().startswith("Une adresse MAC")
    put(form, serial="S9", mac="aa-bb-cc-dd-ee-ff")
    form.accept()
    assert not form.isVisible()
    with desk.read() as session:
        values = records.get(session, ASSET, 1).values
    assert (values["price"], values["serial"], values["mac"]) == (108950, "S9", "aa:bb:cc:dd:ee:ff")


def test_unsaved_work_is_asked_about(qtbot: QtBot, desk: Desk, state: UiState, answers: Answers) -> None:
    page = show(qtbot, desk, state)
    form = page.open_form(1)
    put(form, room="Atelier")
    assert form.isWindowModified()
    answers.unsaved_answers = ["stay", "save"]
    qtbot.keyClick(form, ESCAPE)
    assert form.isVisible()
    qtbot.keyClick(form, ESCAPE)
    qtbot.waitUntil(lambda: not form.isVisible())
    with desk.read() as session:
        assert records.get(session, ASSET, 1).values["room"] == "Atelier"


def test_what_was_typed_before_a_crash_is_found_again(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    page = show(qtbot, desk, state)
    form = page.open_form(1)
    put(form, room="Atelier", price="12,")
    form._keep_draft()
    form.hide()  # the program dies here: neither saved nor closed
    again = page.open_form(1)
    assert drafts.find("asset", 1) is not None
    again.findChildren(Banner)[0].acted.emit()
    assert (again.form.texts()["room"], again.form.texts()["price"]) == ("Atelier", "12,")


def test_a_stale_form_writes_nothing_and_keeps_what_was_typed(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    page = show(qtbot, desk, state)
    form = page.open_form(1)
    put(form, room="Atelier")
    with desk.store.begin() as session:
        records.update(session, ASSET, 1, {"room": "Quai"})
    form.accept()
    assert form.isVisible()
    assert "modifiée pendant que vous l’aviez ouverte" in form.form._box_text.text()
    assert form.form.texts()["room"] == "Atelier"


def test_typing_filters_the_list_and_the_way_out_is_offered(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    page = show(qtbot, desk, state)
    qtbot.keyClicks(page.panel.search, "helene")
    settle(qtbot, lambda: shown(page) == ["PT-0001"])
    settle(qtbot, lambda: page.sentence().startswith("1\u00a0bien affiché sur 5"))
    page.panel.search.setText("absent")
    settle(qtbot, lambda: page.panel.body.currentIndex() == 1)
    page.panel.clear_filters()
    settle(qtbot, lambda: page.panel.body.currentIndex() == 0)
    assert len(shown(page)) == 5


def test_values_and_bounds_filter_the_list(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    page = show(qtbot, desk, state)
    page.panel.ask_filter(ASSET.field("site_id"))
    dialog = dialog_of(ValuesDialog)
    dialog.list.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.accept()
    assert page.panel.query.filters == (Filter("site_id", (1,)),)
    assert "Dijon" in page.panel.chips["site_id"].text()
    assert len(shown(page)) == 3
    page.panel.ask_filter(ASSET.field("price"))
    bounds = dialog_of(RangeDialog)
    bounds.low.setText("dix")
    bounds.accept()
    assert bounds.isVisible()
    bounds.low.setText("10")
    bounds.accept()
    assert shown(page) == []
    page.panel.chips["price"].cleared.emit()
    assert len(shown(page)) == 3


def test_sorting_and_columns_come_back_as_they_were_left(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    page = show(qtbot, desk, state)
    page.panel._sort_by(1)
    page.panel._sort_by(1)
    assert shown(page, 1)[0] == "Dell M5"
    page.panel._choose_columns()
    dialog = dialog_of(ColumnsDialog)
    names = [dialog.list.item(i).text() for i in range(dialog.list.count())]
    dialog.list.item(names.index("Prix HT")).setCheckState(Qt.CheckState.Checked)
    dialog.accept()
    state.save()
    again = show(qtbot, desk, UiState(state._path))
    assert again.panel.query.columns[-1] == "price"
    assert (again.panel.query.sort, again.panel.query.descending) == ("label", True)


def test_views_keep_filters_columns_and_order(qtbot: QtBot, desk: Desk, state: UiState, answers: Answers) -> None:
    page = show(qtbot, desk, state)
    page.panel.set_filter("status", Filter("status", (AssetStatus.IN_SERVICE,)))
    answers.lines = ["En service"]
    page.panel._save_view()
    page.panel._take_view("", None)
    assert not page.panel.query.filters
    page.panel._load_view("En service")
    assert page.panel.query.filters == (Filter("status", (AssetStatus.IN_SERVICE,)),)
    answers.choices = ["En service"]
    page.panel._drop_view(["En service"])
    page.panel._load_view("En service")
    assert not page.panel.query.filters


def test_the_bin_can_be_undone(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    page = show(qtbot, desk, state)
    page.panel.choose(1)
    with qtbot.waitSignal(desk.done) as done:
        qtbot.keyClick(page.panel, DELETE)
    assert done.args[0] == "PT-0001 Dell M1 mis à la corbeille"
    settle(qtbot, lambda: len(shown(page)) == 4)


def test_many_are_changed_at_once_and_refusals_are_told(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    page = show(qtbot, desk, state)
    page.panel.table.selectAll()
    page.bulk()
    dialog = dialog_of(BulkDialog)
    dialog.combo.setCurrentText("Local")
    dialog.combo.setFocus()
    qtbot.keyClick(dialog.combo, TAB)
    assert dialog.focusWidget() is dialog.editor.widget
    assert dialog.change.text() == "Vider pour 5\u00a0biens"
    dialog.editor.put_text("Réserve")
    assert dialog.change.text() == "Modifier 5\u00a0biens"
    with qtbot.waitSignal(desk.done):
        dialog.accept()
    with desk.read() as session:
        rows = listing.page(session, ASSET, listing.Query(("room",), "number"))
        assert {row.values for row in rows} == {("Réserve",)}
    page._bulk_done(records.Outcome((1,), (("PC-0002", "Déjà porté par PC-0001."),)))
    assert dialog_of(OutcomeDialog).windowTitle() == "Résultat de la modification"


def test_the_list_goes_to_excel_as_it_is_shown(
    qtbot: QtBot, desk: Desk, state: UiState, answers: Answers, tmp_path: Path
) -> None:
    page = show(qtbot, desk, state)
    page.panel.set_filter("site_id", Filter("site_id", (1,)))
    answers.saves = [tmp_path / "biens.xlsx"]
    with qtbot.waitSignal(desk.done, timeout=10_000):
        page.export()
    book = load_workbook(tmp_path / "biens.xlsx")
    sheet = book.worksheets[-1] if book.worksheets[0].title == "Lisez-moi" else book.worksheets[0]
    assert [cell.value for cell in sheet[1]][:2] == ["N°", "Marque et modèle"]
    assert {sheet.cell(row, 1).value for row in (2, 3, 4)} == {"PC-0001", "PT-0001", "PT-0002"}


def test_a_document_dropped_is_kept_with_the_record(qtbot: QtBot, desk: Desk, state: UiState, tmp_path: Path) -> None:
    page = show(qtbot, desk, state)
    page.panel.choose(1)
    file = tmp_path / "facture.txt"
    file.write_text("payée", encoding="utf-8")
    page.detail.attach([file])
    file.unlink()
    with desk.read() as session:
        kept = attachments.of_record(session, ASSET, 1)
        assert [one.name for one in kept] == ["facture.txt"]
        assert attachments.content(session, kept[0].id) == ("facture.txt", "payée".encode())


def test_each_tab_of_the_pane_shows(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    page = show(qtbot, desk, state, "person")
    page.panel.choose(1)
    for position in range(page.detail.tabs.count()):
        page.detail.tabs.setCurrentIndex(position)
        settle(qtbot)
        assert page.detail.pages.currentWidget() is not None
    with desk.read() as session:
        assert history.of_record(session, PERSON, 1)[0].title == "Modification"


def test_a_missing_list_value_is_added_without_leaving(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    page = show(qtbot, desk, state)
    form = page.open_form(1)
    finder = form.form.editors["site_id"]
    assert isinstance(finder, RefEditor)
    finder._finder.add.click()
    inner = next(w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog) and w.entity.key == "site")
    put(inner, name="Beaune")
    inner.accept()
    assert finder.text() == "Beaune"
    assert finder.value() == 2


def test_a_kind_of_field_has_its_editor(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    form = show(qtbot, desk, state).open_form(1)
    assert isinstance(ASSET.field("status"), Choice)
    kinds = {name: type(made) for name, made in form.form.editors.items()}
    assert (kinds["status"], kinds["price"], kinds["family_id"]) == (ListEditor, LineEditor, RefEditor)


def test_an_empty_list_says_how_to_begin(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    page = show(qtbot, desk, state, "provider")
    assert page.body.currentIndex() == 1
    assert page.sentence() == "Aucun prestataire"
    page.begin("new")
    assert dialog_of(FormDialog).windowTitle() == "Nouveau prestataire[*]"


def test_the_pane_goes_below_when_narrow(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    page = show(qtbot, desk, state)
    assert page.splitter.orientation() == Qt.Orientation.Horizontal
    page.resize(900, 700)
    settle(qtbot)
    assert page.splitter.orientation() == Qt.Orientation.Vertical


def test_the_chosen_row_stays_in_sight_above_the_pane(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    with desk.store.begin() as session:
        for _ in range(20):
            records.create(session, ASSET, {"family_id": 1, "brand": "Dell"})
    page = show(qtbot, desk, state)
    page.resize(900, 700)
    settle(qtbot)
    page.panel.table.selectRow(18)
    settle(qtbot)
    table = page.panel.table
    row = table.visualRect(table.currentIndex())
    assert page.pane is not None
    assert page.pane.isVisible()
    assert table.viewport().rect().contains(row.center())


def test_rows_are_copied_as_cells(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    page = show(qtbot, desk, state)
    page.panel.choose(1)
    page.panel.copy()
    assert QApplication.clipboard().text().startswith("PT-0001\tDell M1\tHélène Morvan\tDijon")


def test_a_duplicate_starts_from_the_first(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    page = show(qtbot, desk, state)
    page.panel.choose(1)
    page.duplicate()
    form = dialog_of(FormDialog)
    assert (form.form.texts()["model"], form.form.texts().get("serial")) == ("M1", None)


def test_any_column_is_filtered_from_its_heading(qtbot: QtBot, desk: Desk, state: UiState) -> None:
    page = show(qtbot, desk, state)
    header = page.panel.table.head()
    verdict = page.panel.query.columns.index("verdict")
    page.panel._offer_column(QPoint(header.sectionViewportPosition(verdict) + 5, 5))
    menu = next(m for m in page.panel.findChildren(QMenu) if m.isVisible())
    next(a for a in menu.actions() if a.text() == "Filtrer cette colonne…").trigger()
    menu.close()
    dialog = dialog_of(ValuesDialog)
    assert dialog.windowTitle().endswith("Expertise")
    dialog.reject()
    page.panel._offer_column(QPoint(5000, 5))
