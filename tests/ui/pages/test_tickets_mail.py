"""The e-mail of a stage, read again, handed to the mail program, noted in the journal."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.entities import ENTITIES
from app.models import Person, TicketEvent
from app.models.codes import EventKind, WaitReason
from app.services import attachments, tickets
from app.storage import Store
from app.ui.desk import Desk
from app.ui.pages.tickets_mail import TicketMailDialog, ticket_mail_dialog
from tests.services.company import add_asset, add_contract, add_ticket, june
from tests.ui.fakes import Answers, make_desk
from tests.ui.pages.hand import hurry, press, shown


@pytest.fixture
def desk(qtbot: QtBot, store: Store, answers: Answers) -> Desk:
    """A ticket of Nadia, taken in charge and waiting for her answer, with a screenshot."""
    with store.begin("essai") as session:
        nadia = Person(last_name="Roussel", first_name="Nadia", email="nadia@exemple.fr")
        session.add(nadia)
        session.flush()
        asset = add_asset(session, "AA-01", add_contract(session))
        one = add_ticket(session, "01 10:00", asset_id=asset, requester_id=nadia.id, subject="Écran noir")
        tickets.take(session, one, june("01 10:30"))
        tickets.start_wait(session, one, june("01 11:00"), WaitReason.CLIENT, author="Yanis")
        attachments.add(session, ENTITIES["ticket"], one, "capture.png", b"octets")
    return make_desk(qtbot, store, answers)


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk) -> Iterator[TicketMailDialog]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    yield ticket_mail_dialog(desk, 1, window)  # noqa: PT022 - the window lives as long as this frame


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    found: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: found.append(Path(url.toLocalFile())))
    return found


def test_the_most_likely_letter_is_shown(dialog: TicketMailDialog) -> None:
    assert dialog.editors["stage"].text() == "Attente ou question, au demandeur"
    assert dialog.editors["to"].text() == "nadia@exemple.fr"
    assert "Bonjour Nadia Roussel," in dialog.editors["body"].text()


def test_what_is_left_to_complete_is_asked(dialog: TicketMailDialog, sent: list[Path]) -> None:
    hurry(dialog)
    assert "Complétez ce qui est entre crochets" in shown(dialog)
    assert not sent


def test_the_draft_opens_and_the_journal_keeps_it(desk: Desk, dialog: TicketMailDialog, sent: list[Path]) -> None:
    dialog.editors["body"].put_text("Bonjour,\nL’écran est-il branché\u00a0?")
    next(iter(dialog.documents.values())).setChecked(True)
    press(dialog, "Ouvrir dans la messagerie")
    message = message_from_bytes(sent[0].read_bytes(), policy=policy.default)
    assert (message["To"], message["X-Unsent"]) == ("nadia@exemple.fr", "1")
    assert message["Subject"] == "T-2026-0001, une question\u00a0: Écran noir"
    assert [part.get_filename() for part in message.iter_attachments()] == ["capture.png"]
    assert [part.get_content_type() for part in message.iter_attachments()] == ["image/png"]
    with desk.read() as session:
        note = session.scalars(select(TicketEvent.text).where(TicketEvent.kind == EventKind.NOTE)).one()
    assert note == "Courriel préparé à nadia@exemple.fr\u00a0: attente ou question, au demandeur."


def test_another_letter_keeps_what_was_typed_in_the_first(dialog: TicketMailDialog, answers: Answers) -> None:
    dialog.editors["body"].put_text("Ma question")
    dialog.editors["stage"].put_text("Relance du prestataire")
    assert "Nous revenons vers vous" in dialog.editors["body"].text()
    assert "Aucune adresse d’assistance chez Lumeo Services" in shown(dialog)
    dialog.editors["to"].put_text("support@lumeo.example")
    assert "Aucune adresse d’assistance" not in shown(dialog)
    dialog.editors["stage"].put_text("Attente ou question, au demandeur")
    assert dialog.editors["body"].text() == "Ma question"
    answers.unsaved_answers = ["stay", "drop"]
    dialog.reject()
    assert dialog.isVisible()
    dialog.reject()
    assert not dialog.isVisible()


def test_the_text_can_be_copied(dialog: TicketMailDialog) -> None:
    press(dialog, "Copier le texte")
    assert "votre ticket T-2026-0001" in QGuiApplication.clipboard().text()
