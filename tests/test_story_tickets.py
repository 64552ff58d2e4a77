"""From a call to the paper that comes back, through the real window, and through a kill -9 in the middle."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from random import Random

import pypdfium2
import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.entities import ENTITIES
from app.jobs import drain
from app.models import Company, Evaluation, Person, Ticket
from app.models.codes import EventKind, TicketStatus, WaitReason
from app.models.upkeep_codes import AnswerSource, EvaluationState
from app.reports.evaluation_model import G1
from app.services import attachments, journal, setup
from app.storage import open_store, verify
from app.ui.demonstration import settle
from app.ui.pages.acts import ActDialog
from app.ui.pages.evaluation_confirm import ConfirmDialog
from app.ui.pages.intervention_form import InterventionForm
from app.ui.pages.ticket import TicketPage
from app.ui.preview import Preview
from benchmarks.forms import pen, scan
from tests.interrupted import CALL
from tests.services.company import add_asset, add_contract
from tests.story import Story
from tests.ui.pages.hand import pick, press

ROOT = Path(__file__).parent.parent
FOUR = dict.fromkeys((f"c{n}" for n in range(1, 10)), 4)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A company with one machine under contract, and one person."""
    path = tmp_path / "morvan.parc"
    with closing(open_store(path)) as store, store.begin() as session:
        setup.ensure(session)
        session.add(Company(name="Ateliers Morvan"))
        session.add(Person(first_name="Claire", last_name="Bonnin", email="claire@morvan.example"))
        add_asset(session, "PC-01", add_contract(session))
    return path


@pytest.fixture
def story(base: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    call_then_kill(base)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    told = Story(qtbot, base)
    yield told
    told.close()


def call_then_kill(base: Path) -> None:
    """The words acknowledged are read, then the program is killed while something else is being typed."""
    command = [sys.executable, "-m", "tests.interrupted", str(base)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=dict(os.environ)) as child:
        assert child.stdout is not None
        said = [child.stdout.readline().strip() for _ in range(3)]
        child.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    assert said == ["ouvert", "pris en charge", "pièce demandée"]


def test_from_the_call_to_the_paper_that_comes_back(story: Story, tmp_path: Path) -> None:
    page = find_what_was_acknowledged(story)
    receive_the_part(story, page)
    visit(story, page)
    number, pdf = print_the_form(story, page)
    drop_the_scan(story, number, scanned(pdf, tmp_path))
    with story.control.desk.read() as session:
        kept = session.scalars(select(Evaluation)).one()
        assert (kept.state, kept.source) == (EvaluationState.RECEIVED, AnswerSource.SCAN)
        assert {name: getattr(kept, name) for name in FOUR} == FOUR
        assert (kept.note, kept.solved) == (400, True)
        assert attachments.of_record(session, ENTITIES["evaluation"], kept.id), "the scan is kept"
    assert drain(verify.verify(story.base)).is_sound


def find_what_was_acknowledged(story: Story) -> TicketPage:
    with story.control.desk.read() as session:
        kept = session.scalars(select(Ticket)).one()
        acts = journal.acts(session, kept.id)
        assert [one.kind for one in acts] == [EventKind.OPENED, EventKind.TAKEN, EventKind.WAIT_STARTED]
        assert (acts[1].author, acts[2].wait_reason) == ("Yanis Le Goff", WaitReason.PART)
        assert (kept.description, kept.priority.value, kept.status) == (CALL["words"], "P2", TicketStatus.WAITING)
        assert kept.contract_id is not None
    story.control.desk.go_to.emit("ticket", 1)
    settle(story.app)
    page = story.record()
    assert isinstance(page, TicketPage)
    return page


def receive_the_part(story: Story, page: TicketPage) -> None:
    press(page, "Bloc d’alimentation\u00a0: Noter la commande")
    settle(story.app)
    press(page, "Bloc d’alimentation\u00a0: Noter l’arrivée")
    come = story.dialog(ActDialog)
    come.accept()
    story.gone(come)
    assert page.sheet.values["status"] == TicketStatus.TAKEN


def visit(story: Story, page: TicketPage) -> None:
    """The sheet tells what the ticket needs to know: nothing is asked twice."""
    page.open_intervention(0)
    form = story.dialog(InterventionForm)
    now = form.form.editors["started_at"].text()
    story.fill(form, kind="Sur site", technician="Yanis Le Goff", ended_at=now, solved="Oui", work_done="Bloc posé")
    press(form, "Poser\u00a0: Bloc d’alimentation (reçue)")
    form.accept()
    story.gone(form)
    assert page.sheet.values["status"] == TicketStatus.RESOLVED
    assert page.sheet.values["restore_met"] is True


def print_the_form(story: Story, page: TicketPage) -> tuple[str, bytes]:
    """From the menu of the ticket; nothing is ticked beforehand."""
    page.offer_form()
    pick(page, "Fiche d’évaluation sur papier…")
    preview = story.dialog(Preview)
    pdf = preview.paper.pdf
    text = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert CALL["asset_id"] in text
    preview.reject()
    number = preview.paper.title.rpartition(" ")[2]
    assert number in text
    return number, pdf


def scanned(pdf: bytes, tmp_path: Path) -> Path:
    """Filled by hand, every line « satisfait », then put under a scanner a little askew."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        page = document[0].render(scale=pen.DPI / 72, grayscale=True).to_pil().convert("L")
    writer = pen.Writer(page, pen.Hand("cross", 0.6, 20), Random(7))
    for line in G1.pages[0].lines:
        wanted = FOUR.get(line.name, 1)
        writer.mark(next(box for box in line.boxes if box.value == wanted))
    path = tmp_path / "pile.png"
    scan.scan(page, Random(7)).image.save(path)
    return path


def drop_the_scan(story: Story, number: str, path: Path) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(path))])
    act, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    story.window.dropEvent(QDropEvent(QPointF(5, 5), act, dropped, button, keys))
    dialog = story.dialog(ConfirmDialog)
    form = dialog.panes[0].answers
    assert form.answers() == FOUR | dict.fromkeys(("q1", "q2", "q3", "q4"), 1)
    assert not form.unsettled()
    with story.control.desk.read() as session:
        assert session.scalars(select(Evaluation.state)).one() == EvaluationState.EXPECTED, (
            "nothing before it is confirmed"
        )
    assert number in dialog.pile.item(0).text()
    QTest.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(story.app)
