"""The list behind a figure: each amount with where it is known from; it opens the record."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import NBSP, amount, fold, month_words, this_day
from app.services import spending
from app.services.listing import default_query
from app.services.spending import Listed, Shown, Source
from app.ui import ask, theme
from app.ui.desk import Desk
from app.ui.parts.basics import OneLine, column, frame, label, row
from app.ui.parts.buttons import button, icon_button
from app.ui.parts.figures import FigureColumn, FiguresTable
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell


def months(one: Source) -> str:
    """« mars 2026 », « oct. – déc. 2026 »."""
    if one.first == one.last:
        return month_words(one.first)
    first, last = (month_words(month, short=True) for month in (one.first, one.last))
    return f"{first.split(NBSP)[0] if one.first.year == one.last.year else first} – {last}"


NATURE = "Nature"
COLUMNS = (
    FigureColumn("Mois", 160, lambda one: Cell(months(one)), lambda one: (one.first, one.last)),
    FigureColumn("Désignation", 240, lambda one: Cell(one.label), lambda one: fold(one.label), elastic=True),
    FigureColumn("D’où", 300, lambda one: Cell(one.why), lambda one: fold(one.why), elastic=True),
    FigureColumn(NATURE, 170, lambda one: Cell(one.purpose.label), lambda one: fold(one.purpose.label)),
    FigureColumn("Connu par", 160, lambda one: Cell(one.origin.label, mark=Mark(one.origin.tone)),
                 lambda one: one.origin.label, "badge"),
    FigureColumn("Montant", 110, lambda one: Cell(amount(one.cents), strong=True), lambda one: one.cents, "number"),
)  # fmt: skip
WIDE = 1100
"""Under this width, at the base size of text, the nature leaves its room to the words."""


class DetailView(QWidget):
    """`closed` goes back to the figure."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._listed: Listed | None = None
        self.sources: Sequence[Source] = ()
        self.back = button("Coûts", "quiet", "arrow-left", "Revenir au chiffre (Échap)")
        self.back.setShortcut("Esc")
        self.back.clicked.connect(self.closed)
        self.title, self.sum = OneLine("card", "ink"), label("", "strong")
        self.bills = button("Ouvrir ces factures", "link")
        self.bills.clicked.connect(self._open_bills)
        excel = icon_button("file-spreadsheet", "Exporter vers Excel")
        excel.clicked.connect(self.export)
        self.table = FiguresTable(COLUMNS, "Détail d’un coût")
        self.table.opened.connect(lambda one, _: self._desk.go_to.emit(one.entity, one.record_id))
        head = row(self.back, self.title, self.sum, None, self.bills, excel, margins=(10, 0, 10, 8))
        self.setLayout(column(frame("filters", head), self.table, gap=0))
        self.setFocusProxy(self.table)

    def show_list(self, title: str, listed: Listed, of: Shown) -> None:
        self._listed = listed
        self.title.show_text(title)
        self.table.setAccessibleName(title)
        self.refresh(of)

    def refresh(self, of: Shown) -> None:
        """The same figure, after a change made anywhere."""
        self.sources = self._listed(of) if self._listed else ()
        self.table.show_items(self.sources)
        self.sum.setText(amount(sum(one.cents for one in self.sources)))
        self.bills.setVisible(bool(self._bills()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._hide)

    def _hide(self) -> None:
        self.table.hide_columns([NATURE] if self.width() < theme.scaled(WIDE) else [])

    def _bills(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(one.record_id for one in self.sources if one.entity == "invoice"))

    def _open_bills(self) -> None:
        self._desk.show_list.emit("invoice", replace(default_query(ENTITIES["invoice"]), ids=self._bills()))

    def sentence(self) -> str:
        return f"{spending.counted_lines(len(self.sources))}  ·  {self.sum.text()}"

    def export(self) -> None:
        path = self._desk.ask.file_to_save(
            self, "Exporter ce détail", f"couts-detail_{this_day().isoformat()}.xlsx", ask.EXCEL
        )
        if path:
            title, shown = self.title.accessibleName(), list(self.sources)
            self._desk.run(
                "Export du détail",
                lambda: spending.detail_job(self._desk.store, path, title, shown, this_day()),
                lambda n: self._desk.done.emit(f"{spending.counted_lines(n)} dans {path.name}", 0),
                "Annuler ne laisse aucun fichier.",
            )
