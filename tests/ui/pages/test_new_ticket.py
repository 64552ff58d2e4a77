"""A ticket opened by the keyboard, from the asking to the base."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.models import Asset, Document, Person, Ticket
from app.models.codes import Impact, Urgency
from app.services import setup
from app.storage import Store
from app.ui.crud import drafts
from app.ui.desk import Desk
from app.ui.pages.new_ticket import NewTicketDialog
from app.ui.pages.ticket_view import subject_of
from app.ui.parts.buttons import Button
from tests.services.company import add_asset, add_contract
from tests.ui.fakes import Answers, make_desk
from tests.ui.pages.hand import hurry, press, shown


@pytest.fixture
def desk(qtbot: QtBot, store: Store, answers: Answers) -> Desk:
    """A company whose PC-01 is used by Nadia and covered; whose IMP-02 is not."""
    with store.begin("essai") as session:
        setup.ensure(session)
        nadia = Person(last_name="Roussel", first_name="Nadia")
        session.add(nadia)
        add_asset(session, "AA-01", add_contract(session))
        add_asset(session, "AB-02")
    return make_desk(qtbot, store, answers)


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk) -> Iterator[NewTicketDialog]:
    window = QWidget()
    qtbot.addWidget(window)
    made = NewTicketDialog(desk, window)
    made.open()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    yield made  # noqa: PT022 - the window lives as long as this frame


def focused(dialog: NewTicketDialog) -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    assert dialog.isAncestorOf(found)
    return found


def typed(dialog: NewTicketDialog, *steps: str) -> None:
    """Each step is typed where the cursor stands, then Tab twice past a finder's button, once past the rest."""
    for step in steps:
        QTest.keyClicks(focused(dialog), step)
        QTest.keyClick(focused(dialog), Qt.Key.Key_Tab)
        if isinstance(focused(dialog), Button) and focused(dialog).property("kind") != "segment":
            QTest.keyClick(focused(dialog), Qt.Key.Key_Tab)


def only_ticket(desk: Desk) -> Ticket:
    with desk.read() as session:
        return session.scalars(select(Ticket)).one()  # type: ignore[no-any-return]


def test_a_ticket_by_the_keyboard_alone(qtbot: QtBot, desk: Desk, dialog: NewTicketDialog) -> None:
    typed(dialog, "Nadia", "AA-01", "Le lecteur de badges ne lit plus")
    QTest.keyClick(focused(dialog), Qt.Key.Key_Tab)
    with qtbot.waitSignal(dialog.saved):
        hurry(dialog)
    kept = only_ticket(desk)
    assert (kept.subject, kept.impact, kept.urgency) == ("Le lecteur de badges ne lit plus", Impact.LOW, Urgency.MEDIUM)
    assert kept.contract_id is not None
    assert kept.restore_due_at is not None


def test_the_promise_is_told_before_creating(qtbot: QtBot, dialog: NewTicketDialog) -> None:
    assert "Hors contrat" in shown(dialog)
    dialog.editors["asset_id"].put_text("AA-01")
    press(dialog, "Dans combien de temps est-ce grave\u00a0? (urgence)\u00a0: Déjà")
    qtbot.waitUntil(lambda: "CT-2026-01, Lumeo Services couvre ce bien" in shown(dialog))
    assert "P3 · prise en charge avant" in shown(dialog)
    dialog.editors["asset_id"].put_text("AB-02")
    qtbot.waitUntil(lambda: "Aucun contrat ne couvre ce bien" in shown(dialog))


def test_what_is_missing_is_said_under_its_field(desk: Desk, dialog: NewTicketDialog) -> None:
    dialog.editors["requester_id"].put_text("personne")
    press(dialog, "Créer le ticket")
    assert "Choisissez dans la liste" in shown(dialog)
    assert "Ce champ est obligatoire." in shown(dialog)
    assert dialog.editors["requester_id"].text() == "personne"
    dialog.editors["requester_id"].put_text("Nadia Roussel")
    dialog.editors["words"].put_text("Panne")
    press(dialog, "Changer")
    dialog.editors["opened_at"].put_text("01/01/2199 10:00")
    press(dialog, "Créer le ticket")
    assert "Cette heure n’est pas encore passée." in shown(dialog)
    dialog.editors["opened_at"].put_text("01/06/2026 10:00")
    press(dialog, "Créer le ticket")
    assert only_ticket(desk).opened_at.isoformat() == "2026-06-01T08:00:00+00:00"


def test_the_dialog_makes_room_for_what_is_refused(qtbot: QtBot, dialog: NewTicketDialog) -> None:
    dialog.editors["asset_id"].put_text("quelque chose qui ne désigne aucun bien")
    dialog.accept()
    layout = dialog.layout()
    assert layout is not None
    qtbot.waitUntil(lambda: dialog.height() >= layout.totalHeightForWidth(dialog.width()))
    words = dialog.editors["words"].widget
    assert words.property("invalid")
    dialog.editors["words"].put_text("Le poste ne démarre plus")
    assert not words.property("invalid")


def test_the_first_line_is_the_subject(qtbot: QtBot, desk: Desk, dialog: NewTicketDialog) -> None:
    dialog.editors["requester_id"].put_text("Nadia Roussel")
    dialog.editors["words"].put_text("Écran noir\nDepuis ce matin, après la mise à jour.")
    with qtbot.waitSignal(desk.go_to):
        press(dialog, "Créer et ouvrir")
    assert only_ticket(desk).subject == "Écran noir"
    assert (only_ticket(desk).description or "").startswith("Écran noir\nDepuis")
    assert len(subject_of("mot " * 100)) <= 160


def test_documents_go_with_the_ticket(desk: Desk, dialog: NewTicketDialog, answers: Answers, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"octets")
    answers.opens = [[tmp_path / "photo.png"]]
    dialog.editors["requester_id"].put_text("Nadia Roussel")
    dialog.editors["words"].put_text("Panne")
    press(dialog, "Joindre un document")
    assert dialog.is_modified()
    dialog.accept()
    with desk.read() as session:
        assert session.scalars(select(Document.name)).all() == ["photo.png"]


def test_a_file_that_cannot_be_read_creates_nothing(desk: Desk, dialog: NewTicketDialog, tmp_path: Path) -> None:
    dialog.editors["requester_id"].put_text("Nadia Roussel")
    dialog.editors["words"].put_text("Panne")
    dialog.add_files([tmp_path / "absent.png"])
    dialog.accept()
    assert "«\u00a0absent.png\u00a0» ne peut pas être lu." in shown(dialog)
    with desk.read() as session:
        assert not session.scalars(select(Ticket)).all()


def test_the_only_asset_of_the_requester_is_offered(desk: Desk, dialog: NewTicketDialog) -> None:
    with desk.store.begin("essai") as session:
        session.scalars(select(Asset).order_by(Asset.id)).all()[0].person_id = session.scalars(select(Person.id)).one()
    typed(dialog, "Nadia")
    assert dialog.editors["asset_id"].text() == "AA-01"


def test_a_draft_is_found_again(qtbot: QtBot, desk: Desk, dialog: NewTicketDialog, answers: Answers) -> None:
    dialog.editors["words"].put_text("Panne de secteur")
    drafts.keep("ticket", None, dialog.texts())
    again = NewTicketDialog(desk, dialog.parentWidget())
    again.open()
    press(again, "Reprendre")
    assert again.editors["words"].text() == "Panne de secteur"
    answers.unsaved_answers = ["stay", "save", "drop"]
    again.reject()
    again.reject()
    qtbot.waitUntil(lambda: "Ce champ est obligatoire." in shown(again))
    again.reject()
    assert drafts.find("ticket", None) is None
