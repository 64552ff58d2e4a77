"""A ticket opened by the keyboard, from the asking to the base."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.models import Asset, Document, Person, Ticket, TicketEvent, TicketLink
from app.models.codes import EventKind, Impact, Priority, Urgency
from app.models.upkeep_codes import LinkKind
from app.services import setup, tickets
from app.storage import Store
from app.ui.crud import drafts
from app.ui.desk import Desk
from app.ui.pages.new_ticket import NewTicketDialog
from app.ui.pages.ticket_view import subject_of
from app.ui.parts.buttons import Button
from app.ui.parts.chips import Chip
from tests.services.company import add_asset, add_contract, add_ticket, june
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


def test_the_cursor_never_stands_where_nothing_is_seen(dialog: NewTicketDialog) -> None:
    for _ in range(20):
        QTest.keyClick(focused(dialog), Qt.Key.Key_Tab)
        assert focused(dialog).isVisible()


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


def describe(dialog: NewTicketDialog, words: str, asset: str = "AA-01") -> None:
    dialog.editors["requester_id"].put_text("Nadia Roussel")
    dialog.editors["asset_id"].put_text(asset)
    dialog.editors["words"].put_text(words)


def test_the_same_call_is_noted_on_the_ticket_that_is_open(
    qtbot: QtBot, desk: Desk, dialog: NewTicketDialog, tmp_path: Path
) -> None:
    (tmp_path / "photo.png").write_bytes(b"octets")
    with desk.store.begin("essai") as session:
        add_ticket(session, "01 10:00", asset_id=1, subject="Lecteur de badges muet")
    describe(dialog, "Le lecteur ne lit plus")
    dialog.add_files([tmp_path / "photo.png"])
    qtbot.waitUntil(lambda: "est-ce le même appel" in shown(dialog))
    with qtbot.waitSignal(desk.go_to) as gone:
        press(dialog, "C’est un doublon de T-2026-0001")
    assert gone.args == ["ticket", 1]
    assert only_ticket(desk).subject == "Lecteur de badges muet"
    with desk.read() as session:
        note = session.scalars(select(TicketEvent.text).where(TicketEvent.kind == EventKind.NOTE)).one()
        assert note == "Signalé aussi par Nadia Roussel\u00a0: Le lecteur ne lit plus"
        assert session.scalars(select(Document.record_id)).all() == [1]


def test_a_trouble_that_comes_back_keeps_a_link(qtbot: QtBot, desk: Desk, dialog: NewTicketDialog) -> None:
    with desk.store.begin("essai") as session:
        before = add_ticket(session, "01 10:00", asset_id=1, subject="Bourrage papier")
        tickets.resolve(session, before, june("02 10:00"))
    dialog.form.show_opening(june("20 10:00"))
    describe(dialog, "Encore un bourrage papier")
    qtbot.waitUntil(lambda: "Déjà résolu depuis moins de 90" in shown(dialog))
    assert "Ce serait le 2e incident de ce bien" in shown(dialog)
    press(dialog, "Rattacher à T-2026-0001")
    press(dialog, "Ne plus rattacher à T-2026-0001")
    press(dialog, "Rattacher à T-2026-0001")
    dialog.accept()
    with desk.read() as session:
        link = session.scalars(select(TicketLink)).one()
        assert (link.ticket_id, link.other_id, link.kind) == (2, before, LinkKind.FOLLOWS)


def test_the_category_of_the_words_is_one_key_away(qtbot: QtBot, desk: Desk, dialog: NewTicketDialog) -> None:
    with desk.store.begin("essai") as session:
        add_ticket(session, "01 10:00", subject="Imprimante bloquée", category="Impression")
    describe(dialog, "L’imprimante reste bloquée")
    qtbot.waitUntil(dialog.form.offered.isVisible)
    press(dialog, "Prendre la catégorie Impression")
    assert dialog.editors["category"].text() == "Impression"
    assert not dialog.form.offered.isVisible()


def test_since_when_the_asset_is_down(desk: Desk, dialog: NewTicketDialog) -> None:
    dialog.form.show_opening(june("02 10:00"))
    describe(dialog, "Le poste ne démarre plus")
    press(dialog, "Bien à l’arrêt\u00a0?\u00a0: Oui, depuis")
    assert dialog.editors["down_at"].text() == "02/06/2026 10:00"
    dialog.editors["down_at"].put_text("")
    dialog.accept()
    assert "Écrivez depuis quand" in shown(dialog)
    dialog.editors["down_at"].put_text("02/06/2026 08:30")
    dialog.accept()
    kept = only_ticket(desk)
    assert (kept.down_since, kept.is_failure) == (june("02 08:30"), True)


def test_another_priority_asks_why(qtbot: QtBot, desk: Desk, dialog: NewTicketDialog) -> None:
    describe(dialog, "La direction n’a plus de courriel")
    press(dialog, "Plus de &précisions")
    press(dialog, "Priorité\u00a0: P4")
    assert dialog.form.priority() is None
    press(dialog, "Priorité\u00a0: P1")
    qtbot.waitUntil(lambda: "P1 · prise en charge avant" in shown(dialog))
    dialog.show_more(False)
    dialog.accept()
    assert "L’impact et l’urgence donnent P4." in shown(dialog)
    dialog.editors["reason"].put_text("Clôture des comptes aujourd’hui")
    dialog.accept()
    kept = only_ticket(desk)
    assert (kept.priority, kept.priority_reason) == (Priority.P1, "Clôture des comptes aujourd’hui")


def test_out_of_contract_by_choice(qtbot: QtBot, desk: Desk, dialog: NewTicketDialog) -> None:
    describe(dialog, "Déplacer un poste")
    dialog.editors["contract"].put_text("Hors contrat")
    qtbot.waitUntil(lambda: "Hors contrat, par votre choix" in shown(dialog))
    dialog.editors["contract"].put_text("CT-2026-01, Lumeo Services")
    qtbot.waitUntil(lambda: "CT-2026-01, Lumeo Services, par votre choix" in shown(dialog))
    dialog.editors["contract"].put_text("Hors contrat")
    dialog.editors["reason"].put_text("Un déménagement, exclu du contrat")
    dialog.accept()
    kept = only_ticket(desk)
    assert (kept.contract_id, kept.contract_chosen) == (None, True)


def test_a_pasted_screenshot_goes_with_the_ticket(desk: Desk, dialog: NewTicketDialog) -> None:
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    describe(dialog, "Message d’erreur")
    for _ in range(2):
        QGuiApplication.clipboard().setImage(picture)
        QTest.keyClick(dialog.editors["words"].widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    first, second = dialog.files_row.paths
    chip = next(one for one in dialog.files_row.findChildren(Chip) if one.text() == first.name)
    chip.cleared.emit()
    dialog.accept()
    with desk.read() as session:
        assert session.scalars(select(Document.name)).all() == [second.name]
    assert not first.exists()
    assert not second.exists()


def test_a_draft_brings_back_the_rarer_questions(desk: Desk, dialog: NewTicketDialog, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"octets")
    describe(dialog, "Écran noir")
    dialog.form.segments["priority"].set_value("P1")
    dialog.form.priority_chosen = True
    dialog.editors["opened_at"].put_text("01/06/2026 09:00")
    dialog.add_files([tmp_path / "photo.png"])
    drafts.keep("ticket", None, dialog.texts())
    again = NewTicketDialog(desk, dialog.parentWidget())
    again.open()
    press(again, "Reprendre")
    assert again.form.has_more
    assert "01/06 à 09:00" in shown(again).replace("\u00a0", " ")
    assert again.texts() == dialog.texts()


def test_what_the_requester_uses_is_listed_first(desk: Desk, dialog: NewTicketDialog) -> None:
    with desk.store.begin("essai") as session:
        for asset in session.scalars(select(Asset)):
            asset.person_id = session.scalars(select(Person.id)).one()
    typed(dialog, "Nadia")
    line = dialog.editors["asset_id"].widget.focusProxy()
    assert line is not None
    assert line.property("placeholderText") == "2\u00a0possibles\u00a0: flèche bas"
