"""A contract as a page: its facts, perimeter, service levels, periods and notice, tickets, documents, history."""

from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from app.entities import ENTITIES
from app.fields import day, joined, this_day
from app.services import amendment_words, notices, pricing
from app.services.notices import NoticePanel
from app.services.records import Sheet
from app.ui import icons
from app.ui.crud.record_views import LinkedList
from app.ui.desk import Desk
from app.ui.pages import meeting_acts, papers
from app.ui.pages.contract_amendments import TITLE as AMENDMENTS
from app.ui.pages.contract_amendments import AmendmentsTab
from app.ui.pages.contract_billing import BillingTab
from app.ui.pages.contract_clauses import ClausesTab
from app.ui.pages.contract_cover import CoverTab
from app.ui.pages.contract_form import ContractForm
from app.ui.pages.contract_gaps import ContractGaps, WithGaps
from app.ui.pages.contract_gdpr import GdprTab
from app.ui.pages.contract_general import GeneralTab
from app.ui.pages.contract_notice import NoticeTab
from app.ui.pages.contract_price import PriceTab
from app.ui.pages.contract_return import ReturnTab
from app.ui.pages.contract_services import ServicesTab
from app.ui.pages.contract_terms import TermsTab
from app.ui.pages.tabbed import TabbedPage, Tabs, last_tabs
from app.ui.parts.buttons import Button, button, icon_button
from app.ui.parts.crumbs import HeadData
from app.ui.parts.marks import Mark

CONTRACT = ENTITIES["contract"]
CONCERNED = frozenset(
    {
        "access_grant", "amendment", "clause", "closing_day", "contract", "contract_clause", "contract_service",
        "cover_rule", "coverage_slot", "covered_asset", "document", "due_document", "duty", "gdpr_item",
        "hour_purchase", "index_value", "intervention", "invoice", "invoice_line", "issued_paper", "notice_decision",
        "part", "penalty", "penalty_claim", "provider", "provider_contact", "return_item", "revision",
        "service_level", "ticket", "unit_price",
    }
)  # fmt: skip
WITH_GAPS = frozenset({"Général", "Périodes et préavis"})
"""Tabs beside which stands what the contract lacks."""
NAMED = {
    "notice": "Périodes et préavis",
    "return": "Réversibilité",
    "billing": "Facturation",
    "services": "Prestations",
}
"""What links call some tabs: « contract/notice »."""
OF_FORM = frozenset({"provider", "signed_on", "notice_article", "purpose"})
"""Gaps that the form of the contract fills."""
NO_TICKET = "Un ticket trouve son contrat par le bien en panne\u00a0: dites d’abord ce que ce contrat couvre."
NOTICE_BADGES = {"decide": ("Préavis à décider", "warn"), "send": ("Préavis à envoyer", "bad")}


def _tickets(desk: Desk, record_id: int) -> LinkedList:
    none = "Aucun ticket sous ce contrat pour l’instant"
    made = LinkedList(desk, "ticket", "contract_id", record_id, none, first=NO_TICKET)
    made.opened.connect(lambda ticket: desk.go_to.emit("ticket", ticket))
    return made


TABS: Tabs = (
    ("Général", GeneralTab),
    ("Prestations", ServicesTab),
    ("Périmètre", CoverTab),
    ("Niveaux de service", TermsTab),
    ("Prix", PriceTab),
    ("Facturation", BillingTab),
    ("Clauses", ClausesTab),
    ("Périodes et préavis", NoticeTab),
    (AMENDMENTS, AmendmentsTab),
    ("RGPD", GdprTab),
    ("Réversibilité", ReturnTab),
    ("Tickets", _tickets),
    *last_tabs(CONTRACT, roles=True),
)


class ContractPage(TabbedPage):
    """What it lacks stands beside some of its tabs."""

    entity, tabs, concerned = CONTRACT, TABS, CONCERNED

    def head_buttons(self) -> list[Button]:
        self._sides: list[ContractGaps] = []
        edit = button("Modifier", icon="pencil")
        edit.clicked.connect(self.edit)
        self.print_button = button("Imprimer", icon="printer")
        self.print_button.clicked.connect(self.print_paper)
        self._more = icon_button("ellipsis", "Autres actions")
        self._more.clicked.connect(self._offer)
        return [edit, self.print_button, self._more]

    def placed(self, title: str, made: Any) -> QWidget:
        if isinstance(made, NoticeTab):
            made.meeting_wanted.connect(lambda: self.prepare_meeting("negotiation"))
        if isinstance(made, GeneralTab | GdprTab):
            made.tab_wanted.connect(self.open_tab)
        return self._beside(made) if title in WITH_GAPS else super().placed(title, made)

    def _beside(self, made: QWidget) -> WithGaps:
        side = ContractGaps(self.desk, self.record_id)
        side.followed.connect(self.fill_gap)
        self._sides.append(side)
        return WithGaps(made, side)

    def fill_gap(self, title: str, key: str) -> None:
        """Go where the gap is filled: a clause to choose, a field of the form, the people of the provider, a tab."""
        if key in OF_FORM:
            self.edit()
        elif key == "contacts":
            self.desk.go_to.emit("provider", self.sheet.values["provider_id"])
        else:
            self.open_tab(title)
            made = self.tab()
            if isinstance(made, ClausesTab):
                made.fill_gap(key)

    def show_named(self, tab: str) -> None:
        self.open_tab(NAMED[tab])

    def reload_more(self) -> None:
        for side in self._sides:
            side.reload()

    def read_more(self, session: Any) -> None:
        today = this_day()
        self._standing = notices.notice_of(session, self.record_id, today)
        self._price = pricing.brief(session, self.record_id, today)
        self._amended = amendment_words.count(session, self.record_id)

    def show_head(self) -> None:
        self.head.set_data(head_data(self.sheet, self._standing, self._price, self.place[0]))
        titles = [title for title, _ in TABS]
        told = f"{AMENDMENTS} {self._amended}" if self._amended else AMENDMENTS
        self.head.tabs.setTabText(titles.index(AMENDMENTS), told)

    def edit(self) -> None:
        ContractForm(self.desk, self.record_id, self).open()

    def print_paper(self) -> None:
        """The papers of a contract: its text, its letter, the record of its reversibility."""
        papers.offer_of(self.desk, CONTRACT.key, self.sheet.values["number"], self, self.print_button)

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.addAction(icons.icon("users"), "Préparer une réunion…", lambda: self.prepare_meeting("review"))
        menu.addAction(icons.icon("trash-2"), "Mettre à la corbeille", self.to_bin)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def prepare_meeting(self, kind: str) -> None:
        meeting_acts.prepare(self.desk, self.record_id, self, lambda made: self.desk.go_to.emit("meeting", made), kind)


def head_data(sheet: Sheet, standing: NoticePanel, price: str, place: str) -> HeadData:
    """`price` says in a few words what it costs today."""
    values = sheet.values
    context = [sheet.titles.get("provider_id", ""), f"depuis le {day(values['starts_on'])}", price]
    badges = [(values["status"].label, Mark(values["status"].tone, loud=True))]
    phase = standing.pressing.value if standing.pressing else ""
    if values["status"].value == "active" and standing.state.value == "running" and phase in NOTICE_BADGES:
        text, tone = NOTICE_BADGES[phase]
        badges.append((text, Mark(tone, loud=True)))
    elif (
        values["status"].value == "active" and not standing.agreed and standing.state.value not in {"running", "future"}
    ):
        badges.append((standing.state.label, Mark(standing.state.tone, loud=True)))
    return HeadData("Contrats", values["number"], values["subject"], joined(*context, by=" · "), place, badges)
