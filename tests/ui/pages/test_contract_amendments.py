"""Amendments prepared, signed and withdrawn on the page of their contract; the terms of any day."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.fields import day, this_day
from app.models import Contract
from app.services import amendment_words
from app.services.amendments import on_day
from app.services.contracts import levels_of
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.contract import ContractPage
from app.ui.pages.contract_amendment_dialog import AmendmentDialog
from app.ui.pages.contract_amendments import AmendmentsTab
from app.ui.pages.contract_terms_dialog import TermsDialog
from tests.services.company import add_contract
from tests.ui.fakes import Answers
from tests.ui.pages.hand import opened, press, shown

JUNE = date(2026, 6, 1)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> ContractPage:
    with desk.store.begin("essai") as session:
        contract = add_contract(session, fee=45_000)
    made = ContractPage(desk, contract)
    qtbot.addWidget(made)
    made.resize(1280, 900)
    made.show()
    made.open_tab("Avenants")
    return made


def began(page: ContractPage) -> AmendmentDialog:
    press(page, "Nouvel avenant…")
    return opened(page, AmendmentDialog)


def told(dialog: AmendmentDialog, **texts: str) -> None:
    for name, text in texts.items():
        dialog.form.editors[name].put_text(text)


def test_an_amendment_is_drafted_signed_and_withdrawn(page: ContractPage, answers: Answers) -> None:
    assert "Aucun avenant" in shown(page)
    dialog = began(page)
    told(dialog, subject="Forfait revu", effective_on="01/06/2026", reason="Trois postes de plus")
    dialog.add("fee")
    assert "Ce jour-là\u00a0: 450,00\u00a0€" in shown(dialog)
    dialog.lines["fee"].editor.put_text("500")
    press(dialog, "Enregistrer l’avenant")
    assert "450,00\u00a0€ → 500,00\u00a0€" in shown(page)
    assert "s’il est signé" in shown(page)
    number = amendment_number(page)
    press(page, f"Signer… {number}")
    press(opened(page, ActDialog), "Signer l’avenant")
    with page.desk.read() as session:
        assert [on_day(session, page.record_id, on).fee for on in (date(2026, 5, 31), JUNE)] == [45_000, 50_000]
    assert page.head.tabs.tabText(page.head.tabs.currentIndex()) == "Avenants 1"
    assert "forfait 500,00\u00a0€ HT chaque mois" in shown(page)
    answers.confirms = [False, True]
    for _ in range(2):
        press(page, f"Retirer… {number}")
    assert "Aucun avenant" in shown(page)
    assert page.head.tabs.tabText(page.head.tabs.currentIndex()) == "Avenants"


def amendment_number(page: ContractPage) -> str:
    with page.desk.read() as session:
        return amendment_words.listed(session, page.record_id)[0].number


def test_levels_are_amended_by_their_own_dialog(page: ContractPage) -> None:
    dialog = began(page)
    told(dialog, subject="Plus vite", effective_on="01/06/2026", signed_on=day(this_day()))
    press(dialog, "Délais et heures…")
    service = opened(page, TermsDialog)
    service.targets["P3.take_minutes"].put_text("2 h")
    service.days[0].setText("9 h - 13 h, 12 h - 18 h")
    press(service, "Enregistrer")
    assert "se chevauchent" in service._under["day.0"].text()
    service.days[0].setText("9 h - 18 h")
    service.nothing["P4"].setChecked(True)
    press(service, "Enregistrer")
    assert "Les délais promis et les heures couvertes sont changés." in shown(dialog)
    press(dialog, "Enregistrer l’avenant")
    with page.desk.read() as session:
        assert [levels_of(session, page.record_id, on)["P3"].take for on in (date(2026, 5, 31), JUNE)] == [240, 120]
    assert "P3, prise en charge" in shown(page)
    assert "8\u00a0h\u00a000 → rien de promis" in shown(page)
    page.open_tab("Niveaux de service")
    assert f"Ces délais et ces heures sont ceux de l’avenant {amendment_number(page)}" in shown(page)


def test_what_is_wrong_is_said_and_nothing_is_lost(page: ContractPage, answers: Answers) -> None:
    dialog = began(page)
    told(dialog, effective_on="01/06/2025")
    press(dialog, "Enregistrer l’avenant")
    assert "Choisissez au moins une chose qui change." in shown(dialog)
    assert "Le contrat ne commence que le 01/01/2026." in shown(dialog)
    dialog.add("fee")
    dialog.lines["fee"].editor.put_text("beaucoup")
    press(dialog, "Enregistrer l’avenant")
    assert "Écrivez un montant en euros" in shown(dialog)
    dialog.lines["fee"].editor.put_text("450")
    told(dialog, subject="Rien", effective_on="bientôt")
    press(dialog, "Enregistrer l’avenant")
    told(dialog, effective_on="01/06/2026")
    press(dialog, "Enregistrer l’avenant")
    assert "C’est déjà ce qui vaut ce jour-là" in shown(dialog)
    press(dialog, "Ne pas changer\u00a0: Forfait HT")
    assert "Rien de choisi pour l’instant." in shown(dialog)
    answers.unsaved_answers = ["stay", "discard"]
    dialog.reject()
    assert dialog.isVisible()
    dialog.reject()
    assert not dialog.isVisible()


def test_a_draft_is_taken_up_again(qtbot: QtBot, page: ContractPage, answers: Answers) -> None:
    dialog = began(page)
    told(dialog, subject="Brouillon", effective_on="01/06/2026")
    dialog.add("zone")
    dialog.lines["zone"].editor.put_text("La Réunion")
    dialog.accept()
    press(page, f"Modifier… {amendment_number(page)}")
    again = opened(page, AmendmentDialog)
    assert again.lines["zone"].editor.text() == "La Réunion"
    told(again, subject="Réunion")
    answers.unsaved_answers = ["save"]
    again.reject()
    qtbot.waitUntil(lambda: "Réunion" in shown(page))


def test_what_changes_is_chosen_by_its_group(page: ContractPage) -> None:
    dialog = began(page)
    press(dialog, "Choisir ce qui change…")
    menus = dialog.findChildren(QMenu)
    titles = [menu.title() for menu in menus]
    assert {"Prix", "Paiement", "Heures couvertes"} <= set(titles)
    price = menus[titles.index("Prix")]
    next(one for one in price.actions() if one.text() == "Forfait HT").trigger()
    assert list(dialog.lines) == ["fee"]
    for menu in menus:
        menu.close()


def test_the_terms_of_any_day_are_told(page: ContractPage) -> None:
    dialog = began(page)
    told(dialog, subject="Forfait revu", effective_on="01/06/2026", signed_on=day(this_day()))
    dialog.add("fee")
    dialog.lines["fee"].editor.put_text("500")
    dialog.accept()
    tab = page.tab()
    assert isinstance(tab, AmendmentsTab)
    tab.in_force.day.put_text("31/05/2026")
    assert "Ces termes valent depuis le début, jusqu’au 31/05/2026." in shown(tab.in_force)
    assert "450,00\u00a0€" in shown(tab.in_force)
    tab.in_force.day.put_text("01/06/2026")
    assert f"avenant {amendment_number(page)}" in shown(tab.in_force)
    tab.in_force.day.put_text("un jour")
    assert "Écrivez une date comme" in shown(tab.in_force)
    QApplication.processEvents()
    with page.desk.read() as session:
        assert session.get_one(Contract, page.record_id).fee == 45_000
