"""The tabs of a contract that tell what it is, does and covers, and what it says of personal data."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.fields import day, this_day
from app.models import (
    Asset,
    Company,
    ContractService,
    CoveredAsset,
    CoverRule,
    DueDocument,
    Duty,
    Family,
    Site,
)
from app.models.contract_codes import Answer
from app.services import gdpr
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.contract import ContractPage
from app.ui.pages.contract_cover import CoverTab
from app.ui.pages.contract_cover_rules import RuleForm
from app.ui.pages.contract_form import ContractForm
from app.ui.pages.contract_gdpr import GdprTab
from app.ui.pages.contract_services import ServicesTab
from app.ui.pages.picking import PickDialog
from tests.services.company import add_asset, add_contract
from tests.ui.pages.hand import opened, pick, press, shown, write

TODAY = this_day()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> ContractPage:
    """A contract of this year that covers PC-01 by hand; PC-02 and PC-03 are laptops of Dijon."""
    with desk.store.begin("essai") as session:
        session.add(Company(name="Morvan", headcount=30))
        contract = add_contract(session, fee=45_000, starts_on=date(2026, 1, 1))
        add_asset(session, "PC-01", contract)
        session.add_all([Family(name="Portable", prefix="PT"), Site(name="Dijon")])
        session.flush()
        session.add_all([Asset(number=number, family_id=2, site_id=1) for number in ("PC-02", "PC-03")])
    made = ContractPage(desk, contract)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    return made


def show(page: ContractPage, title: str) -> None:
    page.open_tab(title)
    QApplication.processEvents()


def rows(page: ContractPage, model: Any) -> list[object]:
    with page.desk.read() as session:
        return list(session.scalars(select(model).where(model.deleted_at.is_(None))))


# Général


def test_each_card_corrects_its_own_fields(page: ContractPage) -> None:
    assert "pour 12\u00a0mois, puis reconduit tacitement par périodes de 12\u00a0mois" in shown(page)
    assert "Forfait de 450,00\u00a0€ HT chaque mois\u00a0; soit 5\u00a0400,00\u00a0€ HT par an." in shown(page)
    press(page, "Modifier\u00a0: Durée")
    form = opened(page, ContractForm)
    assert set(form.form.editors) >= {"starts_on", "renewal", "notice_value"}
    assert "fee" not in form.form.editors
    form.form.editors["notice_value"].put_text("2")
    form.accept()
    assert "préavis de 2\u00a0mois avant la fin d’une période" in shown(page)
    press(page, "Modifier\u00a0: Exclusions")
    opened(page, ContractForm, lambda one: "exclusions" in one.form.editors).reject()


def test_only_a_small_company_is_asked_of_canvassing(page: ContractPage) -> None:
    press(page, "Modifier\u00a0: Objet et parties")
    form = opened(page, ContractForm)
    assert "signed_off_premises" not in form.form.editors
    form.reject()
    with page.desk.store.begin("effectif") as session:
        session.query(Company).update({"headcount": 5})
    press(page, "Modifier\u00a0: Objet et parties")
    assert "signed_off_premises" in opened(page, ContractForm).form.editors


def test_a_card_leads_to_the_tab_that_tells_more(page: ContractPage) -> None:
    press(page, "Périodes et préavis")
    assert page.head.tabs.tabText(page.head.tabs.currentIndex()) == "Périodes et préavis"


def test_the_usual_duties_are_proposed_and_corrected(page: ContractPage) -> None:
    press(page, "Obligations usuelles\u00a0: Client")
    dialog = opened(page, PickDialog)
    assert not dialog.buttons.buttons()[0].isEnabled()
    dialog.boxes[0].setChecked(True)
    dialog.boxes[1].setChecked(True)
    press(dialog, "Ajouter")
    assert "Déclarer les incidents par les moyens prévus" in shown(page)
    press(page, "Modifier\u00a0: Déclarer les incidents par les moyens prévus")
    form = opened(page, FormDialog)
    form.form.editors["article"].put_text("12.3")
    form.accept()
    assert "(art.\u00a012.3)" in shown(page)
    press(page, "Retirer\u00a0: Désigner un interlocuteur et son remplaçant")
    assert len(rows(page, Duty)) == 1
    press(page, "Ajouter une obligation\u00a0: Prestataire")
    form = opened(page, FormDialog, lambda one: one.record_id is None)
    form.form.editors["label"].put_text("Prévenir de ses congés")
    form.accept()
    assert "Prévenir de ses congés" in shown(page)


def test_the_signed_copy_is_told_from_the_others(page: ContractPage, tmp_path: Path) -> None:
    assert "Joindre" in [one.text() for one in page.findChildren(QPushButton) if one.isVisible()]
    copy = tmp_path / "contrat-signe.pdf"
    copy.write_bytes(b"%PDF-1.4 essai")
    show(page, "Documents")
    page.tab().card.attach([copy])
    press(page, "Autres actions\u00a0: contrat-signe.pdf")
    pick(page, "C’est\u00a0: exemplaire signé")
    press(page, "Autres actions\u00a0: contrat-signe.pdf")
    pick(page, "C’est\u00a0: annexe")
    press(page, "Autres actions\u00a0: contrat-signe.pdf")
    pick(page, "Ce n’est pas\u00a0: annexe")
    press(page, "Autres actions\u00a0: contrat-signe.pdf")
    pick(page, "C’est\u00a0: exemplaire signé")
    show(page, "Général")
    assert "contrat-signe.pdf" in [one.text() for one in page.findChildren(QPushButton) if one.isVisible()]


# Prestations


def test_services_are_proposed_corrected_and_taken_away(page: ContractPage) -> None:
    show(page, "Prestations")
    assert "ce qui n’est pas écrit est souvent facturé à part" in shown(page)
    press(page, "Proposer…")
    dialog = opened(page, PickDialog)
    press(dialog, "Tout cocher")
    press(dialog, "Ajouter")
    tab = page.tab()
    assert isinstance(tab, ServicesTab)
    assert tab.services.table.model().rowCount() == len(dialog.boxes)
    tab.services.table.selectRow(0)
    assert "Contrôle et nettoyage de chaque équipement" in shown(tab)
    press(tab.services, "Modifier…")
    form = opened(page, FormDialog)
    form.form.editors["cost"].put_text("100")
    form.accept()
    assert "Dites pour quelle durée ce coût est dû." in shown(form)
    form.form.editors["cost_period"].put_text("Chaque mois")
    form.form.editors["until"].put_text("01/01/2026")
    form.form.editors["since"].put_text("01/02/2026")
    form.accept()
    assert "La fin précède le début." in shown(form)
    form.form.editors["until"].put_text("")
    form.accept()
    tab.services.table.clearSelection()
    assert "1\u00a0200,00\u00a0€ HT par an" in shown(tab)
    tab.services.table.selectRow(1)
    QTest.keyClick(tab.services, Qt.Key.Key_Delete)
    assert len(rows(page, ContractService)) == len(dialog.boxes) - 1


def test_the_usual_documents_are_asked_of_the_provider(qtbot: QtBot, page: ContractPage) -> None:
    show(page, "Prestations")
    press(page, "Les usuels")
    press(page, "Les usuels")
    assert len(rows(page, DueDocument)) == 4
    tab = page.tab()
    assert isinstance(tab, ServicesTab)
    assert tab.documents.table.model().index(0, 2).data() == "2\u00a0jours ouvrés"
    qtbot.waitUntil(lambda: tab.documents.table.model().index(0, 3).data() != "", timeout=5000)
    press(page, "Ajouter\u00a0: document attendu")
    form = opened(page, FormDialog)
    assert "contract_id" not in form.form.editors
    form.reject()


# Périmètre


def rule_form(page: ContractPage) -> RuleForm:
    show(page, "Périmètre")
    press(page, "Périmètre\u00a0: Règles")
    press(page, "Nouvelle règle…")
    return opened(page, RuleForm)


def test_a_rule_is_told_and_what_it_takes_is_counted(page: ContractPage) -> None:
    form = rule_form(page)
    form.accept()
    assert "Choisissez une famille, un site, ou les deux." in shown(form)
    form.form.editors["site_id"].put_text("Dijon")
    assert "2\u00a0biens aujourd’hui." in shown(form)
    form.form.editors["since"].put_text("01/01/2025")
    form.accept()
    assert "Le contrat ne prend effet que le 01/01/2026." in shown(form)
    form.form.editors["since"].put_text("01/03/2026")
    form.accept()
    assert not form.isVisible()
    tab = page.tab()
    assert isinstance(tab, CoverTab)
    assert "3\u00a0biens, dont 1 à la main" in shown(tab)
    tab.on.put_text("01/02/2026")
    assert "1\u00a0bien" in tab._count.text()
    tab.on.put_text("bientôt")
    assert "1\u00a0bien" in tab._count.text()
    tab.on.put_text("01/01/2020")
    assert tab._count.text() == "aucun bien ce jour-là"


def test_what_one_rule_covers_is_shown_alone(page: ContractPage) -> None:
    form = rule_form(page)
    form.form.editors["family_id"].put_text("Portable")
    form.accept()
    tab = page.tab()
    assert isinstance(tab, CoverTab)
    tab.show_view("assets")
    assert tab.list.model.rowCount() == 3
    tab.assets.by.setCurrentIndex(1)
    tab.assets.by.activated.emit(1)
    assert tab.list.model.rowCount() == 1
    tab.assets.by.setCurrentIndex(2)
    tab.assets.by.activated.emit(2)
    assert tab.list.model.rowCount() == 2


def test_an_asset_is_taken_out_of_a_rule_and_put_back(page: ContractPage) -> None:
    form = rule_form(page)
    form.form.editors["family_id"].put_text("Portable")
    form.accept()
    tab = page.tab()
    assert isinstance(tab, CoverTab)
    tab.show_view("assets")
    tab.list.table.selectAll()
    press(page, "Retirer du contrat…")
    dialog = opened(page, ActDialog)
    press(dialog, "Retirer")
    assert "Ce champ est obligatoire." in shown(dialog)
    write(dialog, "reason", "Loue ailleurs")
    press(dialog, "Retirer")
    tab.show_view("out")
    assert tab.out.table.model().rowCount() == 2
    assert tab.out.table.model().index(0, 3).data() == "Loue ailleurs"
    tab.out.table.selectAll()
    press(page, "Remettre sous la règle")
    assert tab.out.table.model().rowCount() == 0
    assert "Aucun bien n’a été retiré" in shown(page)


def test_a_rule_is_corrected_and_stopped(page: ContractPage) -> None:
    form = rule_form(page)
    form.form.editors["family_id"].put_text("Portable")
    form.accept()
    tab = page.tab()
    assert isinstance(tab, CoverTab)
    tab.rules.table.selectRow(0)
    press(tab.rules, "Modifier…")
    form = opened(page, RuleForm)
    form.form.editors["until"].put_text("31/12/2025")
    form.accept()
    assert "La fin précède le début." in shown(form)
    form.form.editors["until"].put_text(day(TODAY + timedelta(days=30)))
    form.accept()
    tab.rules.table.selectRow(0)
    press(tab.rules, "Arrêter…")
    dialog = opened(page, ActDialog)
    write(dialog, "until", day(TODAY + timedelta(days=60)))
    press(dialog, "Arrêter la règle")
    assert "Cette règle finit déjà le" in shown(dialog)
    write(dialog, "until", "31/12/2025")
    press(dialog, "Arrêter la règle")
    assert rows(page, CoverRule) == []
    assert len(rows(page, CoveredAsset)) == 1


def test_an_asset_in_two_contracts_is_told_above_the_list(qtbot: QtBot, page: ContractPage) -> None:
    with page.desk.store.begin("autre") as session:
        other = add_contract(session, number="CT-2026-02", starts_on=date(2026, 1, 1))
        session.add(CoveredAsset(contract_id=other, asset_id=1, since=date(2026, 6, 1)))
    show(page, "Périmètre")
    assert "1\u00a0bien est couvert aussi par un autre contrat" in shown(page)
    assert "CT-2026-02\u00a0: PC-01" in shown(page)
    with qtbot.waitSignal(page.desk.go_to) as gone:
        press(page, "Voir le contrat")
    assert gone.args == ["contract", other]


# RGPD


def test_the_points_are_answered_from_the_keyboard(page: ContractPage) -> None:
    show(page, "RGPD")
    tab = page.tab()
    assert isinstance(tab, GdprTab)
    page.activateWindow()
    QTest.qWaitForWindowActive(page)
    tab.rows[0].take_focus()
    for key in (Qt.Key.Key_O, Qt.Key.Key_O, Qt.Key.Key_N, Qt.Key.Key_S, Qt.Key.Key_V):
        QTest.keyClick(page.focusWidget(), key)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Up)
    with page.desk.read() as session:
        found = gdpr.checklist(session, page.record_id)
    assert [one.answer for one in found.answers[:5]] == [
        Answer.YES,
        Answer.YES,
        Answer.NO,
        Answer.NOT_APPLICABLE,
        Answer.UNKNOWN,
    ]
    assert (found.percent, found.missing) == (15, 1)
    assert "15\u00a0%" in shown(tab)
    tab.rows[0].evidence.setFocus()
    QTest.keyClicks(tab.rows[0].evidence, "art. 14")
    tab.rows[1].take_focus()
    with page.desk.read() as session:
        assert gdpr.checklist(session, page.record_id).answers[0].evidence == "art. 14"


def test_a_provider_who_sees_no_data_is_said(page: ContractPage) -> None:
    show(page, "RGPD")
    press(page, "Il n’accède à aucune donnée personnelle")
    assert "–" in shown(page)
    press(page, "Il accède à des données personnelles")
    assert "0\u00a0%" in shown(page)
    assert not [one for one in page.findChildren(QDialog) if one.isVisible()]
