"""Needs: asked for on paper, typed in the order of the sheet, decided together."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.errors import Refused
from app.models import Need, Person
from app.models.codes import NeedDecision, NeedSource, Role
from app.services import needs
from app.services.needs_paper import Choices
from app.storage import Store
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.needs import NeedsPage
from app.ui.pages.needs_entry import NeedsEntryDialog
from app.ui.pages.needs_paper import NeedsPaperDialog
from app.ui.preview import Preview
from app.ui.state import UiState
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import hurry, opened, press, shown, write


@pytest.fixture
def desk(qtbot: QtBot, store: Store, answers: Answers) -> Desk:
    with store.begin("essai") as session:
        session.add(Person(first_name="Claire", last_name="Bonnin", role=Role.MANAGER, service="Direction"))
        session.add(Person(first_name="Paul", last_name="Émery", service="Atelier"))
    return make_desk(qtbot, store, answers)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> NeedsPage:
    made = NeedsPage(desk, UiState())
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    settle(qtbot)
    return made


def kept(desk: Desk) -> list[Need]:
    with desk.read() as session:
        return list(session.scalars(select(Need).order_by(Need.id)))


def type_statement(dialog: NeedsEntryDialog, text: str) -> None:
    area = dialog.editors["statement"].widget
    assert isinstance(area, QPlainTextEdit)
    QTest.keyClicks(area, text)


def test_a_sheet_is_typed_in_the_order_of_its_questions(page: NeedsPage) -> None:
    page.new()
    dialog = opened(page, NeedsEntryDialog)
    dialog.editors["person_id"].put_text("Paul Émery")
    assert dialog.editors["service"].text() == "Atelier"
    assert dialog.question.text().startswith("1. Qu’est-ce qui vous fait perdre du temps")
    type_statement(dialog, "Trop de mots de passe")
    press(dialog, "Fréquence\u00a0: Chaque jour")
    press(dialog, "Priorité\u00a0: Important")
    hurry(dialog)
    assert dialog.question.text().startswith("2. De quoi ne pouvez-vous pas vous passer")
    assert (dialog.choices["frequency"].value(), dialog.choices["priority"].value()) == ("", "")
    press(dialog, "Passer")
    type_statement(dialog, "Dessiner en 3D")
    hurry(dialog)
    assert dialog.question.text().startswith("4.")
    assert "2\u00a0besoins notés dans cette fenêtre." in shown(dialog)
    first, second = kept(page.desk)
    assert (first.statement, first.service, first.frequency, first.priority) == (
        "Trop de mots de passe", "Atelier", "daily", "should",
    )  # fmt: skip
    assert (second.person_id, second.service, second.frequency) == (first.person_id, "Atelier", None)
    press(dialog, "Feuille suivante")
    assert (dialog.editors["person_id"].text(), dialog.editors["service"].text()) == ("", "Atelier")
    assert dialog.question.text().startswith("1.")
    dialog.reject()


def test_each_source_has_its_questions(page: NeedsPage) -> None:
    page.new()
    dialog = opened(page, NeedsEntryDialog)
    press(dialog, "Exprimé par\u00a0: Acheteur")
    assert dialog.question.text().startswith("1. Quel budget par an")
    item = dialog.list.item(3)
    QTest.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=dialog.list.visualItemRect(item).center())
    assert dialog.question.text().startswith("4. Quels achats")
    for key, question in ((Qt.Key.Key_Down, "5."), (Qt.Key.Key_Down, "5."), (Qt.Key.Key_Up, "4.")):
        dialog.activateWindow()
        assert QTest.qWaitForWindowActive(dialog)
        QTest.keyClick(dialog, key, Qt.KeyboardModifier.AltModifier)
        assert dialog.question.text().startswith(question)
    type_statement(dialog, "Un seul parc")
    hurry(dialog)
    assert kept(page.desk)[0].source == NeedSource.BUYER
    dialog.reject()


def test_a_need_that_cannot_be_kept_says_why_and_stays(page: NeedsPage, answers: Answers) -> None:
    page.new()
    dialog = opened(page, NeedsEntryDialog)
    dialog.keep()
    assert "Ce champ est obligatoire." in shown(dialog)
    type_statement(dialog, "Imprimer")
    dialog.editors["person_id"].put_text("Personne de connu")
    dialog.keep()
    assert "Choisissez dans la liste" in shown(dialog)
    answers.unsaved_answers = ["stay"]
    dialog.reject()
    assert dialog.isVisible()
    dialog.editors["person_id"].put_text("")
    answers.unsaved_answers = ["save"]
    dialog.reject()
    QApplication.processEvents()
    assert not dialog.isVisible()
    assert [need.statement for need in kept(page.desk)] == ["Imprimer"]


def test_closing_may_drop_what_was_typed_or_come_back_to_it(page: NeedsPage, answers: Answers) -> None:
    page.new()
    dialog = opened(page, NeedsEntryDialog)
    dialog.editors["expectation"].put_text("4 h")
    answers.unsaved_answers = ["save", "drop"]
    dialog.reject()
    QApplication.processEvents()
    assert dialog.isVisible()
    dialog.reject()
    assert kept(page.desk) == []


def noted(desk: Desk, *statements: str) -> list[int]:
    with desk.store.begin("essai") as session:
        return [needs.note(session, {"statement": one}) for one in statements]


def test_needs_are_decided_together(page: NeedsPage, desk: Desk, qtbot: QtBot) -> None:
    wanted = noted(desk, "Imprimer", "Dessiner", "Scanner")
    settle(qtbot, lambda: page.panel.model.rowCount() == 3)
    assert page.views.tabText(1) == "À décider  3"
    page.panel.table.selectAll()
    decide = page.section_actions()[1]
    decide.click()
    dialog = opened(page, ActDialog)
    dialog.form.editors["decision"].put_text("Écarté")
    press(dialog, "Garder la décision")
    assert "Écrivez pourquoi" in shown(dialog)
    write(dialog, "decision_reason", "Plus tard")
    press(dialog, "Garder la décision")
    assert {need.decision_reason for need in kept(desk)} == {"Plus tard"}
    page.views.setCurrentIndex(4)
    settle(qtbot, lambda: page.panel.model.tally.shown == 3)
    ((_, act),) = page.acts_on(wanted[:1])
    act()
    dialog = opened(page, ActDialog)
    dialog.form.editors["decision"].put_text("Retenu")
    press(dialog, "Garder la décision")
    assert kept(desk)[0].decision == NeedDecision.KEPT
    settle(qtbot, lambda: page.panel.model.tally.shown == 2)


def test_nothing_chosen_is_told(page: NeedsPage) -> None:
    with pytest.raises(Refused, match="Choisissez d’abord"):
        page.decide([])


def test_the_questionnaire_is_chosen_then_shown(page: NeedsPage) -> None:
    assert [way.title for way in page.beginnings()] == ["Demander à chacun", "Noter les réponses"]
    page.begin("paper")
    dialog = opened(page, NeedsPaperDialog)
    assert "3\u00a0feuilles à imprimer." in shown(dialog)
    press(dialog, "Une par personne")
    dialog.sources[NeedSource.TECHNICIAN].click()
    dialog.sources[NeedSource.BUYER].click()
    assert "1\u00a0feuille à imprimer." in shown(dialog)
    dialog.before.put_text("bientôt")
    press(dialog, "Voir les feuilles")
    assert "Écrivez une date" in shown(dialog)
    dialog.before.put_text("15/12/2026")
    found: list[Choices] = []
    dialog.chosen.connect(found.append)
    press(dialog, "Voir les feuilles")
    preview = opened(page, Preview)
    assert found[0].named
    assert found[0].sources == (NeedSource.USER,)
    assert "besoins" in preview.windowTitle().lower()
    preview.reject()


def test_no_sheet_at_all_is_refused(page: NeedsPage) -> None:
    page.print_paper()
    dialog = opened(page, NeedsPaperDialog)
    for box in dialog.sources.values():
        box.click()
    press(dialog, "Voir les feuilles")
    assert "Choisissez au moins une feuille." in shown(dialog)
    dialog.reject()


def test_an_empty_list_says_what_to_do_first(page: NeedsPage) -> None:
    assert page.empty_title() == "Recueillez d’abord les besoins"
    page.begin("new")
    opened(page, NeedsEntryDialog).reject()
