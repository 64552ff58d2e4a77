"""Stories of the company's card and its logo."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.errors import Refused
from app.services import setup
from app.services.company_card import company_card
from app.ui.company_dialog import CompanyDialog
from app.ui.crud.document_card import png_of
from app.ui.desk import Desk
from tests.ui.fakes import Answers
from tests.ui.pages.hand import press, shown


def picture(folder: Path, width: int = 3000, height: int = 900) -> Path:
    image = QImage(QSize(width, height), QImage.Format.Format_ARGB32)
    image.fill(QColor("teal"))
    path = folder / "logo.png"
    path.write_bytes(png_of(image))
    return path


def dialog_of(qtbot: QtBot, desk: Desk) -> CompanyDialog:
    window = desk.parent()
    assert isinstance(window, QWidget)
    made = CompanyDialog(desk, window)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_a_new_company_is_told_with_its_logo(qtbot: QtBot, desk: Desk, answers: Answers, tmp_path: Path) -> None:
    answers.opens = [[], [picture(tmp_path)]]
    dialog = dialog_of(qtbot, desk)
    assert "Aucun logo" in shown(dialog)
    press(dialog, "Choisir le logo")
    assert not dialog.is_modified()
    press(dialog, "Choisir le logo")
    assert dialog.isWindowModified()
    for name, text in (("name", "Ateliers Morvan"), ("headcount", "48"), ("year_end", "30/6"), ("zone", "Martinique")):
        dialog.form.editors[name].put_text(text)
    dialog.accept()
    with desk.read() as session:
        card = company_card(session)
    assert card.name == "Ateliers Morvan"
    assert card.logo is not None
    assert (card.logo.width, card.logo.height) == (600, 180)


def test_a_logo_is_dropped_then_taken_away(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    with desk.store.begin() as session:
        setup.save_company(session, {"name": "Ateliers Morvan"})
    dialog = dialog_of(qtbot, desk)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture(tmp_path, 100, 50)))])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    dialog.logo.dropEvent(QDropEvent(QPointF(1, 1), Qt.DropAction.CopyAction, data, left, none))
    dialog.accept()
    again = dialog_of(qtbot, desk)
    assert again.logo.content
    press(again, "Retirer le logo")
    again.accept()
    with desk.read() as session:
        assert setup.logo(session) is None


def test_what_is_no_image_is_refused(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    dialog = dialog_of(qtbot, desk)
    bad = tmp_path / "logo.png"
    bad.write_bytes(b"nothing")
    with pytest.raises(Refused, match="n’est pas une image"):
        dialog.logo.take_file(bad)
    with pytest.raises(Refused, match="plus petite"):
        dialog.logo.take_file(tmp_path)
    assert dialog.logo.content is None
