"""The documents of a record, on its page."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.services import attachments
from app.ui.crud.document_card import DocumentsCard
from app.ui.desk import Desk
from tests.services.company import add_ticket
from tests.ui.fakes import Answers
from tests.ui.pages.hand import pick, press, shown

TICKET = ENTITIES["ticket"]


@pytest.fixture
def card(qtbot: QtBot, desk: Desk) -> DocumentsCard:
    with desk.store.begin("essai") as session:
        ticket = add_ticket(session, "01 10:00")
    made = DocumentsCard(desk, TICKET, ticket)
    qtbot.addWidget(made)
    desk.changed.connect(lambda _: made.reload())
    made.show()
    return made


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "rapport.txt"
    path.write_text("Le four est hors service.", encoding="utf-8")
    return path


def names(card: DocumentsCard) -> list[str]:
    with card._desk.read() as session:
        return [one.name for one in attachments.of_record(session, TICKET, 1)]


def test_a_document_is_joined_saved_and_removed(
    card: DocumentsCard, answers: Answers, report: Path, tmp_path: Path
) -> None:
    assert "Déposez ici vos fichiers" in shown(card)
    answers.opens = [[report]]
    press(card, "Joindre…")
    assert "25\u00a0octets" in shown(card)
    answers.saves = [tmp_path / "copie.txt"]
    press(card, "Autres actions\u00a0: rapport.txt")
    pick(card, "Enregistrer sous…")
    assert (tmp_path / "copie.txt").read_bytes() == report.read_bytes()
    press(card, "Autres actions\u00a0: rapport.txt")
    pick(card, "Retirer de la fiche")
    assert names(card) == []


def test_a_document_opens_as_a_copy(card: DocumentsCard, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card.attach([report])
    seen: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: seen.append(Path(url.toLocalFile())))
    press(card, "rapport.txt")
    assert seen[0] != report
    assert seen[0].read_bytes() == report.read_bytes()


def test_files_are_dropped(card: DocumentsCard, report: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(report))])
    act, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPointF(5, 5).toPoint(), act, data, left, none)
    entering.setAccepted(False)
    card.dragEnterEvent(entering)
    assert entering.isAccepted()
    card.dropEvent(QDropEvent(QPointF(5, 5), act, data, left, none))
    assert names(card) == ["rapport.txt"]
