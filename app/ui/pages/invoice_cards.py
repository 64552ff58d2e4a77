"""The cards of an invoice's page: its lines and totals, what is left to pay, its facts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout

from app.entities import ENTITIES
from app.fields import MISSING, NBSP, amount, counted, day, days_words, joined, rate, shortened
from app.services.invoices.view import LineRow, View
from app.services.records import Sheet
from app.ui import theme
from app.ui.parts.basics import column, empty_layout, fill, hairline, label, row
from app.ui.parts.buttons import button
from app.ui.parts.card import Card
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

INVOICE = ENTITIES["invoice"]
COLUMNS = (
    SmallColumn("Désignation", 250, elastic=True),
    SmallColumn("Nature", 176),
    SmallColumn("Quantité", 84, "number"),
    SmallColumn("Prix unit. HT", 96, "number"),
    SmallColumn("TVA", 72, "number"),
    SmallColumn("Montant HT", 112, "number"),
)
BRIEF = (0, 2, 4, 5)
"""The columns kept where all do not hold: a line opened says the rest."""
ALL = 740
"""The width that holds them all."""
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
TABLE_EDGE = 16
"""Where the figures of the last column end."""


class LinesCard(Card):
    """What is billed, then the VAT by rate and the totals, as on the paper. `opened` gives the id of a line."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__("Lignes", flush=True)
        self._lines: Sequence[LineRow] = ()
        self._shown: tuple[int, ...] = ()
        self._place = column(gap=0)
        self._show_columns(tuple(range(len(COLUMNS))))
        self._totals = QGridLayout()
        self._totals.setHorizontalSpacing(28)
        self._totals.setVerticalSpacing(3)
        self._wrong = label("", "second", "warn.text", wrap=True)
        fill(self.body, self._place, row(None, self._totals, margins=(16, 10, TABLE_EDGE, 4)))
        self.body.addLayout(row(self._wrong, margins=(16, 0, 16, 4)))

    def _show_columns(self, wanted: tuple[int, ...]) -> None:
        """A table of these columns in the place of the one before."""
        self._shown = wanted
        empty_layout(self._place)
        self.table = SmallTable([COLUMNS[at] for at in wanted], name="Lignes de la facture", most=20)
        self.table.opened.connect(lambda position: self.opened.emit(self._lines[position].id))
        self._place.addWidget(self.table)
        self._show_rows()

    def _show_rows(self) -> None:
        cells = [_cells(one) for one in self._lines]
        self.table.set_rows([[line[at] for at in self._shown] for line in cells])

    def choose(self, line_id: int) -> None:
        """Bring a line to the eye."""
        ids = [one.id for one in self._lines]
        if line_id in ids:
            self.table.selectRow(ids.index(line_id))
            self.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._suit)

    def _suit(self) -> None:
        wanted = tuple(range(len(COLUMNS))) if self.width() >= theme.scaled(ALL) else BRIEF
        if wanted != self._shown:
            self._show_columns(wanted)

    def show_view(self, values: dict[str, Any], told: View) -> None:
        self._lines = told.lines
        self._show_rows()
        empty_layout(self._totals)
        for at, (name, cents, kind) in enumerate(_totals(values, told)):
            strong = kind == "strong"
            shown = label(amount(cents), kind)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setAccessibleName(f"{name}\u00a0: {amount(cents)}")
            if strong:
                self._totals.addWidget(hairline(), 2 * at, 0, 1, 2)
            self._totals.addWidget(label(name, kind, "ink" if strong else "ink2"), 2 * at + 1, 0, RIGHT)
            self._totals.addWidget(shown, 2 * at + 1, 1, RIGHT)
        self._wrong.setText(" ".join(_wrong_vat(told)))
        self._wrong.setVisible(bool(told.wrong_vat))


def _cells(one: LineRow) -> list[Cell]:
    period = days_words(one.start, one.end) if one.start and one.end else ""
    price = MISSING if one.unit_price is None else shortened(one.unit_price, 4, 2)
    return [
        Cell(joined(one.label, period, by=" · ")),
        Cell(one.kind.label, tone="mute"),
        Cell(joined(shortened(one.quantity, 3), one.unit, by=NBSP)),
        Cell(price, tone="" if one.unit_price is not None else "mute"),
        Cell(rate(one.vat_rate), tone="mute"),
        Cell(amount(one.net)),
    ]


def _totals(values: dict[str, Any], told: View) -> list[tuple[str, int, str]]:
    """(name, cents, kind of text); a strong one stands under a rule."""
    found = [("Total HT", values["net"], "body")]
    found += [(f"TVA {rate(one.rate)} sur {amount(one.base)}", one.vat, "body") for one in told.rates]
    found.append(("Total TTC", values["gross"], "strong"))
    taken_off = [("Déjà payé", -values["prepaid"], "body")] if values["prepaid"] else []
    taken_off += [
        (f"Avoir {one.number} du {day(one.invoiced_on)}", -one.gross, "body") for one in told.credits if not one.apart
    ]
    return [*found, *taken_off, ("Net à payer", told.owed, "strong")] if taken_off else found


def _wrong_vat(told: View) -> list[str]:
    return [
        f"À {rate(one.rate)}, la facture écrit {amount(one.vat)} de TVA\u00a0; le calcul donne {amount(right)}."
        for one, right in told.wrong_vat
    ]


class PaymentCard(Card):
    """What is left to pay and until when: the sentence, the figure, where the day comes from."""

    def __init__(self) -> None:
        super().__init__()

    def show_view(self, values: dict[str, Any], told: View, today: date) -> None:
        empty_layout(self.body)
        headline, tone = payment_words(values, told, today)
        cents = told.left or told.owed
        figure = label(amount(abs(cents)), "figure", f"{tone}.text" if tone else "ink")
        self.setAccessibleName(f"{headline}\u00a0: {amount(abs(cents))}")
        fill(self.body, label(headline, "card", wrap=True), figure)
        for line in _day_words(values, told):
            self.body.addWidget(label(line, "second", "ink2", wrap=True))
        if told.due and values["due_on"] and values["due_on"] > told.due.longest:
            text = f"Plus tard que le maximum légal, le {day(told.due.longest)} (art. L441-10 C. com.)."
            self.body.addWidget(label(text, "second", "warn.text", wrap=True))
        facts = _steps(values)
        if facts:
            fill(self.body, 4, hairline(), 4)
            self.body.addWidget(FactsView([FactGroup("", facts)]))
        self.body.addStretch(1)


def payment_words(values: dict[str, Any], told: View, today: date) -> tuple[str, str]:
    """The one sentence of the payment, and its tone."""
    if values["paid_on"]:
        return _paid_words(values, told), ""
    if values["kind"].value == "credit":
        return ("À déduire de la facture corrigée" if not told.left else "Le prestataire vous doit"), ""
    if told.left <= 0:
        return ("Rien à payer" if not told.left else "Le prestataire vous doit"), ""
    due, disputed = values["due_on"], values["status"].value == "disputed"
    if disputed or due is None:
        return ("En suspens tant que dure le litige" if disputed else "Reste à payer"), ""
    if told.late_days:
        return f"À payer, en retard de {counted(told.late_days, 'jour')}", "bad"
    left = (due - today).days
    when = f"dans {counted(left, 'jour')}" if left else "aujourd’hui"
    return f"À payer {when}", ""


def _paid_words(values: dict[str, Any], told: View) -> str:
    if values["kind"].value == "credit":
        return "Avoir soldé"
    return f"Réglée avec {counted(told.late_days, 'jour')} de retard" if told.late_days else "Réglée à temps"


def _day_words(values: dict[str, Any], told: View) -> list[str]:
    due = values["due_on"]
    if due is None or told.due is None:
        return []
    if due == told.due.on:
        return [f"Au plus tard le {day(due)}\u00a0: {told.due.how}"]
    return [f"Au plus tard le {day(due)}, écrit sur la facture", f"Selon les conditions\u00a0: le {day(told.due.on)}"]


def _steps(values: dict[str, Any]) -> list[Fact]:
    facts = []
    credit = values["kind"].value == "credit"
    if values["approved_on"]:
        facts.append(
            Fact("Accepté" if credit else "Bon à payer", day(values["approved_on"]), note=values["approved_by"] or "")
        )
    if values["disputed_on"]:
        facts.append(Fact("Contesté" if credit else "Contestée", day(values["disputed_on"])))
    if values["paid_on"]:
        facts.append(Fact("Soldé" if credit else "Réglée", day(values["paid_on"]), note=values["payment"] or ""))
    return facts


class FactsCard(Card):
    """Whose it is and what it is about; `edited` asks for the form of what stands in no total."""

    edited = Signal()

    def __init__(self) -> None:
        edit = button("Compléter…", "quiet", "pencil")
        edit.setAccessibleName("Compléter les renseignements de la facture")
        super().__init__("Renseignements", corner=edit)
        edit.clicked.connect(self.edited)
        self.facts = FactsView()
        self._notes = label("", "body", "ink", wrap=True)
        self._notes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        fill(self.body, self.facts, self._notes)

    def show_view(self, sheet: Sheet, told: View) -> None:
        self.facts.set_groups([FactGroup("", facts_told(sheet, told))])
        self._notes.setText(sheet.values["notes"] or "")
        self._notes.setVisible(bool(sheet.values["notes"]))


def facts_told(sheet: Sheet, told: View) -> list[Fact]:
    values, titles = sheet.values, sheet.titles

    def numbered(name: str, key: str, title: str) -> Fact:
        return Fact(title, titles[name].partition(" ")[0], link=f"{key}:{values[name]}")

    facts = [Fact("Prestataire", titles["provider_id"], link=f"provider:{values['provider_id']}")]
    out = Fact("Contrat", "Hors contrat")
    facts.append(numbered("contract_id", "contract", "Contrat") if values["contract_id"] else out)
    if values["corrects_id"]:
        facts.append(numbered("corrects_id", "invoice", "Corrige"))
    facts += [
        Fact(f"Avoir{' remboursé' if one.apart else ''}", one.number, note=amount(one.gross), link=f"invoice:{one.id}")
        for one in told.credits
    ]
    facts.append(Fact("Période", _period(values)))
    facts += [Fact(name, value) for name, value in _written(values) if value]
    facts += [Fact("Achat", one.bought[1], link=one.bought[0]) for one in told.lines if one.bought]
    if told.interventions:
        many = counted(len(told.interventions), "intervention")
        facts.append(Fact("Elle paie", many, link="list:intervention"))
    facts += [Fact("Fichier", one.name, link=f"document:{one.id}") for one in told.files]
    return facts


def _period(values: dict[str, Any]) -> str:
    start, end = values["period_start"], values["period_end"]
    return days_words(start, end) if start and end else day(start or end)


def _written(values: dict[str, Any]) -> Sequence[tuple[str, str]]:
    by_hand = values["source"].value == "hand"
    return (
        ("Reçue le", day(values["received_on"]) if values["received_on"] else ""),
        ("Lue d’un fichier", "" if by_hand else values["source"].label),
        ("Réf. contrat", values["contract_reference"] or ""),
        ("Commande", values["order_reference"] or ""),
    )
