"""An invoice as a page: its check against the contract, its lines, what is left to pay, documents, history."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.entities import ENTITIES
from app.fields import day, joined, this_day
from app.services import records
from app.services.billing.check import check
from app.services.invoices import acts as use_cases
from app.services.invoices import entry
from app.services.invoices.view import View, view
from app.services.listing import default_query
from app.services.records import Sheet
from app.ui import icons, theme
from app.ui.crud.documents import open_document
from app.ui.crud.form import FormDialog
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.pages import invoice_acts
from app.ui.pages.acts import Act, ActDialog
from app.ui.pages.invoice_cards import FactsCard, LinesCard, PaymentCard
from app.ui.pages.invoice_check import CheckCard
from app.ui.pages.invoice_form import InvoiceForm
from app.ui.pages.invoice_late import LatenessCard
from app.ui.pages.tabbed import TabbedPage, Tabs, last_tabs
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, holder, row, scrolled
from app.ui.parts.buttons import Button, button, icon_button, set_available
from app.ui.parts.crumbs import HeadData
from app.ui.parts.marks import Mark

INVOICE, LINE, INTERVENTION = ENTITIES["invoice"], ENTITIES["invoice_line"], ENTITIES["intervention"]
CONCERNED = frozenset(
    {
        "invoice", "invoice_line", "invoice_vat", "document", "contract", "amendment", "revision", "unit_price",
        "intervention", "part", "hour_purchase", "semester_rate", "provider", "asset", "licence",
    }
)  # fmt: skip
SIDE = 360
BESIDE = ("received_on", "contract_reference", "order_reference", "notes")
"""What stands in no total: corrected even of an invoice that was paid."""
OF_LINE = ("kind", "account", "asset_id", "licence_id", "period_start", "period_end")
PAID = "Une facture réglée ne se corrige pas\u00a0: annulez d’abord son règlement."


class InvoiceTab(QWidget):
    """The check and the lines; at the side what is to be paid, what lateness costs, whose it is."""

    def __init__(self, desk: Desk, invoice_id: int) -> None:
        super().__init__()
        self._desk, self._invoice = desk, invoice_id
        self.check, self.lines = CheckCard(desk), LinesCard()
        self.payment, self.lateness, self.facts = PaymentCard(), LatenessCard(), FactsCard()
        self.lines.opened.connect(self.open_line)
        self.lateness.link_followed.connect(lambda: desk.show_list.emit("semester_rate", None))
        self.facts.edited.connect(self.complete)
        self.facts.facts.link_followed.connect(self._follow)
        side = holder(column(self.payment, self.lateness, self.facts, None, gap=12))
        theme.fix_width(side, SIDE)
        body = row(gap=12, margins=PAGE_MARGINS)
        body.addLayout(column(self.check, self.lines, None, gap=12), 1)
        body.addWidget(side)
        area = scrolled(holder(body))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(column(area))
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            sheet = records.get(session, INVOICE, self._invoice)
            told = view(session, self._invoice, this_day())
            found = check(session, self._invoice)
        self._interventions = told.interventions
        self.check.show_check(found)
        self.lines.show_view(sheet.values, told)
        self.payment.show_view(sheet.values, told, this_day())
        self.lateness.show_lateness(told.lateness)
        self.facts.show_view(sheet, told)

    def open_line(self, line_id: int) -> None:
        """Its nature, its account, what it bought: nothing that changes an amount."""
        FormDialog(self._desk, LINE, line_id, parent=self.window(), only=OF_LINE, title="comptabilité").open()

    def complete(self) -> None:
        FormDialog(self._desk, INVOICE, self._invoice, parent=self.window(), only=BESIDE, title="renseignements").open()

    def _follow(self, link: str) -> None:
        if link.startswith("document:"):
            open_document(self._desk, self, int(link.partition(":")[2]))
        elif link.startswith("list:"):
            query = replace(default_query(INTERVENTION), ids=self._interventions)
            self._desk.show_list.emit(INTERVENTION.key, query)
        else:
            self._desk.follow(link)


TABS: Tabs = (("Facture", InvoiceTab), *last_tabs(INVOICE))


class InvoicePage(TabbedPage):
    """The primary button is the next step of its state."""

    entity, tabs, concerned = INVOICE, TABS, CONCERNED

    def head_buttons(self) -> list[Button]:
        self.edit_button = button("Modifier", icon="pencil")
        self.edit_button.clicked.connect(self.edit)
        self._more = icon_button("ellipsis", "Autres actions")
        self._more.clicked.connect(self._offer)
        self.dispute_button = button("Contester…", icon="circle-pause")
        self.dispute_button.clicked.connect(lambda: self.open_act(invoice_acts.dispute(self.record_id)))
        self.credit_button = button("Saisir l’avoir…", icon="receipt-euro")
        self.credit_button.clicked.connect(self.begin_credit)
        self.next_button = button("", "primary", "check")
        self.next_button.clicked.connect(self.go_on)
        return [self.edit_button, self._more, self.dispute_button, self.credit_button, self.next_button]

    def under_head(self) -> list[QVBoxLayout]:
        self._told = column(margins=(0, 0, 0, 0))
        return [self._told]

    def show_part(self, record_id: int) -> None:
        self.head.tabs.setCurrentIndex(0)
        self.tab().lines.choose(record_id)

    def read_more(self, session: Any) -> None:
        self.view: View = view(session, self.record_id, this_day())

    def show_head(self) -> None:
        self.head.set_data(head_data(self.sheet, self.view, self.place[0]))
        files = len(self.view.files)
        self.head.tabs.setTabText(1, f"Documents  {files}" if files else "Documents")
        self.dispute_button.setVisible(self.status == "to_check")
        self.credit_button.setVisible(self.status == "disputed" and not self.is_credit)
        words, icon = self._next()
        self.next_button.setText(words)
        self.next_button.setVisible(bool(words))
        if words:
            icons.dress(self.next_button, icon, "onAccent")
        set_available(self.edit_button, self.status != "paid", PAID)
        self._tell_dispute()

    def _tell_dispute(self) -> None:
        values = self.sheet.values
        empty_layout(self._told)
        disputed = self.status == "disputed"
        self._told.setContentsMargins(*((16, 12, 16, 0) if disputed else (0, 0, 0, 0)))
        if disputed:
            title = f"En litige depuis le {day(values['disputed_on'])}"
            self._told.addWidget(Banner(BannerData("hold", title, values["dispute"] or "")))

    @property
    def status(self) -> str:
        return str(self.sheet.values["status"].value)

    @property
    def is_credit(self) -> bool:
        return str(self.sheet.values["kind"].value) == "credit"

    # Acts

    def _next(self) -> tuple[str, str]:
        """The words and the icon of the next step; none once it is settled, or while its invoice settles it."""
        if self.status == "to_check":
            return ("Accepter l’avoir…" if self.is_credit else "Bon à payer…"), "check"
        if self.status == "disputed":
            return "Lever le litige…", "check"
        if self.status == "approved" and (not self.is_credit or self.view.left):
            return ("Noter le remboursement…" if self.view.left < 0 else "Noter le règlement…"), "banknote"
        return "", ""

    def go_on(self) -> None:
        self.open_act(self._payment() if self.status == "approved" else self._approval())

    def _approval(self) -> Act:
        if self.status == "disputed" and not self.is_credit:
            return invoice_acts.settle(self.record_id, self.desk.store.who, self.view.left)
        return invoice_acts.approve(self.record_id, self.desk.store.who, credit=self.is_credit)

    def _payment(self) -> Act:
        less = self.view.owed != self.sheet.values["gross"]
        return invoice_acts.pay(self.record_id, self.view.left, credit=self.is_credit, less=less)

    def open_act(self, act: Act) -> ActDialog:
        dialog = ActDialog(self.desk, act, self)
        dialog.open()
        return dialog

    def _offer(self) -> None:
        """What is done more rarely, limited to what the state allows."""
        menu, status = QMenu(self), self.status
        if status == "to_check":
            menu.addAction(icons.icon("banknote"), "Déjà réglée…", lambda: self.open_act(self._payment()))
        if status == "approved":
            dispute = invoice_acts.dispute(self.record_id)
            menu.addAction(icons.icon("circle-pause"), "Contester…", lambda: self.open_act(dispute))
        if status in {"approved", "disputed"}:
            menu.addAction(icons.icon("rotate-ccw"), "Remettre à vérifier", self.recheck)
        if status == "paid":
            menu.addAction(icons.icon("rotate-ccw"), "Annuler le règlement", self.unpay)
        menu.addSeparator()
        if not self.is_credit:
            menu.addAction(icons.icon("copy"), "Facture suivante…", self.begin_following)
            menu.addAction(icons.icon("receipt-euro"), "Avoir sur cette facture…", self.begin_credit)
        menu.addSeparator()
        menu.addAction(icons.icon("trash-2"), "Mettre à la corbeille", self.to_bin)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def recheck(self) -> None:
        self.desk.act(
            "Facture à revérifier", lambda s: use_cases.recheck(s, self.record_id), told="Facture remise à vérifier"
        )

    def unpay(self) -> None:
        self.desk.act("Règlement annulé", lambda s: use_cases.unpay(s, self.record_id), told="Règlement annulé")

    def edit(self) -> None:
        if self.edit_button.isEnabled():
            InvoiceForm(self.desk, self.record_id, parent=self).open()

    def begin_following(self) -> InvoiceForm:
        """The same invoice for the period after: its number and its amounts are still to be looked at."""
        with self.desk.read() as session:
            return self._begin(entry.following(session, self.record_id, this_day()))

    def begin_credit(self) -> InvoiceForm:
        with self.desk.read() as session:
            return self._begin(entry.credit_for(session, self.record_id, this_day()))

    def _begin(self, start: entry.Draft) -> InvoiceForm:
        form = InvoiceForm(self.desk, None, start, self)
        form.saved.connect(lambda made: self.desk.go_to.emit(INVOICE.key, made))
        form.open()
        return form


def head_data(sheet: Sheet, told: View, place: str) -> HeadData:
    values, titles = sheet.values, sheet.titles
    badges = [(told.state.label, Mark(told.state.tone, loud=True))]
    kind = "Avoir" if values["kind"].value == "credit" else "Facture"
    if kind == "Avoir":
        badges.insert(0, (kind, Mark("info", loud=True)))
    context = joined(
        titles["provider_id"], titles.get("contract_id"), f"{kind.lower()} du {day(values['invoiced_on'])}", by=" · "
    )
    return HeadData(
        "Factures", values["number"], values["subject"] or f"{kind} {values['number']}", context, place, badges
    )
