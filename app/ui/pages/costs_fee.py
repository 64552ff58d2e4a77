"""« Ce que le forfait a acheté »: each contract, year after year: what it cost against what was used of it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from app.entities import ENTITIES
from app.fields import MISSING, NBSP, amount, counted, duration, number, percent, plural
from app.jobs import Job
from app.services import spending
from app.services.listing import default_query
from app.services.spending import Bought, Shown
from app.ui.desk import Desk
from app.ui.pages.costs_view import ReadView
from app.ui.parts.basics import column, empty_layout, holder, label, row
from app.ui.parts.buttons import button
from app.ui.parts.card import Card
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

WIDTH = 300
"""More than there is: what the columns leave is shared between them."""
COLUMNS = (
    SmallColumn("Exercice", WIDTH),
    SmallColumn("Coût du contrat", WIDTH, "number"),
    SmallColumn("Interventions", WIDTH, "number"),
    SmallColumn("Temps passé", WIDTH, "number"),
    SmallColumn("Valeur à l’acte", WIDTH, "number"),
    SmallColumn("Utilisé", WIDTH, "number"),
    SmallColumn("Par intervention", WIDTH, "number"),
    SmallColumn("Par poste", WIDTH, "number"),
    SmallColumn("Payé en plus", WIDTH, "number"),
)
NOTHING = (
    "Aucun contrat n’a rien coûté ni servi sur ces exercices. Dès qu’un contrat a un prix, ou qu’un ticket en relève, "
    "ce que le forfait achète se lit ici."
)
TOLD = (
    "Ce que le forfait a acheté. La valeur à l’acte est ce que les mêmes interventions auraient coûté au taux horaire "
    "du contrat, déplacements et pièces compris s’ils n’ont pas été payés en plus. Le coût est celui des mois écoulés."
)
ACTS, BESIDE = 2, 8
"""Columns that open a list of their own."""


class FeeView(ReadView):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.found: Sequence[Sequence[Bought]] = ()
        self.tables: list[SmallTable] = []
        self._cards: QVBoxLayout = column(gap=12)
        note = label(TOLD, "body", "ink2", wrap=True)
        self.stand(column(note, self._cards, None, gap=10, margins=(16, 4, 16, 12)))

    def reading(self, of: Shown) -> Job[list[list[Bought]]]:
        return spending.bought_job(self._desk.store, of)

    def show_read(self, found: Sequence[Sequence[Bought]]) -> None:
        self.found, self.tables = found, []
        empty_layout(self._cards)
        for years in found:
            self._cards.addWidget(self._card(years))
        if not found:
            self._cards.addWidget(label(NOTHING, "body", "ink2", wrap=True))

    def _card(self, years: Sequence[Bought]) -> Card:
        one = years[0]
        follow = button("Ouvrir le contrat", "link")
        follow.clicked.connect(lambda: self._desk.go_to.emit("contract", one.contract_id))
        card = Card(one.title, corner=follow, flush=True)
        table = SmallTable(COLUMNS, [_cells(year) for year in years], f"Ce que le forfait achète\u00a0: {one.title}")
        table.activated.disconnect()
        table.activated.connect(lambda at: self._open(years[at.row()], at.column()))
        self.tables.append(table)
        said = label(sentence_of(one), "body", "ink", wrap=True)
        card.body.addWidget(holder(row(said, margins=(16, 8, 16, 8))))
        card.body.addWidget(table)
        return card

    def _open(self, one: Bought, at: int) -> None:
        """Interventions open their own list; amounts the lines that make them, of the year in front."""
        if at == ACTS or (at == BESIDE and one.outside_acts and not one.outside):
            ids = one.acts if at == ACTS else one.outside_acts
            self._desk.show_list.emit("intervention", replace(default_query(ENTITIES["intervention"]), ids=ids))
            return
        apart = at == BESIDE
        title = f"{one.title}, {'payé en plus' if apart else 'coût du contrat'} {one.year.year}"
        self.asked.emit(title, partial(spending.of_contract, one, apart))

    def sentence(self) -> str:
        whole = sum(years[0].fee for years in self.found)
        return (
            f"{counted(len(self.found), 'contrat')}  ·  {amount(whole)} sur l’exercice à ce jour" if self.found else ""
        )


def _cells(one: Bought) -> list[Cell]:
    figures = [
        amount(one.fee or None), number(len(one.acts)) if one.acts else MISSING, duration(one.minutes or None),
        amount(one.worth or None), percent(one.use, 0), amount(one.per_act), amount(one.per_station),
        amount(one.outside or None),
    ]  # fmt: skip
    return [Cell(str(one.year.year), strong=True), *(Cell(text, "mute" if text == MISSING else "") for text in figures)]


def sentence_of(one: Bought) -> str:
    """« En 2026, 8 190,00 € pour 33 interventions, qui auraient coûté 4 356,21 € à l’acte : 53 % du prix. »"""
    begun = f"En {one.year.year}, {amount(one.fee)}"
    if not one.acts:
        return f"{begun} et aucune intervention prise sur le contrat."
    acts = counted(len(one.acts), "intervention")
    if one.use is None:
        return (
            f"{begun} pour {acts}. Écrivez le taux horaire du contrat pour savoir ce qu’elles auraient coûté à l’acte."
        )
    priced = "" if not one.unpriced else f" (prix inconnu pour {number(one.unpriced)})"
    verb = plural(len(one.acts), "aurait coûté", "auraient coûté")
    said = f"{begun} pour {acts}, qui {verb} {amount(one.worth)} à l’acte{priced}{NBSP}: {percent(one.use, 0)} du prix."
    if one.outside:
        said += f" À côté, {amount(one.outside)} ont été payés en plus."
    return said
