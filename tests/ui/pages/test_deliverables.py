"""Stories of the documents that providers owe: noted with a file, refused, asked for again."""

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.fields import this_day
from app.models import DueDocument
from app.models.contract_codes import DueRule
from app.services import attachments
from app.storage import Store
from app.ui.pages import deliverables_acts
from app.ui.pages.acts import ActDialog
from app.ui.pages.contract import ContractPage
from app.ui.pages.deliverables import DeliverablesPage
from app.ui.pages.deliverables_acts import ReceiveDialog
from app.ui.state import UiState
from tests.services.company import add_contract
from tests.ui.fakes import Answers, make_desk
from tests.ui.pages.hand import opened, pick, press, shown, write

TODAY = this_day()


@pytest.fixture
def page(qtbot: QtBot, ready: Store, answers: Answers) -> DeliverablesPage:
    """A contract of three months that owes a report each month since two months ago."""
    with ready.begin("essai") as session:
        start = (TODAY - timedelta(days=75)).replace(day=1)
        contract = add_contract(session, starts_on=start)
        since = (TODAY.replace(day=1) - timedelta(days=40)).replace(day=1)
        session.add(DueDocument(contract_id=contract, label="Rapport d’activité", rule=DueRule.MONTHLY, since=since))
    made = DeliverablesPage(make_desk(qtbot, ready, answers), UiState())
    for action in made.section_actions():
        action.setParent(made)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    calm(made)
    return made


def calm(page: DeliverablesPage) -> None:
    """Until what was asked for is read, beside the window."""
    for _ in range(1000):
        QTest.qWait(5)
        if not page.is_reading:
            return
    raise AssertionError("the documents were never read")


def states(page: DeliverablesPage) -> list[str]:
    calm(page)
    return [one.state.label for one in page.list.model.rows]


def receive(page: DeliverablesPage, day: str = "") -> None:
    calm(page)
    page.list.table.selectRow(0)
    press(page, "Noter la réception…")
    dialog = opened(page, ReceiveDialog)
    if day:
        write(dialog, "received_on", day)
    dialog.accept()


def test_a_file_let_fall_on_a_line_notes_that_document(page: DeliverablesPage, tmp_path: Path) -> None:
    late = states(page).count("En retard")
    assert late >= 1
    report = tmp_path / "rapport.pdf"
    report.write_bytes(b"%PDF-1.4 rapport")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(report))])
    spot = QPointF(
        page.list.table.viewport().mapTo(page, page.list.table.visualRect(page.list.model.index(0, 0)).center())
    )
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dragMoveEvent(QDragMoveEvent(spot.toPoint(), Qt.DropAction.CopyAction, data, left, none))
    page.dropEvent(QDropEvent(spot, Qt.DropAction.CopyAction, data, left, none))
    assert "À joindre\u00a0: rapport.pdf" in shown(opened(page, ReceiveDialog))
    opened(page, ReceiveDialog).accept()
    assert states(page).count("En retard") == late - 1
    with page.desk.read() as session:
        assert [one.name for one in attachments.of_record(session, ENTITIES["received_document"], 1)] == ["rapport.pdf"]
    page.views.setCurrentIndex(3)
    assert states(page) == ["Reçu"]
    assert "0 remis à temps sur" in page.sentence().replace("\u00a0", " ")
    page.receive(page.list.model.rows)
    assert "rapport.pdf" in [one.text() for one in opened(page, ReceiveDialog).findChildren(QPushButton)]
    opened(page, ReceiveDialog).reject()


def test_a_file_let_fall_beside_the_lines_asks_which(page: DeliverablesPage, answers: Answers) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("a.pdf")])
    below = QPointF(400, page.height() - 4)
    page.dropEvent(
        QDropEvent(below, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    )
    assert answers.told[-1][0].startswith("De quel document")


def test_one_refused_stays_to_come_and_its_reason_is_written(
    page: DeliverablesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(page)
    calm(page)
    page.views.setCurrentIndex(3)
    page.list.table.selectRow(0)
    press(page, "Autres actions sur ces documents")
    pick(page, "Refuser…")
    dialog = opened(page, ActDialog)
    dialog.accept()
    assert dialog.isVisible()
    write(dialog, "reason", "Sans les chiffres")
    dialog.accept()
    page.views.setCurrentIndex(2)
    assert states(page) == ["Refusé"]
    calm(page)
    sent: list[bytes] = []
    monkeypatch.setattr(deliverables_acts, "open_copy", lambda _name, content, **_: sent.append(content))
    page.list.table.selectRow(0)
    press(page, "Relancer…")
    assert b"Sans les chiffres" in sent[0]


def test_what_is_not_asked_for_may_be_asked_for_again(page: DeliverablesPage) -> None:
    page.list.table.selectAll()
    count = len(states(page))
    press(page, "Autres actions sur ces documents")
    pick(page, "Ne pas exiger…")
    dialog = opened(page, ActDialog)
    write(dialog, "reason", "Contrat trop petit")
    dialog.accept()
    assert states(page) == []
    page.views.setCurrentIndex(4)
    calm(page)
    page.list.table.selectAll()
    press(page, "Autres actions sur ces documents")
    pick(page, "Remettre à attendre")
    page.views.setCurrentIndex(0)
    assert len(states(page)) == count


def test_the_list_goes_to_a_workbook_and_to_its_contract(
    qtbot: QtBot, page: DeliverablesPage, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "documents.xlsx"
    answers.saves.append(path)
    with qtbot.waitSignal(page.desk.done):
        press(page, "Exporter vers Excel")
    assert load_workbook(path).worksheets[0].max_row >= len(states(page))
    page.list.table.selectRow(0)
    page._offer(QPoint(5, 5))
    with qtbot.waitSignal(page.desk.go_to) as gone:
        pick(page, "Ouvrir le contrat")
    assert gone.args == ["contract/services", 1]


def test_the_contract_tells_where_each_document_stands(qtbot: QtBot, page: DeliverablesPage) -> None:
    contract = ContractPage(page.desk, 1)
    qtbot.addWidget(contract)
    contract.resize(1280, 720)
    contract.show()
    contract.show_named("services")
    cells = contract.tab().documents.table.model()
    qtbot.waitUntil(lambda: str(cells.index(0, 3).data()).endswith("en retard"), timeout=10_000)
    with qtbot.waitSignal(page.desk.show_list) as gone:
        press(contract, "Voir ceux attendus")
    assert gone.args == ["received_document", None]
