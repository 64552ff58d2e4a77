"""The pane of an asset: seven tabs; the first with its loan or its exit, its facts, photos and components."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import NBSP, day, lowered, this_day
from app.services import loans, retirement, security
from app.services.fixed_assets import exits
from app.services.fixed_assets.exits import Proposed
from app.services.loans import OpenLoan
from app.services.records import Link, Sheet
from app.services.retirement import BREACH, Gone
from app.services.security import AssetSecurity
from app.ui.crud.pane import DetailPane, PaneTab, groups_of
from app.ui.desk import Desk
from app.ui.pages import papers
from app.ui.pages.acts import ActDialog
from app.ui.pages.asset_acts import take_back
from app.ui.pages.asset_components import ComponentsPart
from app.ui.pages.asset_costs import CostsTab
from app.ui.pages.asset_photos import PhotosPart
from app.ui.pages.expertise_tab import ExpertisePart, expertise_tab
from app.ui.pages.fixed_assets_exit import ExitDialog
from app.ui.pages.invoice_parts import PurchasesPart
from app.ui.pages.licences_part import LicencesPart
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, holder, label
from app.ui.parts.buttons import icon_button
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.marks import Mark
from app.ui.parts.section import SectionPart

ASSET = ENTITIES["asset"]
COSTS_AT = 4


class SecurityPart(SectionPart):
    """What the inventories tell of the security of one asset, in columns of its own."""

    def __init__(self) -> None:
        self._survey = label("", "second", "ink2")
        super().__init__("Sécurité", self._survey)
        self.facts = FactsView()
        self.body.addWidget(self.facts)

    def show_facts(self, known: AssetSecurity) -> None:
        self._survey.setText(known.survey)
        told = [
            Fact(one.label, one.value, badge_text=one.word, badge=Mark(one.tone, loud=one.wrong)) for one in known.lines
        ]
        self.facts.set_groups([FactGroup("", told)])


class AssetPane(DetailPane):
    watched = frozenset(
        {
            "loan",
            "component",
            "retirement",
            "survey",
            "intervention",
            "part",
            "licence_seat",
            "invoice",
            "invoice_line",
            "fixed_asset",
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, ASSET)
        self._told = column(gap=8)
        self.security, self.photos, self.components = SecurityPart(), PhotosPart(desk, ASSET), ComponentsPart(desk)
        self.licences, self.expertise = LicencesPart(desk), ExpertisePart(desk)
        self.purchases = PurchasesPart(desk)
        printed = icon_button("printer", "Imprimer la fiche (Ctrl+P)")
        printed.clicked.connect(self.print_paper)
        self.add_act(printed)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self.photos.paste)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def tabs_of(self, session: Any) -> list[PaneTab]:
        tabs = super().tabs_of(session)
        return [*tabs[:COSTS_AT], PaneTab("Coûts", self._costs), *tabs[COSTS_AT:]]

    def linked_page(self, link: Link) -> QWidget:
        if link.entity == "expertise_sheet":
            return expertise_tab(self._desk, self.record_id)
        return super().linked_page(link)

    def _costs(self) -> QWidget:
        return CostsTab(self._desk, self.record_id)

    def facts_body(self) -> QWidget:
        parts = (
            self.facts, self.purchases, self.expertise, self.security, self.licences, self.photos, self.components,
        )  # fmt: skip
        return holder(column(self._told, *parts, gap=12))

    def show_facts(self, sheet: Sheet) -> None:
        with self._desk.read() as session:
            loan = loans.of_asset(session, sheet.id, this_day())
            gone = retirement.of_asset(session, sheet.id) if sheet.values["retired_on"] else None
            known = security.of_asset(session, sheet.id, this_day())
            line = sheet.values["fixed_asset_id"]
            listed = exits.proposed(session, line) if gone and line else ()
        empty_layout(self._told)
        for banner in (self._loan(loan), *self._exit(gone), *self._still_listed(listed)):
            if banner is not None:
                self._told.addWidget(banner)
        self.facts.set_groups(groups_of(ASSET, sheet))
        self.security.show_facts(known)
        self.security.setVisible(bool(known.lines) and gone is None)
        self.purchases.show_asset(sheet.id)
        self.expertise.show_asset(sheet.id)
        self.licences.show_asset(sheet.id)
        self.photos.show_record(sheet.id)
        self.components.show_asset(sheet.id)

    def _loan(self, loan: OpenLoan | None) -> Banner | None:
        if loan is None:
            return None
        due = f"À rendre le {day(loan.due_on)}" if loan.due_on else "Sans date de retour"
        late = ", en retard" if loan.late else ""
        told = BannerData(
            "bad" if loan.late else "hold", f"Prêté à {loan.who}{late}", f"Depuis le {day(loan.lent_on)}. {due}.",
            "Rendre…", "hand-coins",
        )  # fmt: skip
        banner = Banner(told)
        banner.acted.connect(lambda: ActDialog(self._desk, take_back(loan), self).open())
        return banner

    def _still_listed(self, listed: Sequence[Proposed]) -> list[Banner]:
        """Its line of the register, that an exit of the asset never takes out by itself."""
        made = []
        for line in listed:
            told = BannerData(
                "warn", f"Encore à l’actif{NBSP}: {line.number}", "La sortie de l’actif reste à noter.",
                "Sortir de l’actif…", action_icon="log-out",
            )  # fmt: skip
            banner = Banner(told)
            banner.acted.connect(lambda one=line.id: ExitDialog(self._desk, one, self).open())
            made.append(banner)
        return made

    def _exit(self, gone: Gone | None) -> list[Banner]:
        if gone is None:
            return []
        to = f", {gone.recipient}" if gone.recipient else ""
        proof = f"Preuve{NBSP}: {gone.proof}." if gone.proof else f"Preuve attendue{NBSP}: {gone.expected}."
        out = Banner(
            BannerData(
                "info",
                f"Sorti le {day(gone.on)}{NBSP}: {lowered(gone.kind.label)}{to}",
                proof,
                "Voir…",
            )
        )
        out.acted.connect(lambda: self._desk.go_to.emit("retirement", gone.id))
        if not gone.breach:
            return [out]
        return [Banner(BannerData("bad", BREACH[0], " ".join(BREACH[1:]))), out]

    def print_paper(self) -> None:
        papers.preview(self._desk, "bien", self, self.number.text())
