"""Stories of a scorecard: begun from the list or the provider, noted, weighed, commented, issued, decided upon."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.models import Improvement, Provider, Scorecard, ScorecardNote
from app.models.judgement_codes import ScorecardStatus
from app.services import listing, papers, preferences
from app.services.scorecards import cards, notes
from app.services.scorecards.notes import Retained
from app.ui.desk import Desk
from app.ui.pages import scorecard_acts as acts
from app.ui.pages.acts import ActDialog
from app.ui.pages.provider import ProviderPage
from app.ui.pages.scorecard import ScorecardPage
from app.ui.pages.scorecards import ScorecardsPage
from app.ui.preview import Preview
from app.ui.state import UiState
from tests.services.company import reference_month
from tests.services.scorecards.make import JUNE, NOW, TODAY, invoice, june_card, second_contract
from tests.ui.pages.hand import opened, pick, press, shown, write

Make = Callable[..., ScorecardPage]


@pytest.fixture
def make(qtbot: QtBot, desk: Desk) -> Make:
    """The page of the card of the reference month, once its facts are counted."""

    def made(before: Callable[[Any], object] = lambda _: None) -> ScorecardPage:
        with desk.store.begin("essai") as session:
            card = june_card(session)
            before(session)
        page = ScorecardPage(desk, card)
        qtbot.addWidget(page)
        page.resize(1280, 1000)
        page.show()
        qtbot.waitUntil(lambda: page.card is not None, timeout=8000)
        return page

    return made


def kept(page: ScorecardPage) -> Scorecard:
    with page.desk.read() as session:
        found: Scorecard = session.get_one(Scorecard, page.record_id)
        return found


def tick(dialog: ActDialog, words: str) -> None:
    next(one for one in dialog.findChildren(QRadioButton) if one.text().startswith(words)).setChecked(True)


def test_the_opinion_asked_is_given_by_levels_in_words(make: Make) -> None:
    page = make()
    assert "Un avis vous est demandé" in shown(page)
    press(page, "Donner l’avis demandé")
    dialog = opened(page, ActDialog)
    dialog.accept()
    assert "Choisissez une note." in shown(dialog)
    tick(dialog, "4 · Prévient")
    write(dialog, "text", "Alerte sur le serveur")
    dialog.accept()
    assert "Avis : alerte sur le serveur" in shown(page).replace("\u00a0", " ")
    assert page.next_button.text() == "Relire et émettre"
    assert "Un avis vous est demandé" not in shown(page)
    press(page, "Noter\u00a0: Communication et conseil")
    again = opened(page, ActDialog)
    tick(again, "Ne pas noter")
    again.accept()
    assert "Un avis vous est demandé" in shown(page)


def test_a_measured_note_is_put_aside_for_a_reason(make: Make) -> None:
    page = make()
    press(page, "Noter\u00a0: Qualité technique")
    dialog = opened(page, ActDialog)
    assert "Réouverture" in shown(dialog)
    tick(dialog, "3 ·")
    dialog.accept()
    assert "Dites pourquoi" in shown(dialog)
    write(dialog, "text", "Panne du constructeur")
    dialog.accept()
    press(page, "Noter\u00a0: Qualité technique")
    again = opened(page, ActDialog)
    tick(again, "Garder la note des faits")
    again.accept()
    with page.desk.read() as session:
        assert session.scalars(select(ScorecardNote.note)).all() == [None]


def test_weights_must_make_a_hundred(make: Make) -> None:
    page = make()
    page._offer()
    pick(page, "Changer les poids…")
    dialog = opened(page, ActDialog)
    write(dialog, "delays", "35")
    dialog.accept()
    assert "110" in shown(dialog)
    write(dialog, "quality", "10")
    dialog.accept()
    assert page.card is not None
    assert page.card.weights["delays"] == 35


def test_it_is_read_again_issued_then_opened_again(make: Make, qtbot: QtBot) -> None:
    page = make(lambda s: notes.judge(s, 1, 1, "communication", Retained(400, None, "Vu")))
    press(page, "Relire et émettre")
    preview = opened(page, Preview)
    press(preview, "Émettre")
    qtbot.waitUntil(lambda: kept(page).status == ScorecardStatus.ISSUED, timeout=8000)
    qtbot.waitUntil(lambda: page.card is not None and page.card.is_issued, timeout=4000)
    opened(page, Preview).close()
    assert not page.next_button.isVisible()
    page.open_tab("Suites")
    assert [one.reference for one in page.tab().issued.rows] == ["FC-2026-06"]
    page.tab().issued.open(0)
    opened(page, Preview).close()
    page._offer()
    pick(page, "Rouvrir pour corriger")
    assert kept(page).status == ScorecardStatus.DRAFT
    assert not page.next_button.isEnabled()
    qtbot.waitUntil(page.next_button.isEnabled, timeout=8000)


def test_nothing_is_asked_of_a_draft_before_its_facts_are_counted(make: Make, qtbot: QtBot) -> None:
    counted = make()
    page = ScorecardPage(counted.desk, counted.record_id)
    qtbot.addWidget(page)
    page.show()
    assert page.card is None
    assert not page.next_button.isEnabled()
    assert "Lecture en cours…" not in shown(page)
    page.open_tab("Suites")
    assert "Rien d’écrit" in shown(page)
    qtbot.waitUntil(page.next_button.isEnabled, timeout=8000)
    page.open_tab("Notes")
    assert "Qualité technique" in shown(page)


def test_a_fact_that_changes_is_counted_again_beside_the_window(make: Make, qtbot: QtBot) -> None:
    page = make()
    assert page.card is not None
    before = page.card.total
    page.desk.act("essai", lambda s: invoice(s, "F-1", disputed_on=JUNE.start))
    qtbot.waitUntil(lambda: page.card is not None and page.card.total != before, timeout=8000)
    assert kept(page).status == ScorecardStatus.DRAFT


def test_comments_and_actions_follow(make: Make) -> None:
    page = make()
    page.open_tab("Suites")
    press(page, "Écrire\u00a0: Notre commentaire")
    dialog = opened(page, ActDialog)
    write(dialog, "our_comment", "Tout va bien.")
    dialog.accept()
    assert "Tout va bien." in shown(page)
    page.open_tab("Notes")
    press(page, "Préparer le plan d’action")
    with page.desk.read() as session:
        assert len(session.scalars(select(Improvement)).all()) == 2
    page.open_tab("Suites")
    assert page.tab().decided.rows[0].owner == "Lumeo Services"


def test_a_bad_class_leads_to_the_end_of_the_contract_and_to_others(make: Make, qtbot: QtBot) -> None:
    page = make(lambda s: (invoice(s, "F-1", disputed_on=JUNE.start), second_contract(s)))
    assert page.card is not None
    assert page.card.grade == "D"
    with qtbot.waitSignal(page.desk.go_to) as gone:
        press(page, "Voir la fin du contrat")
    assert gone.args == ["contract/notice", 1]
    with qtbot.waitSignal(page.desk.show_list) as gone:
        press(page, "Consulter d’autres prestataires")
    assert gone.args is not None
    assert gone.args[0] == "consultation"
    assert "Le prestataire est pondéré par les heures." in shown(page)


def test_what_is_counted_opens_its_list(make: Make, qtbot: QtBot) -> None:
    page = make()
    with qtbot.waitSignal(page.desk.show_list) as gone:
        press(page, "Voir ce qui est compté\u00a0: Qualité technique")
    assert gone.args is not None
    assert isinstance(gone.args[1], listing.Query)
    with qtbot.waitSignal(page.desk.go_to) as gone:
        page.open_provider()
    assert gone.args == ["provider", 1]
    page.show_part(1)
    page.print_blank()
    opened(page, Preview).close()


def test_a_card_is_begun_from_the_list(qtbot: QtBot, desk: Desk, tmp_path: Any) -> None:
    with desk.store.begin("essai") as session:
        june_card(session)
        preferences.save(session, {"scorecard_rhythm": "quarter"})
    page = ScorecardsPage(desk, UiState(tmp_path / "poste.json"))
    qtbot.addWidget(page)
    page.show()
    assert page.beginnings()[0].key == "new"
    assert len(page.section_actions()) == 1
    page.new()
    dialog = opened(page, ActDialog)
    assert dialog.act.start["provider_id"] == 1
    tick(dialog, dialog.act.options[1].text)
    dialog.accept()
    with desk.read() as session:
        assert len(session.scalars(select(Scorecard)).all()) == 2


def test_the_only_provider_is_already_chosen(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        reference_month(session)
        preferences.save(session, {"scorecard_rhythm": "none"})
    page = ScorecardsPage(desk, UiState())
    qtbot.addWidget(page)
    page.new()
    dialog = opened(page, ActDialog)
    assert dialog.act.start["provider_id"] == 1
    dialog.reject()


def test_a_provider_is_noted_from_its_page(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        reference_month(session)
        provider = session.scalars(select(Provider.id)).one()
    page = ProviderPage(desk, provider)
    qtbot.addWidget(page)
    page.show()
    page.judge()
    dialog = opened(page, ActDialog)
    assert dialog.act.start["provider_id"] == provider
    with qtbot.waitSignal(desk.go_to) as gone:
        dialog.accept()
    assert gone.args is not None
    page.open_tab(next(title for title, _ in page.tabs if title == "Fiches contrôle"))
    with desk.read() as session:
        assert cards.number_of(session, gone.args[1]).startswith("FC-")
        assert papers.draft(session, "controle", "Lumeo Services", NOW)
    assert acts.periods(JUNE)[0] == JUNE
    assert JUNE.end < TODAY
