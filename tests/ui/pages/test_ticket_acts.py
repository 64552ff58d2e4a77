"""What stands beside the course of a ticket, told from its page by mouse and by keys, and read back from the base."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.models import Contract, Ticket, TicketLink
from app.models.codes import TicketStatus, WaitReason
from app.models.upkeep_codes import CancelReason, LinkKind, Resolution
from app.services import ticket_links, tickets
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.ticket import TicketPage
from app.ui.pages.tickets_mail import TicketMailDialog
from app.ui.parts.clock import WHY
from app.ui.preview import Preview
from tests.services.company import add_asset, add_contract, add_ticket, june
from tests.ui.pages.hand import hurry, opened, pick, press, shown, write


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> TicketPage:
    """A P2 ticket of Monday 1 June at 10:00, taken at 10:10, under a contract."""
    with desk.store.begin("essai") as session:
        asset = add_asset(session, "PC-01", add_contract(session))
        ticket = add_ticket(session, "01 10:00", "P2", asset_id=asset, description="Rien ne s’affiche")
        tickets.take(session, ticket, june("01 10:10"), author="Yanis")
    made = TicketPage(desk, ticket)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    made.activateWindow()
    return made


def ticket(page: TicketPage) -> Ticket:
    with page.desk.read() as session:
        found: Ticket = session.get_one(Ticket, page.record_id)
        return found


def chosen(page: TicketPage, entry: str) -> ActDialog:
    press(page, "Autres actions")
    pick(page, entry)
    return opened(page, ActDialog)


def done(dialog: ActDialog, **texts: str) -> None:
    for name, text in texts.items():
        write(dialog, name, text)
    hurry(dialog)
    assert not dialog.isVisible(), shown(dialog)


def keys(page: QWidget, key: Qt.Key, *, shift: bool = True) -> None:
    page.activateWindow()
    assert QTest.qWaitForWindowActive(page)
    held = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(page, key, held | Qt.KeyboardModifier.ShiftModifier if shift else held)


def test_the_asset_stops_then_works_again(page: TicketPage) -> None:
    page.entry.setFocus()
    keys(page, Qt.Key.Key_B)
    done(opened(page, ActDialog), at="01/06/2026 09:00")
    assert "Indisponibilité" in shown(page)
    assert "Bien à l’arrêt depuis le 01/06" in shown(page)
    press(page, "Remis en service…")
    done(opened(page, ActDialog), at="01/06/2026 12:00")
    assert (ticket(page).down_minutes, ticket(page).is_failure) == (180, True)
    assert "Bien à l’arrêt pendant 3\u00a0h\u00a000 ouvrées, remis en service" in shown(page)
    press(page, "De nouveau à l’arrêt…")
    opened(page, ActDialog).reject()


def test_a_solution_puts_the_asset_in_service_again(page: TicketPage) -> None:
    with page.desk.store.begin("essai") as session:
        tickets.down(session, page.record_id, june("01 10:00"))
    keys(page, Qt.Key.Key_Return, shift=False)
    done(opened(page, ActDialog), at="01/06/2026 15:00")
    assert (ticket(page).resolution, ticket(page).down_since) == (Resolution.FINAL, None)


def test_a_workaround_where_the_contract_wants_the_final_solution(page: TicketPage) -> None:
    with page.desk.store.begin("essai") as session:
        session.get_one(Contract, 1).workaround_stops = False
    press(page, "Résoudre")
    dialog = opened(page, ActDialog)
    assert dialog.radios is not None
    dialog.radios.buttons[1].click()
    assert "le contrat demande la solution définitive" in shown(dialog)
    done(dialog, at="01/06/2026 12:00", text="Poste de pret")
    assert ticket(page).status == TicketStatus.TAKEN
    assert "Horloge" in shown(page)
    press(page, "Solution définitive")
    done(opened(page, ActDialog), at="01/06/2026 16:00", text="Carte neuve")
    assert (ticket(page).status, ticket(page).net_minutes) == (TicketStatus.RESOLVED, 360)


def test_a_workaround_then_its_final_solution(page: TicketPage) -> None:
    with page.desk.store.begin("essai") as session:
        tickets.resolve(session, page.record_id, june("01 12:00"), resolution=Resolution.WORKAROUND, text="Poste prêté")
    assert "Contournement" in shown(page)
    press(page, "Solution définitive")
    done(opened(page, ActDialog), at="02/06/2026 12:00", text="Repare")
    assert ticket(page).final_at == june("02 12:00")
    assert "02/06/2026 12:00" in shown(page)


def test_why_the_date_moved_is_unfolded_and_stays_so(qtbot: QtBot, page: TicketPage) -> None:
    with page.desk.store.begin("essai") as session:
        tickets.start_wait(session, page.record_id, june("01 11:00"), WaitReason.CLIENT, "Devis", "Yanis")
        tickets.end_wait(session, page.record_id, june("01 13:00"))
    assert "+ 2\u00a0h\u00a000 ouvrées" not in shown(page)
    press(page, WHY)
    assert "+ 2\u00a0h\u00a000 ouvrées" in shown(page)
    why = next(one for one in page.clock.findChildren(QPushButton) if one.text() == WHY and one.isVisible())
    page.activateWindow()
    assert QTest.qWaitForWindowActive(page)
    why.setFocus()
    page.tick()
    assert "+ 2\u00a0h\u00a000 ouvrées" in shown(page)
    again = next(one for one in page.clock.findChildren(QPushButton) if one.text() == WHY and one.isVisible())
    qtbot.waitUntil(again.hasFocus)
    assert "Attentes" in shown(page)


def test_a_ticket_waits_and_goes_on_by_keys(page: TicketPage) -> None:
    keys(page, Qt.Key.Key_S)
    dialog = opened(page, ActDialog)
    assert dialog.radios is not None
    dialog.radios.buttons[0].click()
    done(dialog, at="01/06/2026 11:00")
    assert ticket(page).status == TicketStatus.WAITING
    keys(page, Qt.Key.Key_S)
    done(opened(page, ActDialog), at="01/06/2026 12:00")
    assert ticket(page).status == TicketStatus.TAKEN


def test_handed_over_and_put_up(page: TicketPage) -> None:
    done(chosen(page, "Transférer…"), to="Sonia", at="01/06/2026 11:00")
    assert (ticket(page).assignee, ticket(page).transfers) == ("Sonia", 1)
    keys(page, Qt.Key.Key_P)
    opened(page, ActDialog).reject()


def test_another_contract_is_named(page: TicketPage) -> None:
    with page.desk.store.begin("essai") as session:
        add_contract(session, number="CT-2026-02")
    dialog = chosen(page, "Changer de bien ou de contrat…")
    assert dialog.radios is not None
    dialog.radios.buttons[1].click()
    write(dialog, "text", "Poste de garde")
    hurry(dialog)
    assert "Désignez le contrat." in shown(dialog)
    dialog.form.editors["contract_id"].put_text("CT-2026-02")
    done(dialog, at="01/06/2026 11:00")
    assert (ticket(page).contract_id, ticket(page).contract_chosen) == (2, True)
    assert "Poste de garde" in shown(page)
    dialog = chosen(page, "Changer de bien ou de contrat…")
    assert dialog.radios is not None
    assert dialog.radios.buttons[1].isChecked()
    dialog.radios.buttons[2].click()
    done(dialog, at="01/06/2026 12:00", text="Casse")
    assert "Aucun délai n’est promis" in shown(page)


def test_a_link_is_made_followed_and_taken_away(qtbot: QtBot, page: TicketPage) -> None:
    with page.desk.store.begin("essai") as session:
        other = add_ticket(session, "02 10:00", subject="Baie éteinte")
    press(page, "Lier…")
    dialog = opened(page, ActDialog)
    assert "Ajouter\u00a0: ticket" not in [
        one.accessibleName() for one in dialog.findChildren(QPushButton) if one.isVisible()
    ]
    dialog.form.editors["kind"].put_text("Causé par")
    dialog.form.editors["other_id"].put_text("T-2026-0002")
    done(dialog)
    assert "Baie éteinte" in shown(page)
    with qtbot.waitSignal(page.desk.go_to) as gone:
        press(page, "T-2026-0002")
    assert gone.args == ["ticket", other]
    press(page, "Retirer le lien avec T-2026-0002")
    with page.desk.read() as session:
        assert session.scalars(select(TicketLink)).one().deleted_at is not None


def test_a_duplicate_names_the_other(page: TicketPage) -> None:
    with page.desk.store.begin("essai") as session:
        other = add_ticket(session, "01 09:30")
    dialog = chosen(page, "Annuler le ticket…")
    dialog.form.editors["reason"].put_text("Doublon")
    write(dialog, "text", "Meme panne")
    write(dialog, "at", "01/06/2026 11:00")
    hurry(dialog)
    assert "Désignez le ticket dont celui-ci est le doublon." in shown(dialog)
    dialog.form.editors["other_id"].put_text("T-2026-0002")
    done(dialog)
    assert ticket(page).cancel_reason == CancelReason.DUPLICATE
    with page.desk.read() as session:
        assert ticket_links.of_ticket(session, other)[0].kind == LinkKind.DUPLICATE
    assert "Ticket annulé" in shown(page)


def test_too_late_to_reopen_one_click_opens_a_linked_ticket(qtbot: QtBot, page: TicketPage) -> None:
    with page.desk.store.begin("essai") as session:
        tickets.resolve(session, page.record_id, june("01 12:00"))
        tickets.close(session, page.record_id, june("02 12:00"))
    with qtbot.waitSignal(page.desk.go_to) as gone:
        press(page, "Nouveau ticket lié")
    with page.desk.read() as session:
        assert ticket_links.of_ticket(session, page.record_id)[0].title == "Suivi de"
        assert session.get_one(Ticket, gone.args[1]).asset_id == ticket(page).asset_id


def test_a_ticket_restored_today_may_be_reopened(page: TicketPage) -> None:
    with page.desk.store.begin("essai") as session:
        tickets.resolve(session, page.record_id, datetime.now(UTC) - timedelta(hours=1))
    press(page, "Rouvrir")
    done(opened(page, ActDialog), text="Encore")
    assert ticket(page).reopenings == 1


def test_what_the_state_forbids_is_not_offered(page: TicketPage) -> None:
    with page.desk.store.begin("essai") as session:
        tickets.cancel(session, page.record_id, june("01 11:00"), "Essai")
    for key in (Qt.Key.Key_B, Qt.Key.Key_P, Qt.Key.Key_S, Qt.Key.Key_A):
        keys(page, key)
    keys(page, Qt.Key.Key_Return, shift=False)
    assert not page.window().findChildren(ActDialog)
    press(page, "Autres actions")
    (menu,) = [one for one in page.findChildren(QMenu) if one.isVisible()]
    offered = [one.text() for one in menu.actions() if one.text()]
    menu.close()
    assert offered == [
        "Lier à un autre ticket…", "Préparer un courriel…", "Fiche d’évaluation…", "Compte rendu d’incident",
        "Dossier de preuve…", "Dossier de preuve en archive ZIP…", "Mettre à la corbeille",
    ]  # fmt: skip
    assert not page._change.isEnabled()


def test_the_journal_shows_a_part_of_itself(page: TicketPage) -> None:
    with page.desk.store.begin("essai") as session:
        tickets.note(session, page.record_id, june("01 11:00"), "Vu avec Lumeo")
    assert "Prise en charge" in shown(page.journal)
    press(page, "Tout")
    pick(page.journal, "Notes et contacts")
    assert "Vu avec Lumeo" in shown(page.journal)
    assert "Ouverture" not in shown(page.journal)


def test_a_letter_a_report_and_a_form(page: TicketPage) -> None:
    press(page, "Autres actions")
    pick(page, "Préparer un courriel…")
    opened(page, TicketMailDialog).close()
    press(page, "Autres actions")
    pick(page, "Compte rendu d’incident")
    opened(page, Preview).close()
    press(page, "Autres actions")
    pick(page, "Fiche d’évaluation…")
    menu = next(one for one in page.findChildren(QMenu) if one.isVisible())
    assert next(one.text() for one in menu.actions()) == "Fiche d’évaluation sur papier…"
    menu.close()
