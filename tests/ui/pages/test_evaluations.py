"""Stories of forms: printed, typed with digits, corrected, and what an unsolved problem leads to."""

import email
import email.policy
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.models import Evaluation
from app.models.upkeep_codes import AnswerSource
from app.services import setup
from app.services.evaluations import recording
from app.services.evaluations.answers import Answers
from app.services.evaluations.expected import expect
from app.services.evaluations.returned import KIND
from app.storage import Store
from app.ui.desk import Desk
from app.ui.pages import evaluation_print
from app.ui.pages.acts import ActDialog
from app.ui.pages.evaluation_entry import EntryDialog
from app.ui.pages.evaluation_summary import SummaryDialog
from app.ui.pages.evaluations import EvaluationsPage
from app.ui.preview import Preview
from app.ui.state import UiState
from tests.services.evaluations.make import PRINTED, intervene, printed
from tests.ui.fakes import Answers as Person
from tests.ui.fakes import make_desk, settle
from tests.ui.pages.hand import opened, pick, press, shown, write

GOOD = Answers((4, 4, 3, 2, 4, 0, None, None, None), solved=True)


@pytest.fixture
def desk(qtbot: QtBot, store: Store, answers: Person) -> Desk:
    """One form expected, of an intervention of Yanis for Claire Bonnin; its ticket is over."""
    with store.begin() as session:
        setup.ensure(session)
        printed(session)
    return make_desk(qtbot, store, answers)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> EvaluationsPage:
    made = EvaluationsPage(desk, UiState())
    window = desk.parent()
    assert isinstance(window, QWidget)
    made.setParent(window)
    made.resize(1280, 700)
    window.resize(1280, 700)
    window.show()
    for act in made.section_actions():
        act.setParent(made)
    made.refresh()
    settle(qtbot)
    return made


def kept(desk: Desk, one: int = 1) -> Evaluation:
    with desk.read() as session:
        found: Evaluation = session.get_one(Evaluation, one)
        session.expunge(found)
        return found


def type_in(dialog: EntryDialog, keys: str) -> None:
    """One key a line: a digit or a letter answers and Enter goes on, « - » leaves the line."""
    dialog.answers.begin()
    for line, key in zip(dialog.answers.order, keys, strict=True):
        if key != "-":
            QTest.keyClicks(line, key)
        QTest.keyClick(line, Qt.Key.Key_Return)


def test_a_form_is_typed_with_one_key_a_line(page: EvaluationsPage, desk: Desk) -> None:
    page.enter(1)
    dialog = opened(page, EntryDialog)
    assert "FI-2026-0001 · T-2026-0001 Un ennui · Yanis" in shown(dialog)
    assert dialog.answers.is_empty()
    type_in(dialog, "443240---oonn")
    dialog.answers.areas["t1"].edit.setPlainText("Rapide")
    press(dialog, "Enregistrer la fiche")
    one = kept(desk)
    assert (one.note, one.answered, one.c6, one.c7, one.source) == (340, 5, 0, None, AnswerSource.TYPED)
    assert (one.solved, one.tested, one.data_intact, one.again, one.liked) == (True, True, False, False, "Rapide")
    assert dialog.isVisible()
    assert dialog.answers.is_empty()
    assert "EV-2026-0001 enregistrée\u00a0: 3,40 sur\u00a05" in shown(dialog)
    dialog.reject()


def test_enter_in_the_number_leads_to_the_first_line(page: EvaluationsPage) -> None:
    page.new()
    dialog = opened(page, EntryDialog)
    line = dialog.fields.editors["form_id"].widget.focusProxy()
    assert isinstance(line, QLineEdit)
    line.setFocus()
    QTest.keyClicks(line, "0001x")
    dialog.keep()
    assert "Choisissez dans la liste." in shown(dialog), "no button adds a form"
    line.clear()
    QTest.keyClicks(line, "0001")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.answers.order[0]
    assert "Aucune réponse" not in shown(dialog)
    dialog.reject()


def test_nothing_is_kept_of_an_empty_form_nor_written_over(page: EvaluationsPage, desk: Desk) -> None:
    page.new()
    dialog = opened(page, EntryDialog)
    press(dialog, "Enregistrer la fiche")
    assert "Aucune réponse n’est donnée" in shown(dialog)
    with desk.store.begin() as session:
        recording.record(session, 1, GOOD, AnswerSource.SCAN, on=PRINTED)
    dialog.fields.editors["form_id"].show(1)
    assert "déjà enregistrée, reçue le 03/06/2026" in shown(dialog)
    type_in(dialog, "1--------n---")
    dialog.keep()
    assert "est déjà reçue" in shown(dialog)
    dialog.fields.editors["received_on"].put_text("hier")
    dialog.keep()
    assert kept(desk).c1 == 4
    desk.ask.unsaved_answers = ["stay", "drop"]  # type: ignore[attr-defined]  # the fake
    dialog.reject()
    assert dialog.isVisible()
    dialog.reject()


def test_a_form_without_number_is_given_one(page: EvaluationsPage, desk: Desk) -> None:
    with desk.store.begin() as session:
        second = intervene(session, 1, "02 12:00")
    page.new()
    dialog = opened(page, EntryDialog)
    dialog.fields.editors["intervention_id"].show(second)
    type_in(dialog, "55555----o---")
    desk.ask.unsaved_answers = ["save"]  # type: ignore[attr-defined]  # the fake
    dialog.reject()
    QTest.qWait(20)
    one = kept(desk, 2)
    assert (one.number[:3], one.intervention_id, one.note) == ("EV-", second, 500)
    assert not dialog.isVisible()


def test_answers_are_put_right(page: EvaluationsPage, desk: Desk) -> None:
    with desk.store.begin() as session:
        recording.record(session, 1, GOOD, AnswerSource.SCAN, on=PRINTED)
    page.panel.choose(1)
    (words, act), *_ = page.acts_on([1])
    assert words == "Corriger ses réponses…"
    act()
    dialog = opened(page, EntryDialog)
    assert dialog.answers.answers()["c1"] == 4
    line = dialog.answers.lines["c1"]
    QTest.keyClick(line, Qt.Key.Key_5)
    QTest.keyClick(dialog.answers.lines["c2"], Qt.Key.Key_Delete)
    dialog.keep()
    one = kept(desk)
    assert (one.c1, one.c2, one.note, one.source, one.received_on) == (5, None, None, AnswerSource.SCAN, PRINTED)


def test_a_problem_not_solved_opens_the_ticket_again(page: EvaluationsPage, desk: Desk, answers: Person) -> None:
    with desk.store.begin() as session:
        from app.services import preferences  # noqa: PLC0415 - here only

        preferences.save(session, {"reopen_days": 90})
    page.open_record(1)
    dialog = opened(page, EntryDialog)
    dialog.fields.editors["received_on"].put_text("03/06/2026")
    type_in(dialog, "11111----n---")
    dialog.keep()
    answers.confirms = [True]
    dialog.reject()
    assert "dit que le problème n’est pas résolu" in answers.told[0][1]
    act = opened(page, ActDialog)
    assert act.act.title == "Réouverture"
    act.reject()
    assert page.views.tabText(3) == "Problème non résolu  1"
    page.show_record(1)
    assert "L’utilisateur dit que le problème n’est pas résolu" in shown(page)
    press(page.detail, "Rouvrir…")
    act = opened(page, ActDialog)
    write(act, "at", "04/06/2026 09:00")
    write(act, "text", "Encore")
    act.accept()
    assert "n’est pas résolu" not in shown(page.detail)


def test_the_pane_tells_the_note_and_the_answers(page: EvaluationsPage, desk: Desk) -> None:
    page.show_record(1)
    assert "En retard" in [one.accessibleName() for one in page.detail.findChildren(QWidget)]
    with desk.store.begin() as session:
        recording.record(session, 1, GOOD, AnswerSource.SCAN, on=PRINTED)
    told = shown(page.detail)
    assert "3,40 sur\u00a05, soit 13,60 sur\u00a020" in told
    assert "4 · Satisfait" in told
    assert "Sans avis" in told


def test_what_forms_say_together_is_read_from_the_list(page: EvaluationsPage, desk: Desk) -> None:
    page.sum_up()
    empty = opened(page, SummaryDialog)
    assert "Aucune fiche n’est revenue" in shown(empty)
    empty.reject()
    with desk.store.begin("réponses") as session:
        recording.record(session, 1, GOOD, AnswerSource.TYPED)
    page.sum_up()
    said = shown(opened(page, SummaryDialog))
    assert "1\u00a0fiche revenue en douze mois\u00a0: 60,0\u00a0% de réponses 4 ou 5, note moyenne 3,4 sur 5." in said
    assert "1\u00a0autre a moins de 5\u00a0fiches." in said


def test_forms_are_printed_by_the_dozen(page: EvaluationsPage, desk: Desk) -> None:
    with desk.store.begin() as session:
        intervene(session, 1, "02 12:00")
    page.print_paper()
    pick(page, "Fiches des interventions sans fiche…")
    act = opened(page, ActDialog)
    press(act, "Imprimer les fiches")
    assert "Chaque intervention de cette période a déjà sa fiche." in shown(act)
    write(act, "since", "01/06/2026")
    act.accept()
    preview = opened(page, Preview)
    assert len(preview.pages) == 1
    preview.reject()
    page.print_all([1, 2])
    assert len(opened(page, Preview).pages) == 2


def test_a_form_to_fill_is_saved_or_sent(
    page: EvaluationsPage, desk: Desk, answers: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers.saves = [tmp_path / "fiche.pdf", None]
    evaluation_print.save_fillable(desk, page, "FI-2026-0001")
    assert (tmp_path / "fiche.pdf").read_bytes().startswith(b"%PDF")
    evaluation_print.save_fillable(desk, page, None)
    went: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: went.append(Path(url.toLocalFile())))
    acts: dict[str, Callable[[], Any]] = dict(page.acts_on([1]))
    acts["Demander par courriel…"]()
    message = email.message_from_bytes(went[0].read_bytes())
    assert message["To"] == "claire@morvan.example"
    assert [part.get_filename() for part in message.walk() if part.get_filename()] == [
        f"fiche-évaluation_EV-2026-0001_{date.today().isoformat()}.pdf"  # noqa: DTZ011 - the name of a file
    ]
    evaluation_print.send(desk, "FI-2026-0001")
    assert len(went) == 2


def test_the_ways_to_begin_and_the_menu_of_an_intervention(page: EvaluationsPage, desk: Desk, answers: Person) -> None:
    answers.opens = [[]]
    page.begin("import")
    page.begin("blank")
    opened(page, Preview).reject()
    page.begin("new")
    opened(page, EntryDialog).reject()
    evaluation_print.offer(desk, page, page.print_button, "FI-2026-0001")
    pick(page, "Fiche d’évaluation sur papier…")
    assert opened(page, Preview).paper.title == "Fiche d’évaluation EV-2026-0001"


def test_keys_answer_by_digit_letter_and_mouse(desk: Desk) -> None:
    with desk.store.begin() as session:
        number, _ = expect(session, None, PRINTED)
    window = desk.parent()
    assert isinstance(window, QWidget)
    dialog = EntryDialog(desk, KIND, window, number)
    dialog.open()
    line = dialog.answers.lines["c1"]
    for key, value in (("7", None), ("s", 0), ("x", 0), ("3", 3)):
        QTest.keyClicks(line, key)
        assert line.value == value
    place = {box.value: spot for box, spot in line._boxes()}[5]
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place.center())
    assert line.accessibleName() == "1 Délai de prise en charge\u00a0: 5"
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place.center())
    assert line.value is None
    QTest.keyClick(line, Qt.Key.Key_Up)
    QTest.keyClick(dialog.answers.order[-1], Qt.Key.Key_Down)
    assert dialog.answers.areas["t1"].edit.hasFocus() or not dialog.isActiveWindow()
    dialog.answers.show_answers({}, {})
    dialog.setWindowModified(False)
    dialog.reject()


def test_a_sent_form_needs_no_address(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    went: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: went.append(url.toLocalFile()))
    with desk.store.begin() as session:
        _, number = expect(session, None, PRINTED)
    evaluation_print.send(desk, number)
    message = email.message_from_bytes(Path(went[0]).read_bytes(), policy=email.policy.default)
    assert (message["To"], number in message["Subject"]) == ("", True)
