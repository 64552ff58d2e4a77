"""A ticket followed on its page, by keys and clicks, and read back from the base."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.fields import moment
from app.models import Contract, CoveredAsset, Intervention, Part, Ticket, TicketEvent
from app.models.codes import EventKind, TicketStatus, WaitReason
from app.services import tickets
from app.services.clock import clock
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.intervention_form import InterventionForm
from app.ui.pages.ticket import TicketPage
from app.ui.pages.ticket_clock import clock_data
from app.ui.pages.ticket_form import TicketForm
from app.ui.preview import Preview
from tests.services.company import add_asset, add_contract, add_ticket, june
from tests.ui.fakes import Answers
from tests.ui.pages.hand import hurry, opened, pick, press, shown, write

MON = "01 10:00"


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> TicketPage:
    """A P2 ticket opened on Monday 1 June at 10:00 under a contract."""
    with desk.store.begin("essai") as session:
        asset = add_asset(session, "PC-01", add_contract(session))
        ticket = add_ticket(session, MON, "P2", asset_id=asset, description="L’écran reste noir")
    made = TicketPage(desk, ticket)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    return made


def act(page: TicketPage, button: str, **texts: str) -> None:
    press(page, button)
    fill_and_accept(page, texts)


def fill_and_accept(page: TicketPage, texts: dict[str, str]) -> None:
    dialog = opened(page, ActDialog)
    for name, text in texts.items():
        write(dialog, name, text)
    hurry(dialog)
    assert not dialog.isVisible(), shown(dialog)


def ticket(page: TicketPage) -> Ticket:
    with page.desk.read() as session:
        found: Ticket = session.get_one(Ticket, page.record_id)
        return found


def test_a_ticket_goes_from_its_opening_to_its_closing(page: TicketPage) -> None:
    act(page, "Prendre en charge", at="01/06/2026 10:30", author="Yanis", text="Rappel fait")
    act(page, "Résoudre", at="01/06/2026 15:00", text="Cordon neuf")
    act(page, "Clore", at="02/06/2026 09:00")
    kept = ticket(page)
    assert (kept.status, kept.take_minutes, kept.net_minutes) == (TicketStatus.CLOSED, 30, 300)
    assert not page.primary.isVisible()
    assert page.reopen_button.isVisible()
    assert "Rappel fait" in shown(page)


def test_an_act_before_the_opening_is_refused_in_its_dialog(page: TicketPage) -> None:
    press(page, "Prendre en charge")
    dialog = opened(page, ActDialog)
    write(dialog, "text", "Rappel fait")
    write(dialog, "at", "31/05/2026 10:30")
    press(dialog, "Prendre en charge")
    assert "C’est avant l’ouverture du ticket, le 01/06/2026 10:00." in shown(dialog)
    write(dialog, "at", "demain")
    press(dialog, "Prendre en charge")
    assert "Écrivez une date et une heure" in shown(dialog)
    assert dialog.form.texts()["text"] == "Rappel fait"
    assert ticket(page).status == TicketStatus.OPEN


@pytest.mark.parametrize(("stops", "told"), [(True, "arrête l’horloge"), (False, "l’horloge continue")])
def test_waiting_says_whether_the_contract_stops_the_clock(page: TicketPage, stops: bool, told: str) -> None:
    with page.desk.store.begin("essai") as session:
        session.get_one(Contract, ticket(page).contract_id).part_wait_stops = stops
        tickets.take(session, page.record_id, datetime(2026, 6, 1, 9, tzinfo=UTC))
    press(page, "Suspendre…")
    dialog = opened(page, ActDialog)
    press(dialog, "Mettre en attente")
    assert "Choisissez ce que vous attendez." in shown(dialog)
    assert dialog.radios is not None
    part = list(WaitReason).index(WaitReason.PART)
    dialog.radios.buttons[part].click()
    assert told in dialog.radios.buttons[part].accessibleDescription()
    write(dialog, "author", "Yanis")
    write(dialog, "at", "01/06/2026 14:00")
    press(dialog, "Mettre en attente")
    with page.desk.read() as session:
        wait = session.scalar(select(TicketEvent).where(TicketEvent.kind == EventKind.WAIT_STARTED))
        assert (wait.wait_reason, wait.stops_clock, wait.author) == (WaitReason.PART, stops, "Yanis")
    act(page, "Relancer", at="01/06/2026 16:00")
    assert ticket(page).status == TicketStatus.TAKEN


def test_the_journal_takes_notes_and_contacts(page: TicketPage) -> None:
    assert not page.journal.note_button.isEnabled()
    QTest.keyClicks(page.entry, "Vu avec Lumeo")
    QTest.keyClick(page.entry, Qt.Key.Key_Return)
    QTest.keyClicks(page.entry, "Rappel demain")
    press(page, "Contact")
    assert ticket(page).contacts == 1
    assert page.entry.text() == ""
    assert "Vu avec Lumeo" in shown(page)
    assert page.sentence().endswith("3\u00a0événements")


def test_a_screenshot_is_pasted(page: TicketPage) -> None:
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)
    QTest.keyClick(page.entry, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert any("capture" in b.text() for b in page.documents.findChildren(QPushButton))


def test_an_intervention_and_its_parts(page: TicketPage) -> None:
    page.open_intervention(0)
    form = opened(page, InterventionForm)
    form.form.editors["started_at"].put_text("01/06/2026 11:00")
    form.form.editors["technician"].put_text("Yanis")
    form.parts.add_button.click()
    for cell, text in zip(form.parts.cells(0), ("Dalle", "X1", "", "", "", "2", "trente"), strict=True):
        cell.setText(text)
    form.accept()
    assert "Pièce 1, prix HT\u00a0: Écrivez un montant" in shown(form)
    form.parts.cells(0)[6].setText("30,50")
    form.accept()
    with page.desk.read() as session:
        done = session.scalar(select(Intervention))
        assert done is not None
        assert (done.ticket_id, done.technician) == (page.record_id, "Yanis")
        assert session.execute(select(Part.label, Part.quantity, Part.unit_price)).one() == ("Dalle", 2, 3050)
    assert "61,00\u00a0€ HT" in shown(page)


def test_a_part_is_taken_off(page: TicketPage) -> None:
    test_an_intervention_and_its_parts(page)
    page.open_intervention(page.done[0].id)
    form = opened(page, InterventionForm)
    press(form, "Retirer\u00a0: pièce")
    assert form.is_modified()
    form.accept()
    assert "61,00" not in shown(page)


def test_another_asset_brings_another_contract(page: TicketPage) -> None:
    with page.desk.store.begin("essai") as session:
        add_asset(session, "IMP-02")
    press(page, "Changer")
    dialog = opened(page, ActDialog)
    dialog.form.editors["asset_id"].put_text("IMP-02")
    write(dialog, "text", "Pas le bon")
    dialog.accept()
    assert ticket(page).contract_id is None
    assert "Hors contrat" in shown(page)


def test_the_form_of_a_ticket_leaves_its_asset_to_the_act(page: TicketPage) -> None:
    page.edit()
    form = opened(page, TicketForm)
    assert "asset_id" not in form.form.editors
    write(form, "subject", "Rien ne sort")
    form.accept()
    assert (ticket(page).subject, ticket(page).contract_id) == ("Rien ne sort", 1)


def test_the_clock_follows_the_time(page: TicketPage) -> None:
    with page.desk.store.begin("essai") as session:
        cover = session.scalars(select(CoveredAsset)).one()
        fresh = tickets.open_ticket(
            session,
            tickets.TicketDraft(
                subject="Neuf", opened_at=datetime.now(UTC) - timedelta(minutes=1), asset_id=cover.asset_id
            ),
        )
    page.record_id = fresh
    page.reload()
    before = page.clock_facts.deadlines[0].left
    page.tick()
    assert before is not None
    assert page.clock_facts.deadlines[0].left in {before, before - 1}


def test_the_other_acts_stand_in_the_menu(page: TicketPage) -> None:
    press(page, "Autres actions")
    offered = [action.text() for action in page.findChildren(QMenu)[-1].actions()]
    assert "Annuler le ticket…" in offered
    assert "Autre attente…" not in offered
    pick(page, "Changer la priorité…")
    dialog = opened(page, ActDialog)
    dialog.form.editors["priority"].put_text("P1, critique")
    write(dialog, "text", "Toute la salle attend")
    dialog.accept()
    assert ticket(page).priority.value == "P1"
    assert "choisie\u00a0: Toute la salle attend" in shown(page)


def test_the_sheet_of_an_intervention_is_shown(page: TicketPage) -> None:
    press(page, "Fiche d’intervention")
    blank = opened(page, Preview)
    assert blank.paper.issue is None
    blank.close()


def test_a_ticket_put_in_the_bin_closes_its_page(qtbot: QtBot, page: TicketPage) -> None:
    with qtbot.waitSignal(page.closed):
        page.to_bin()


def test_what_was_typed_in_an_act_is_asked_about(qtbot: QtBot, page: TicketPage, answers: Answers) -> None:
    press(page, "Prendre en charge")
    dialog = opened(page, ActDialog)
    write(dialog, "text", "Rappel fait")
    answers.unsaved_answers = ["stay", "save"]
    dialog.reject()
    assert dialog.isVisible()
    dialog.reject()
    qtbot.waitUntil(lambda: ticket(page).status == TicketStatus.TAKEN)
    assert moment(ticket(page).taken_at) <= moment(datetime.now(UTC))


def test_a_visit_a_call_and_two_waits(page: TicketPage) -> None:
    act(page, "Prendre en charge", at="01/06/2026 10:10")
    menu_act(page, "Arrivée sur site…", at="01/06/2026 11:00", author="Yanis")
    menu_act(page, "Contact à une autre heure…", at="01/06/2026 10:30", text="Appel du technicien")
    with page.desk.store.begin("essai") as session:
        tickets.start_wait(session, page.record_id, june("01 12:00"), WaitReason.CLIENT, author="Yanis")
    press(page, "Autres actions")
    pick(page, "Autre attente…")
    dialog = opened(page, ActDialog)
    assert dialog.radios is not None
    dialog.radios.buttons[list(WaitReason).index(WaitReason.ACCESS)].click()
    write(dialog, "at", "01/06/2026 13:00")
    press(dialog, "Mettre en attente")
    assert "Horloge arrêtée\u00a0: attente du client" in shown(page)
    assert (ticket(page).on_site_at, ticket(page).contacts) == (june("01 11:00"), 1)


def menu_act(page: TicketPage, entry: str, **texts: str) -> None:
    press(page, "Autres actions")
    pick(page, entry)
    fill_and_accept(page, texts)


def test_a_ticket_comes_back_then_is_cancelled(page: TicketPage) -> None:
    act(page, "Prendre en charge", at="01/06/2026 10:10")
    act(page, "Résoudre", at="01/06/2026 12:00")
    assert "Arrêtée\u00a0: service rétabli" in shown(page)
    menu_act(page, "Rouvrir…", at="02/06/2026 09:00", text="Meme panne")
    press(page, "Autres actions")
    pick(page, "Annuler le ticket…")
    opened(page, ActDialog).form.editors["reason"].put_text("Essai")
    fill_and_accept(page, {"at": "02/06/2026 10:00", "text": "Pour voir"})
    assert "Il ne compte dans aucun indicateur." in shown(page)
    assert not page.primary.isVisible()


def test_the_clock_says_late_resting_and_unpromised(page: TicketPage) -> None:
    with page.desk.read() as session:
        late = clock_data(clock(session, page.record_id, june("02 14:20")), None)
        early = clock_data(clock(session, page.record_id, june("01 17:00")), june("02 09:00"))
    restore = late.deadlines[1]
    assert (restore.badge, restore.figure) == ("Dépassé", "Dépassé de 5\u00a0h\u00a020")
    assert early.state.title == "Hors des heures couvertes"
    assert "mardi" in early.state.text
    assert early.deadlines[1].mark.tone == "warn"
    with page.desk.store.begin("essai") as session:
        tickets.change_cover(session, page.record_id, june("01 11:00"), asset_id=None, text="Erreur")
    assert "Hors contrat, aucun délai n’est promis." in shown(page)
    act(page, "Prendre en charge", at="01/06/2026 10:10")
    assert "Faite le 01/06" in shown(page)


def test_links_lead_to_the_contract_and_back_to_the_list(qtbot: QtBot, page: TicketPage) -> None:
    with qtbot.waitSignal(page.desk.go_to) as gone:
        press(page, "CT-2026-01, Lumeo Services")
    assert gone.args == ["contract", 1]
    page.set_place("2\u00a0sur\u00a06", before=True, after=False)
    with qtbot.waitSignal(page.stepped) as stepped:
        press(page, "Précédent")
    assert stepped.args == [-1]
    with qtbot.waitSignal(page.closed):
        press(page, "Retour à la liste")


def test_a_long_subject_does_not_widen_the_window(page: TicketPage) -> None:
    whole = "Imprimante de l’atelier " * 6
    with page.desk.store.begin("essai") as session:
        session.get_one(Ticket, page.record_id).subject = whole.strip()
    assert page.minimumSizeHint().width() <= 960
    titles = [one for one in page.head.findChildren(QLabel) if one.toolTip() == whole.strip()]
    assert titles[0].text().endswith("…")
