"""« Comptabilité »: the accountant's workbook of a financial year, seen before it is exported, and its accounts."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget

from app.fields import day, this_day
from app.reports.accounts.data import Book
from app.services.accounting import book, years
from app.ui import ask
from app.ui.desk import Desk
from app.ui.pages.accounting_chart import ChartView
from app.ui.pages.accounting_year import YearView
from app.ui.pages.base import Page
from app.ui.parts.awaited import waiting
from app.ui.parts.basics import column, frame, label, row
from app.ui.parts.buttons import Button, Segment, Segments, button
from app.ui.parts.chips import Chip
from app.ui.parts.empty import Beginning, EmptyState
from app.ui.state import UiState

WATCHED = frozenset({
    "invoice", "invoice_line", "invoice_vat", "contract", "amendment", "unit_price", "covered_asset", "asset",
    "licence", "intervention", "part", "hour_purchase", "fixed_asset", "account", "provider", "campaign", "company",
    "setting",
})  # fmt: skip
VIEWS = (Segment("year", "Exercice"), Segment("chart", "Comptes et réglages"))
NOT_READ, YEAR, CHART, EMPTY = range(4)
WHY = (
    "Un seul classeur Excel pour votre comptable\u00a0: immobilisations, factures, charges à cheval sur deux\n"
    "exercices, engagements, écritures proposées. Il se remplit de ce que vous saisissez ailleurs."
)


class AccountingPage(Page):
    """The figures are read beside the window: `read_again` is emitted once they are there."""

    topic = "comptabilite"
    read_again = Signal()

    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, state)
        with desk.read() as session:
            self.year = years.proposed(session, this_day()).year
        self.book: Book | None = None
        self._asked, self._stale = 0, True
        self.views = Segments(VIEWS, "Vue de la comptabilité")
        self.views.changed.connect(self.show_view)
        self.chip, self.span = Chip("Exercice"), label("", "second", "ink2")
        self.chip.clicked.connect(self._offer_years)
        bar = frame("filters", row(self.chip, self.views, None, self.span, margins=(16, 0, 16, 8)))
        self.year_view, self.chart_view = YearView(desk), ChartView(desk)
        self.year_view.told.connect(lambda: self.footed.emit(self.sentence()))
        self.stack = QStackedWidget()
        for view in (waiting(), self.year_view, self.chart_view, self._empty()):
            self.stack.addWidget(view)
        self.setLayout(column(bar, self.stack, gap=0))
        self.setFocusProxy(self.views)
        self.views.set_value("year")
        desk.changed.connect(self._on_change)

    def section_actions(self) -> list[Button]:
        made = button("Exporter le classeur…", "primary", "file-spreadsheet")
        made.clicked.connect(self.export)
        return [made]

    def _empty(self) -> EmptyState:
        ways = [
            Beginning("invoice", "Voir les factures", "receipt-euro", "Saisir vos factures",
                      "Ou déposer leurs fichiers Factur-X\u00a0: comptes, périodes et TVA suivent.", primary=True),
            Beginning("fixed_asset", "Voir les immobilisations", "landmark", "Décider de vos achats",
                      "Immobilisation ou charge, selon leur prix\u00a0: l’amortissement est calculé."),
            Beginning("contract", "Voir les contrats", "file-text", "Écrire vos contrats",
                      "Leur prix et leur durée disent ce qui est dû à la clôture."),
        ]  # fmt: skip
        empty = EmptyState("calculator", "Rien à transmettre au comptable pour l’instant", WHY, ways)
        empty.chosen.connect(lambda key: self.desk.show_list.emit(key, None))
        return empty

    # Reading

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & WATCHED:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Read again, off the thread of the window; what is shown stays until then."""
        self._asked += 1
        self._stale = False
        asked, today = self._asked, this_day()
        self.chart_view.refresh()
        self.desk.jobs.watch(lambda: book.read_job(self.desk.store, self.year, today), partial(self._got, asked))

    def _got(self, asked: int, found: Book) -> None:
        if asked != self._asked:
            return  # another year, or newer figures, were asked for since
        self.book = found
        self.chip.set_value(str(found.year.year))
        self.span.setText(f"du {day(found.year.start)} au {day(found.year.end)}")
        self.year_view.show_book(found, this_day())
        self.show_view(self.views.value())
        self.read_again.emit()

    def _offer_years(self) -> None:
        menu = QMenu(self)
        with self.desk.read() as session:
            offered = years.offered(session, this_day())
        for one in offered:
            words = f"{one.year} (du {day(one.start)} au {day(one.end)})"
            menu.addAction(words, partial(self.choose_year, one.year))
        menu.popup(self.chip.mapToGlobal(self.chip.rect().bottomLeft()))

    def choose_year(self, year: int) -> None:
        self.year = year
        self.refresh()

    # What is shown

    def show_view(self, key: str) -> None:
        self.views.set_value(key)
        if key == "chart":
            self.stack.setCurrentIndex(CHART)
        elif self.book is not None:
            self.stack.setCurrentIndex(YEAR if self.book.anything else EMPTY)
        self.footed.emit(self.sentence())

    def sentence(self) -> str:
        if self.stack.currentIndex() == CHART:
            return self.chart_view.sentence()
        return self.year_view.sentence() if self.stack.currentIndex() == YEAR else ""

    # Acts

    def export(self) -> None:
        year = self.year
        name = f"comptabilite-{year}_{this_day().isoformat()}.xlsx"
        path = self.desk.ask.file_to_save(self, "Exporter le classeur comptable", name, ask.EXCEL)
        if path:
            self.desk.run(
                "Classeur comptable",
                lambda: book.job(self.desk.store, year, path),
                lambda made: self.desk.done.emit(f"{path.name}\u00a0: {book.told(made)}", 0),
                "Annuler ne laisse aucun fichier.",
            )
