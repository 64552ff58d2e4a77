"""The report of a period as a page: what it says first, its indicators, the delays missed, all else; then issued."""

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from app.entities import ENTITIES
from app.fields import PARIS, day, joined, this_day
from app.reports.periodic_data import PeriodReport
from app.services.periodic import gather, reviews, when
from app.ui import icons
from app.ui.desk import Desk
from app.ui.pages import papers
from app.ui.pages.periodic_tabs import BreachesTab, FiguresTab, RestTab, SummaryTab
from app.ui.pages.tabbed import TabbedPage, Tabs, last_tabs
from app.ui.parts.buttons import Button, button, icon_button
from app.ui.parts.crumbs import HeadData
from app.ui.parts.marks import Mark

REVIEW = ENTITIES["period_review"]
CONCERNED = frozenset({
    "period_review", "improvement", "breach_note", "indicator_target", "ticket", "ticket_event", "intervention",
    "visit", "evaluation", "received_document", "due_document", "invoice", "invoice_line", "penalty", "penalty_claim",
    "contract", "amendment", "issued_paper", "document",
})  # fmt: skip
TABS: Tabs = (
    ("Synthèse", SummaryTab),
    ("Indicateurs", FiguresTab),
    ("Dépassements", BreachesTab),
    ("Autres constats", RestTab),
    *last_tabs(REVIEW),
)


class ReviewPage(TabbedPage):
    """Its figures are read beside the window, again with each change that concerns them."""

    entity, tabs, concerned = REVIEW, TABS, CONCERNED

    def __init__(self, desk: Desk, record_id: int) -> None:
        self.told: PeriodReport | None = None
        self._readings = 0
        super().__init__(desk, record_id)
        self.reload_more()

    def head_buttons(self) -> list[Button]:
        self._more = icon_button("ellipsis", "Autres actions")
        self._more.clicked.connect(self._offer)
        see = button("Voir et émettre…", "primary", "printer", tip="En PDF ou en Excel\u00a0; émis, il ne change plus.")
        see.clicked.connect(self.print_paper)
        return [self._more, see]

    # Reading

    def reload_more(self) -> None:
        self._readings += 1
        store, wanted = self.desk.store, self.record_id
        self.desk.jobs.watch(lambda: gather.read_job(store, wanted), partial(self._got, self._readings), self)

    def read_more(self, session: Any) -> None:
        self._issued = reviews.issued_on(session, self.record_id)
        self._period = reviews.period_of(reviews.known(session, self.record_id))

    def _got(self, reading: int, told: PeriodReport) -> None:
        if reading != self._readings:
            return  # a newer one is under way
        self.told = told
        for made in self.made.values():
            self._give(made)

    def _give(self, made: Any) -> None:
        if self.told is not None and hasattr(made, "show_report"):
            made.show_report(self.told)

    def placed(self, title: str, made: Any) -> QWidget:
        self._give(made)
        return super().placed(title, made)

    def show_head(self) -> None:
        values, today = self.sheet.values, this_day()
        title = when.title(self._period, today).removesuffix(" (en cours)")
        scope = self.sheet.titles.get("contract_id") or "Tous les contrats"
        dates = f"du {day(values['starts_on'])} au {day(values['ends_on'])}"
        self.head.set_data(
            HeadData("Rapports périodiques", values["number"], title, joined(scope, dates, by=" · "), self.place[0],
                     [self._badge(running=self._period.end >= today)])
        )  # fmt: skip

    def _badge(self, *, running: bool) -> tuple[str, Mark]:
        if self._issued is not None:
            return f"Émis le {day(self._issued.astimezone(PARIS).date())}", Mark("ok")
        return ("Période en cours", Mark("info")) if running else ("À émettre", Mark("warn", loud=True))

    # Acts

    def print_paper(self) -> None:
        papers.preview(self.desk, reviews.KIND, self, self.sheet.values["number"])

    def _offer(self) -> None:
        menu = QMenu(self)
        if self.sheet.values["contract_id"]:
            menu.addAction(icons.icon("file-text"), "Ouvrir le contrat", self.open_contract)
        menu.addAction(icons.icon("trash-2"), "Mettre à la corbeille", self.to_bin)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def open_contract(self) -> None:
        self.desk.go_to.emit("contract", self.sheet.values["contract_id"])

    def edit(self) -> None:
        """F2: its period is its number, and does not change; its words do."""
        self.open_tab("Synthèse")
        self.tab().takeaways_button.click()
