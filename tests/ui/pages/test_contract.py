"""A contract told on its page, tab by tab, and read back from the base."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.models import Contract, CoveredAsset, Ticket
from app.models.codes import Renewal
from app.services import terms
from app.services.contracts import calendar_of, levels_of
from app.ui.crud.form import FormDialog
from app.ui.crud.record_views import LinkedList
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.contract import ContractPage
from app.ui.pages.contract_cover import AssetChooser, CoverTab
from app.ui.pages.contract_gaps import WithGaps
from app.ui.pages.contract_notice import NoticeTab
from app.ui.pages.contract_terms import TermsTab
from app.ui.pages.contract_terms_dialog import TermsDialog
from app.ui.pages.contracts import ContractsPage
from app.ui.state import UiState
from tests.services.company import DAY, add_asset, add_contract, add_ticket
from tests.ui.fakes import Answers, settle
from tests.ui.pages.hand import hurry, opened, pick, press, shown, write

COVER, TERMS, NOTICE = "Périmètre", "Niveaux de service", "Périodes et préavis"
TICKETS, DOCUMENTS, HISTORY = "Tickets", "Documents", "Historique"


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> ContractPage:
    """A contract of this year, which covers PC-01, under which a P2 ticket is open; IMP-02 is not covered."""
    with desk.store.begin("essai") as session:
        contract = add_contract(session, fee=45_000)
        asset = add_asset(session, "PC-01", contract)
        add_asset(session, "IMP-02")
        add_ticket(session, "01 10:00", "P2", asset_id=asset)
    made = ContractPage(desk, contract)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    return made


def kept(page: ContractPage) -> Contract:
    with page.desk.read() as session:
        found: Contract = session.get_one(Contract, page.record_id)
        return found


def show(page: ContractPage, title: str) -> None:
    page.open_tab(title)
    QApplication.processEvents()


def terms_dialog(page: ContractPage) -> TermsDialog:
    show(page, TERMS)
    press(page, "Modifier\u00a0: délais et heures")
    return opened(page, TermsDialog)


def test_the_facts_are_changed_by_the_form(page: ContractPage) -> None:
    assert "forfait 450,00\u00a0€ HT chaque mois" in shown(page)
    press(page, "Modifier")
    form = opened(page, FormDialog)
    form.form.editors["subject"].put_text("Maintenance et assistance")
    form.accept()
    assert "Maintenance et assistance" in shown(page)
    assert page.sentence().startswith("CT-2026-01")


def test_levels_and_hours_are_saved_as_one_act(page: ContractPage) -> None:
    dialog = terms_dialog(page)
    dialog.targets["P2.restore_minutes"].put_text("4h")
    dialog.preset.activated.emit(2)
    dialog.days[5].setText("9h-12h")
    dialog.closings.add_button.click()
    dialog.closings.cells(0)[0].setText("03/08/2026")
    dialog.closings.cells(0)[2].setText("Pont")
    hurry(dialog)
    assert not dialog.isVisible(), shown(dialog)
    with page.desk.read() as session:
        calendar = calendar_of(session, page.record_id, DAY)
        assert calendar.slots == (((540, 750), (840, 1080)),) * 5 + (((540, 720),), ())
        assert calendar.closings == ((date(2026, 8, 3), date(2026, 8, 3)),)
        assert levels_of(session, page.record_id, DAY)["P2"].restore == 240
        due = session.scalars(select(Ticket.restore_due_at)).one()
        assert due is not None
        assert due.isoformat() == "2026-06-01T13:30:00+00:00"
    assert "9\u00a0h - 12\u00a0h" in shown(page)


def test_what_is_wrong_is_said_under_its_row_and_nothing_is_kept(page: ContractPage) -> None:
    dialog = terms_dialog(page)
    dialog.targets["P1.take_minutes"].put_text("vite")
    dialog.days[0].setText("9 h - 13 h, 12 h - 18 h")
    dialog.closings.add_button.click()
    dialog.closings.cells(0)[0].setText("32/08/2026")
    press(dialog, "Enregistrer")
    assert "3 lignes à corriger avant d’enregistrer" in shown(dialog)
    assert "se chevauchent" in dialog._under["day.0"].text()
    assert dialog._under["P1"].text().startswith("Prise en charge (GTI)\u00a0: Écrivez une durée")
    assert "ce jour n’existe pas" in dialog._under["closings"].text()
    for key, text in (("P1.take_minutes", "5 h"), ("P1.restore_minutes", "1 h")):
        dialog.targets[key].put_text(text)
    dialog.days[0].setText("9 h - 18 h")
    dialog.closings.cells(0)[0].clear()
    press(dialog, "Enregistrer")
    assert "Le rétablissement est promis avant la prise en charge." in dialog._under["P1"].text()
    with page.desk.read() as session:
        assert levels_of(session, page.record_id, DAY)["P1"].take == 60


def test_day_and_night_sets_the_hours_aside(page: ContractPage, answers: Answers, qtbot: QtBot) -> None:
    dialog = terms_dialog(page)
    dialog.preset.activated.emit(len(terms.PRESETS) + 1)
    assert not dialog.days[0].isEnabled()
    answers.unsaved_answers = ["stay", "save"]
    dialog.reject()
    assert dialog.isVisible()
    dialog.reject()
    qtbot.waitUntil(lambda: kept(page).round_the_clock)
    tab = page.tab()
    assert isinstance(tab, TermsTab)
    assert "Jour et nuit, 7 jours sur 7" in shown(tab)


def test_assets_enter_the_perimeter_by_the_list(page: ContractPage) -> None:
    show(page, COVER)
    press(page, "Ajouter des biens…")
    dialog = opened(page, AssetChooser)
    press(dialog, "Ajouter au contrat")
    assert "Choisissez au moins un bien dans la liste." in shown(dialog)
    dialog.panel.table.selectAll()
    dialog.day.put_text("01/01/2025")
    press(dialog, "Ajouter au contrat")
    assert "Le contrat ne prend effet que le 01/01/2026." in shown(dialog)
    dialog.day.put_text("bientôt")
    press(dialog, "Ajouter au contrat")
    assert "Écrivez une date" in shown(dialog)
    dialog.day.put_text("01/03/2026")
    press(dialog, "Ajouter au contrat")
    with page.desk.read() as session:
        assert session.scalars(select(CoveredAsset.since).order_by(CoveredAsset.id)).all()[1] == date(2026, 3, 1)
    tab = page.tab()
    assert isinstance(tab, CoverTab)
    assert tab.list.model.rowCount() == 2


def test_an_asset_leaves_the_perimeter_on_a_day(qtbot: QtBot, page: ContractPage) -> None:
    show(page, COVER)
    tab = page.tab()
    assert isinstance(tab, CoverTab)
    assert not tab.assets.remove_button.isEnabled()
    QTest.keyClick(tab.list.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(page, "Retirer du contrat…")
    dialog = opened(page, ActDialog)
    write(dialog, "until", "31/05/2026")
    press(dialog, "Retirer")
    with page.desk.read() as session:
        assert session.scalars(select(CoveredAsset.until)).one() == date(2026, 5, 31)
    tab.on.put_text("31/05/2026")
    with qtbot.waitSignal(page.desk.go_to) as gone:
        tab.list.table.activated.emit(tab.list.model.index(0, 0))
    assert gone.args is not None
    assert gone.args[0] == "asset"


@pytest.mark.parametrize(
    ("renewal", "told"),
    [
        (Renewal.NONE, "Durée initiale 12\u00a0mois, sans reconduction"),
        (Renewal.TACIT_OPEN, "Durée initiale 12\u00a0mois, puis durée indéterminée"),
        (Renewal.EXPRESS, "Durée initiale 12\u00a0mois, reconduction expresse"),
        (Renewal.TACIT, "reconduction tacite de 12\u00a0mois, sans limite de nombre"),
    ],
)
def test_every_renewal_is_told(page: ContractPage, renewal: Renewal, told: str) -> None:
    with page.desk.store.begin("essai") as session:
        contract = session.get_one(Contract, page.record_id)
        contract.renewal, contract.starts_on = renewal, date(2020, 1, 1)
    show(page, NOTICE)
    tab = page.tab()
    assert isinstance(tab, NoticeTab)
    assert told in shown(page)
    assert tab.periods.model().rowCount() > 0


def test_the_tickets_of_the_contract_open_from_it(qtbot: QtBot, page: ContractPage) -> None:
    show(page, TICKETS)
    tab = page.tab()
    assert isinstance(tab, LinkedList)
    settle(qtbot, lambda: tab.model.rowCount() == 1)
    with qtbot.waitSignal(page.desk.go_to) as gone:
        tab.table.activated.emit(tab.model.index(0, 0))
    assert gone.args == ["ticket", 1]


def test_the_history_tells_what_changed(page: ContractPage) -> None:
    with page.desk.store.begin("Renommé") as session:
        session.get_one(Contract, page.record_id).subject = "Parc entier"
    show(page, HISTORY)
    assert "Maintenance du parc → Parc entier" in shown(page)
    show(page, DOCUMENTS)
    assert "Déposez d’abord l’exemplaire signé" in shown(page)


def test_a_contract_put_in_the_bin_closes_its_page(qtbot: QtBot, page: ContractPage) -> None:
    press(page, "Autres actions")
    with qtbot.waitSignal(page.closed):
        pick(page, "Mettre à la corbeille")


def test_a_new_contract_opens_its_page(qtbot: QtBot, page: ContractPage) -> None:
    listed = ContractsPage(page.desk, UiState())
    qtbot.addWidget(listed)
    form = listed.open_form(None)
    for name, text in (("subject", "Copieurs"), ("provider_id", "Lumeo Services"), ("starts_on", "01/12/2026")):
        form.form.editors[name].put_text(text)
    with qtbot.waitSignal(page.desk.go_to) as gone:
        form.accept()
    assert gone.args == ["contract", 2]


def test_an_empty_tab_says_what_to_do_first(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        contract = add_contract(session)
    page = ContractPage(desk, contract)
    qtbot.addWidget(page)
    page.resize(960, 720)
    page.show()
    show(page, COVER)
    qtbot.waitUntil(lambda: "Écrivez une règle" in shown(page))
    show(page, TICKETS)
    qtbot.waitUntil(lambda: "dites d’abord ce que ce contrat couvre" in shown(page))


def test_what_lacks_goes_under_the_facts_when_narrow(page: ContractPage) -> None:
    beside = page.findChild(WithGaps)
    assert isinstance(beside, WithGaps)
    assert beside.gaps.x() > beside.tab.x()
    page.resize(960, 720)
    QApplication.processEvents()
    assert beside.gaps.y() > beside.tab.y()
