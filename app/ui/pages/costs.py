"""What the computers cost: the year against its budget, who costs what, what the fees buy, the years side by side."""

from PySide6.QtWidgets import QStackedWidget

from app.fields import day, this_day
from app.jobs import Job
from app.services import spending
from app.services.spending import Shown
from app.ui import ask
from app.ui.desk import Desk
from app.ui.pages.costs_detail import DetailView
from app.ui.pages.costs_fee import FeeView
from app.ui.pages.costs_share import ShareView
from app.ui.pages.costs_span import SpanView
from app.ui.pages.costs_view import CostsView
from app.ui.pages.costs_year import YearView
from app.ui.pages.year_page import YearPage
from app.ui.parts.awaited import waiting
from app.ui.parts.basics import OneLine, column, frame, holder, row
from app.ui.parts.buttons import Button, Segment, Segments, button
from app.ui.parts.empty import Beginning, EmptyState
from app.ui.state import UiState

WATCHED = frozenset({
    "invoice", "invoice_line", "invoice_vat", "contract", "amendment", "unit_price", "covered_asset", "asset",
    "licence", "licence_seat", "intervention", "part", "hour_purchase", "fixed_asset", "expertise_sheet", "expertise",
    "replacement", "ticket", "budget", "site", "family", "company", "setting",
})  # fmt: skip
VIEWS = (
    Segment("year", "Prévision"),
    Segment("share", "Répartition"),
    Segment("fee", "Forfaits"),
    Segment("span", "Années"),
)
NOT_READ = 2
"""Nothing is shown before the first reading."""
WHY = (
    "Factures, contrats, prix d’achat des biens, interventions facturables\u00a0: tout ce que vous saisissez\n"
    "ailleurs et qui coûte se compte ici, sans rien ressaisir."
)


class CostsPage(YearPage):
    watched = WATCHED

    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, state)
        self.shown: Shown | None = None
        self.views = Segments(VIEWS, "Vue des coûts")
        self.views.changed.connect(self.show_view)
        self.base = OneLine("second", "ink2")
        self.year_view, self.share_view = YearView(desk), ShareView()
        self.fee_view, self.span_view = FeeView(desk), SpanView(desk)
        self.detail = DetailView(desk)
        self.detail.closed.connect(self._leave_detail)
        self.panes: dict[str, CostsView] = {
            "year": self.year_view,
            "share": self.share_view,
            "fee": self.fee_view,
            "span": self.span_view,
        }
        self.stack, self.body = QStackedWidget(), QStackedWidget()
        for view in (*self.panes.values(), self.detail):
            self.stack.addWidget(view)
        for pane in self.panes.values():
            pane.asked.connect(self.show_behind)
            pane.told.connect(lambda _: self.footed.emit(self.sentence()))
        self.span_view.chosen.connect(self._show_year)
        bar = frame("filters", row(self.chip, self.views, None, self.base, margins=(16, 0, 16, 8)))
        self.body.addWidget(holder(column(bar, self.stack, gap=0)))
        self.body.addWidget(self._empty())
        self.body.addWidget(waiting())
        self.body.setCurrentIndex(NOT_READ)
        self.setLayout(column(self.body, gap=0))
        self.setFocusProxy(self.views)
        self.views.set_value("year")

    def section_actions(self) -> list[Button]:
        made = button("Exporter vers Excel…", icon="file-spreadsheet")
        made.clicked.connect(self.export)
        return [made]

    def _empty(self) -> EmptyState:
        ways = [
            Beginning("invoice", "Aller aux factures", "receipt-euro", "Par vos factures",
                      "Saisies, ou lues dans un fichier Factur-X\u00a0: elles disent ce qui est vraiment payé.",
                      primary=True),
            Beginning("contract", "Aller aux contrats", "file-text", "Par vos contrats",
                      "Leur forfait donne le coût de chaque mois, même avant la première facture."),
            Beginning("asset", "Aller aux biens", "monitor", "Par vos biens",
                      "Leur prix et leur date d’achat suffisent pour voir ce que le parc a coûté."),
        ]  # fmt: skip
        empty = EmptyState("wallet", "Aucune dépense connue pour l’instant", WHY, ways)
        empty.chosen.connect(lambda key: self.desk.show_list.emit(key, None))
        return empty

    # Reading

    def reading(self) -> Job[Shown]:
        return spending.read_job(self.desk.store, self.year, this_day())

    def show_read(self, found: Shown) -> None:
        self.shown = found
        self.year = found.year
        self.chip.set_value(str(self.year))
        self.base.show_text(f"Montants {found.picture.now.costing.words} · données au {day(found.today)}")
        self.body.setCurrentIndex(0 if found.anything else 1)
        for view in self.panes.values():
            view.show_figures(found)
        if self.stack.currentWidget() is self.detail:
            self.detail.refresh(found)
        self.footed.emit(self.sentence())

    def years_offered(self) -> list[tuple[int, str]]:
        with self.desk.read() as session:
            return spending.offered_words(session, this_day())

    def choose_year(self, year: int) -> None:
        if self.stack.currentWidget() is self.detail:
            self._leave_detail()
        super().choose_year(year)

    def _show_year(self, year: int) -> None:
        """One of the years side by side, purpose by purpose."""
        self.choose_year(year)
        self.show_view("year")

    # What is shown

    def show_view(self, key: str) -> None:
        self.views.set_value(key)
        self.stack.setCurrentWidget(self.panes[key])
        self.panes[key].come_forward()
        self.footed.emit(self.sentence())

    def show_behind(self, title: str, listed: spending.Listed) -> None:
        """The list behind a figure, in the place of the view that it was asked from."""
        assert self.shown is not None  # noqa: S101 - a figure was shown
        self.detail.show_list(title, listed, self.shown)
        self.stack.setCurrentWidget(self.detail)
        self.detail.table.setFocus()
        self.footed.emit(self.sentence())

    def _leave_detail(self) -> None:
        self.show_view(self.views.value() or "year")

    def sentence(self) -> str:
        if self.shown is None or not self.shown.anything:
            return ""
        if self.stack.currentWidget() is self.detail:
            return self.detail.sentence()
        return self.panes[self.views.value()].sentence()

    def export(self) -> None:
        """The list in front when it is one behind a figure, else the whole year."""
        if self.shown is None:
            return
        if self.stack.currentWidget() is self.detail:
            self.detail.export()
            return
        name = f"couts-{self.year}_{this_day().isoformat()}.xlsx"
        path = self.desk.ask.file_to_save(self, "Exporter les coûts", name, ask.EXCEL)
        if path:
            year, today = self.year, this_day()
            self.desk.run(
                "Export des coûts",
                lambda: spending.book_job(self.desk.store, path, year, today),
                lambda n: self.desk.done.emit(f"{n}\u00a0lignes dans {path.name}", 0),
                "Annuler ne laisse aucun fichier.",
            )
