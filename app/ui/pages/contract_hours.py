"""The hours of a contract: those bought in advance with their account, or those that the fee includes (C.6)."""

from collections.abc import Sequence

from app.fields import day, duration
from app.services.billing.billed import days_told
from app.services.billing.hours import Entry, HourAlert, Ledger
from app.services.billing.overruns import Included
from app.ui.desk import Desk
from app.ui.parts.badge import Badge
from app.ui.parts.basics import column, empty_layout, holder, label, row
from app.ui.parts.card import Card
from app.ui.parts.marks import Mark
from app.ui.parts.meter import Meter, Run
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

COLUMNS = (
    SmallColumn("Date", 110), SmallColumn("Mouvement", 260, elastic=True), SmallColumn("Détail", 230, elastic=True),
    SmallColumn("Heures", 100, "number"), SmallColumn("Solde", 100, "number"),
)  # fmt: skip
NOTHING = "Aucune heure achetée n’est notée\u00a0: écrivez celles du contrat à l’onglet «\u00a0Prix\u00a0»."
MOST = 8


class HoursCard(Card):
    """Figures, a bar of what is used, what follows in words, and every movement, newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Heures achetées d’avance", flush=True)
        self._desk = desk
        self._entries: Sequence[Entry] = ()
        self._meter, self._figures = Meter(), row(gap=28)
        self._told = label("", wrap=True)
        head = column(self._figures, self._meter, self._told, gap=8, margins=(16, 10, 16, 10))
        self._head = holder(head)
        self.table = SmallTable(COLUMNS, name="Mouvements d’heures", most=MOST)
        self.table.opened.connect(self._open)
        self._nothing = label(NOTHING, "second", "ink2", wrap=True)
        self._nothing.setContentsMargins(16, 8, 16, 6)
        for part in (self._head, self.table, self._nothing):
            self.body.addWidget(part)

    def show_account(self, account: Ledger) -> None:
        self._entries = tuple(reversed(account.entries))
        self._show_figures(account)
        self._told.setText("\n".join(account.told))
        self._told.setVisible(bool(account.told))
        self.table.set_rows([_cells(one) for one in self._entries])
        for part in (self._head, self.table):
            part.setVisible(bool(account.lots))
        self._nothing.setVisible(not account.lots)

    def _show_figures(self, account: Ledger) -> None:
        empty_layout(self._figures)
        lost = [("Perdues", account.expired)] if account.expired else []
        over = [("Payées à part", account.over)] if account.over else []
        shown = [("Achetées", account.bought), ("Utilisées", account.used), *lost, *over, ("Reste", account.balance)]
        for name, minutes in shown:
            self._figures.addLayout(column(label(name, "second", "ink2"), label(duration(minutes), "title"), gap=0))
        self._figures.addStretch(1)
        if account.alert != HourAlert.NONE:
            low = account.alert == HourAlert.LOW
            told = f"{account.percent}\u00a0% des heures utilisées" if low else account.alert.label
            self._figures.addWidget(Badge(told, Mark(account.alert.tone, account.alert.loud)))
        share = min(100, account.percent or 0)
        sentence = f"{share}\u00a0% des heures valables sont utilisées"
        self._meter.set_runs([Run(share / 100, f"{account.alert.tone}.solid")], sentence)
        self._meter.setToolTip(sentence)

    def _open(self, at: int) -> None:
        entry = self._entries[at]
        if entry.entity == "intervention":
            self._desk.go_to.emit(entry.entity, entry.record_id)


def _cells(one: Entry) -> list[Cell]:
    signed = f"+{duration(one.minutes)}" if one.minutes > 0 else duration(one.minutes)
    balance = Cell(duration(one.balance), "bad" if one.balance < 0 else "")
    return [Cell(day(one.on)), Cell(one.label), Cell(one.how), Cell(signed), balance]


class IncludedCard(Card):
    """The hours that the fee includes for the period under way; hidden without."""

    def __init__(self) -> None:
        super().__init__("Heures comprises dans le forfait")
        self._words, self._meter = label("", wrap=True), Meter()
        self.body.addWidget(self._words)
        self.body.addWidget(self._meter)

    def show_included(self, found: Included | None) -> None:
        self.setVisible(found is not None)
        if found is None:
            return
        words = f"{days_told(found.days).capitalize()}\u00a0: {duration(found.used)} sur {duration(found.minutes)}."
        if found.over:
            words += f" {duration(found.over)} de dépassement" + (f"\u00a0: {found.why}." if found.why else ".")
        self._words.setText(words)
        tone = "bad" if found.over else "ok"
        share = min(1.0, found.used / found.minutes) if found.minutes else 1.0
        self._meter.set_runs([Run(share, f"{tone}.solid")], words)
