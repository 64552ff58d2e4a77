"""Invoices on the pages of other records: in the pane of an asset, and in a tab of a provider."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.entities import ENTITIES
from app.fields import amount, day, joined, this_day
from app.services import listing
from app.services.invoices import lists
from app.services.invoices.draft import Draft
from app.services.invoices.lists import Purchase
from app.services.listing import Filter, Query
from app.ui.crud.record_views import PAGE_MARGINS, LinkedList
from app.ui.desk import Desk
from app.ui.pages.invoice_form import InvoiceForm
from app.ui.parts.basics import Glyph, OneLine, column, empty_layout, label, row
from app.ui.parts.buttons import button
from app.ui.parts.section import SectionPart

INVOICE = ENTITIES["invoice"]


class PurchasesPart(SectionPart):
    """The invoices that paid an asset; hidden where there is none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Factures d’achat")
        self._desk = desk

    def show_asset(self, asset_id: int) -> None:
        with self._desk.read() as session:
            found = lists.purchases(session, asset_id)
        self.setVisible(bool(found))
        empty_layout(self.body)
        for one in found:
            self.body.addLayout(self._line(one))

    def _line(self, one: Purchase) -> QHBoxLayout:
        follow = button(one.number, "link")
        follow.setProperty("fact", True)
        follow.setAccessibleName(f"Facture {one.number}, {one.provider}, {amount(one.net)} HT")
        follow.clicked.connect(partial(self._desk.go_to.emit, INVOICE.key, one.invoice_id))
        told = OneLine("second", "ink2")
        told.show_text(joined(one.provider, day(one.on), by=" · "))
        return row(Glyph("receipt-euro"), follow, told, None, label(f"{amount(one.net)} HT", "second"), gap=8)


class ProviderInvoicesTab(QWidget):
    """What a provider billed and what is left to pay it, above the list; a new one begins with its name."""

    def __init__(self, desk: Desk, provider_id: int) -> None:
        super().__init__()
        self._desk, self._provider = desk, provider_id
        self._told = label("", "body", "ink2")
        new = button("Saisir une facture…", icon="plus")
        new.clicked.connect(self.begin)
        self.list = LinkedList(desk, INVOICE.key, "provider_id", provider_id, "Aucune facture de ce prestataire")
        self.list.opened.connect(partial(desk.go_to.emit, INVOICE.key))
        bar = row(self._told, None, new, margins=(PAGE_MARGINS[0], 10, PAGE_MARGINS[2], 8))
        self.setLayout(column(bar, self.list, gap=0))
        self.reload()

    def reload(self) -> None:
        query = Query((), "invoiced_on", filters=(Filter("provider_id", (self._provider,)),))
        with self._desk.read() as session:
            sums = listing.totals(session, INVOICE, query)
        words = [f"{INVOICE.field(name).label}\u00a0: {amount(sums[name])}" for name in ("net", "gross", "left")]
        self._told.setText("  ·  ".join(words))
        self.list.reload()

    def begin(self) -> InvoiceForm:
        start = Draft(number="", provider_id=self._provider, invoiced_on=this_day(), lines=())
        form = InvoiceForm(self._desk, None, start, self.window())
        form.saved.connect(partial(self._desk.go_to.emit, INVOICE.key))
        form.open()
        return form
