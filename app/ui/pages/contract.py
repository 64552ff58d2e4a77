"""A contract as a page: its facts, perimeter, service levels, periods and notice, tickets, documents, history."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from app.entities import ENTITIES
from app.fields import day, joined, moment, this_day
from app.services import amendment_words, notices, pricing, records
from app.services.notices import NoticePanel
from app.services.records import Sheet
from app.ui import icons
from app.ui.crud.document_card import DocumentsCard
from app.ui.crud.record_views import PAGE_MARGINS, HistoryView, LinkedList
from app.ui.desk import Desk
from app.ui.pages import meeting_acts, papers
from app.ui.pages.acts import to_bin
from app.ui.pages.base import RecordPage
from app.ui.pages.contract_amendments import TITLE as AMENDMENTS
from app.ui.pages.contract_amendments import AmendmentsTab
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
from app.ui.parts.basics import column, holder, scrolled
from app.ui.parts.buttons import button, icon_button
from app.ui.parts.crumbs import HeadData, RecordHead
from app.ui.parts.marks import Mark

CONTRACT = ENTITIES["contract"]
CONCERNED = frozenset(
    {
        "access_grant", "amendment", "clause", "closing_day", "contract", "contract_clause", "contract_service",
        "cover_rule", "coverage_slot", "covered_asset", "document", "due_document", "duty", "gdpr_item", "index_value",
        "issued_paper", "notice_decision", "penalty", "provider", "provider_contact", "return_item", "revision",
        "service_level", "ticket", "unit_price",
    }
)  # fmt: skip
WITH_GAPS = frozenset({"Général", "Périodes et préavis"})
"""Tabs beside which stands what the contract lacks."""
NAMED = {"notice": "Périodes et préavis", "return": "Réversibilité"}
"""What links call some tabs: « contract/notice »."""
OF_FORM = frozenset({"provider", "signed_on", "notice_article", "purpose"})
"""Gaps that the form of the contract fills."""
NO_TICKET = "Un ticket trouve son contrat par le bien en panne\u00a0: dites d’abord ce que ce contrat couvre."
NOTICE_BADGES = {"decide": ("Préavis à décider", "warn"), "send": ("Préavis à envoyer", "bad")}


class DocumentsTab(QWidget):
    def __init__(self, desk: Desk, record_id: int) -> None:
        super().__init__()
        self.card = DocumentsCard(desk, CONTRACT, record_id, roles=True)
        self.setLayout(column(scrolled(holder(column(self.card, None, margins=PAGE_MARGINS)))))

    def reload(self) -> None:
        self.card.reload()


def _tickets(desk: Desk, record_id: int) -> LinkedList:
    none = "Aucun ticket sous ce contrat pour l’instant"
    made = LinkedList(desk, "ticket", "contract_id", record_id, none, first=NO_TICKET)
    made.opened.connect(lambda ticket: desk.go_to.emit("ticket", ticket))
    return made


Tab = (
    GeneralTab
    | ServicesTab
    | CoverTab
    | TermsTab
    | ClausesTab
    | NoticeTab
    | GdprTab
    | ReturnTab
    | AmendmentsTab
    | PriceTab
    | LinkedList
    | DocumentsTab
    | HistoryView
)
TABS: tuple[tuple[str, Callable[[Desk, int], Tab]], ...] = (
    ("Général", GeneralTab),
    ("Prestations", ServicesTab),
    ("Périmètre", CoverTab),
    ("Niveaux de service", TermsTab),
    ("Prix", PriceTab),
    ("Clauses", ClausesTab),
    ("Périodes et préavis", NoticeTab),
    (AMENDMENTS, AmendmentsTab),
    ("RGPD", GdprTab),
    ("Réversibilité", ReturnTab),
    ("Tickets", _tickets),
    ("Documents", DocumentsTab),
    ("Historique", lambda desk, record_id: HistoryView(desk, CONTRACT, record_id)),
)


class ContractPage(RecordPage):
    """Each tab is made when first shown."""

    def __init__(self, desk: Desk, record_id: int) -> None:
        super().__init__(desk, record_id)
        self._place = ("", False, False)
        self._made: dict[int, Tab] = {}
        self._sides: list[ContractGaps] = []
        edit = button("Modifier", icon="pencil")
        edit.clicked.connect(self.edit)
        self.print_button = button("Imprimer", icon="printer")
        self.print_button.clicked.connect(self.print_paper)
        self._more = icon_button("ellipsis", "Autres actions")
        self._more.clicked.connect(self._offer)
        self.head = RecordHead([edit, self.print_button, self._more], [title for title, _ in TABS])
        self.head.back.connect(self.closed)
        self.head.previous.connect(lambda: self.stepped.emit(-1))
        self.head.following.connect(lambda: self.stepped.emit(1))
        self.head.tab_changed.connect(self.show_tab)
        self.body = QStackedWidget()
        self.setLayout(column(self.head, self.body, gap=0))
        self.setFocusProxy(self.head.tabs)
        desk.changed.connect(self._on_change)
        self._read()
        self.show_tab(0)

    def show_tab(self, position: int) -> None:
        if position not in self._made:
            title, make = TABS[position]
            self._made[position] = made = make(self.desk, self.record_id)
            if isinstance(made, NoticeTab):
                made.meeting_wanted.connect(lambda: self.prepare_meeting("negotiation"))
            if isinstance(made, GeneralTab | GdprTab):
                made.tab_wanted.connect(self.open_tab)
            self.body.addWidget(self._beside(made) if title in WITH_GAPS else made)
        self.body.setCurrentIndex(list(self._made).index(position))

    def _beside(self, made: Tab) -> WithGaps:
        side = ContractGaps(self.desk, self.record_id)
        side.followed.connect(self.fill_gap)
        self._sides.append(side)
        return WithGaps(made, side)

    def open_tab(self, title: str) -> None:
        """Bring a tab to the front by its name."""
        self.head.tabs.setCurrentIndex([name for name, _ in TABS].index(title))

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

    def tab(self) -> Tab:
        """The tab in front."""
        return self._made[self.head.tabs.currentIndex()]

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & CONCERNED:
            self._read()
            if not self.sheet.in_bin:
                for made in (*self._made.values(), *self._sides):
                    made.reload()

    def _read(self) -> None:
        """The head again; a contract that was put in the bin closes its page."""
        today = this_day()
        with self.desk.read() as session:
            self.sheet = records.get(session, CONTRACT, self.record_id)
            standing = notices.notice_of(session, self.record_id, today)
            price = pricing.brief(session, self.record_id, today)
            amended = amendment_words.count(session, self.record_id)
        if self.sheet.in_bin:
            self.closed.emit()
            return
        self.head.set_data(head_data(self.sheet, standing, price, self._place[0]))
        titles = [title for title, _ in TABS]
        self.head.tabs.setTabText(titles.index(AMENDMENTS), f"{AMENDMENTS} {amended}" if amended else AMENDMENTS)
        self.head.set_steps(*self._place[1:])
        self.footed.emit(self.sentence())

    def set_place(self, place: str, before: bool, after: bool) -> None:
        self._place = (place, before, after)
        self._read()

    def sentence(self) -> str:
        return f"{self.sheet.values['number']}  ·  modifié le {moment(self.sheet.updated_at)}"

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

    def to_bin(self) -> None:
        to_bin(self.desk, CONTRACT, self.record_id, self.sheet.values["number"])


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
