"""Stories of a meeting: prepared from the contract, its agenda, its minutes, its actions followed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.fields import day, this_day
from app.models import Meeting, MeetingAction
from app.models.contract_codes import ActionState, MeetingStatus
from app.services import meetings
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages import meeting_acts
from app.ui.pages.actions import ActionsPage
from app.ui.pages.acts import ActDialog
from app.ui.pages.contract import ContractPage
from app.ui.pages.meeting import MeetingPage
from app.ui.pages.meetings import MeetingsPage
from app.ui.preview import Preview
from app.ui.state import UiState
from tests.services.company import add_asset, add_contract, add_ticket
from tests.story import text_of
from tests.ui.fakes import Answers
from tests.ui.pages.hand import opened, pick, press, shown, write

Make = Callable[..., MeetingPage]


@pytest.fixture
def make(qtbot: QtBot, desk: Desk) -> Make:
    """The page of a meeting of some days ago, or to come; a ticket is open."""

    def made(days: int = 3, **values: Any) -> MeetingPage:
        with desk.store.begin("essai") as session:
            contract = session.query(Meeting).count() and 1
            if not contract:
                contract = add_contract(session, fee=45_000)
                add_ticket(session, "01 10:00", "P2", asset_id=add_asset(session, "PC-01", contract))
            at = datetime.now(UTC) - timedelta(days=days)
            given = {"contract_id": contract, "subject": "Revue", "starts_at": at, "participants": "Claire Bonnin"}
            meeting = meetings.plan(session, given | values, datetime.now(UTC))
        page = MeetingPage(desk, meeting)
        qtbot.addWidget(page)
        page.resize(1280, 760)
        page.show()
        return page

    return made


def kept(page: MeetingPage) -> Meeting:
    with page.desk.read() as session:
        found: Meeting = session.get_one(Meeting, page.record_id)
        return found


def show(page: MeetingPage, position: int) -> None:
    page.head.tabs.setCurrentIndex(position)


def test_the_agenda_is_corrected_and_completed(qtbot: QtBot, make: Make) -> None:
    page = make(-5)
    assert "Tickets ouverts" in shown(page)
    press(page, "Modifier…")
    dialog = opened(page, ActDialog)
    write(dialog, "agenda", "Le serveur")
    press(dialog, "Enregistrer")
    assert kept(page).agenda == "Le serveur"
    press(page, "Ajouter\u00a0: Tickets ouverts")
    assert meetings.lines(kept(page).agenda)[1].startswith("Tickets ouverts")
    with qtbot.waitSignal(page.desk.show_list) as asked:
        press(page, "Voir\u00a0: Tickets ouverts")
    assert asked.args is not None
    assert (asked.args[0], asked.args[1].ids) == ("ticket", (1,))
    with qtbot.waitSignal(page.desk.go_to) as gone:
        press(page, "Voir\u00a0: Suite du contrat")
    assert gone.args == ["contract/notice", 1]
    assert not page.next_button.isVisible()


def test_it_is_written_up_with_the_date_of_the_next(qtbot: QtBot, make: Make) -> None:
    page = make()
    show(page, 1)
    assert "Pas encore de compte rendu" in shown(page)
    press(page, "Rédiger le compte rendu…")
    dialog = opened(page, ActDialog)
    write(dialog, "decisions", "Un binome est nomme")
    press(dialog, "Enregistrer le compte rendu")
    assert "Fixez la prochaine réunion" in shown(dialog)
    write(dialog, "next_on", day(this_day() + timedelta(days=60)))
    press(dialog, "Enregistrer le compte rendu")
    assert kept(page).status == MeetingStatus.HELD
    assert "Un binome est nomme" in shown(page)
    show(page, 0)
    assert "Faits de la période" not in shown(page)
    press(page, "Imprimer")
    preview = opened(page, Preview)
    assert "Un binome est nomme" in text_of(preview)
    preview.close()
    with qtbot.waitSignal(page.desk.go_to) as gone:
        press(page, "Préparer la suivante")
    assert gone.args == ["meeting", 2]
    with qtbot.waitSignal(page.desk.go_to) as again:
        press(page, "Ouvrir la suivante")
    assert again.args == ["meeting", 2]


def test_actions_are_added_done_dropped_and_carried(make: Make, desk: Desk) -> None:
    first = make(30)
    show(first, 2)
    for label in ("Mesurer le Wi-Fi", "Poser une borne"):
        press(first, "Ajouter une action…")
        dialog = opened(first, ActDialog)
        write(dialog, "label", label)
        write(dialog, "owner", "Olivier")
        write(dialog, "due_on", day(this_day() - timedelta(days=2)))
        press(dialog, "Ajouter l’action")
    assert "2 en retard" in shown(first).replace("\u00a0", " ")
    second = make(1)
    show(second, 2)
    tab = second.tab()
    tab.carried.table.selectRow(0)
    press(second, "Faite…")
    press(opened(second, ActDialog), "Noter")
    tab.carried.table.selectRow(0)
    press(second, "Abandonner…")
    dialog = opened(second, ActDialog)
    press(dialog, "Abandonner")
    assert "Ce champ est obligatoire." in shown(dialog)
    write(dialog, "outcome", "Trop cher")
    press(dialog, "Abandonner")
    with desk.read() as session:
        assert {one.state for one in session.query(MeetingAction)} == {ActionState.DONE, ActionState.DROPPED}
    every = ActionsPage(desk, UiState())
    assert every.panel.model.quiet == {1, 2}
    tab.carried.table.selectRow(0)
    press(second, "Remettre à faire")
    assert [every.views.tabText(at) for at in range(3)] == ["Toutes", "En retard  1", "À faire  1"]
    assert len(every.panel.model.quiet) == 1
    every.deleteLater()
    tab.carried.edit(0)
    opened(second, FormDialog).reject()


def test_the_participants_are_written_to_with_the_paper(
    qtbot: QtBot, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: sent.append(Path(url.toLocalFile())))
    page = make(-5)
    press(page, "Préparer un courriel")
    qtbot.waitUntil(lambda: bool(sent), timeout=10_000)
    assert b"application/pdf" in sent[0].read_bytes()


def test_its_other_acts_are_in_its_menu(qtbot: QtBot, make: Make) -> None:
    page = make(-5)
    for words in ("Ordre du jour…", "Compte rendu…"):
        press(page, "Autres actions")
        pick(page, words)
        opened(page, Preview).close()
    press(page, "Autres actions")
    with qtbot.waitSignal(page.desk.go_to):
        pick(page, "Ouvrir le contrat")
    press(page, "Autres actions")
    pick(page, "Modifier…")
    opened(page, FormDialog).reject()
    press(page, "Autres actions")
    pick(page, "Annuler la réunion")
    show(page, 1)
    assert "Réunion annulée" in shown(page)
    for position in (3, 4, 0):
        show(page, position)
    page.show_part(1)
    page.set_place("1 sur 2", before=False, after=True)
    assert page.sentence().startswith("RE-")
    with qtbot.waitSignal(page.closed):
        page.to_bin()


def test_a_renegotiation_is_prepared_from_the_contract(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        contract = add_contract(session)
    page = ContractPage(desk, contract)
    qtbot.addWidget(page)
    page.show()
    page.prepare_meeting("negotiation")
    dialog = opened(page, ActDialog)
    assert dialog.form.editors["subject"].text() == "Renégociation du contrat"
    with qtbot.waitSignal(desk.go_to) as gone:
        press(dialog, "Préparer la réunion")
    assert gone.args == ["meeting", 1]


def test_a_meeting_is_prepared_from_the_list(qtbot: QtBot, desk: Desk, answers: Answers) -> None:
    with desk.store.begin("essai") as session:
        add_contract(session)
    page = MeetingsPage(desk, UiState())
    qtbot.addWidget(page)
    page.resize(1280, 700)
    page.show()
    assert [one.text() for one in page.section_actions()] == ["Préparer une réunion…"]
    assert page.beginnings()[0].verb == "Préparer une réunion…"
    page.new()
    dialog = opened(page, ActDialog)
    dialog.form.editors["contract_id"].show(1)
    write(dialog, "starts_at", day(this_day() + timedelta(days=3)) + " 10:00")
    with qtbot.waitSignal(desk.go_to):
        press(dialog, "Préparer la réunion")
    with desk.read() as session:
        assert session.get_one(Meeting, 1).since is not None
    assert meeting_acts.MEETING.key == "meeting"
    assert not answers.told
    assert page.findChildren(QPushButton)
