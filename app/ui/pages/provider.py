"""A provider as a page: whom to call, what it proved, its contracts, the accesses it has (domain.md C.8, C.9)."""

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.entities import ENTITIES
from app.fields import counted, joined, listed, this_day
from app.services import accesses, attachments, records, vigilance
from app.services.accesses import ToWithdraw
from app.services.records import Sheet
from app.ui import icons, theme
from app.ui.crud.pane import groups_of
from app.ui.crud.record_views import PAGE_MARGINS, LinkedList
from app.ui.desk import Desk
from app.ui.pages import scorecard_acts
from app.ui.pages.acts import ActDialog
from app.ui.pages.invoice_parts import ProviderInvoicesTab
from app.ui.pages.provider_accesses import AccessesTab, withdraw
from app.ui.pages.provider_cards import CallsCard, HotlineCard
from app.ui.pages.provider_certificates import CertificatesTab, DemandsCard
from app.ui.pages.provider_contacts import ContactsTab
from app.ui.pages.tabbed import TabbedPage, Tabs, last_tabs
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, holder, row, scrolled
from app.ui.parts.buttons import Button, button, icon_button
from app.ui.parts.card import Card
from app.ui.parts.crumbs import HeadData
from app.ui.parts.facts import FactGroup, FactsView
from app.ui.parts.marks import Mark

PROVIDER = ENTITIES["provider"]
CONCERNED = frozenset(
    {
        "provider", "provider_contact", "certificate", "access_grant", "contract", "amendment", "person", "document",
        "asset", "invoice", "invoice_line", "scorecard",
    }
)  # fmt: skip
SIDE = 340
ELSEWHERE = {PROVIDER.field(name).label for name in ("name", "hotline", "hotline_hours", "email", "portal_url")}
COUNTED = {"Interlocuteurs": "provider_contact", "Contrats": "contract", "Factures": "invoice",
           "Attestations": "certificate", "Accès donnés": "access_grant",
           "Fiches contrôle": "scorecard"}  # fmt: skip


class FactsTab(QWidget):
    """Its identity, and beside it the number to call, whom to call, what to ask for. `calls` leads to their tab."""

    def __init__(self, desk: Desk, provider_id: int) -> None:
        super().__init__()
        self._desk, self._provider = desk, provider_id
        self.facts = FactsView()
        self.facts.link_followed.connect(desk.follow)
        card = Card("Fiche")
        card.body.addWidget(self.facts)
        self.hotline, self.calls = HotlineCard(desk, provider_id), CallsCard(desk, provider_id)
        self.demands = DemandsCard(desk, provider_id)
        side = holder(column(self.hotline, self.calls, None, gap=12))
        theme.fix_width(side, SIDE)
        main = column(self.demands, card, None, gap=12)
        body = row(gap=12, margins=PAGE_MARGINS)
        body.addLayout(main, 1)
        body.addWidget(side)
        area = scrolled(holder(body))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(column(area))
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            sheet = records.get(session, PROVIDER, self._provider)
        self.facts.set_groups(_identity(sheet))
        for card in (self.hotline, self.calls, self.demands):
            card.reload()


def _identity(sheet: Sheet) -> list[FactGroup]:
    """What the head and the card of the hotline do not say already."""
    groups = []
    for group in groups_of(PROVIDER, sheet):
        facts = [fact for fact in group.facts if fact.label not in ELSEWHERE]
        if facts:
            groups.append(FactGroup("" if group.title == PROVIDER.one else group.title, facts))
    return sorted(groups, key=lambda group: not group.title)


def _contracts(desk: Desk, provider_id: int) -> LinkedList:
    made = LinkedList(desk, "contract", "provider_id", provider_id, "Aucun contrat avec ce prestataire")
    made.opened.connect(lambda contract: desk.go_to.emit("contract", contract))
    return made


def _scorecards(desk: Desk, provider_id: int) -> LinkedList:
    none, first = "Aucune fiche contrôle de ce prestataire", "Notez-le dans le menu «\u00a0Autres actions\u00a0»."
    made = LinkedList(desk, "scorecard", "provider_id", provider_id, none, first=first)
    made.opened.connect(lambda card: desk.go_to.emit("scorecard", card))
    return made


TABS: Tabs = (
    ("Fiche", FactsTab),
    ("Interlocuteurs", ContactsTab),
    ("Contrats", _contracts),
    ("Factures", ProviderInvoicesTab),
    ("Attestations", CertificatesTab),
    ("Accès donnés", AccessesTab),
    ("Fiches contrôle", _scorecards),
    *last_tabs(PROVIDER),
)


class ProviderPage(TabbedPage):
    """A banner tells of the accesses that nobody should have any more."""

    entity, tabs, concerned = PROVIDER, TABS, CONCERNED

    def head_buttons(self) -> list[Button]:
        edit = button("Modifier", icon="pencil")
        edit.clicked.connect(self.edit)
        self._more = icon_button("ellipsis", "Autres actions")
        self._more.clicked.connect(self._offer)
        return [edit, self._more]

    def under_head(self) -> list[QVBoxLayout]:
        self._warning = column(margins=(0, 0, 0, 0))
        return [self._warning]

    def placed(self, title: str, made: Any) -> QWidget:
        if isinstance(made, FactsTab):
            made.calls.link_followed.connect(lambda: self.open_tab("Interlocuteurs"))
        return super().placed(title, made)

    def read_more(self, session: Any) -> None:
        today = this_day()
        self._links = {link.entity: link.count for link in records.links(session, PROVIDER, self.record_id)}
        self._links["document"] = len(attachments.of_record(session, PROVIDER, self.record_id))
        self._over = accesses.to_withdraw(session, today, self.record_id)
        self._asked = sum(one.is_to_ask for one in vigilance.demands(session, today, self.record_id))

    def show_head(self) -> None:
        self.head.set_data(head_data(self.sheet, self._asked, len(self._over), self.place[0]))
        self._count(self._links)
        self._warn(self._over)

    def _count(self, links: dict[str, int]) -> None:
        for position, (title, _) in enumerate(TABS):
            count = links.get(COUNTED.get(title, "document" if title == "Documents" else ""), 0)
            self.head.tabs.setTabText(position, f"{title}  {count}" if count else title)

    def _warn(self, over: list[ToWithdraw]) -> None:
        empty_layout(self._warning)
        self._warning.setContentsMargins(*((16, 12, 16, 0) if over else (0, 0, 0, 0)))
        if not over:
            return
        title = f"{counted(len(over), 'accès', 'accès')} à retirer"
        whys = list(dict.fromkeys(one.why for one in over))
        targets = listed([one.target for one in over], 3)
        banner = Banner(BannerData("bad", title, f"{' '.join(whys[:2])} Encore ouvert\u00a0: {targets}.", "Retirer…",
                                   action_icon="lock"))  # fmt: skip
        wanted = [one.id for one in over]
        banner.acted.connect(lambda: ActDialog(self.desk, withdraw(wanted), self).open())
        self._warning.addWidget(banner)

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.addAction(icons.icon("award"), "Noter ce prestataire…", self.judge)
        menu.addAction(icons.icon("trash-2"), "Mettre à la corbeille", self.to_bin)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def judge(self) -> None:
        """Its scorecard of a period."""
        scorecard_acts.begin(
            self.desk, self, lambda card: self.desk.go_to.emit("scorecard", card), provider=self.record_id
        )


def head_data(sheet: Sheet, asked: int, over: int, place: str) -> HeadData:
    values = sheet.values
    badges = []
    if over:
        badges.append((f"{counted(over, 'accès', 'accès')} à retirer", Mark("bad", loud=True)))
    if asked:
        badges.append((f"{counted(asked, 'document')} à demander", Mark("warn", loud=True)))
    context = joined(values["legal_form"], values["city"], values["representative"], by=" · ")
    return HeadData("Prestataires", sheet.title, sheet.title, context or "Prestataire", place, badges)
