"""Stories of a list whose columns are told: corrected, remembered, forgotten, of another kind, of another sheet."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.services import listing, records, setup
from app.storage import Store
from app.ui.desk import Desk
from app.ui.pages.import_columns import REMEMBERED, ColumnRow, MappingDialog
from app.ui.pages.import_preview import ImportDialog
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import opened, pick, press, shown

ASSET = ENTITIES["asset"]
HEAD = "N° de série;Modèle;Emplacement précis;Humeur;Serial"
LINES = ("S1;OptiPlex;Atelier;Noir;", "S2;Latitude;Quai;Gris;", "S3;Latitude;Quai;Gris;")


@pytest.fixture
def desk(qtbot: QtBot, store: Store, answers: Answers) -> Desk:
    with store.begin() as session:
        setup.ensure(session)
    return make_desk(qtbot, store, answers)


def listed(folder: Path, name: str = "parc.csv", head: str = HEAD, lines: tuple[str, ...] = LINES) -> Path:
    path = folder / name
    path.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    return path


def preview(qtbot: QtBot, desk: Desk, *files: Path) -> ImportDialog:
    window = desk.parent()
    assert isinstance(window, QWidget)
    dialog = ImportDialog(desk, files, window)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible, timeout=20_000)
    settle(qtbot, lambda: not desk.jobs.busy)
    return dialog


def review(qtbot: QtBot, desk: Desk, dialog: ImportDialog) -> MappingDialog:
    press(dialog, "Revoir les colonnes")
    found = opened(dialog, MappingDialog)
    settle(qtbot, lambda: not desk.jobs.busy)
    return found


def read(qtbot: QtBot, desk: Desk, mapping: MappingDialog) -> None:
    press(mapping, "Lire avec ces colonnes")
    settle(qtbot, lambda: not desk.jobs.busy)


def row(mapping: MappingDialog, heading: str) -> ColumnRow:
    return next(one for one in mapping.rows if one.heading == heading)


def choose(mapping: MappingDialog, heading: str, typed: str) -> None:
    """Type the name of a field into the box of a column."""
    line = row(mapping, heading).box.lineEdit()
    assert line
    line.setFocus()
    line.selectAll()
    line.insert(typed)
    line.editingFinished.emit()


def fields(mapping: MappingDialog) -> dict[str, str]:
    return {one.heading: one.box.currentText() for one in mapping.rows}


def rooms(desk: Desk) -> list[str | None]:
    with desk.read() as session:
        rows = listing.page(session, ASSET, listing.Query(("room",), "number"))
    return [one.values[0] for one in rows]


def test_each_column_is_shown_with_its_first_values_and_its_field(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    mapping = review(qtbot, desk, preview(qtbot, desk, listed(tmp_path)))
    told = shown(mapping)
    assert "Atelier · Quai" in told
    assert "OptiPlex · Latitude" in told
    assert fields(mapping) == {
        "N° de série": "N° de série", "Modèle": "Modèle", "Emplacement précis": "Laisser de côté",
        "Humeur": "Laisser de côté", "Serial": "Laisser de côté",
    }  # fmt: skip
    assert "2\u00a0colonnes sur 5 ont leur champ." in told
    assert mapping.entity.currentText() == "Biens"
    assert not mapping.sheet.isVisible()


def test_a_column_told_is_read_again_and_remembered(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    dialog = preview(qtbot, desk, listed(tmp_path))
    mapping = review(qtbot, desk, dialog)
    choose(mapping, "Emplacement précis", "local")
    assert "sera retenue à l’import" in shown(mapping)
    read(qtbot, desk, mapping)
    assert "3\u00a0colonnes reconnues sur 5" in dialog.about.text()
    press(dialog, "Importer 3\u00a0lignes")
    settle(qtbot, lambda: rooms(desk) == ["Atelier", "Quai", "Quai"] and not desk.jobs.busy)
    again = preview(qtbot, desk, listed(tmp_path, "suite.csv", lines=("S4;Latitude;Cour;Gris;",)))
    assert REMEMBERED in shown(again)
    mapping = review(qtbot, desk, again)
    assert fields(mapping)["Emplacement précis"] == "Local"
    press(mapping, "L’oublier")
    settle(qtbot, lambda: fields(mapping)["Emplacement précis"] == "Laisser de côté")
    read(qtbot, desk, mapping)
    assert "2\u00a0colonnes reconnues sur 5" in again.about.text()
    assert REMEMBERED not in shown(again)


def test_two_columns_of_one_field_are_told_beside_each(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    dialog = preview(qtbot, desk, listed(tmp_path))
    mapping = review(qtbot, desk, dialog)
    choose(mapping, "Serial", "n° de serie")
    told = shown(mapping)
    assert "Déjà pris par la colonne «\u00a0N° de série\u00a0»" in told
    assert "Déjà pris par la colonne «\u00a0Serial\u00a0»" in told
    assert "Deux colonnes vont dans le même champ" in told
    press(mapping, "Lire avec ces colonnes")
    assert mapping.isVisible()
    choose(mapping, "N° de série", "laisser de côté")
    assert "Déjà pris" not in shown(mapping)
    read(qtbot, desk, mapping)
    assert "2\u00a0colonnes reconnues sur 5" in dialog.about.text()


def test_words_that_name_no_field_leave_the_one_before(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    dialog = preview(qtbot, desk, listed(tmp_path))
    mapping = review(qtbot, desk, dialog)
    choose(mapping, "Modèle", "n importe quoi")
    assert fields(mapping)["Modèle"] == "Modèle"
    box = row(mapping, "Modèle").box
    turn = QWheelEvent(QPointF(3, 3), QPointF(3, 3), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
                       Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    box.wheelEvent(turn)
    assert fields(mapping)["Modèle"] == "Modèle"
    read(qtbot, desk, mapping)
    assert "2\u00a0colonnes reconnues sur 5" in dialog.about.text()


def test_a_list_of_unknown_columns_asks_at_once(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    path = listed(tmp_path, head="alpha;bêta;gamma;delta;epsilon")
    dialog = preview(qtbot, desk, path)
    mapping = opened(dialog, MappingDialog)
    assert "Dites ce que contiennent les colonnes" in shown(dialog)
    choose(mapping, "alpha", "n° de serie")
    choose(mapping, "bêta", "modele")
    read(qtbot, desk, mapping)
    assert dialog.import_button.text() == "Importer 3\u00a0lignes"
    assert dialog.search.isVisible()


def test_a_list_may_be_of_another_kind(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    path = listed(tmp_path, head="Nom;Ville;X;Y;Z", lines=("Siège;Dijon;;;", "Dépôt;Beaune;;;"))
    dialog = preview(qtbot, desk, path)
    mapping = review(qtbot, desk, dialog)
    mapping.entity.setCurrentIndex(mapping.entity.findData("provider"))
    mapping.entity.activated.emit(mapping.entity.currentIndex())
    settle(qtbot, lambda: mapping.view.entity == "provider")
    read(qtbot, desk, mapping)
    press(dialog, "Importer 2\u00a0lignes")
    provider = ENTITIES["provider"]

    def kept() -> int:
        with desk.read() as session:
            return listing.count(session, provider, listing.default_query(provider))

    settle(qtbot, lambda: kept() == 2 and not desk.jobs.busy)


def workbook(folder: Path) -> Path:
    """Two sheets, of two headings and of three."""
    book = Workbook()
    first, second = book.active, book.create_sheet("Écrans")
    assert first
    first.title = "Postes"
    for sheet, heads in ((first, ("N° de série", "Modèle")), (second, ("N° de série", "Modèle", "Marque"))):
        sheet.append(heads)
        sheet.append([f"{sheet.title[0]}1", "XUB", "Iiyama"][: len(heads)])
    book.save(folder / "parc.xlsx")
    return folder / "parc.xlsx"


def test_the_sheet_of_a_workbook_is_chosen(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    dialog = preview(qtbot, desk, workbook(tmp_path))
    assert "feuille «\u00a0Postes\u00a0»" in dialog.about.text()
    mapping = review(qtbot, desk, dialog)
    assert mapping.sheet.isVisible()
    mapping.sheet.setCurrentText("Écrans")
    mapping.sheet.activated.emit(1)
    settle(qtbot, lambda: mapping.view.sheet == "Écrans")
    assert fields(mapping)["Marque"] == "Marque"
    read(qtbot, desk, mapping)
    assert "feuille «\u00a0Écrans\u00a0»" in dialog.about.text()


def test_of_several_lists_the_one_is_chosen_in_a_menu(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "listes"
    folder.mkdir()
    listed(folder, "un.csv")
    listed(folder, "deux.csv", head="alpha;bêta;gamma;delta;epsilon", lines=("X1;Dell;;;",))
    dialog = preview(qtbot, desk, folder)
    press(dialog, "Revoir les colonnes")
    pick(dialog, "deux.csv")
    mapping = opened(dialog, MappingDialog)
    choose(mapping, "alpha", "n° de serie")
    choose(mapping, "bêta", "modele")
    read(qtbot, desk, mapping)
    assert "2\u00a0fichiers" in dialog.about.text()
    assert not any(line.outcome == "refused" for line in dialog.model.lines)


def test_the_fields_of_families_are_offered(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    with desk.store.begin() as session:
        values = {"family_id": 1, "label": "Couleur du capot", "rank": 1}
        records.create(session, ENTITIES["family_field"], values)
    mapping = review(qtbot, desk, preview(qtbot, desk, listed(tmp_path)))
    choose(mapping, "Humeur", "couleur du capot")
    assert fields(mapping)["Humeur"] == "Couleur du capot"
    mapping.reject()
