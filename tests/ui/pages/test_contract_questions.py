"""The guided sequence from the keyboard, to the contract in the base; what is not known, refused, kept for later."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from app.models import Asset, Company, Contract, CoveredAsset, Family, Provider
from app.models.codes import ContractStatus
from app.services.contracts import levels_of
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages.contract_questions import QuestionsDialog
from app.ui.pages.contracts import ContractsPage
from app.ui.parts.explain import Explain, Explanation
from app.ui.state import UiState
from tests.ui.fakes import Answers
from tests.ui.pages.hand import opened, press, shown


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> ContractsPage:
    """A company of four, two laptops, a printer, one provider."""
    with desk.store.begin("essai") as session:
        session.add(Company(name="Morvan", headcount=4))
        session.add_all([Family(name="Portable", prefix="PC"), Family(name="Imprimante", prefix="IMP")])
        session.add(Provider(name="Lumeo Services"))
        session.flush()
        for number, family in (("PC-1", 1), ("PC-2", 1), ("IMP-1", 2)):
            session.add(Asset(number=number, family_id=family))
    made = ContractsPage(desk, UiState())
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    return made


@pytest.fixture
def asked(page: ContractsPage) -> QuestionsDialog:
    page.new()
    dialog = opened(page, QuestionsDialog)
    dialog.activateWindow()
    assert QTest.qWaitForWindowActive(dialog)
    return dialog


def hit(dialog: QuestionsDialog, *keys: Qt.Key) -> None:
    """Keys where the cursor stands."""
    for key in keys:
        QApplication.processEvents()
        QTest.keyClick(dialog.focusWidget() or dialog, key)


def choose(dialog: QuestionsDialog, name: str, *keys: str) -> None:
    """Go to each answer and press the space bar."""
    group = dialog.pages[dialog._at].groups[name]
    for key in keys:
        group.buttons[key].setFocus()
        hit(dialog, Qt.Key.Key_Space)


def type_in(dialog: QuestionsDialog, name: str, text: str) -> None:
    dialog.pages[dialog._at].form.focus_on(name)
    QTest.keyClicks(dialog.focusWidget(), text)


def test_a_contract_is_told_from_the_keyboard(qtbot: QtBot, page: ContractsPage, asked: QuestionsDialog) -> None:
    hit(asked, Qt.Key.Key_Space)  # signed
    type_in(asked, "subject", "Parc et assistance")
    hit(asked, Qt.Key.Key_Return)
    choose(asked, "off_premises", "no")
    type_in(asked, "provider_id", "Lumeo Services")
    hit(asked, Qt.Key.Key_Return)
    choose(asked, "types", "preventive", "corrective")
    hit(asked, Qt.Key.Key_Return)
    choose(asked, "scope", "families")
    choose(asked, "families", "1")
    hit(asked, Qt.Key.Key_Return)
    choose(asked, "hours", "office")
    choose(asked, "delays", "strict")
    QTest.keyClick(asked, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    type_in(asked, "starts_on", "01/01/2026")
    type_in(asked, "months", "12")
    type_in(asked, "notice_value", "2")
    hit(asked, Qt.Key.Key_Return)
    type_in(asked, "fee", "450")
    hit(asked, Qt.Key.Key_Return)
    choose(asked, "personal_data", "yes")
    hit(asked, Qt.Key.Key_Return)
    assert "Un contrat en cours\u00a0: Parc et assistance, avec Lumeo Services." in shown(asked)
    assert "préavis de 2\u00a0mois" in shown(asked)
    with qtbot.waitSignal(page.desk.go_to) as gone:
        hit(asked, Qt.Key.Key_Return)
    assert gone.args == ["contract", 1]
    with page.desk.read() as session:
        contract = session.get_one(Contract, 1)
        assert (contract.status, contract.fee, contract.notice_value) == (ContractStatus.ACTIVE, 45_000, 2)
        assert levels_of(session, 1, date(2026, 6, 1))["P1"].take == 30
        assert session.scalar(select(func.count()).select_from(CoveredAsset)) == 2


def test_nothing_is_known_and_a_project_is_made(page: ContractsPage, asked: QuestionsDialog) -> None:
    for _ in range(8):
        press(asked, "Je ne sais pas")
    assert "À compléter ensuite\u00a0: l’objet, le prestataire" in shown(asked)
    press(asked, "Créer le contrat")
    with page.desk.read() as session:
        assert session.get_one(Contract, 1).status == ContractStatus.DRAFT


def test_what_cannot_be_is_said_where_it_was_asked(asked: QuestionsDialog) -> None:
    choose(asked, "signed", "no")
    type_in(asked, "signed_on", "32/01/2026")
    press(asked, "Suivant")
    assert "ce jour n’existe pas" in shown(asked)
    asked.pages[0].form.editors["signed_on"].put_text("15/01/2026")
    press(asked, "Suivant")
    assert "Un projet n’est pas encore signé" in shown(asked)
    assert asked._at == 0
    press(asked, "Je ne sais pas")
    assert asked.pages[0].texts() == {}
    press(asked, "Retour")
    assert "Question 1 sur 8" in shown(asked)


def test_the_last_check_returns_to_the_question(asked: QuestionsDialog) -> None:
    asked.show_step(5)
    type_in(asked, "months", "3")
    asked.pages[5].form.editors["notice_value"].put_text("2")
    asked.show_step(8)
    asked.pages[5].form.editors["notice_value"].put_text("3")
    press(asked, "Créer le contrat")
    assert "Question 6 sur 8" in shown(asked)
    assert "aussi long que le contrat" in shown(asked)
    asked.show_step(8)
    asked._return_to({"number": "Ce numéro est déjà pris."})
    assert "Ce numéro est déjà pris." in shown(asked)


def test_a_question_that_depends_on_another_waits(asked: QuestionsDialog) -> None:
    asked.show_step(3)
    assert "Lesquelles\u00a0?" not in shown(asked)
    choose(asked, "scope", "families")
    assert "Lesquelles\u00a0?" in shown(asked)
    press(asked, "Suivant")
    assert "Cochez au moins une famille" in shown(asked)
    choose(asked, "families", "2")
    assert "Cochez au moins une famille" not in shown(asked)


def test_answers_are_kept_when_one_leaves(page: ContractsPage, asked: QuestionsDialog, answers: Answers) -> None:
    choose(asked, "signed", "yes")
    type_in(asked, "subject", "Copieurs")
    answers.unsaved_answers = ["stay", "save", "drop"]
    hit(asked, Qt.Key.Key_Escape)
    assert asked.isVisible()
    hit(asked, Qt.Key.Key_Escape)
    assert not asked.isVisible()
    again = page.ask()
    press(again, "Reprendre")
    assert again.pages[0].texts() == {"signed": "yes", "subject": "Copieurs"}
    again._keep()
    again.reject()
    assert "Des réponses ont été gardées" not in shown(page.ask())


def test_the_plain_form_is_still_there(qtbot: QtBot, page: ContractsPage, asked: QuestionsDialog) -> None:
    press(asked, "Formulaire simple")
    form = opened(page, FormDialog)
    for name, text in (("subject", "Copieurs"), ("provider_id", "Lumeo Services"), ("starts_on", "01/12/2026")):
        form.form.editors[name].put_text(text)
    with qtbot.waitSignal(page.desk.go_to) as gone:
        form.accept()
    assert gone.args == ["contract", 1]


def test_an_empty_list_offers_both_ways(page: ContractsPage) -> None:
    page.begin("form")
    assert opened(page, FormDialog).isVisible()
    page.begin("new")
    assert opened(page, QuestionsDialog).isVisible()


def test_a_legal_word_is_explained(asked: QuestionsDialog) -> None:
    asked.show_step(5)
    mark = next(one for one in asked.pages[5].findChildren(Explain) if one.isVisible())
    assert "c’est à vous de tenir la date" in mark.toolTip()
    mark.click()
    box = next(one for one in asked.findChildren(Explanation) if one.isVisible())
    assert any("le contrat repart" in one.text() for one in box.findChildren(QLabel))
    box.close()
