"""A provider told on its page: whom to call, what it must prove, the accesses it has and gives back."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.entities import ENTITIES
from app.fields import this_day
from app.models import AccessGrant, Certificate, Contract, Document, Provider, ProviderContact
from app.models.contract_codes import AccessLevel, CertificateKind
from app.services import records
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.provider import ProviderPage
from app.ui.pages.provider_accesses import AccessesPage, AccessesTab
from app.ui.pages.provider_certificates import CertificateForm, CertificatesPage, CertificatesTab, DemandLine
from app.ui.pages.provider_contacts import ContactsTab
from app.ui.pages.providers import ProvidersPage
from app.ui.state import UiState
from tests.services.company import add_contract
from tests.ui.fakes import Answers, settle
from tests.ui.pages.hand import opened, pick, press, shown, write

TODAY = this_day()
SINCE = TODAY - timedelta(days=300)


def add(desk: Desk, key: str, **values: Any) -> int:
    with desk.store.begin() as session:
        return records.create(session, ENTITIES[key], values)


def give(desk: Desk, holder: str, **more: Any) -> int:
    values = {"provider_id": 1, "target": "Serveur", "level": AccessLevel.ADMIN, "since": SINCE}
    return add(desk, "access_grant", holder=holder, **(values | more))


@pytest.fixture
def state(tmp_path: Path) -> UiState:
    return UiState(tmp_path / "poste.json")


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> ProviderPage:
    """Under a contract of 5 400 €, two people to call in order and one who left with an access."""
    with desk.store.begin() as session:
        add_contract(session, fee=45_000)
        provider = session.get_one(Provider, 1)
        provider.hotline, provider.hotline_hours = "03 53 01 22 22", "8 h 30 à 18 h"
    add(desk, "provider_contact", provider_id=1, first_name="Léa", last_name="Blin", escalation=1, mobile="06 11")
    add(desk, "provider_contact", provider_id=1, first_name="Max", last_name="Roy", escalation=2, email="m@exemple.fr")
    add(desk, "provider_contact", provider_id=1, first_name="Yanis", last_name="Roche", left_on=SINCE)
    give(desk, "Yanis Roche", target="Pare-feu")
    give(desk, "Léa Blin")
    made = ProviderPage(desk, 1)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    return made


def one(page: ProviderPage | AccessesPage, statement: Any) -> Any:
    with page.desk.read() as session:
        return session.scalars(statement).all()


def drop(target: QWidget, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(5, 5), action, data, button, key)
    target.dragEnterEvent(entering)
    assert entering.isAccepted()
    target.dropEvent(QDropEvent(QPointF(5, 5), action, data, button, key))


def test_the_number_the_people_and_what_is_owed_are_in_sight(page: ProviderPage) -> None:
    told = shown(page)
    assert "03 53 01 22 22" in told
    assert "8 h 30 à 18 h" in told
    assert "Léa Blin" in told
    assert "Ses contrats engagent 5\u00a0400,00\u00a0€ HT." in told
    assert "Yanis Roche est parti le" in told
    assert "400\u00a0heures" in told
    assert [page.head.tabs.tabText(at) for at in range(6)] == [
        "Fiche", "Interlocuteurs  3", "Contrats  1", "Factures", "Attestations", "Accès donnés  2",
    ]  # fmt: skip
    assert page.sentence().startswith("Lumeo Services")


def test_the_banner_takes_back_what_nobody_should_have(page: ProviderPage) -> None:
    press(page, "Retirer…")
    dialog = opened(page, ActDialog)
    write(dialog, "reason", "Parti")
    dialog.accept()
    taken = one(page, select(AccessGrant).where(AccessGrant.holder == "Yanis Roche"))[0]
    assert (taken.withdrawn_on, taken.withdrawal_reason) == (TODAY, "Parti")
    assert "est parti le" not in shown(page)


def test_a_document_dropped_on_what_is_asked_is_noted_with_its_file(page: ProviderPage, tmp_path: Path) -> None:
    came = tmp_path / "urssaf.pdf"
    came.write_bytes(b"%PDF-1.4 attestation")
    page.show_tab(0)
    drop(page.findChildren(DemandLine)[0], came)
    form = opened(page, CertificateForm)
    assert form.is_modified()
    assert "À joindre\u00a0: urssaf.pdf" in shown(form)
    form.form.editors["issued_on"].put_text("01/06/2026")
    form.accept()
    held = one(page, select(Certificate))[0]
    assert (held.kind, held.valid_until) == (CertificateKind.URSSAF, date(2026, 12, 1))
    kept = one(page, select(Document))[0]
    assert (kept.entity, kept.record_id, kept.name) == ("certificate", held.id, "urssaf.pdf")
    assert "Date du 01/06/2026" in shown(page)


def test_a_certificate_is_corrected_in_its_tab(page: ProviderPage, answers: Answers, tmp_path: Path) -> None:
    page.open_tab("Attestations")
    tab = page.tab()
    assert isinstance(tab, CertificatesTab)
    press(page, "Noter une attestation…")
    form = opened(page, CertificateForm)
    form.form.editors["kind"].put_text("Extrait Kbis")
    form.form.editors["issued_on"].put_text("02/03/2026")
    form.accept()
    tab.edit(1)
    form = opened(page, CertificateForm, lambda one: one.record_id == 1)
    (tmp_path / "kbis.pdf").write_bytes(b"%PDF-1.4 kbis")
    answers.opens = [[tmp_path / "kbis.pdf"]]
    press(form, "Choisir le document…")
    form.form.editors["number"].put_text("735 142")
    form.accept()
    assert one(page, select(Certificate.number)) == ["735 142"]
    assert one(page, select(Document.name)) == ["kbis.pdf"]


def test_the_order_of_calls_is_changed_from_the_list(page: ProviderPage, qtbot: QtBot) -> None:
    page.open_tab("Interlocuteurs")
    tab = page.tab()
    assert isinstance(tab, ContactsTab)
    settle(qtbot, lambda: tab.list.model.rowCount() == 3)
    tab.list.table.selectRow(1)
    press(page, "Appeler plus tôt")
    ranks = select(ProviderContact.escalation).order_by(ProviderContact.id)
    assert one(page, ranks) == [2, 1, None]
    assert tab.chosen() == 2  # still chosen, now first
    press(page, "Plus tard")
    assert one(page, ranks) == [1, 2, None]
    press(page, "Hors de l’ordre")
    assert one(page, ranks) == [1, None, None]


def test_somebody_leaves_with_their_accesses_taken_back(page: ProviderPage, qtbot: QtBot) -> None:
    page.open_tab("Interlocuteurs")
    tab = page.tab()
    assert isinstance(tab, ContactsTab)
    settle(qtbot, lambda: tab.list.model.rowCount() == 3)
    tab.list.table.selectRow(0)
    press(page, "A quitté…")
    dialog = opened(page, ActDialog)
    assert "Léa Blin" in dialog.windowTitle()
    dialog.accept()
    assert one(page, select(ProviderContact.left_on).where(ProviderContact.id == 1)) == [TODAY]
    assert one(page, select(AccessGrant.withdrawn_on).where(AccessGrant.holder == "Léa Blin")) == [TODAY]
    tab.edit(None)
    assert opened(page, FormDialog).form.editors["provider_id"].value() == 1


def test_all_the_accesses_are_taken_back_at_once(page: ProviderPage, qtbot: QtBot) -> None:
    page.open_tab("Accès donnés")
    tab = page.tab()
    assert isinstance(tab, AccessesTab)
    settle(qtbot, lambda: tab.list.model.rowCount() == 2)
    tab.list.table.selectRow(0)
    press(page, "Tout retirer…")
    dialog = opened(page, ActDialog)
    dialog.form.editors["on"].put_text("31/12/2150")
    dialog.accept()
    assert dialog.isVisible()
    assert "pas encore passé" in shown(dialog)
    dialog.form.editors["on"].show(TODAY)
    dialog.accept()
    assert one(page, select(AccessGrant.withdrawal_reason)) == ["Fin du contrat", "Fin du contrat"]
    tab.edit(1)
    assert opened(page, FormDialog).record_id == 1


def test_the_page_leads_elsewhere_and_closes(page: ProviderPage, qtbot: QtBot) -> None:
    press(page, "Mettre en ordre…")
    assert isinstance(page.tab(), ContactsTab)
    page.open_tab("Contrats")
    with qtbot.waitSignal(page.desk.go_to) as went:
        page.tab().opened.emit(1)
    assert went.args == ["contract", 1]
    for title in ("Documents", "Historique"):
        page.open_tab(title)
    page.set_place("1 sur 1", before=False, after=False)
    page.edit()
    opened(page, FormDialog).reject()
    press(page, "Autres actions")
    with qtbot.waitSignal(page.closed):
        pick(page, "Mettre à la corbeille")


def test_a_provider_without_contract_owes_nothing(qtbot: QtBot, desk: Desk) -> None:
    add(desk, "provider", name="Hautecour")
    made = ProviderPage(desk, 1)
    qtbot.addWidget(made)
    made.show()
    told = shown(made)
    assert "rien n’est à lui demander" in told
    assert "Aucun numéro de dépannage" in told
    assert "qui est appelé d’abord" in told


def test_the_questions_of_the_register(page: ProviderPage, qtbot: QtBot, state: UiState) -> None:
    register = AccessesPage(page.desk, state)
    qtbot.addWidget(register)
    register.show()
    assert [register.views.tabText(at) for at in range(5)] == [
        "Tous", "En cours  2", "À revoir", "À retirer  1", "Sans double authentification  2",
    ]  # fmt: skip
    settle(qtbot, lambda: register.panel.model.rowCount() == 2)
    register.views.setCurrentIndex(1)
    settle(qtbot, lambda: register.panel.model.rowCount() == 2)
    words, act = register.acts_on([1, 2])[0]
    assert words == "Retirer ces 2 accès…"
    act()
    opened(register, ActDialog).accept()
    assert register.views.tabText(1) == "En cours"
    assert len(one(register, select(AccessGrant.id).where(AccessGrant.withdrawn_on == TODAY))) == 2


def test_the_lists_tell_what_is_to_be_asked(page: ProviderPage, qtbot: QtBot, state: UiState) -> None:
    old = SINCE - timedelta(days=400)
    for issued in (old, SINCE):
        add(page.desk, "certificate", provider_id=1, kind=CertificateKind.KBIS, issued_on=issued)
    listed = ProvidersPage(page.desk, state)
    held = CertificatesPage(page.desk, state)
    for made in (listed, held):
        qtbot.addWidget(made)
        made.show()
    assert [listed.views.tabText(at) for at in (1, 2)] == ["Document à demander  1", "Accès à retirer  1"]
    assert [held.views.tabText(at) for at in (1, 2, 3)] == ["À redemander  1", "Bientôt à redemander", "En règle"]
    assert held.panel.model.quiet == {1}
    held.new()
    assert isinstance(opened(held, FormDialog), CertificateForm)


def test_an_ended_contract_is_a_reason_to_take_back(page: ProviderPage) -> None:
    with page.desk.store.begin() as session:
        contract = session.get_one(Contract, 1)
        contract.starts_on, contract.denounced_on = date(2020, 1, 1), date(2020, 2, 1)
    told = shown(page)
    assert "2\u00a0accès à retirer" in told
    assert "Le contrat a pris fin le 31/12/2020." in told
