"""A company's whole year in the real window: from an empty base to the letter, the reversibility and the workbook."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zipfile import ZipFile

from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QRadioButton
from sqlalchemy import select

from app.fields import this_day
from app.jobs import drain
from app.models import (
    Asset,
    Contract,
    CoverageSlot,
    CoveredAsset,
    Evaluation,
    IssuedPaper,
    Provider,
    Scorecard,
    ServiceLevel,
    Ticket,
)
from app.models.codes import ContractStatus, Priority
from app.models.judgement_codes import ScorecardStatus
from app.rules.worktime import PARIS
from app.services.periodic import when
from app.settings import Rhythm
from app.storage import verify
from app.ui.demonstration import settle
from app.ui.pages.accounting import AccountingPage
from app.ui.pages.acts import ActDialog
from app.ui.pages.contract import ContractPage
from app.ui.pages.contract_notice_acts import DecisionDialog
from app.ui.pages.evaluation_entry import EntryDialog
from app.ui.pages.indicators import BoardPage
from app.ui.pages.intervention_form import InterventionForm
from app.ui.pages.periodic_review import ReviewPage
from app.ui.pages.scorecard import ScorecardPage
from app.ui.pages.ticket import TicketPage
from app.ui.pages.ticket_list_import import TicketImportDialog
from app.ui.preview import Preview
from tests.story import Story
from tests.test_story_contract import answer_the_questions
from tests.test_story_inventory import create_the_company, drop_the_files
from tests.test_story_money import ACCOUNTS
from tests.ui.pages.hand import press, shown, write
from tests.ui.pages.test_evaluations import type_in

TODAY = this_day()
QUARTER = when.last_over(Rhythm.QUARTER, TODAY)
HEAD = "ID;Titre;Date d'ouverture;Prise en charge;Date de résolution;Priorité;Bien;Type"
LATE = 2
"""Of the ten incidents of the quarter, those that took two days and not two hours."""


def test_a_whole_year(story: Story, tmp_path: Path) -> None:
    create_the_company(story)
    drop_the_files(story, tmp_path)
    find_a_provider(story)
    answer_the_questions(story)
    promise_delays(story)
    drop_the_tickets(story, tmp_path)
    note_a_visit_and_what_was_thought_of_it(story)
    read_the_board(story)
    issue_the_report(story)
    note_the_provider(story)
    leave_in_time(story)
    take_everything_back(story, tmp_path / "dossier.zip")
    hand_the_workbook(story, tmp_path / "classeur.xlsx")
    story.close()
    assert drain(verify.verify(story.base)).is_sound


def find_a_provider(story: Story) -> None:
    with story.control.desk.store.begin("essai") as session:
        session.add(Provider(name="Lumeo Services", address="22 avenue de la Gare", postal_code="21000", city="Dijon"))


def promise_delays(story: Story) -> None:
    """Monday to Friday 9 to 18, taken in 4 hours, restored in 8; every asset is covered."""
    with story.control.desk.store.begin("essai") as session:
        contract = session.scalars(select(Contract)).one()
        session.query(ServiceLevel).delete()
        session.query(CoverageSlot).delete()
        session.query(CoveredAsset).delete()
        for level in Priority:
            session.add(ServiceLevel(contract_id=contract.id, priority=level, take_minutes=240, restore_minutes=480))
        for weekday in range(5):
            session.add(CoverageSlot(contract_id=contract.id, weekday=weekday, opens=540, closes=1080))
        for asset in session.scalars(select(Asset.id)):
            session.add(CoveredAsset(contract_id=contract.id, asset_id=asset, since=contract.starts_on))


def opened_days() -> list[date]:
    """Ten Tuesdays of the quarter: none of the days after is a weekend."""
    first = QUARTER.start + timedelta(days=(1 - QUARTER.start.weekday()) % 7)
    return [first + timedelta(weeks=n) for n in range(10)]


def drop_the_tickets(story: Story, folder: Path) -> None:
    """What the tool of before kept of the quarter, in one list."""
    lines = []
    for rank, on in enumerate(opened_days()):
        at = datetime.combine(on, time(9, 30), PARIS)
        restored = at + (timedelta(days=2) if rank < LATE else timedelta(hours=2))
        moments = (f"{one:%d/%m/%Y %H:%M}" for one in (at, at + timedelta(minutes=30), restored))
        lines.append(";".join((str(rank + 1), f"Panne {rank + 1}", *moments, "Moyenne", "PC-0101", "Incident")))
    path = folder / "tickets.csv"
    path.write_text("\n".join((HEAD, *lines)), encoding="utf-8")
    drop(story, path)
    dialog = story.dialog(TicketImportDialog)
    with story.qtbot.waitSignal(story.control.jobs.idle, timeout=20_000):
        dialog.import_button.click()
    settle(story.app)
    assert len(story.rows("ticket")) == len(lines)


def drop(story: Story, path: Path) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(path))])
    act, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    story.window.dropEvent(QDropEvent(QPointF(5, 5), act, dropped, button, keys))


def note_a_visit_and_what_was_thought_of_it(story: Story) -> None:
    """A sheet brought back with its form: typed in ten seconds."""
    with story.control.desk.read() as session:
        last = session.scalars(select(Ticket).order_by(Ticket.opened_at.desc())).first()
        assert last is not None
        at, ticket = last.opened_at.astimezone(PARIS), last.id
    story.control.desk.go_to.emit("ticket", ticket)
    settle(story.app)
    page = story.record()
    assert isinstance(page, TicketPage)
    page.open_intervention(0)
    form = story.dialog(InterventionForm)
    start, end = (f"{at + timedelta(minutes=one):%d/%m/%Y %H:%M}" for one in (30, 120))
    story.fill(form, kind="Sur site", technician="Yanis Le Goff", started_at=start, ended_at=end, work_done="Bloc posé")
    form.accept()
    story.gone(form)
    story.page("evaluation").new()
    entry = story.dialog(EntryDialog)
    entry.fields.editors["intervention_id"].show(1)
    type_in(entry, "554554445onon")
    press(entry, "Enregistrer la fiche")
    entry.reject()
    with story.control.desk.read() as session:
        assert session.scalars(select(Evaluation.note)).one() == 456  # 41 ÷ 9


def read_the_board(story: Story) -> None:
    """The quarter on the board: eight of ten in time."""
    story.window.tabs.setCurrentIndex(4)
    board = story.control.section(4, 0)
    assert isinstance(board, BoardPage)
    board.choice.take(replace(board.choice.asked, period=QUARTER))
    settle(story.app)
    story.qtbot.waitUntil(lambda: any("Rétablissements dans le délai" in t.accessibleName() for t in board.tiles))
    said = next(t.accessibleName() for t in board.tiles if "Rétablissements dans le délai" in t.accessibleName())
    assert "80,0" in said
    assert "10 tickets" in said.replace("\u00a0", " ")


def issue_the_report(story: Story) -> None:
    story.page("period_review").new()
    dialog = story.dialog(ActDialog)
    press(dialog, "Établir le rapport")
    settle(story.app)
    page = story.record()
    assert isinstance(page, ReviewPage)
    story.qtbot.waitUntil(lambda: page.told is not None, timeout=10_000)
    assert "2 délais dépassés" in shown(page).replace("\u00a0", " ")
    press(page, "Voir et émettre…")
    issued, text = story.issued(story.dialog(Preview))
    assert "Rapport périodique de maintenance" in text
    assert "PROJET" not in text
    issued.reject()


def note_the_provider(story: Story) -> None:
    """The facts give their notes; a person gives the opinion that is asked, and issues."""
    story.page("scorecard").new()
    dialog = story.dialog(ActDialog)
    write(dialog, "provider_id", "Lumeo Services")
    wanted = when.words(QUARTER).capitalize()
    next(one for one in dialog.findChildren(QRadioButton) if one.text().startswith(wanted)).setChecked(True)
    dialog.accept()
    story.gone(dialog)
    page = story.record()
    assert isinstance(page, ScorecardPage)
    story.qtbot.waitUntil(page.next_button.isEnabled, timeout=10_000)  # its facts are counted beside the window
    while page.next_button.text().startswith("Donner"):
        press(page, page.next_button.text())
        asked = story.dialog(ActDialog)
        next(one for one in asked.findChildren(QRadioButton) if one.text().startswith("2 ·")).setChecked(True)
        write(asked, "text", "Compte rendu tardif")
        asked.accept()
        story.gone(asked)
        story.qtbot.waitUntil(page.next_button.isEnabled, timeout=10_000)
    press(page, "Relire et émettre")
    issued, text = story.issued(story.dialog(Preview))
    assert "Fiche contrôle" in text
    issued.reject()
    with story.control.desk.read() as session:
        assert session.scalars(select(Scorecard.status)).one() == ScorecardStatus.ISSUED


def leave_in_time(story: Story) -> None:
    """The decision with its reason, the letter issued, posted, presented, received: the contract ends."""
    with story.control.desk.read() as session:
        contract = session.scalars(select(Contract.id)).one()
    story.control.desk.go_to.emit("contract/notice", contract)
    settle(story.app)
    page = story.record()
    assert isinstance(page, ContractPage)
    press(page, "Dénoncer…")
    decision = story.dialog(DecisionDialog)
    write(decision, "reason", "Delais manques un jour sur cinq")
    press(decision, "Enregistrer la décision")
    story.gone(decision)
    press(page, "Voir la lettre")
    issued, text = story.issued(story.dialog(Preview))
    assert "LUMEO SERVICES" in text.replace("\u00a0", " ")
    issued.reject()
    for words in ("Noter l’envoi…", "Noter la présentation…", "Noter la réception…"):
        press(page, words)
        note = story.dialog(ActDialog)
        press(note, "Enregistrer")
        story.gone(note)
    with story.control.desk.read() as session:
        assert session.scalars(select(Contract.status)).one() == ContractStatus.TERMINATED


def take_everything_back(story: Story, path: Path) -> None:
    page = story.record()
    assert isinstance(page, ContractPage)
    story.control.desk.go_to.emit("contract/return", page.record_id)
    settle(story.app)
    page = story.record()
    press(page, "Préparer la liste")
    settle(story.app)
    story.answers.saves.append(path)
    with story.qtbot.waitSignal(story.control.jobs.idle, timeout=30_000):
        press(page, "Faire le dossier de réversibilité…")
    assert "LISEZMOI.txt" in ZipFile(path).namelist()


def hand_the_workbook(story: Story, path: Path) -> None:
    page = story.control.section(2, ACCOUNTS)
    assert isinstance(page, AccountingPage)
    with story.qtbot.waitSignal(page.read_again, timeout=10_000):
        page.choose_year(TODAY.year)
    story.answers.saves.append(path)
    with story.qtbot.waitSignal(story.control.jobs.idle, timeout=30_000):
        page.section_actions()[0].click()
    assert "Contrôles" in load_workbook(path).sheetnames
    with story.control.desk.read() as session:
        issued = session.scalars(select(IssuedPaper.kind).order_by(IssuedPaper.id)).all()
    assert issued == ["periodique", "controle", "lettre"]
    assert QApplication.activeModalWidget() is None
