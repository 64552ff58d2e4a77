"""Stories of the scripts that describe other machines, and of a folder of inventories."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services import setup
from app.storage import Store
from app.ui.desk import Desk
from app.ui.pages import starts
from app.ui.pages.import_collect import CollectDialog
from app.ui.pages.import_preview import ImportDialog
from tests.ui.fakes import Answers, make_desk
from tests.ui.pages.hand import opened, press, shown


@pytest.fixture
def window(qtbot: QtBot, store: Store, answers: Answers) -> QWidget:
    with store.begin() as session:
        setup.ensure(session)
    found = make_desk(qtbot, store, answers).parent()
    assert isinstance(found, QWidget)
    return found


def desk_of(window: QWidget) -> Desk:
    return next(one for one in window.children() if isinstance(one, Desk))


def test_the_scripts_are_written_where_they_are_wanted(
    window: QWidget, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: went.append(QUrl(url).toLocalFile()))
    starts.describe_others(desk_of(window), window)
    dialog = opened(window, CollectDialog)
    for words in ("1. Enregistrez", "2. Sur chaque poste", "3. Déposez ce dossier", "aucun compte, mot de passe"):
        assert words in shown(dialog)
    answers.saves = [None, tmp_path / "collecte"]
    press(dialog, "Enregistrer les scripts…")
    press(dialog, "Enregistrer les scripts…")
    assert "3\u00a0fichiers écrits" in shown(dialog)
    assert (tmp_path / "collecte" / "collecte.cmd").exists()
    press(dialog, "Ouvrir le dossier")
    assert went == [str(tmp_path / "collecte")]
    press(dialog, "Fermer")


def test_a_folder_that_refuses_is_told(window: QWidget, answers: Answers, tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    answers.saves = [tmp_path / "fichier"]
    starts.describe_others(desk_of(window), window)
    dialog = opened(window, CollectDialog)
    press(dialog, "Enregistrer les scripts…")
    assert "choisissez un autre dossier" in shown(dialog)
    dialog.reject()


def test_a_folder_is_imported_whole(window: QWidget, answers: Answers, tmp_path: Path) -> None:
    folder = tmp_path / "releves"
    folder.mkdir()
    for name in ("un", "deux"):
        (folder / f"{name}.csv").write_text(f"N° de série;Modèle\n{name};Dell\n", encoding="utf-8")
    answers.saves = [None, folder]
    starts.import_folder(desk_of(window), window)
    starts.import_folder(desk_of(window), window)
    dialog = opened(window, ImportDialog)
    assert "2\u00a0fichiers · 2\u00a0lignes" in dialog.about.text()
    dialog.reject()
