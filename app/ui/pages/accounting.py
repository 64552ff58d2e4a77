"""« Comptabilité »: the accountant's workbook of a financial year, seen before it is exported, and its accounts."""

from PySide6.QtWidgets import QStackedWidget

from app.fields import day, this_day
from app.jobs import Job
from app.reports.accounts.data import Book
from app.services.accounting import book, years
from app.ui import ask
from app.ui.desk import Desk
from app.ui.pages.accounting_chart import ChartView
from app.ui.pages.accounting_year import YearView
from app.ui.pages.year_page import YearPage
from app.ui.parts.awaited import waiting
from app.ui.parts.basics import column, frame, label, row
from app.ui.parts.buttons import Button, Segment, Segments, button
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


class AccountingPage(YearPage):
    watched = WATCHED

    def __init__(self, desk: Desk, state: UiState) -> None:
        with desk.read() as session:
            year = years.proposed(session, this_day()).year
        super().__init__(desk, state, year)
        self.book: Book | None = None
        self.views = Segments(VIEWS, "Vue de la comptabilité")
        self.views.changed.connect(self.show_view)
        self.span = label("", "second", "ink2")
        bar = frame("filters", row(self.chip, self.views, None, self.span, margins=(16, 0, 16, 8)))
        self.year_view, self.chart_view = YearView(desk), ChartView(desk)
        self.year_view.told.connect(lambda: self.footed.emit(self.sentence()))
        self.stack = QStackedWidget()
        for view in (waiting(), self.year_view, self.chart_view, self._empty()):
            self.stack.addWidget(view)
        self.setLayout(column(bar, self.stack, gap=0))
        self.setFocusProxy(self.views)
        self.views.set_value("year")

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

    def refresh(self) -> None:
        self.chart_view.refresh()
        super().refresh()

    def reading(self) -> Job[Book]:
        return book.read_job(self.desk.store, self.year, this_day())

    def show_read(self, found: Book) -> None:
        self.book = found
        self.chip.set_value(str(found.year.year))
        self.span.setText(f"du {day(found.year.start)} au {day(found.year.end)}")
        self.year_view.show_book(found, this_day())
        self.show_view(self.views.value())

    def years_offered(self) -> list[tuple[int, str]]:
        with self.desk.read() as session:
            offered = years.offered(session, this_day())
        return [(one.year, f"{one.year} (du {day(one.start)} au {day(one.end)})") for one in offered]

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
