"""Stories of an import: look at it, take part of it, write it once."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.jobs import drain
from app.services import importing, listing, records, setup
from app.storage import Store, undo
from app.ui.desk import Desk
from app.ui.pages.import_preview import ImportDialog
from app.ui.pages.import_rows import ChangeDelegate
from app.ui.parts.banner import Banner
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import press, shown

ASSET = ENTITIES["asset"]
HEAD = "N° inventaire;Famille;Marque;Modèle;N° de série;Local;Teinte\n"
LINES = (
    "PC-0001;Poste fixe;Dell;OptiPlex;S1;Local technique;\n"
    "PC-0002;Poste fixe;Dell;OptiPlex;S2;Accueil;\n"
    ";Poste fixe;Dell;Pro 14;S3;2.04;\n"
    ";Écran;Iiyama;24 pouces;S4;2.04;\n"
    ";;;;;2.04;\n"
)
LEFT = Qt.MouseButton.LeftButton
INVENTORY = Path(__file__).parents[2] / "samples" / "glpi-inventory_format" / "computer_1.json"


@pytest.fixture
def desk(qtbot: QtBot, store: Store, answers: Answers) -> Desk:
    """Two assets: the file changes the room of the first."""
    with store.begin() as session:
        setup.ensure(session)
        for serial in ("S1", "S2"):
            values = {"family_id": 1, "brand": "Dell", "model": "OptiPlex", "serial": serial, "room": "Accueil"}
            records.create(session, ASSET, values)
    return make_desk(qtbot, store, answers)


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "parc.csv"
    path.write_text(HEAD + LINES, encoding="cp1252")
    return path


def preview(qtbot: QtBot, desk: Desk, *files: Path) -> ImportDialog:
    window = desk.parent()
    assert isinstance(window, QWidget)
    dialog = ImportDialog(desk, files, window)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible, timeout=10_000)
    return dialog


def counts(dialog: ImportDialog) -> dict[str, str]:
    return {key: tile.data.number for key, tile in dialog.tiles.items()}


def assets(desk: Desk) -> int:
    with desk.read() as session:
        return listing.count(session, ASSET, listing.default_query(ASSET))


def column(dialog: ImportDialog, title: str) -> list[str]:
    at = [one.title for one in dialog.model.columns].index(title)
    return [str(dialog.model.index(row, at).data()) for row in range(dialog.model.rowCount())]


def test_the_preview_counts_what_would_be_done_and_writes_nothing(qtbot: QtBot, desk: Desk, listed: Path) -> None:
    dialog = preview(qtbot, desk, listed)
    assert counts(dialog) == {"created": "2", "changed": "1", "unchanged": "1", "refused": "1"}
    assert dialog.import_button.text() == "Importer 3\u00a0lignes"
    assert "parc.csv · 5\u00a0lignes, 6\u00a0colonnes reconnues sur 7" in shown(dialog)
    assert column(dialog, "Résultat") == ["Refusé", "Modifié", "Inchangé", "Créé", "Créé"]
    assert column(dialog, "Ligne")[0] == "6"
    assert assets(desk) == 2
    dialog.reject()
    assert assets(desk) == 2


def test_a_change_says_what_was_and_what_will_be(qtbot: QtBot, desk: Desk, listed: Path) -> None:
    dialog = preview(qtbot, desk, listed)
    told = column(dialog, dialog.model.columns[-1].title)
    assert told[1] == "Local\u00a0: Accueil → Local technique"
    assert isinstance(dialog.table.itemDelegateForColumn(4), ChangeDelegate)
    assert dialog.grab().width() == dialog.width()


def test_a_tile_keeps_its_lines_and_a_word_keeps_others(qtbot: QtBot, desk: Desk, listed: Path) -> None:
    dialog = preview(qtbot, desk, listed)
    QTest.mouseClick(dialog.tiles["created"], LEFT)
    assert column(dialog, "Résultat") == ["Créé", "Créé"]
    QTest.mouseClick(dialog.tiles["refused"], LEFT)
    assert column(dialog, "Résultat") == ["Refusé"]
    assert not dialog.tiles["created"].isChecked()
    QTest.mouseClick(dialog.tiles["refused"], LEFT)
    assert dialog.model.rowCount() == 5
    QTest.keyClicks(dialog.search, "iiyama")
    assert column(dialog, "Désignation") == ["Iiyama 24 pouces"]
    dialog.search.setText("introuvable")
    press(dialog, "Effacer les filtres")
    assert dialog.model.rowCount() == 5


def test_an_empty_count_asks_for_nothing(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "neufs.csv"
    path.write_text("Famille;Modèle;N° de série;Prix HT\nÉcran;24 p.;SN9;\nÉcran;24 p.;SN8;abc\n", encoding="utf-8")
    dialog = preview(qtbot, desk, path)
    notes = [tile.data.note for tile in dialog.tiles.values()]
    assert notes == ["Numéroté à l’import", "Aucune ligne", "Aucune ligne", "Laissé de côté, à corriger"]
    told = "Prix HT «\u00a0abc\u00a0»\u00a0: écrivez un montant en euros"
    assert dialog.plan
    assert dialog.plan.lines[0].detail.startswith(told)


def test_a_double_click_imports_once_and_can_be_undone(qtbot: QtBot, desk: Desk, listed: Path) -> None:
    dialog = preview(qtbot, desk, listed)
    told: list[tuple[str, int]] = []
    desk.done.connect(lambda text, action: told.append((text, action)))
    QTest.mouseClick(dialog.import_button, LEFT)
    QTest.mouseClick(dialog.import_button, LEFT)
    QTest.mouseDClick(dialog.import_button, LEFT)
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    settle(qtbot)
    assert told == [("2\u00a0créés et 1\u00a0modifié par l’import, 2\u00a0refusés", desk.store.last_action_id)]
    assert assets(desk) == 4
    desk.act("Annulation", lambda s: undo.undo(s, told[0][1]))
    assert assets(desk) == 2


def test_the_refused_lines_are_exported(
    qtbot: QtBot, desk: Desk, listed: Path, answers: Answers, tmp_path: Path
) -> None:
    dialog = preview(qtbot, desk, listed)
    answers.saves = [tmp_path / "refus.csv"]
    press(dialog, "Exporter la ligne refusée")
    qtbot.waitUntil((tmp_path / "refus.csv").exists, timeout=10_000)
    settle(qtbot, lambda: not desk.jobs.busy)
    text = (tmp_path / "refus.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == "Fichier;Ligne;Champ;Motif"
    assert "parc.csv;6;" in text
    assert dialog.import_button.isEnabled()


def test_a_file_that_is_not_read_is_told_and_hides_no_other(
    qtbot: QtBot, desk: Desk, listed: Path, tmp_path: Path
) -> None:
    bill = tmp_path / "facture.rtf"
    bill.write_bytes(b"{\\rtf1}")
    dialog = preview(qtbot, desk, listed, bill)
    assert counts(dialog)["created"] == "2"
    assert column(dialog, "Fichier").count("parc.csv") == 5
    assert "«\u00a0facture.rtf\u00a0» est un document de traitement de texte" in shown(dialog.findChildren(Banner)[0])
    assert "2\u00a0fichiers" in shown(dialog)


def test_the_only_file_that_is_not_read_is_told(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    bill = tmp_path / "facture.rtf"
    bill.write_bytes(b"{\\rtf1}")
    dialog = preview(qtbot, desk, bill)
    assert "document de traitement de texte" in shown(dialog)
    assert dialog.import_button.text() == "Rien à importer"
    assert not dialog.import_button.isEnabled()


def test_the_last_user_is_kept_only_when_asked(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    content = json.loads(INVENTORY.read_text(encoding="utf-8"))
    content["content"]["users"] = [{"login": "claire.bonnin"}]
    survey = tmp_path / "poste.json"
    survey.write_text(json.dumps(content), encoding="utf-8")
    dialog = preview(qtbot, desk, survey)
    assert not dialog.last_user.isChecked()
    assert dialog.last_user.isVisible()
    assert dialog.plan
    assert not any("last_user" in one for one in dialog.plan.created["asset"].values())
    first = dialog.plan
    dialog.last_user.click()
    qtbot.waitUntil(lambda: dialog.plan is not first, timeout=10_000)
    assert dialog.plan is not None
    assert any(one.get("last_user") for one in dialog.plan.created["asset"].values())


class ClickWhenShown(QObject):
    """The quickest of hands: it ticks the option in the very event that shows the preview."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, ImportDialog):
            watched.removeEventFilter(self)
            watched.last_user.click()
        return False


def test_an_option_ticked_as_the_preview_shows_reads_again_and_keeps_it_open(qtbot: QtBot, desk: Desk) -> None:
    window = desk.parent()
    assert isinstance(window, QWidget)
    dialog = ImportDialog(desk, [INVENTORY], window)
    quick = ClickWhenShown()
    dialog.installEventFilter(quick)
    with qtbot.waitSignal(desk.jobs.idle, timeout=10_000):
        dialog.open()
    settle(qtbot, lambda: not desk.jobs.busy)
    assert dialog.isVisible()
    assert dialog.plan
    assert dialog.last_user.isChecked()


def test_a_reading_that_is_cancelled_closes_the_preview(qtbot: QtBot, desk: Desk, listed: Path) -> None:
    window = desk.parent()
    assert isinstance(window, QWidget)
    dialog = ImportDialog(desk, [listed], window)
    with qtbot.waitSignal(dialog.rejected, timeout=10_000):
        dialog.open()
        desk.jobs._worker.requestInterruption()  # type: ignore[union-attr]  # a task has just begun
    assert assets(desk) == 2


def test_a_list_has_no_last_user_to_keep(qtbot: QtBot, desk: Desk, listed: Path) -> None:
    assert not preview(qtbot, desk, listed).last_user.isVisible()


def test_nothing_to_write_says_so(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    same = tmp_path / "parc.csv"
    same.write_text(HEAD + "PC-0002;Poste fixe;Dell;OptiPlex;S2;Accueil;\n", encoding="utf-8")
    dialog = preview(qtbot, desk, same)
    assert dialog.import_button.text() == "Rien à importer"
    assert "déjà à jour" in dialog.import_button.toolTip()


def test_a_preview_out_of_date_writes_nothing_and_stays(
    qtbot: QtBot, desk: Desk, listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr("app.ui.jobs.errors.report", told.append)
    dialog = preview(qtbot, desk, listed)
    desk.act("essai", lambda s: records.update(s, ASSET, 1, {"room": "Ailleurs"}))
    QTest.mouseClick(dialog.import_button, LEFT)
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert "La base a changé" in str(told[0])
    assert assets(desk) == 2
    assert dialog.isVisible()
    assert dialog.import_button.isEnabled()


def test_the_plan_is_the_one_of_the_service(qtbot: QtBot, desk: Desk, listed: Path) -> None:
    dialog = preview(qtbot, desk, listed)
    plan = drain(importing.plan_job(desk.store, [listed]))
    assert {key: str(plan.count(key)) for key in ("created", "changed", "unchanged", "refused")} == counts(dialog)
