"""What is decided of a period, from the panel: the letter seen, posted, received; minds changed."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.fields import day, this_day
from app.models import Company, Contract, Provider
from app.models.codes import ContractStatus, NoticeForm, NoticeMoment, Renewal
from app.models.contract_codes import ClientStatus
from app.services import decisions
from app.storage import undo
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.contract_notice import NoticeTab
from app.ui.pages.contract_notice_acts import DecisionDialog
from app.ui.preview import Preview
from tests.services.company import add_contract
from tests.story import text_of
from tests.ui.pages.hand import opened, press, shown, write

BEGUN = this_day() - timedelta(days=200)
"""Of a contract of a year: its notice is to be decided within the months to come."""


@pytest.fixture
def made(qtbot: QtBot, desk: Desk) -> Callable[..., NoticeTab]:
    def make(**values: object) -> NoticeTab:
        with desk.store.begin("essai") as session:
            session.add(Company(name="Ateliers Morvan", city="Dijon", headcount=4))
            contract = add_contract(session, **({"starts_on": BEGUN} | values))
            provider = session.get_one(Provider, session.get_one(Contract, contract).provider_id)
            provider.address, provider.postal_code, provider.city = "4 allée des Tests", "49300", "Cholet"
        tab = NoticeTab(desk, contract)
        desk.changed.connect(lambda _: tab.reload())
        qtbot.addWidget(tab)
        tab.resize(930, 900)
        tab.show()
        return tab

    return make


def decide(tab: NoticeTab, button: str, reason: str = "Delais jamais tenus") -> None:
    press(tab, button)
    dialog = opened(tab, DecisionDialog)
    write(dialog, "reason", reason)
    press(dialog, "Enregistrer la décision")
    assert not dialog.isVisible(), shown(dialog)


def buttons(tab: NoticeTab) -> set[str]:
    return {one.text() for one in tab.findChildren(QPushButton) if one.isVisible()}


def test_left_to_be_renewed_then_denounced_before_it_is_too_late(made: Callable[..., NoticeTab], desk: Desk) -> None:
    tab = made()
    assert {"Dénoncer…", "Renégocier…", "Laisser reconduire…"} <= buttons(tab)
    decide(tab, "Laisser reconduire…")
    assert "Vous laissez le contrat se reconduire" in shown(tab)
    assert "Reconduire" in {cell.text for line in tab.periods._rows for cell in line}
    assert "Laisser reconduire…" not in buttons(tab)
    decide(tab, "Dénoncer…")
    assert "Dénonciation décidée" in shown(tab)
    assert shown(tab).count("Delais jamais tenus") == 2
    with desk.store.begin("Annulation") as session:
        undo.undo(session, desk.store.last_action_id or 0)
    assert "Vous laissez le contrat se reconduire" in shown(tab)


def test_a_decision_needs_its_reason(made: Callable[..., NoticeTab]) -> None:
    tab = made()
    press(tab, "Renégocier…")
    dialog = opened(tab, DecisionDialog)
    press(dialog, "Enregistrer la décision")
    assert "Ce champ est obligatoire." in shown(dialog)
    write(dialog, "reason", "Prix")
    write(dialog, "decided_on", "01/01/2100")
    press(dialog, "Enregistrer la décision")
    assert "Ce jour n’est pas encore passé." in shown(dialog)


def test_the_letter_step_by_step(made: Callable[..., NoticeTab]) -> None:
    tab = made()
    press(tab, "Dénoncer…")
    dialog = opened(tab, DecisionDialog)
    press(dialog, "Voir la lettre")
    preview = opened(dialog, Preview)
    assert "ne pas le reconduire" in text_of(preview).replace("\u00a0", " ")
    preview.close()
    write(dialog, "reason", "Delais")
    press(dialog, "Enregistrer la décision")
    assert "0 sur 4" in shown(tab)
    press(tab, "Noter l’envoi…")
    note = opened(tab, ActDialog)
    write(note, "tracking", "1A 204")
    press(note, "Enregistrer")
    assert f"Postée le {day(this_day())}, n°\u00a01A 204" in shown(tab)
    assert "Dénoncer…" not in buttons(tab)
    press(tab, "Noter la présentation…")
    press(opened(tab, ActDialog), "Enregistrer")
    press(tab, "Noter la réception…")
    press(opened(tab, ActDialog), "Enregistrer")
    assert "Le contrat prend fin le" in shown(tab)
    assert "4 sur 4" in shown(tab)
    assert "Signée, sans copie émise ici" in shown(tab)
    with tab._desk.read() as session:
        assert session.get_one(Contract, tab._contract).status == ContractStatus.TERMINATED


def test_a_receipt_noted_by_mistake_is_taken_back(made: Callable[..., NoticeTab], desk: Desk) -> None:
    tab = made()
    decide(tab, "Dénoncer…")
    with desk.read() as session:
        one = decisions.history(session, tab._contract)[0].id
    with desk.store.begin("essai") as session:
        decisions.prove(session, one, {"sent_on": this_day(), "received_on": this_day()})
    assert "3 sur 4" in shown(tab)
    again = [b for b in tab.findChildren(QPushButton) if b.text() == "Corriger…" and b.isVisible()]
    again[-1].click()
    note = opened(tab, ActDialog)
    assert "Videz la date" in shown(note)
    note.form.editors["received_on"].put_text("")
    press(note, "Enregistrer")
    with desk.read() as session:
        assert session.get_one(Contract, tab._contract).status == ContractStatus.ACTIVE


def test_a_renegotiation_offers_a_letter_and_a_meeting(qtbot: QtBot, made: Callable[..., NoticeTab]) -> None:
    tab = made()
    decide(tab, "Renégocier…")
    with qtbot.waitSignal(tab.meeting_wanted):
        press(tab, "Préparer une réunion…")
    press(tab, "Voir la lettre")
    preview = opened(tab, Preview)
    assert "proposition de réunion" in text_of(preview).replace("\u00a0", " ")
    preview.close()


def test_where_the_clause_says_e_mail(made: Callable[..., NoticeTab], monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: sent.append(Path(url.toLocalFile())))
    tab = made(notice_form=NoticeForm.EMAIL, notice_moment=NoticeMoment.DISPATCH)
    assert "Envoi sûr" in shown(tab)
    decide(tab, "Dénoncer…")
    press(tab, "Préparer le courriel")
    assert b"notifions" in sent[0].read_bytes()
    press(tab, "Noter l’envoi…")
    press(opened(tab, ActDialog), "Enregistrer")
    assert "Le contrat prend fin le" in shown(tab)


def test_a_term_without_end_is_told_without_a_strip(made: Callable[..., NoticeTab]) -> None:
    tab = made(starts_on=date(2020, 1, 1), renewal=Renewal.TACIT_OPEN)
    assert "Ce contrat est à durée indéterminée" in shown(tab)
    assert "Laisser reconduire…" not in buttons(tab)
    decide(tab, "Dénoncer…")
    assert "la lettre n’est pas encore partie" in shown(tab)


def test_a_missed_notice_says_which_period_is_chosen_for(made: Callable[..., NoticeTab]) -> None:
    tab = made(starts_on=this_day() - timedelta(days=330))
    assert "La reconduction est acquise" in shown(tab)
    assert "Pour la période qui finit le" in shown(tab)


def test_the_rights_of_a_non_professional_are_told(made: Callable[..., NoticeTab]) -> None:
    tab = made(client_status=ClientStatus.NON_PROFESSIONAL, signed_on=this_day(), signed_off_premises=True)
    assert "Le prestataire doit vous écrire entre" in shown(tab)
    assert "Vous pouvez encore vous rétracter" in shown(tab)
