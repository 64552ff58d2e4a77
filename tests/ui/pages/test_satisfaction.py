"""Stories of the survey: prepared, handed out, typed, brought back as filled PDF files, read together."""

from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.fields import this_day
from app.models import Person, SatisfactionResponse
from app.reports.form_questionnaire import SEGMENT
from app.services.satisfaction import questions, surveys
from app.storage import Store
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.evaluation_confirm import ConfirmDialog
from app.ui.pages.evaluation_entry import EntryDialog
from app.ui.pages.satisfaction import QuestionnairesPage, SurveysPage
from app.ui.pages.satisfaction_questions import QuestionForm, QuestionnairePage
from app.ui.pages.satisfaction_results import MOST
from app.ui.pages.satisfaction_survey import SurveyPage
from app.ui.preview import Preview
from app.ui.state import UiState
from tests.services.satisfaction.make import answer, answered, survey
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import opened, pick, press, shown, write

TODAY = this_day()
KEY = Qt.Key


@pytest.fixture
def desk(qtbot: QtBot, ready: Store, answers: Answers) -> Desk:
    with ready.begin("essai") as session:
        session.add_all([Person(last_name=name) for name in ("Bonnin", "Petit", "Roux")])
    return make_desk(qtbot, ready, answers)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> SurveyPage:
    """A survey of which no sheet came back."""
    with desk.store.begin("enquête") as session:
        made = survey(session, TODAY, sheets=3)
    return show(qtbot, SurveyPage(desk, made))


def show(qtbot: QtBot, page: SurveyPage) -> SurveyPage:
    qtbot.addWidget(page)
    page.resize(1280, 740)
    page.show()
    read(qtbot, page)
    return page


def read(qtbot: QtBot, page: SurveyPage) -> None:
    """Its results are counted beside the window."""
    settle(qtbot, lambda: not page.tab().reader.busy)


def count(desk: Desk) -> int:
    with desk.read() as session:
        return int(session.query(SatisfactionResponse).count())


def test_a_survey_is_prepared_with_the_usual_questions(qtbot: QtBot, desk: Desk) -> None:
    page = SurveysPage(desk, UiState())
    qtbot.addWidget(page)
    page.show()
    page.new()
    dialog = opened(page, ActDialog)
    assert dialog.form.editors["invited"].text() == "3"
    with qtbot.waitSignal(desk.go_to) as gone:
        dialog.accept()
    assert gone.args == ["satisfaction_survey", 1]
    assert [one.text for one in page.beginnings()] == [""]
    with desk.read() as session:
        assert len(questions.of(session, surveys.found(session, 1).questionnaire_id)) == 17


def test_sheets_are_typed_with_digits_one_after_the_other(qtbot: QtBot, page: SurveyPage) -> None:
    press(page, "Saisir des feuilles…")
    dialog = opened(page, EntryDialog)
    dialog.fields.editors["sheet"].put_text("2")
    dialog.answers.begin()
    for line, key in zip(dialog.answers.order[:3], (KEY.Key_4, KEY.Key_0, KEY.Key_5), strict=True):
        QTest.keyClick(line, key)
    dialog.keep()
    assert dialog.target.id == page.record_id
    dialog.fields.editors["sheet"].put_text("2")
    dialog.answers.begin()
    QTest.keyClick(dialog.answers.order[0], KEY.Key_1)
    dialog.keep()
    assert count(page.desk) == 1
    dialog.answers.show_answers({}, {})
    dialog.setWindowModified(False)
    dialog.reject()
    with page.desk.read() as session:
        assert surveys.answers_of(session, 1)[0] == {"materiel": 4, "rapidite": 0, "reseau": 5}
    read(qtbot, page)
    assert "Aucune feuille n’est encore revenue" not in shown(page)
    assert "1\u00a0feuille revenue" in page.head._context._whole
    assert "Les résultats se lisent à partir de 5\u00a0réponses" in shown(page)


def filled(path: Path, answers: dict[str, int], texts: dict[str, str]) -> Path:
    """A PDF filled on screen."""
    writer = PdfWriter()
    writer.append(PdfReader(path))
    values = {**{name: f"/{value}" for name, value in answers.items()}, **texts}
    for sheet in writer.pages:
        writer.update_page_form_field_values(sheet, values, auto_regenerate=False)
    writer.write(path)
    return path


def test_a_pdf_for_each_person_comes_back_and_is_confirmed(
    qtbot: QtBot, page: SurveyPage, answers: Answers, tmp_path: Path
) -> None:
    page.print_paper()
    answers.saves.append(tmp_path)
    pick(page, "PDF à remplir, un par personne…")
    dialog = opened(page, ActDialog)
    write(dialog, "count", "2")
    with qtbot.waitSignal(page.desk.done, timeout=20_000):
        dialog.accept()
    assert sorted(one.name for one in tmp_path.glob("*.pdf")) == [
        f"ENQ-{TODAY.year}-01-feuille-{n}.pdf" for n in (4, 5)
    ]
    path = filled(next(tmp_path.glob("*-4.pdf")), {"rapidite": 5, "nps": 10}, {"idee": "Un écran", SEGMENT: "Atelier"})
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    none = Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none))
    confirm = opened(page, ConfirmDialog)
    assert "L’image n’est pas gardée" in confirm.note.text()
    confirm.keep()
    qtbot.waitUntil(lambda: count(page.desk) == 1)
    with page.desk.read() as session:
        assert surveys.answers_of(session, 1) == ({"rapidite": 5, "nps": 10}, {"idee": "Un écran"})
        assert session.get_one(SatisfactionResponse, 1).service == "Atelier"


def test_numbered_sheets_are_shown_before_they_are_printed(page: SurveyPage) -> None:
    page.print_paper()
    pick(page, "Feuilles numérotées à imprimer…")
    dialog = opened(page, ActDialog)
    write(dialog, "count", "2")
    dialog.accept()
    preview = opened(page, Preview)
    assert "Questionnaire de satisfaction" in preview.windowTitle()
    preview.close()


def test_of_many_free_answers_the_first_are_shown(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("enquête") as session:
        made = survey(session, TODAY, sheets=MOST + 2)
        for sheet in range(1, MOST + 3):
            answer(session, made, sheet, {"rapidite": 4}, texts={"idee": f"Un écran {sheet:03}"})
    told = shown(show(qtbot, SurveyPage(desk, made)))
    assert f"Un écran {MOST:03}" in told
    assert f"Un écran {MOST + 1:03}" not in told
    assert "102\u00a0réponses\u00a0; les 100 premières, le classeur du bilan les a toutes" in told


def test_what_it_says_is_read_from_five_sheets(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("enquête") as session:
        first = survey(session, TODAY.replace(year=TODAY.year - 1))
        answered(session, first, [4, 4, 1, 1, 1])
        made = survey(session, TODAY)
        for sheet, (speed, score) in enumerate(zip([5, 4, 3, 2, 4, 0], [10, 9, 9, 8, 10, None], strict=True), 1):
            given = {"rapidite": speed, "nps": score, "effort": 4}
            answer(session, made, sheet, given, texts={"idee": "Un écran"} if sheet == 1 else {}, service="Atelier")
    page = show(qtbot, SurveyPage(desk, made))
    told = shown(page)
    assert "15,0\u00a0%" in told
    assert "Chiffres indicatifs" in told
    assert "+80" in told
    assert "60,0\u00a0% contre 40,0\u00a0% dans ENQ-2026-01, mêmes questions" in told
    assert "aide facile à obtenir, 5\u00a0: très facile · 6\u00a0réponses" in told
    assert "D’une enquête à l’autre" in told
    assert "«\u00a0Un écran\u00a0»" in told
    page.open_tab("Questions")
    assert page.tab().table.model().rowCount() == 17
    page.show_part(1)
    assert page.tab().list.model.rowCount() == 6
    assert not page.tab().away.isEnabled()
    page.tab().list.table.selectRow(0)
    QTest.keyClick(page.tab(), KEY.Key_Delete)
    assert page.tab().list.model.rowCount() == 5
    QTest.keyClick(page.tab(), KEY.Key_Escape)


def test_what_is_concluded_and_decided_makes_the_review(page: SurveyPage) -> None:
    page.open_tab("Bilan")
    tab = page.tab()
    press(tab, "Écrire…")
    write(opened(page, ActDialog), "conclusion", "Une borne de plus")
    opened(page, ActDialog).accept()
    assert "Une borne de plus" in shown(tab)
    press(tab, "Ajouter une action…")
    dialog = opened(page, ActDialog)
    for name, text in (("label", "Changer la borne"), ("owner", "Lumeo"), ("due_on", "01/01/2099")):
        write(dialog, name, text)
    dialog.accept()
    assert [one.label for one in tab.decided.rows] == ["Changer la borne"]
    tab.decided.table.selectRow(0)
    press(tab, "Faite…")
    opened(page, ActDialog).accept()
    assert tab.decided.rows[0].state.value == "done"
    tab.decided.table.selectRow(0)
    press(tab, "Remettre à faire")
    tab.decided.edit(0)
    opened(page, FormDialog).reject()
    press(tab, "Voir le bilan…")
    preview = opened(page, Preview)
    assert "Bilan de satisfaction ENQ" in preview.windowTitle()
    preview.close()


def test_a_survey_is_closed_then_opened_again(page: SurveyPage) -> None:
    press(page, "Autres actions")
    pick(page, "Clore l’enquête…")
    opened(page, ActDialog).accept()
    assert page.sheet.values["closed_on"] == TODAY
    press(page, "Autres actions")
    pick(page, "Saisir une feuille venue tard…")
    opened(page, EntryDialog).reject()
    press(page, "Voir le bilan…")
    opened(page, Preview).close()
    press(page, "Autres actions")
    pick(page, "Rouvrir l’enquête")
    assert page.sheet.values["closed_on"] is None
    assert not [one for one in page.findChildren(QMenu) if one.isVisible()]


def test_questions_are_put_right_until_a_survey_asks_them(qtbot: QtBot, desk: Desk) -> None:
    lists = QuestionnairesPage(desk, UiState())
    qtbot.addWidget(lists)
    with qtbot.waitSignal(desk.go_to):
        lists.new()
    page = QuestionnairePage(desk, 1)
    qtbot.addWidget(page)
    page.resize(1280, 740)
    page.show()
    card = page.tab().card
    card.table.selectRow(1)
    QTest.keyClick(card, KEY.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert card.table.model().index(0, 1).data() == "La rapidité de votre poste"
    card.edit(0)
    form = opened(page, QuestionForm)
    form.form.editors["text"].put_text("")
    form.accept()
    assert form.isVisible()
    form.form.editors["text"].put_text("La vitesse de votre poste")
    form.accept()
    assert card.table.model().index(0, 1).data() == "La vitesse de votre poste"
    QTest.keyClick(card, KEY.Key_Delete)
    assert card.table.model().rowCount() == 16
    with desk.store.begin("enquête") as session:
        survey(session, TODAY, questionnaire_id=1)
    assert "elles ne changent plus" in shown(page)
    card.edit(0)
    card.remove()
    with qtbot.waitSignal(desk.go_to) as gone:
        press(page, "Nouvelle version")
    assert gone.args == ["questionnaire", 2]
    page.print_paper()
    opened(page, Preview).close()
