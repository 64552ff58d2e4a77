"""Stories of forms dropped on the window: read, looked at line by line, kept with their scan; nothing is guessed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.models import Evaluation
from app.models.upkeep_codes import AnswerSource
from app.services import attachments, papers, setup
from app.services.evaluations.expected import expect
from app.services.evaluations.returned import KIND
from app.services.reading.form_data import PageKind, PageRead
from app.storage import Store
from app.ui.desk import Desk
from app.ui.pages import starts
from app.ui.pages.acts import ActDialog
from app.ui.pages.evaluation_confirm import ConfirmDialog
from app.ui.pages.evaluation_import import import_forms
from app.ui.pages.invoice_import import InvoiceImportDialog
from tests.services.evaluations.back import ALL_FOUR, page, scanned
from tests.services.evaluations.make import PRINTED, printed
from tests.services.reading.einvoices import pdf as bare_pdf
from tests.ui.fakes import Answers, make_desk
from tests.ui.pages.hand import opened, press, shown

EVALUATION = ENTITIES["evaluation"]
FIVE = {f"c{n}": 4 for n in range(1, 6)}
FIRST = "EV-2026-0001"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot: QtBot, store: Store, answers: Answers) -> Desk:
    """Two forms expected: that of an intervention, and a blank one."""
    with store.begin() as session:
        setup.ensure(session)
        printed(session)
        expect(session, None, PRINTED)
    made = make_desk(qtbot, store, answers)
    window_of(made).show()
    return made


def window_of(desk: Desk) -> QWidget:
    window = desk.parent()
    assert isinstance(window, QWidget)
    return window


def confirm(desk: Desk, *pages: PageRead) -> ConfirmDialog:
    dialog = ConfirmDialog(desk, [KIND], pages, window_of(desk))
    dialog.open()
    QApplication.processEvents()
    return dialog


def received(desk: Desk) -> dict[str, tuple[int | None, list[str]]]:
    """Note and files of each form that came back."""
    with desk.read() as session:
        return {
            one.number: (one.note, [file.name for file in attachments.of_record(session, EVALUATION, one.id)])
            for one in session.query(Evaluation).order_by(Evaluation.id)
            if one.source is not None
        }


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    made = tmp_path / "scan.jpg"
    made.write_bytes(b"image")
    return made


def test_what_is_doubtful_comes_first_and_nothing_is_kept_before_it_is_settled(desk: Desk, scan: Path) -> None:
    dialog = confirm(desk, page(FIRST, FIVE, ["c7", "q2"], scan=scan))
    form = dialog.panes[0].answers
    assert [line.line.name for line in form.order[:3]] == ["c7", "q2", "c6"]
    assert [line.value for line in form.order[:3]] == [None, None, None]
    press(dialog, "Enregistrer cette fiche")
    assert "2\u00a0lignes restent à vérifier" in shown(dialog)
    assert received(desk) == {}
    QTest.keyClicks(form.order[0], "2")
    QTest.keyClick(form.order[1], Qt.Key.Key_Delete)
    press(dialog, "Enregistrer cette fiche")
    assert received(desk) == {FIRST: (367, ["pile-1.jpg"])}
    assert not dialog.isVisible()


def test_a_pile_is_gone_through_one_after_the_other(desk: Desk, scan: Path) -> None:
    desk_photo = PageRead(Path("bureau.jpg"), 1, PageKind.NOT_A_FORM, told="Ce n’est pas une fiche.", scan=scan)
    dialog = confirm(desk, page(FIRST, FIVE), desk_photo, page("EV-2026-0002", FIVE, number=2))
    assert dialog.pile.item(1).text() == "bureau.jpg\nPas une fiche"
    QTest.keyClick(dialog, Qt.Key.Key_S, CTRL)
    dialog.keep()
    assert "Ce n’est pas une fiche." in shown(dialog)
    press(dialog, "Passer")
    assert dialog.title.text() == "EV-2026-0002"
    dialog.keep()
    assert set(received(desk)) == {FIRST, "EV-2026-0002"}


def test_an_unknown_number_is_told_and_chosen_by_hand(desk: Desk) -> None:
    dialog = confirm(desk, page("EV-2020-0009", FIVE))
    assert "«\u00a0EV-2020-0009\u00a0» n’est pas dans ce fichier" in shown(dialog)
    pane = dialog.panes[0]
    pane.fields.editors["form_id"].put_text("rien de tel")
    pane.fields.editors["form_id"].show(1)
    assert pane.fields.editors["intervention_id"].text() == "FI-2026-0001"
    dialog.keep()
    assert received(desk) == {FIRST: (400, [])}


def test_a_form_without_number_becomes_that_of_the_intervention_told(desk: Desk) -> None:
    dialog = confirm(desk, page("", FIVE))
    assert "Cette fiche ne porte pas de numéro lisible" in shown(dialog)
    dialog.panes[0].fields.editors["received_on"].put_text("")
    dialog.keep()
    assert "Ce champ est obligatoire." in shown(dialog)
    dialog.panes[0].fields.editors["received_on"].put_text("05/06/2026")
    dialog.keep()
    (number,) = received(desk)
    assert number not in {FIRST, "EV-2026-0002"}


def test_the_same_form_twice_is_told_and_replaced_only_when_asked(desk: Desk) -> None:
    dialog = confirm(desk, page(FIRST, FIVE), page(FIRST, {**FIVE, "c1": 1}, number=2))
    assert "La même fiche est aussi dans pile.pdf, page 2" in shown(dialog)
    dialog.keep()
    assert "EV-2026-0001 est déjà enregistrée" in shown(dialog)
    assert not dialog.main_button.isEnabled()
    dialog.keep()
    assert received(desk)[FIRST][0] == 400
    press(dialog, "Remplacer ses réponses")
    dialog.keep()
    assert received(desk)[FIRST][0] == 340


def test_closing_tells_what_would_be_left(desk: Desk, answers: Answers) -> None:
    dialog = confirm(desk, page(FIRST, FIVE), page("EV-2026-0002", FIVE))
    answers.confirms = [False, True]
    dialog.reject()
    assert dialog.isVisible()
    assert answers.told[0][0] == "2\u00a0fiches lues ne sont pas enregistrées"
    dialog.reject()
    assert received(desk) == {}


def test_problems_not_solved_are_a_list(desk: Desk, answers: Answers) -> None:
    from app.services.evaluations.recording import tie  # noqa: PLC0415 - here only

    with desk.store.begin() as session:
        tie(session, 2, 1, None)
    asked: list[tuple[int, ...] | None] = []
    desk.show_list.connect(lambda _, query: asked.append(query.ids))
    dialog = confirm(desk, page(FIRST, {**FIVE, "q1": 0}), page("EV-2026-0002", {**FIVE, "q1": 0}))
    answers.confirms = [True]
    dialog.keep()
    dialog.keep()
    assert asked == [(1, 2)]


def test_a_page_that_could_not_be_read_is_typed_beside_its_picture(desk: Desk, scan: Path) -> None:
    torn = PageRead(Path("plié.jpg"), 1, PageKind.REDO, told="Les repères des coins manquent.", scan=scan)
    lost = PageRead(Path("abîmé.pdf"), 1, PageKind.UNREAD, told="Ce fichier est abîmé.")
    dialog = confirm(desk, torn, lost)
    press(dialog, "Saisir comme fiche d’évaluation")
    pane = dialog.panes[0]
    assert pane.answers.is_empty()
    pane.fields.editors["form_id"].show(1)
    for line in pane.answers.order[:5]:
        QTest.keyClicks(line, "3")
    dialog.keep()
    assert received(desk) == {FIRST: (300, ["plié-1.jpg"])}
    assert "Ce fichier est abîmé." in shown(dialog)
    dialog.reject()


def test_a_form_kept_by_another_meanwhile_is_refused_and_told(desk: Desk) -> None:
    from app.services.evaluations.answers import Answers as Given  # noqa: PLC0415 - here only
    from app.services.evaluations.recording import record  # noqa: PLC0415 - as above

    dialog = confirm(desk, page(FIRST, FIVE))
    with desk.store.begin() as session:
        record(session, 1, Given((1,) * 9), AnswerSource.TYPED)
    dialog.keep()
    assert "est déjà reçue" in shown(dialog)
    assert received(desk)[FIRST][0] == 100


def test_the_page_is_shown_zoomed_and_hidden(desk: Desk, tmp_path: Path) -> None:
    with desk.read() as session:
        paper = papers.draft(session, "evaluation", FIRST, datetime(2026, 6, 3, tzinfo=UTC))
    picture = scanned(paper, tmp_path / "droite.png", ALL_FOUR)
    read = page(FIRST, FIVE, scan=picture)
    from dataclasses import replace  # noqa: PLC0415 - here only

    dialog = confirm(desk, replace(read, picture=picture))
    if dialog._is_hidden():
        dialog.page_button.click()
    dialog.panes[0].answers.lines["c9"].entered.emit()
    assert not dialog.page._sheet.spot.isEmpty()
    wide = dialog.page._sheet.width()
    press(dialog, "Agrandir la page")
    assert dialog.page._sheet.width() > wide
    dialog.page_button.click()
    assert dialog.page.isHidden()


def test_scans_dropped_on_the_window_are_read_then_recorded(desk: Desk, tmp_path: Path) -> None:
    """A PDF that holds no form is an invoice, as before; its turn comes after the forms."""
    with desk.read() as session:
        paper = papers.draft(session, "evaluation", FIRST, datetime(2026, 6, 3, tzinfo=UTC))
    image = scanned(paper, tmp_path / "scan.png", ALL_FOUR)
    invoice = tmp_path / "facture.pdf"
    invoice.write_bytes(bare_pdf())
    starts.import_files(desk, window_of(desk), [invoice, image])
    dialog = opened(window_of(desk), ConfirmDialog)
    assert [one.title for one in dialog.panes.values()] == [FIRST]
    dialog.keep()
    assert received(desk) == {FIRST: (400, ["scan-1.png"])}
    opened(window_of(desk), InvoiceImportDialog).reject()
    import_forms(desk, window_of(desk), [invoice])
    opened(window_of(desk), ConfirmDialog).reject()


def test_a_ticket_is_opened_again_before_what_comes_after_the_forms(desk: Desk, answers: Answers, scan: Path) -> None:
    came: list[str] = []
    dialog = confirm(desk, page(FIRST, {**FIVE, "q1": 0}, scan=scan))
    dialog.then = lambda: came.append("facture")
    answers.confirms.append(True)
    dialog.keep()
    reopening = opened(window_of(desk), ActDialog)
    assert came == []
    reopening.reject()
    assert came == ["facture"]
