"""A consultation told on its page: asked for, judged, offered, negotiated, compared, chosen."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.models import Consultation, Contract, IssuedPaper, Need, NegotiationPoint, Offer, Provider
from app.models.codes import ContractStatus, NeedDecision
from app.models.contract_codes import ConsultationStatus, OfferStatus
from app.services import consultations, records
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.chooser import RecordsChooser
from app.ui.pages.consultation import ConsultationPage
from app.ui.pages.consultation_lines import LinesDialog
from app.ui.pages.consultation_offer import OfferDialog
from app.ui.pages.consultation_offers import OffersTab
from app.ui.pages.consultation_ranking import RankingTab
from app.ui.pages.consultation_talks import TalksTab
from app.ui.pages.consultation_wanted import WantedTab
from app.ui.pages.consultations import ConsultationsPage
from app.ui.preview import Preview
from app.ui.state import UiState
from tests.services.company import add_asset
from tests.story import text_of
from tests.ui.fakes import Answers
from tests.ui.pages.hand import opened, pick, press, shown, write

WANTED, TERMS, OFFERS, TALKS, RANKING, DOCUMENTS, HISTORY = range(7)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> ConsultationPage:
    """A consultation just begun; two needs, one kept; two providers known; one asset."""
    with desk.store.begin("essai") as session:
        session.add(Need(number="B-1", statement="Tester une restauration", decision=NeedDecision.KEPT))
        session.add(Need(number="B-2", statement="Un second écran"))
        session.add_all([Provider(name="Lumeo"), Provider(name="Saône")])
        add_asset(session, "PC-01")
        given = records.create(session, consultations.CONSULTATION, {"subject": "Maintenance 2027"})
    made = ConsultationPage(desk, given)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    return made


def show(page: ConsultationPage, position: int) -> Any:
    page.head.tabs.setCurrentIndex(position)
    QApplication.processEvents()
    return page.tab()


def kept(page: ConsultationPage) -> Consultation:
    with page.desk.read() as session:
        found: Consultation = session.get_one(Consultation, page.record_id)
        return found


def set_terms(page: ConsultationPage) -> None:
    """The criteria and the grid as they are proposed."""
    show(page, TERMS)
    for words in ("Proposer les critères…", "Proposer la grille…"):
        press(page, words)
        press(opened(page, LinesDialog), "Enregistrer")


def invite(page: ConsultationPage) -> OffersTab:
    tab = show(page, OFFERS)
    press(page, "Consulter des prestataires…")
    chooser = opened(page, RecordsChooser)
    chooser.panel.table.selectAll()
    press(chooser, "Consulter")
    assert isinstance(tab, OffersTab)
    return tab


def type_offer(tab: OffersTab, position: int, price: str, note: str) -> None:
    """Every price by the keyboard, Enter going down; then the notes."""
    tab.enter(position)
    dialog = opened(tab, OfferDialog)
    dialog.head.editors["received_on"].put_text("13/11/2026")
    cells = [cell.widget for cell, _ in dialog.prices.values()]
    cells[0].setFocus()
    for _ in cells:
        target = QApplication.focusWidget()
        assert isinstance(target, QLineEdit)
        QTest.keyClicks(target, price)
        QTest.keyClick(target, Qt.Key.Key_Return)
    for cell, evidence in dialog.notes.values():
        cell.put_text(note)
        evidence.put_text("Vu")
    press(dialog, "Enregistrer")
    assert not dialog.isVisible(), shown(dialog)


def test_from_the_needs_kept_to_the_contract_of_the_provider_chosen(page: ConsultationPage) -> None:
    assert "1\u00a0besoin" in shown(page)
    press(page, "Créer le projet")
    set_terms(page)
    page.print_paper()
    preview = opened(page, Preview)
    assert "Tester une restauration" in text_of(preview)
    preview.reject()
    tab = invite(page)
    for position, (price, note) in enumerate((("40", "3"), ("50", "4"))):
        type_offer(tab, position, price, note)
        order = [one.provider for one in tab.offers]
        assert set(order) == {"Lumeo", "Saône"}
    page.send()
    press(opened(page, ActDialog), "Noter l’envoi")
    press(page, "Comparer les offres")
    ranking = page.tab()
    assert isinstance(ranking, RankingTab)
    assert "vient en tête" in shown(ranking)
    press(ranking, "Retenir cette offre…")
    dialog = opened(page, ActDialog)
    press(dialog, "Retenir cette offre")
    assert "obligatoire" in shown(dialog)
    write(dialog, "text", "Plus proche de nous")
    press(dialog, "Retenir cette offre")
    assert "est retenu." in shown(ranking)
    found = kept(page)
    assert (found.status, found.decision_reason) == (ConsultationStatus.AWARDED, "Plus proche de nous")
    with page.desk.read() as session:
        chosen = session.get_one(Offer, found.chosen_offer_id)
        assert session.get_one(Contract, found.contract_id).provider_id == chosen.provider_id
    went: list[tuple[str, int]] = []
    page.desk.go_to.connect(lambda key, given: went.append((key, given)))
    press(page, "Ouvrir le contrat")
    assert went == [("contract", found.contract_id)]


def test_a_new_consultation_opens_its_page(qtbot: QtBot, desk: Desk) -> None:
    listed = ConsultationsPage(desk, UiState())
    qtbot.addWidget(listed)
    listed.show()
    went: list[str] = []
    desk.go_to.connect(lambda key, _: went.append(key))
    listed.new()
    form = opened(listed, FormDialog)
    form.form.editors["subject"].put_text("Maintenance 2028")
    press(form, "Enregistrer")
    assert went == ["consultation"]


# -- bad input --------------------------------------------------------------------------------------------------


def test_weights_that_do_not_total_a_hundred_are_said_and_nothing_is_lost(page: ConsultationPage) -> None:
    show(page, TERMS)
    press(page, "Proposer les critères…")
    dialog = opened(page, LinesDialog)
    dialog.lines.cells(0)[1].setText("35")
    assert "Total des poids\u00a0: 95\u00a0%, il manque 5" in shown(dialog)
    press(dialog, "Enregistrer")
    assert "Les poids font 95\u00a0%" in shown(dialog)
    dialog.lines.cells(0)[1].setText("40")
    press(dialog, "Enregistrer")
    assert not dialog.isVisible()
    assert "Qualité de service et délais" in {one.label for one in page.tab().criteria}


def test_a_quantity_of_zero_is_refused_in_a_sentence(page: ConsultationPage, answers: Answers) -> None:
    show(page, TERMS)
    press(page, "Proposer la grille…")
    dialog = opened(page, LinesDialog)
    dialog.lines.cells(0)[2].setText("0")
    press(dialog, "Enregistrer")
    assert "Ligne 1\u00a0: Écrivez une quantité plus grande que zéro" in shown(dialog)
    answers.unsaved_answers = ["stay", "save"]
    dialog.reject()
    assert dialog.isVisible()
    dialog.lines.cells(0)[2].setText("2")
    dialog.reject()
    QTest.qWait(20)
    assert not dialog.isVisible()


def test_an_offer_for_options_alone_is_said(page: ConsultationPage, answers: Answers) -> None:
    set_terms(page)
    press(page, "Modifier…")  # the criteria come first
    opened(page, LinesDialog).reject()
    tab = show(page, TERMS)
    tab.edit_grid()
    dialog = opened(page, LinesDialog)
    dialog.lines.add_line({"label": "Samedi", "unit": "mois", "quantity": 1200, "optional": True})
    press(dialog, "Enregistrer")
    offers = invite(page)
    offers.enter(0)
    typed = opened(offers, OfferDialog)
    *_, (option, _) = typed.prices.values()
    option.put_text("95")
    assert "Seules des options sont chiffrées" in typed.total.text()
    press(typed, "Enregistrer")
    assert "Écrivez quand l’offre a été reçue." in shown(typed)
    typed.head.editors["received_on"].put_text("13/11/2026")
    press(typed, "Enregistrer")
    assert "seules des options sont chiffrées" in offers.shown.standings[0].lacks[0]
    ranking = show(page, RANKING)
    assert "n’est pas classé" in shown(ranking)
    ranking.choose()
    act = opened(page, ActDialog)
    write(act, "text", "Le moins cher")
    press(act, "Retenir cette offre")
    assert "ne chiffre aucune ligne ferme" in shown(act)
    answers.unsaved_answers = ["discard"]
    act.reject()


def test_what_cannot_be_read_is_said_by_its_line(page: ConsultationPage, answers: Answers) -> None:
    set_terms(page)
    offers = invite(page)
    offers.enter(0)
    dialog = opened(offers, OfferDialog)
    (price, _), *_ = dialog.prices.values()
    (note, _), *_ = dialog.notes.values()
    price.put_text("cher")
    note.put_text("6")
    dialog.head.editors["received_on"].put_text("hier soir")
    press(dialog, "Enregistrer")
    said = shown(dialog)
    assert "3 valeurs à corriger." in said
    assert "Qualité de service et délais\u00a0: Écrivez un nombre de 0,00 à 5,00." in said
    assert QApplication.focusWidget() is price.widget
    answers.unsaved_answers = ["stay", "discard"]
    dialog.reject()
    assert dialog.isVisible()
    dialog.reject()
    assert not dialog.isVisible()
    with page.desk.read() as session:
        assert {one.status for one in session.scalars(select(Offer))} == {OfferStatus.INVITED}


# -- the rest of the page ---------------------------------------------------------------------------------------


def test_points_are_negotiated_changed_and_taken_away(page: ConsultationPage) -> None:
    invite(page)
    tab = show(page, TALKS)
    assert isinstance(tab, TalksTab)
    press(page, "Ajouter un point…")
    dialog = opened(page, ActDialog)
    for name, text in (("subject", "Prix"), ("offer_id", "Lumeo"), ("asked_amount", "690"), ("obtained_amount", "712")):
        dialog.form.editors[name].put_text(text)
    press(dialog, "Enregistrer")
    assert "obligatoire" in shown(dialog)
    dialog.form.editors["point"].put_text("Forfait mensuel")
    press(dialog, "Enregistrer")
    assert "712,00\u00a0€" in shown(tab)
    press(page, "Modifier…")
    again = opened(page, ActDialog)
    assert again.form.editors["offer_id"].text() == "Lumeo"
    again.form.editors["decision"].put_text("Accepté")
    press(again, "Enregistrer")
    assert "Accepté" in shown(tab)
    press(page, "Retirer")
    assert tab.points == []
    with page.desk.read() as session:
        assert session.scalars(select(NegotiationPoint)).one().deleted_at is not None


def test_a_project_is_linked_and_a_report_chosen(page: ConsultationPage) -> None:
    with page.desk.store.begin("essai") as session:
        session.add(Contract(number="CT-9", subject="Projet", status=ContractStatus.DRAFT, starts_on=date(2027, 1, 1)))
        for n in (1, 2):
            session.add(
                IssuedPaper(
                    kind="inventaire", reference=f"RIE-{n}", number=1, issued_at=datetime(2026, 11, n, tzinfo=UTC),
                    data="{}", data_sha256="", pdf_sha256="", file_name="",
                )
            )  # fmt: skip
    tab = show(page, WANTED)
    assert isinstance(tab, WantedTab)
    tab.reload()
    press(page, "Relier un projet…")
    dialog = opened(page, ActDialog)
    dialog.form.editors["contract_id"].put_text("CT-9 Projet")
    press(dialog, "Relier")
    assert "CT-9" in page.head._context.text()
    press(page, "Choisir un autre rapport…")
    pick(page, next(f"{one.label}, du {one.day:%d/%m/%Y}" for one in tab.shown.reports if "RIE-1" in one.label))
    assert kept(page).report_id is not None
    assert tab.shown.chosen


def test_texts_days_and_lists_are_reached_from_the_request(page: ConsultationPage) -> None:
    tab = show(page, WANTED)
    lists: list[Any] = []
    page.desk.show_list.connect(lambda key, query: lists.append((key, query.filters[0].values[0].value)))
    press(page, "1\u00a0besoin reste à décider")
    press(page, "Voir les besoins retenus")
    assert lists == [("need", "pending"), ("need", "kept")]
    press(tab, "Modifier")
    form = opened(page, FormDialog)
    form.form.editors["context"].put_text("Deux sites, un serveur.")
    form.accept()
    assert "Deux sites, un serveur." in shown(tab)


def test_an_offer_is_taken_away_and_the_consultation_dropped(page: ConsultationPage) -> None:
    tab = invite(page)
    tab.table.selectRow(0)
    press(page, "Retirer")
    assert len(tab.offers) == 1
    page.drop()
    act = opened(page, ActDialog)
    act.form.editors["text"].put_text("Budget refusé")
    press(act, "Classer sans suite")
    show(page, RANKING)
    assert "Consultation sans suite." in shown(page)
    show(page, DOCUMENTS)
    show(page, HISTORY)
    closed: list[bool] = []
    page.closed.connect(lambda: closed.append(True))
    page.to_bin()
    assert closed
