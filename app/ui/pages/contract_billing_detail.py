"""What makes one period of a contract: the amounts that it foresees with their working, and the invoices."""

from PySide6.QtWidgets import QWidget

from app.fields import MISSING, amount, day
from app.services.billing.billed import days_told
from app.services.billing.lines import Line
from app.services.billing.table import Row, Share
from app.ui.desk import Desk
from app.ui.parts.basics import column, label, row
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

LINES = (
    SmallColumn("Ce que le contrat prévoit", 190, elastic=True),
    SmallColumn("D’où vient le montant", 260, elastic=True), SmallColumn("HT", 100, "number"),
)  # fmt: skip
INVOICES = (
    SmallColumn("Facture", 120, elastic=True), SmallColumn("Du", 100), SmallColumn("HT", 100, "number"),
    SmallColumn("État", 120, "badge"),
)  # fmt: skip
NO_LINE = "Le contrat ne prévoit rien pour cette période."
NO_INVOICE = "Aucune facture pour cette période."
MOST = 6
OPENED = {"intervention", "penalty_claim"}
"""Records that a line leads to; the contract is already open, and hours bought stand below."""


class PeriodDetail(QWidget):
    """Each line opens its record by a double click or Enter."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._row: Row | None = None
        self.lines = SmallTable(LINES, name="Ce que le contrat prévoit", most=MOST)
        self.lines.opened.connect(self._open_line)
        self.invoices = SmallTable(INVOICES, name="Factures de la période", most=MOST)
        self.invoices.opened.connect(self._open_invoice)
        self._title = label("", "strong")
        self._no_line, self._no_invoice = label(NO_LINE, "second", "ink2"), label(NO_INVOICE, "second", "ink2")
        self._missing = label("", "second", "warn.text", wrap=True)
        for told in (self._no_line, self._no_invoice, self._missing):
            told.setContentsMargins(16, 6, 16, 6)
        self._title.setContentsMargins(16, 10, 16, 6)
        left = column(self.lines, self._no_line, None, gap=0)
        both = row(gap=12)
        both.addLayout(left, 3)
        both.addLayout(column(self.invoices, self._no_invoice, None, gap=0), 2)
        self.setLayout(column(self._title, both, self._missing, gap=0))

    def show_row(self, chosen: Row) -> None:
        self._row = chosen
        self._title.setText(days_told(chosen.days).capitalize())
        self.lines.set_rows([_line_cells(one) for one in chosen.lines])
        self.invoices.set_rows([_invoice_cells(one) for one in chosen.invoices])
        for table, nothing in ((self.lines, self._no_line), (self.invoices, self._no_invoice)):
            some = bool(chosen.lines if table is self.lines else chosen.invoices)
            table.setVisible(some)
            nothing.setVisible(not some)
        self._missing.setText("\n".join(chosen.missing))
        self._missing.setVisible(bool(chosen.missing))

    def _open_line(self, at: int) -> None:
        line = self._row.lines[at] if self._row else None
        if line is not None and line.entity in OPENED:
            self._desk.go_to.emit(line.entity, line.record_id)

    def _open_invoice(self, at: int) -> None:
        if self._row is not None:
            self._desk.go_to.emit("invoice", self._row.invoices[at].invoice_id)


def difference(cents: int | None) -> str:
    """« +29,00 € », « – » when nothing can be compared."""
    if cents is None:
        return MISSING
    return f"+{amount(cents)}" if cents > 0 else amount(cents)


def _line_cells(one: Line) -> list[Cell]:
    return [Cell(one.label), Cell(one.how), Cell(amount(one.cents))]


def _invoice_cells(one: Share) -> list[Cell]:
    state = Cell(one.status.label, mark=Mark(one.status.tone, one.status.loud))
    return [Cell(one.number), Cell(day(one.on)), Cell(amount(one.cents)), state]
