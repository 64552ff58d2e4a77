"""From the guided questions to the decision: the contract, its deadline on Home, the letter in three clicks."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.fields import day, this_day
from app.models import Company, Provider
from app.services import decisions
from app.services.decisions import Choosing
from app.ui.demonstration import settle
from app.ui.pages.contract import ContractPage
from app.ui.pages.contract_notice_acts import DecisionDialog
from app.ui.pages.contract_questions import QuestionsDialog
from app.ui.pages.home import HomePage
from app.ui.parts.todo import TodoRow
from app.ui.preview import Preview
from tests.story import Story, text_of
from tests.ui.pages.hand import press, shown, write
from tests.ui.pages.test_contract_questions import choose, hit, type_in

ENTER = Qt.Key.Key_Return


def test_from_the_questions_to_the_decision(story: Story) -> None:
    know_the_parties(story)
    answer_the_questions(story)
    see_the_letter_in_three_clicks(story)
    decide_and_follow(story)


def know_the_parties(story: Story) -> None:
    with story.control.desk.store.begin("essai") as session:
        session.add(Company(name="Ateliers Morvan", city="Dijon", headcount=40))
        session.add(Provider(name="Lumeo Services", address="22 avenue de la Gare", postal_code="21000", city="Dijon"))


def answer_the_questions(story: Story) -> None:
    """A year from 200 days ago, three months of notice: it is to be decided these weeks."""
    story.page("contract").new()
    asked = story.dialog(QuestionsDialog)
    asked.activateWindow()
    assert QTest.qWaitForWindowActive(asked)
    hit(asked, Qt.Key.Key_Space)  # signed
    type_in(asked, "subject", "Parc et assistance")
    hit(asked, ENTER)
    type_in(asked, "provider_id", "Lumeo Services")
    hit(asked, ENTER)
    choose(asked, "types", "preventive", "corrective")
    for _ in range(3):
        press(asked, "Suivant" if asked.skip.isHidden() else "Je ne sais pas")
    type_in(asked, "starts_on", day(this_day() - timedelta(days=200)))
    type_in(asked, "months", "12")
    type_in(asked, "notice_value", "3")
    hit(asked, ENTER)
    type_in(asked, "fee", "450")
    while asked.isVisible():
        press(asked, asked.next.text())
    settle(story.app)
    assert isinstance(story.record(), ContractPage)


def see_the_letter_in_three_clicks(story: Story) -> None:
    story.window.tabs.setCurrentIndex(0)
    home = story.control.section(0, 0)
    assert isinstance(home, HomePage)
    settle(story.app)
    found = [one for one in home.findChildren(TodoRow) if "Décider du contrat" in one.accessibleName()]
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)  # one
    settle(story.app)
    page = story.record()
    assert isinstance(page, ContractPage)
    assert "Décidez avant le" in shown(page)
    press(page, "Dénoncer…")  # two
    press(story.dialog(DecisionDialog), "Voir la lettre")  # three
    preview = story.dialog(Preview)
    text = text_of(preview).replace("\u00a0", " ")
    assert "LUMEO SERVICES" in text
    assert "préavis de trois mois" in text
    preview.close()


def decide_and_follow(story: Story) -> None:
    dialog = story.dialog(DecisionDialog)
    write(dialog, "reason", "Delais jamais tenus")
    press(dialog, "Enregistrer la décision")
    story.gone(dialog)
    page = story.record()
    assert "postez la lettre avant le" in shown(page)
    with story.control.desk.read() as session:
        kept = decisions.history(session, page.record_id)  # type: ignore[attr-defined]  # a contract's page
        assert [(one.choice, one.reason) for one in kept] == [(Choosing.DENOUNCE, "Delais jamais tenus")]
    story.window.tabs.setCurrentIndex(0)
    settle(story.app)
    home = story.control.section(0, 0)
    told = [one.accessibleName() for one in home.findChildren(TodoRow)]
    assert any("Poster la lettre de dénonciation" in one for one in told)
    assert not any("Décider du contrat" in one for one in told)
