"""The tab « Facturation »: what is expected and billed, what is said of the hours, an invoice begun from a period."""

from datetime import date

import pytest
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from app.fields import this_day
from app.models import Intervention
from app.models.codes import Charge
from app.models.contract_codes import PriceModel
from app.models.money_codes import LineKind
from app.rules.notice import add_months
from app.ui.desk import Desk
from app.ui.pages.contract import ContractPage
from app.ui.pages.contract_billing import BillingTab
from app.ui.pages.invoice_form import InvoiceForm
from app.ui.parts.badge import Badge
from tests.services.billing.make import bought, contract, invoice, work
from tests.ui.pages.hand import opened, press, shown

FIRST = this_day().replace(day=1)
BEFORE = add_months(FIRST, -1)
BANK = {"price_model": PriceModel.HOUR_BANK, "fee": None, "hours_bought": 600, "hours_price": 60_000}


def page_of(qtbot: QtBot, desk: Desk, contract_id: int) -> ContractPage:
    made = ContractPage(desk, contract_id)
    qtbot.addWidget(made)
    made.resize(1280, 1400)
    made.show()
    made.show_named("billing")
    return made


def tab_of(page: ContractPage) -> BillingTab:
    tab = page.tab()
    assert isinstance(tab, BillingTab)
    return tab


def cells(table: QTableView) -> list[list[str]]:
    model = table.model()
    return [
        [str(model.index(row, at).data()).replace("\u00a0", " ") for at in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


@pytest.fixture
def billed(desk: Desk) -> int:
    """Two months: the first billed 18,90 € too much with an intervention, the second not yet."""
    with desk.store.begin("essai") as session:
        one = contract(session, starts_on=BEFORE, hourly_rate=6_500, included_minutes=600)
        done = work(session, one, f"{BEFORE} 10:00", 60)
        made = invoice(session, one, BEFORE, {"net": 46_890}, {"net": 6_500, "kind": LineKind.REPAIR},
                       {"net": 18_900, "kind": LineKind.EQUIPMENT}, number="F-1", period_start=BEFORE)  # fmt: skip
        session.get_one(Intervention, done).invoice_id = made
        work(session, one, f"{FIRST} 00:00", 660, Charge.COUNTED)
    return one


def test_each_period_says_what_was_expected_and_billed(qtbot: QtBot, desk: Desk, billed: int) -> None:
    tab = tab_of(page_of(qtbot, desk, billed))
    assert [row[1:5] for row in cells(tab.periods.table)] == [
        ["515,00 €", "–", "–", "Pas encore facturé"],
        ["515,00 €", "533,90 €", "+18,90 €", "Facturé en plus"],
    ]
    assert "Écart +18,90 € · attendu 515,00 € · facturé 533,90 €" in shown(tab).replace("\u00a0", " ")
    assert "189,00 € HT de ces factures ne relèvent pas du contrat" in shown(tab).replace("\u00a0", " ")
    assert "11 h 00 sur 10 h 00. 1 h 00 de dépassement." in shown(tab).replace("\u00a0", " ")
    assert "Aucune facture pour cette période." in shown(tab)


def test_the_period_chosen_shows_what_makes_it_and_opens_it(qtbot: QtBot, desk: Desk, billed: int) -> None:
    tab = tab_of(page_of(qtbot, desk, billed))
    tab.periods.table.selectRow(1)
    detail = tab.periods.detail
    assert cells(detail.lines)[0][0] == "Forfait"
    assert [row[0] for row in cells(detail.invoices)] == ["F-1"]
    gone: list[tuple[str, int]] = []
    desk.go_to.connect(lambda key, record: gone.append((key, record)))
    detail.lines.opened.emit(0)
    detail.lines.opened.emit(1)
    detail.invoices.opened.emit(0)
    assert gone == [("intervention", 1), ("invoice", 1)]
    press(tab, "Périodes\u00a0: Par an")
    assert len(cells(tab.periods.table)) == 1
    assert [row[0] for row in cells(detail.invoices)] == ["F-1"]


def test_an_invoice_is_begun_for_the_period_chosen(qtbot: QtBot, desk: Desk, billed: int) -> None:
    page = page_of(qtbot, desk, billed)
    press(page, "Saisir une facture…")
    form = opened(page, InvoiceForm)
    assert form.form.editors["period_start"].value() == FIRST
    assert form.form.editors["contract_id"].value() == billed
    form.form.editors["number"].put_text("F-2")
    form.lines.begin_with({"label": "Forfait", "net": 51_500})
    gone: list[str] = []
    desk.go_to.connect(lambda key, _: gone.append(key))
    form.accept()
    assert gone == ["invoice"]
    assert cells(tab_of(page).periods.table)[0][2:5] == ["515,00 €", "0,00 €", "Conforme"]


def test_hours_bought_show_their_account(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        one = contract(session, **BANK, starts_on=BEFORE)
        done = work(session, one, f"{BEFORE} 10:00", 660, Charge.COUNTED)
    page = page_of(qtbot, desk, one)
    hours = tab_of(page).hours
    assert [one.accessibleName() for one in hours.findChildren(Badge)] == ["Solde négatif"]
    assert "1 h 00 au-delà des heures achetées" in shown(hours).replace("\u00a0", " ")
    assert [row[3:] for row in cells(hours.table)] == [["−11 h 00", "−1 h 00"], ["+10 h 00", "10 h 00"]]
    gone: list[tuple[str, int]] = []
    desk.go_to.connect(lambda key, record: gone.append((key, record)))
    hours.table.opened.emit(0)
    hours.table.opened.emit(1)
    assert gone == [("intervention", done)]
    with desk.store.begin("achat") as session:
        bought(session, one, this_day(), 600, price=60_000)
    assert "Reste\n9\u00a0h\u00a000" in shown(hours)
    assert tab_of(page).purchases.table.model().rowCount() == 1


def test_what_has_nothing_to_show_says_so(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        flat = contract(session, status="draft", starts_on=date(2030, 1, 1))
        bare = contract(session, number="CT-2", price_model=PriceModel.HOUR_BANK)
    tab = tab_of(page_of(qtbot, desk, flat))
    assert "Rien n’est dû ni facturé" in shown(tab)
    assert not tab.hours.isVisible()
    assert "Aucune heure achetée n’est notée" in shown(tab_of(page_of(qtbot, desk, bare)))


def test_a_tab_out_of_sight_is_read_when_it_comes_back(qtbot: QtBot, desk: Desk, billed: int) -> None:
    page = page_of(qtbot, desk, billed)
    tab = tab_of(page)
    page.open_tab("Prix")
    with desk.store.begin("essai") as session:
        invoice(session, billed, FIRST, {"net": 51_500}, number="F-2", period_start=FIRST)
    assert cells(tab.periods.table)[0][4] == "Pas encore facturé"
    page.show_named("billing")
    assert cells(tab.periods.table)[0][4] == "Conforme"
