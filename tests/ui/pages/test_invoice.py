"""Stories of an invoice: typed by hand, looked at, approved, disputed, paid, corrected by a credit note."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.fields import day, this_day
from app.models import Intervention, Invoice, InvoiceLine, Provider
from app.models.money_codes import InvoiceKind, InvoiceStatus, LineKind
from app.services import attachments
from app.services.invoices import acts
from app.services.invoices.draft import Draft, DraftLine, DraftVat
from app.services.invoices.lateness import HalfYear, Lateness
from app.services.invoices.saving import draft_of, save
from app.ui.crud import drafts
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.asset_pane import AssetPane
from app.ui.pages.invoice import InvoicePage
from app.ui.pages.invoice_form import InvoiceForm
from app.ui.pages.invoice_late import LatenessCard
from app.ui.pages.invoices import InvoicesPage
from app.ui.pages.provider import ProviderPage
from app.ui.state import UiState
from tests.services.company import add_asset, add_contract, add_ticket, repair
from tests.ui.fakes import Answers, settle
from tests.ui.pages.hand import opened, pick, press, shown, write

Make = Callable[..., InvoicePage]
TODAY = this_day()
MADE = TODAY - timedelta(days=20)


@pytest.fixture
def make(qtbot: QtBot, desk: Desk) -> Make:
    """The page of an invoice of twenty days ago; `then` is what was done of it, or beside it."""

    def made(then: Callable[[Any, int], object] = lambda *_: None, **values: Any) -> InvoicePage:
        with desk.store.begin("essai") as session:
            contract = add_contract(session, fee=45_000, vat_rate=2_000)
            lines = (DraftLine("Forfait", 45_000, unit_price=4_500_000),)
            start, end = MADE.replace(day=1), MADE.replace(day=28)
            given = {"lines": lines, "subject": "Maintenance", "period_start": start, "period_end": end, **values}
            draft = Draft(number="F-1", provider_id=1, contract_id=contract, invoiced_on=MADE, **given)
            invoice = save(session, draft)
            then(session, invoice)
        page = InvoicePage(desk, invoice)
        qtbot.addWidget(page)
        page.resize(1280, 760)
        page.show()
        return page

    return made


def kept(desk: Desk, invoice: int) -> Invoice:
    with desk.read() as session:
        found: Invoice = session.get_one(Invoice, invoice)
        return found


def put(form: InvoiceForm, **texts: str) -> None:
    for name, text in texts.items():
        form.form.editors[name].put_text(text)


def told(page: QWidget) -> str:
    return shown(page).replace("\u00a0", " ")


# By hand


@pytest.fixture
def form(qtbot: QtBot, desk: Desk) -> InvoiceForm:
    with desk.store.begin("essai") as session:
        add_contract(session, vat_rate=550)
    page = InvoicesPage(desk, UiState(None))
    qtbot.addWidget(page)
    page.show()
    page.new()
    return opened(page, InvoiceForm)


def keys(cell: QLineEdit, text: str) -> None:
    cell.setFocus()
    cell.selectAll()
    QTest.keyClicks(cell, text)


def test_a_provider_brings_its_contract_and_its_terms(form: InvoiceForm) -> None:
    put(form, provider_id="Lumeo Services", invoiced_on="10/03/2026")
    assert form.form.editors["contract_id"].text() == "CT-2026-01 Maintenance du parc"
    assert "Vide : le 09/04/2026, 30 jours après la facture (contrat CT-2026-01)." in shown(form).replace("\u00a0", " ")
    assert form.lines.texts() == [["", "Contrat de maintenance", "1", "", "", "5,5"]]


def test_the_contract_alone_names_the_provider(form: InvoiceForm) -> None:
    put(form, contract_id="CT-2026-01 Maintenance du parc")
    assert form.form.editors["provider_id"].text() == "Lumeo Services"


def test_lines_are_typed_by_the_keyboard_alone(qtbot: QtBot, desk: Desk, form: InvoiceForm) -> None:
    put(form, number="F-7", provider_id="Lumeo Services", subject="Mars")
    cells = form.lines.cells(0)
    for cell, text in zip(cells, ("Forfait", "3,5", "65", "", "20"), strict=True):
        if text:
            keys(cell, text)
    assert cells[3].text() == "227,50"
    QTest.keyClick(cells[4], Qt.Key.Key_Return)
    settle(qtbot, lambda: len(form.lines.texts()) == 2)
    assert form.isVisible()
    second = form.lines.cells(1)
    for cell, text in zip(second, ("Livre", "1", "", "10", "5,5"), strict=True):
        keys(cell, text)
    assert [rate.vat for rate in form.totals.rates()] == [4_550, 55]
    assert "283,55 €" in shown(form.totals).replace("\u00a0", " ")
    press(form, "Enregistrer")
    with desk.read() as session:
        found = session.query(Invoice).one()
        assert (found.number, found.net, found.gross) == ("F-7", 23_750, 28_355)
        assert [line.quantity for line in session.query(InvoiceLine)] == [3_500, 1_000]


def test_tab_goes_down_the_form(form: InvoiceForm) -> None:
    put(form, number="F-7", kind="Avoir")
    form.lines.put_texts([["A", "Matériel", "1", "", "10,00", "20"], ["B", "Matériel", "1", "", "10,00", "5,5"]])
    QApplication.processEvents()
    stops = [form.form.editors["subject"].widget]
    while len(stops) < 160:
        stops.append(stops[-1].nextInFocusChain() or form)
    seen = [one for one in stops if one.isVisible() and one.focusPolicy() != Qt.FocusPolicy.NoFocus]
    names = [one.accessibleName() or one.text() for one in seen if isinstance(one, QLineEdit | QPushButton)]
    wanted = [
        "Objet", "Déjà payé", "Facture corrigée", "Désignation, ligne 1", "TVA\u00a0%, ligne 1", "Désignation, ligne 2",
        "Ajouter une ligne", "TVA 20\u00a0% de 10,00\u00a0€", "TVA 5,5\u00a0% de 10,00\u00a0€", "Enregistrer",
    ]  # fmt: skip
    assert list(dict.fromkeys(name for name in names if name in wanted)) == wanted


def test_the_vat_written_on_the_invoice_may_be_typed(desk: Desk, form: InvoiceForm) -> None:
    put(form, number="F-7", provider_id="Lumeo Services")
    form.lines.put_texts([["Forfait", "Contrat de maintenance", "1", "", "450,00", "20"]])
    form.totals.put_texts({2_000: "90,0x"})
    form.accept()
    assert "TVA 20 % : Écrivez un montant" in shown(form).replace("\u00a0", " ")
    assert "–" in shown(form.totals)
    form.totals.put_texts({2_000: "90,01"})
    form.accept()
    assert kept(desk, 1).vat == 9_001


def test_all_that_is_wrong_is_told_at_once(form: InvoiceForm) -> None:
    form.lines.put_texts([["Forfait", "Contrat de maintenance", "1", "", "", "20"]])
    form.accept()
    said = shown(form).replace("\u00a0", " ")
    assert "Ce champ est obligatoire." in said
    assert "Ligne 1 : montant HT à remplir." in said
    assert form.isVisible()


def test_a_draft_keeps_the_lines_too(qtbot: QtBot, desk: Desk, form: InvoiceForm, answers: Answers) -> None:
    answers.unsaved_answers = ["drop"]
    put(form, number="F-9", provider_id="Lumeo Services")
    form.lines.put_texts([["Forfait", "Réparation ou intervention", "2", "", "90,00", "20"]])
    form.totals.put_texts({2_000: "17,99"})
    form._keep_draft()
    again = InvoiceForm(desk)
    qtbot.addWidget(again)
    again.show()
    press(again, "Reprendre")
    assert again.texts() == form.texts()
    drafts.forget(again._draft_key, None)


def test_what_is_typed_is_asked_about_before_it_is_left(form: InvoiceForm, answers: Answers) -> None:
    answers.unsaved_answers = ["stay", "drop"]
    form.lines.put_texts([["Forfait", "Contrat de maintenance", "1", "", "", "20"]])
    form.reject()
    assert form.isVisible()
    form.reject()
    assert not form.isVisible()


def test_the_same_number_twice_is_refused(make: Make) -> None:
    page = make()
    form = page.begin_following()
    put(form, number="f-1")
    form.accept()
    assert "Ce numéro est déjà celui d’une pièce de ce prestataire" in shown(form)


# Its page


def test_it_is_checked_approved_and_paid(make: Make, desk: Desk) -> None:
    page = make()
    assert "Vérification" in told(page)
    assert "540,00 €" in told(page)
    assert f"Au plus tard le {day(MADE + timedelta(days=30))}" in told(page)
    press(page, "Bon à payer…")
    press(opened(page, ActDialog), "Donner le bon à payer")
    assert kept(desk, 1).approved_on == TODAY
    press(page, "Noter le règlement…")
    dialog = opened(page, ActDialog)
    assert "540,00 € à payer" in shown(dialog).replace("\u00a0", " ")
    write(dialog, "means", "Virement")
    press(dialog, "Noter le règlement")
    assert (kept(desk, 1).status, kept(desk, 1).payment) == (InvoiceStatus.PAID, "Virement")
    assert "Réglée à temps" in told(page)
    assert not page.edit_button.isEnabled()
    press(page, "Autres actions")
    pick(page, "Annuler le règlement")
    assert kept(desk, 1).status == InvoiceStatus.APPROVED


def test_it_is_disputed_and_the_dispute_ends(make: Make, desk: Desk) -> None:
    page = make()
    press(page, "Contester…")
    dialog = opened(page, ActDialog)
    write(dialog, "text", "Deux fois en mars")
    press(dialog, "Mettre en litige")
    assert "Deux fois en mars" in told(page)
    assert "En suspens tant que dure le litige" in told(page)
    press(page, "Autres actions")
    pick(page, "Remettre à vérifier")
    assert kept(desk, 1).status == InvoiceStatus.TO_CHECK
    press(page, "Autres actions")
    pick(page, "Déjà réglée…")
    press(opened(page, ActDialog), "Noter le règlement")
    assert kept(desk, 1).approved_on is None


def test_a_dispute_ends_by_an_approval(make: Make, desk: Desk) -> None:
    page = make(lambda s, i: acts.dispute(s, i, TODAY, "Trop cher"))
    press(page, "Saisir l’avoir…")
    assert opened(page, InvoiceForm).form.editors["kind"].text() == "Avoir"
    press(opened(page, InvoiceForm), "Annuler")
    press(page, "Lever le litige…")
    dialog = opened(page, ActDialog)
    assert "redeviennent à payer" in told(dialog)
    press(dialog, "Lever le litige")
    assert kept(desk, 1).status == InvoiceStatus.APPROVED
    press(page, "Autres actions")
    pick(page, "Contester…")
    assert opened(page, ActDialog).windowTitle() == "Contester"


def test_late_it_says_what_that_costs(qtbot: QtBot, make: Make, desk: Desk) -> None:
    page = make(due_on=TODAY - timedelta(days=3))
    assert "À payer, en retard de 3 jours" in told(page)
    assert page.view.state.label == "En retard"
    assert "indemnité forfaitaire" in told(page)
    assert "taux inconnu" in told(page)
    with qtbot.waitSignal(desk.show_list) as asked:
        press(page, "Saisir les taux")
    assert asked.args == ["semester_rate", None]


def test_very_late_it_shows_the_last_half_years(qtbot: QtBot) -> None:
    card = LatenessCard()
    qtbot.addWidget(card)
    halves = tuple(HalfYear(f"1er semestre {year}", 181, None) for year in range(2018, 2025))
    card.show_lateness(Lateness(TODAY, TODAY, 7 * 181, 45_000, halves, None, 4_000, ""))
    assert told(card).count("taux inconnu") == 4
    assert "De même pour 3 semestres avant." in told(card)


def test_the_terms_beyond_the_law_are_told(make: Make) -> None:
    page = make(due_on=MADE + timedelta(days=90))
    assert "Plus tard que le maximum légal" in told(page)
    assert "écrit sur la facture" in told(page)


def test_a_credit_note_is_taken_off(make: Make, desk: Desk) -> None:
    page = make()
    press(page, "Autres actions")
    pick(page, "Avoir sur cette facture…")
    form = opened(page, InvoiceForm)
    assert form.form.editors["corrects_id"].text() == "F-1 Maintenance"
    assert "un avoir se déduit ou se rembourse" in shown(form)
    put(form, number="A-1")
    form.lines.put_texts([["Remise", "Contrat de maintenance", "1", "", "100,00", "20"]])
    form.accept()
    assert kept(desk, 2).corrects_id == 1
    assert "Avoir A-1" in told(page)
    assert "420,00 €" in told(page)


def test_a_credit_note_alone_is_refunded(make: Make) -> None:
    page = make(kind=InvoiceKind.CREDIT)
    press(page, "Accepter l’avoir…")
    press(opened(page, ActDialog), "Accepter l’avoir")
    assert "Le prestataire vous doit" in told(page)
    press(page, "Noter le remboursement…")
    press(opened(page, ActDialog), "Noter le remboursement")
    assert "Avoir soldé" in told(page)


def test_a_credit_note_of_an_invoice_waits_for_it(qtbot: QtBot, make: Make, desk: Desk) -> None:
    def correct(session: Any, invoice: int) -> None:
        draft = draft_of(session, invoice)
        made = Draft(number="A-1", provider_id=1, invoiced_on=MADE, lines=draft.lines, kind=InvoiceKind.CREDIT,
                     corrects_id=invoice)  # fmt: skip
        acts.approve(session, save(session, made), TODAY)

    page = make(correct)
    assert "Rien à payer" in told(page)
    credit = InvoicePage(desk, 2)
    qtbot.addWidget(credit)
    credit.show()
    assert "À déduire de la facture corrigée" in shown(credit)
    assert credit._next() == ("", "")
    page.open_act(page._payment())
    assert opened(page, ActDialog).windowTitle() == "Solde"


def test_it_is_corrected_by_its_form(make: Make, desk: Desk) -> None:
    page = make(vat=(DraftVat(2_000, 45_000, 9_001),))
    assert "À 20 %, la facture écrit 90,01 € de TVA ; le calcul donne 90,00 €." in told(page)
    page.edit()
    form = opened(page, InvoiceForm)
    assert form.totals.texts() == {2_000: "90,01"}
    keys(form.lines.cells(0)[3], "460")
    form.accept()
    assert (kept(desk, 1).net, kept(desk, 1).vat) == (46_000, 9_200)


def test_what_stands_in_no_total_is_completed(make: Make) -> None:
    page = make(lambda s, i: acts.pay(s, i, TODAY))
    press(page, "Compléter les renseignements de la facture")
    form = opened(page, FormDialog)
    form.form.editors["notes"].put_text("Réglée par chèque")
    form.accept()
    assert "Réglée par chèque" in told(page)
    page.edit()
    assert not page.findChildren(InvoiceForm)


def test_a_line_says_what_it_bought(qtbot: QtBot, make: Make, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        session.add(Provider(name="Avant"))
        session.flush()
        add_asset(session, "PC-0001")
    page = make(lines=(DraftLine("Portable", 90_000, LineKind.EQUIPMENT),))
    page.tab().lines.opened.emit(1)
    form = opened(page, FormDialog)
    form.form.editors["asset_id"].put_text("PC-0001")
    form.accept()
    assert "Achat" in told(page)
    pane = AssetPane(desk)
    qtbot.addWidget(pane)
    pane.show()
    pane.show_record(1)
    assert "Factures d’achat" in shown(pane)
    with qtbot.waitSignal(desk.go_to) as gone:
        press(pane, "Facture F-1, Avant, 900,00\u00a0€ HT")
    assert gone.args == ["invoice", 1]


def test_its_file_opens_from_its_facts(qtbot: QtBot, make: Make, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened_files: list[str] = []
    monkeypatch.setattr("app.ui.crud.documents.open_copy", lambda name, _: opened_files.append(name))
    page = make(lambda s, i: attachments.add(s, ENTITIES["invoice"], i, "F-1.pdf", b"%PDF-1.4"))
    assert page.head.tabs.tabText(1) == "Documents  1"
    press(page, "Fichier\u00a0: F-1.pdf")
    assert opened_files == ["F-1.pdf"]
    with qtbot.waitSignal(desk.go_to) as gone:
        press(page, "Contrat\u00a0: CT-2026-01")
    assert gone.args == ["contract", 1]


def test_the_interventions_it_pays_open_their_list(qtbot: QtBot, make: Make, desk: Desk) -> None:
    def pays(session: Any, invoice: int) -> None:
        done = repair(session, add_ticket(session, "02 11:00"), "02 11:00", "02 12:00", 60)
        session.get_one(Intervention, done).invoice_id = invoice

    page = make(pays)
    with qtbot.waitSignal(desk.show_list) as asked:
        press(page, "Elle paie\u00a0: 1\u00a0intervention")
    assert asked.args is not None
    assert (asked.args[0], asked.args[1].ids) == ("intervention", (1,))


def test_several_are_approved_and_paid_from_the_list(qtbot: QtBot, make: Make, desk: Desk) -> None:
    make(lambda s, i: save(s, replace(draft_of(s, i), number="F-2")))
    page = InvoicesPage(desk, UiState(None))
    qtbot.addWidget(page)
    page.show()
    assert page.acts_on([1]) == ()
    approve, pay = page.acts_on([1, 2])
    approve[1]()
    press(opened(page, ActDialog), "Donner le bon à payer")
    pay[1]()
    assert "1 080,00 € au total, avoirs déduits" in told(opened(page, ActDialog))
    press(opened(page, ActDialog), "Noter les règlements")
    assert [kept(desk, one).status for one in (1, 2)] == [InvoiceStatus.PAID] * 2


def test_a_link_to_a_line_brings_it_to_the_eye(make: Make) -> None:
    page = make(lines=(DraftLine("Forfait", 100), DraftLine("Disque", 200)))
    page.open_tab("Historique")
    page.show_part(2)
    assert page.head.tabs.currentIndex() == 0
    assert page.tab().lines.table.currentIndex().row() == 1
    page.show_part(99)
    assert page.tab().lines.table.currentIndex().row() == 1


def test_a_narrow_card_keeps_what_counts(qtbot: QtBot, make: Make) -> None:
    page = make()
    lines = page.tab().lines
    assert lines.table.model().columnCount() == 6
    page.resize(900, 760)
    settle(qtbot, lambda: lines.table.model().columnCount() == 4)
    assert lines.table.model().index(0, 3).data() == "450,00\u00a0€"


def test_a_provider_shows_its_invoices(qtbot: QtBot, make: Make, desk: Desk) -> None:
    make()
    page = ProviderPage(desk, 1)
    qtbot.addWidget(page)
    page.show()
    page.open_tab("Factures")
    tab = page.tab()
    assert "Reste à payer : 540,00 €" in shown(tab).replace("\u00a0", " ")
    settle(qtbot, lambda: tab.list.model.rowCount() == 1)
    press(tab, "Saisir une facture…")
    form = opened(page, InvoiceForm)
    assert form.form.editors["contract_id"].text() == "CT-2026-01 Maintenance du parc"
    assert not form.is_modified()


def test_the_list_opens_what_was_just_typed(qtbot: QtBot, desk: Desk, form: InvoiceForm) -> None:
    put(form, number="F-7", provider_id="Lumeo Services")
    form.lines.put_texts([["Forfait", "Contrat de maintenance", "1", "", "450,00", "20"]])
    with qtbot.waitSignal(desk.go_to) as gone:
        form.accept()
    assert gone.args == ["invoice", 1]
    QApplication.processEvents()


def test_dates_of_the_following_are_those_after(make: Make) -> None:
    page = make(period_start=date(2026, 1, 1), period_end=date(2026, 1, 31))
    form = page.begin_following()
    assert form.form.editors["period_end"].text() == "28/02/2026"
    assert form.form.editors["number"].text() == ""


def test_an_empty_list_says_how_to_begin(qtbot: QtBot, desk: Desk, answers: Answers) -> None:
    page = InvoicesPage(desk, UiState(None))
    qtbot.addWidget(page)
    page.show()
    settle(qtbot, lambda: page.body.currentIndex() == 1)
    assert "Importer une facture électronique" in shown(page)
    answers.opens = [[], []]
    press(page, "Choisir des fichiers…")
    page.section_actions()[0].click()
    assert answers.opens == []
    press(page, "Saisir une facture")
    assert opened(page, InvoiceForm).windowTitle().startswith("Nouvelle facture")
