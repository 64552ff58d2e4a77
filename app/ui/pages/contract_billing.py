"""The tab « Facturation » of a contract: period by period what it foresees and what is billed, hours, penalties."""

from collections.abc import Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import amount, day, joined, this_day
from app.services import records
from app.services.billing import hours, table
from app.services.billing.billed import days_told
from app.services.billing.table import Row, Standing, Table
from app.services.invoices.draft import Draft
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.pages.contract_billing_detail import PeriodDetail, difference
from app.ui.pages.contract_card import LinesCard
from app.ui.pages.contract_hours import HoursCard, IncludedCard
from app.ui.pages.contract_penalties import PenaltiesCard
from app.ui.pages.invoice_form import InvoiceForm
from app.ui.parts.basics import OneLine, column, hairline, holder, label, row, scrolled
from app.ui.parts.buttons import Segment, Segments, button
from app.ui.parts.card import Card
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

CONTRACT = ENTITIES["contract"]
LENGTHS = (Segment("1", "Par mois"), Segment("3", "Par trimestre"), Segment("12", "Par an"))
COLUMNS = (
    SmallColumn("Période", 210), SmallColumn("Attendu HT", 120, "number"), SmallColumn("Facturé HT", 120, "number"),
    SmallColumn("Écart", 110, "number"), SmallColumn("État", 170, "badge"),
    SmallColumn("Factures et avoirs", 220, elastic=True),
)  # fmt: skip
NOTHING = "Rien n’est dû ni facturé sous ce contrat pour l’instant."
OUTSIDE = "{sum} HT de ces factures ne relèvent pas du contrat (matériel, logiciels…)\u00a0: ils ne sont pas comparés."
MOST = 9


class BillingTab(QWidget):
    """Read again when it is next in sight: counting takes a moment, and most changes do not touch it."""

    def __init__(self, desk: Desk, contract_id: int) -> None:
        super().__init__()
        self._desk, self._contract, self._stale = desk, contract_id, True
        self.periods = PeriodsCard(desk, contract_id)
        self.hours, self.included = HoursCard(desk), IncludedCard()
        self.purchases = LinesCard(
            desk, contract_id, "hour_purchase", title="Achats d’heures",
            columns=(("bought_on", 120), ("label", 240), ("minutes", 100), ("price", 120), ("valid_until", 150),
                     ("invoice_id", 150)),
            empty="Aucun achat en plus des heures du contrat.",
        )  # fmt: skip
        self.penalties = PenaltiesCard(desk, contract_id)
        cards = (self.periods, self.included, self.hours, self.purchases, self.penalties)
        self.setLayout(column(scrolled(holder(column(*cards, None, gap=12, margins=PAGE_MARGINS)))))

    def reload(self) -> None:
        self._stale = True
        if self.isVisible():
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    def _read(self) -> None:
        self._stale = False
        self.periods.reload()
        with self._desk.read() as session:
            account = hours.ledger(session, self._contract, this_day())
            contract = records.get(session, CONTRACT, self._contract)
        banked = bool(account.lots) or contract.values["price_model"].value == "hour_bank"
        self.included.show_included(self.periods.shown.included)
        self.hours.show_account(account)
        self.hours.setVisible(banked)
        self.purchases.reload()
        self.purchases.setVisible(banked)
        self.penalties.reload()


class PeriodsCard(Card):
    """The periods, newest first, and what makes the one that is chosen."""

    def __init__(self, desk: Desk, contract_id: int) -> None:
        self._desk, self._contract = desk, contract_id
        self.shown = Table((), 1, 0, None)
        self._asked: int | None = None
        self.lengths = Segments(LENGTHS, "Périodes")
        self.lengths.changed.connect(self._show_length)
        add = button("Saisir une facture…", "primary", "plus")
        add.clicked.connect(self.begin)
        self.sums = OneLine("second", "ink2")
        super().__init__("Attendu et facturé", corner=holder(row(self.sums, self.lengths, add, gap=8)), flush=True)
        self.table = SmallTable(COLUMNS, name="Attendu et facturé par période", most=MOST)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._choose())
        self.detail = PeriodDetail(desk)
        self._nothing, self._outside = label("", "second", "ink2", wrap=True), OneLine("second", "ink2")
        for told in (self._nothing, self._outside):
            told.setContentsMargins(16, 8, 16, 6)
        self._line = hairline()
        for part in (self.table, self._nothing, self._outside, self._line, self.detail):
            self.body.addWidget(part)

    def _show_length(self, months: str) -> None:
        self._asked = int(months)
        self.reload()

    def reload(self) -> None:
        kept = self._chosen()
        with self._desk.read() as session:
            self.shown = table.table(session, self._contract, this_day(), self._asked)
        rows = self.shown.rows
        self.lengths.set_value(str(self.shown.months))
        self.sums.show_text(_sums(rows))
        self.table.set_rows([_cells(one) for one in rows])
        for part in (self.table, self.detail, self._line):
            part.setVisible(bool(rows))
        self._nothing.setText("" if rows else NOTHING)
        self._nothing.setVisible(not rows)
        self._outside.setVisible(bool(self.shown.outside))
        self._outside.show_text(OUTSIDE.format(sum=amount(self.shown.outside)))
        if rows:
            days = [one.days for one in rows]
            self.table.selectRow(days.index(kept.days) if kept and kept.days in days else 0)
            self._choose()

    def begin(self) -> InvoiceForm:
        """An invoice of this contract, for the period chosen if none is billed there yet."""
        chosen = self._chosen()
        first, last = chosen.days if chosen and not chosen.invoices else (None, None)
        with self._desk.read() as session:
            provider = records.get(session, CONTRACT, self._contract).values["provider_id"]
        start = Draft(number="", provider_id=provider, contract_id=self._contract, invoiced_on=this_day(), lines=(),
                      period_start=first, period_end=last)  # fmt: skip
        form = InvoiceForm(self._desk, None, start, self.window())
        form.saved.connect(lambda made: self._desk.go_to.emit("invoice", made))
        form.open()
        return form

    def _chosen(self) -> Row | None:
        chosen = self.table.selectionModel().selectedRows()
        return self.shown.rows[chosen[0].row()] if chosen and self.shown.rows else None

    def _choose(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.detail.show_row(chosen)


def _sums(rows: Sequence[Row]) -> str:
    """« Écart +29,00 € · attendu 8 280,00 € · facturé 8 309,00 € », of the periods billed: cut from its end."""
    billed = [one for one in rows if one.gap is not None]
    if not billed:
        return ""
    gap = sum(one.gap or 0 for one in billed)
    expected, net = sum(one.expected or 0 for one in billed), sum(one.billed for one in billed)
    return joined(f"Écart {difference(gap)}", f"attendu {amount(expected)}", f"facturé {amount(net)}", by=" · ")


def _cells(one: Row) -> list[Cell]:
    missing = "" if one.expected else "mute"
    tone = one.standing.tone if one.standing in {Standing.MORE, Standing.LESS} and one.gap else ""
    return [
        Cell(days_told(one.days).capitalize()),
        Cell(amount(one.expected) if one.expected is not None else "–", missing),
        Cell(amount(one.billed) if one.invoices else "–", "" if one.invoices else "mute"),
        Cell(difference(one.gap), tone or ("" if one.gap else "mute")),
        Cell(one.standing.label, mark=Mark(one.standing.tone, one.standing.loud)),
        Cell(joined(*(f"{share.number} du {day(share.on)}" for share in one.invoices), by=", ")),
    ]
