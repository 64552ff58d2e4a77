"""The last tab of a periodic report: incidents that came again, documents, preventive work, costs, opinions."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import MISSING, amount, counted, day, duration, number, percent
from app.reports.periodic_data import PeriodReport, Share
from app.services.listing import default_query
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.parts.awaited import Awaited
from app.ui.parts.basics import column, empty_layout, holder, label, scrolled
from app.ui.parts.card import Card
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

AGAIN = (
    SmallColumn("Bien", 220), SmallColumn("Catégorie", 200), SmallColumn("Revenu", 80, "number"),
    SmallColumn("Dernier", 100), SmallColumn("Tickets", 320, elastic=True),
)  # fmt: skip
OWED = (
    SmallColumn("Document", 220), SmallColumn("Au titre de", 260, elastic=True), SmallColumn("Contrat", 110),
    SmallColumn("Dû le", 100), SmallColumn("Reçu le", 100), SmallColumn("Retard", 90, "number"),
)  # fmt: skip
STOPS = (
    SmallColumn("Visite", 110), SmallColumn("Objet", 280, elastic=True), SmallColumn("Où", 200),
    SmallColumn("À faire avant le", 120), SmallColumn("Faite le", 110),
)  # fmt: skip
COSTS = (
    SmallColumn("Contrat", 260, elastic=True), SmallColumn("Forfait dû HT", 110, "number"),
    SmallColumn("Facturé", 100, "number"), SmallColumn("En plus", 100, "number"), SmallColumn("Écart", 100, "number"),
    SmallColumn("Interventions", 100, "number"), SmallColumn("Temps", 90, "number"),
    SmallColumn("Valeur à l’acte", 120, "number"),
)  # fmt: skip
NOTES = (
    SmallColumn("Critère", 360, elastic=True), SmallColumn("Note sur 5", 110, "number"),
    SmallColumn("Réponses", 110, "number"),
)  # fmt: skip


class RestTab(QWidget):
    def __init__(self, desk: Desk, _review_id: int) -> None:
        super().__init__()
        self._desk = desk
        self._cards = column(gap=12)
        self._body = Awaited(scrolled(holder(column(self._cards, None, gap=12, margins=PAGE_MARGINS))))
        self.setLayout(column(self._body, gap=0))

    def reload(self) -> None:
        """What it shows comes with the report."""

    def show_report(self, told: PeriodReport) -> None:
        empty_layout(self._cards)
        for card in (
            self._repeated(told),
            _papers(told),
            self._stops(told),
            _costs(told),
            _opinions(told),
        ):
            self._cards.addWidget(card)
        self._body.has_come()

    def _repeated(self, told: PeriodReport) -> Card:
        rows = [
            [Cell(one.asset), Cell(one.category), Cell(f"{number(one.times)}\u00a0fois"), Cell(day(one.last)),
             Cell(", ".join(one.numbers))]
            for one in told.repeated
        ]  # fmt: skip
        card, table = _listed("Incidents qui reviennent", AGAIN, rows, "Aucun incident n’est revenu sur un même bien.")
        if table is not None:
            table.opened.connect(lambda at: self._show("ticket", told.repeated[at].ticket_ids))
        return card

    def _stops(self, told: PeriodReport) -> Card:
        rows = [
            [Cell(one.number), Cell(one.label), Cell(one.where), Cell(day(one.due)),
             Cell(day(one.done)) if one.done else Cell("Pas faite", "bad")]
            for one in told.stops
        ]  # fmt: skip
        nothing = "Rien de manqué." if told.preventive.bottom else "Aucune visite n’était à faire."
        card, table = _listed("Préventif manqué ou en retard", STOPS, rows, nothing)
        card.note.setText(_share(told.preventive, "fait dans sa fenêtre"))
        if table is not None:
            table.opened.connect(lambda at: self._desk.go_to.emit("visit", told.stops[at].visit_id))
        return card

    def _show(self, entity: str, ids: Sequence[int]) -> None:
        self._desk.show_list.emit(entity, replace(default_query(ENTITIES[entity]), ids=tuple(ids)))


def _listed(
    title: str, columns: Sequence[SmallColumn], rows: Sequence[Sequence[Cell]], nothing: str
) -> tuple[Card, SmallTable | None]:
    """A card with its table, or the sentence that says there is nothing."""
    card = Card(title, flush=bool(rows))
    if not rows:
        card.body.addWidget(label(nothing, "body", "ink2", wrap=True))
        return card, None
    table = SmallTable(columns, rows, title)
    card.body.addWidget(table)
    return card, table


def _share(share: Share, words: str) -> str:
    """« 40 remis à temps sur 42 (95,2 %) »."""
    if not share.bottom:
        return ""
    return f"{number(share.top)} {words} sur {number(share.bottom)} ({percent(share.ratio)})"


def _papers(told: PeriodReport) -> Card:
    rows = [
        [Cell(one.label), Cell(one.told), Cell(one.contract), Cell(day(one.due)),
         Cell(day(one.came)) if one.came else Cell("Refusé" if one.refused else "Pas encore", "bad"),
         Cell(counted(one.days, "jour"))]
        for one in told.papers
    ]  # fmt: skip
    nothing = "Aucun en retard." if told.punctual.bottom else "Aucun document n’était dû."
    card, _ = _listed("Documents en retard", OWED, rows, nothing)
    card.note.setText(_share(told.punctual, "remis à temps"))
    return card


def _costs(told: PeriodReport) -> Card:
    rows = [
        [
            Cell(f"{one.contract} {one.title}"), _money(one.fee), _money(one.invoiced or None),
            _money(one.apart or None), _money(one.gap), Cell(number(one.acts)),
            Cell(duration(one.minutes or None)), _money(one.worth),
        ]
        for one in told.costs
    ]  # fmt: skip
    card, _ = _listed("Coûts et forfait", COSTS, rows, "Aucun contrat n’a rien coûté ni servi.")
    return card


def _money(cents: int | None) -> Cell:
    return Cell(amount(cents), "mute" if cents is None else "")


def _opinions(told: PeriodReport) -> Card:
    said = told.opinions
    rows = [[Cell(words), Cell(_note(note)), Cell(number(n))] for words, note, n in said.criteria]
    card, _ = _listed("Avis des utilisateurs", NOTES, rows, "Aucune fiche d’évaluation n’est revenue.")
    mean = f", note moyenne {_note(said.mean)} sur\u00a05" if said.mean is not None else ""
    came = counted(said.received, "fiche revenue", "fiches revenues")
    card.note.setText(f"{came}{mean}" if said.received else "")
    return card


def _note(hundredths: int | None) -> str:
    return MISSING if hundredths is None else number(Decimal(hundredths) / 100, 2)
