"""Service levels, covered hours and closings of a contract, read at a glance."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.fields import day, duration
from app.fields.hours import slots_text
from app.services import terms
from app.services.terms import DAYS, Level, ServiceTerms
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.pages.contract_terms_dialog import LEVEL, NIGHT_AND_DAY, TARGETS, TermsDialog
from app.ui.parts.basics import column, holder, row, scrolled
from app.ui.parts.buttons import button
from app.ui.parts.card import Card
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

USUAL = "Aucune heure n’est écrite\u00a0: les délais se comptent du lundi au vendredi, de 9\u00a0h à 18\u00a0h."


class TermsTab(QWidget):
    """Read at a glance; « Modifier » opens the whole."""

    def __init__(self, desk: Desk, contract_id: int) -> None:
        super().__init__()
        self._desk, self._contract = desk, contract_id
        change = button("Modifier…", icon="pencil")
        change.clicked.connect(self.edit)
        names = [LEVEL.field(name).label for name in TARGETS]
        self.levels = SmallTable(
            [SmallColumn("Priorité", 170, "badge"), *(SmallColumn(name, 180) for name in names)],
            name="Niveaux de service",
        )
        promised = Card("Délais promis", note="en heures couvertes", corner=change, flush=True)
        promised.body.addWidget(self.levels)
        self.hours, self.closings = FactsView(), FactsView()
        covered, closed = Card("Heures couvertes"), Card("Fermetures du prestataire")
        covered.body.addWidget(self.hours)
        closed.body.addWidget(self.closings)
        both = row(gap=12)
        for card in (covered, closed):
            both.addWidget(card, 1, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(scrolled(holder(column(promised, both, None, gap=12, margins=PAGE_MARGINS)))))
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            kept = terms.service_terms(session, self._contract)
        self.levels.set_rows([_level_row(level) for level in kept.levels])
        self.hours.set_groups([FactGroup("", hours_facts(kept))])
        closed = [Fact(_span(one), one["label"] or "Fermé") for one in kept.closings]
        self.closings.set_groups(
            [FactGroup("", closed or [Fact("Aucune", "Les jours fériés suivent la zone du contrat.")])]
        )

    def edit(self) -> None:
        TermsDialog(self._desk, self._contract, self).open()


def _level_row(level: Level) -> list[Cell]:
    badge = Cell(level.priority.label, mark=Mark(level.priority.tone, loud=level.priority.loud))
    values = [getattr(level, name) for name in TARGETS]
    return [badge, *(Cell(duration(value), "" if value is not None else "mute") for value in values)]


def hours_facts(kept: ServiceTerms) -> list[Fact]:
    if kept.round_the_clock:
        return [Fact("Chaque jour", NIGHT_AND_DAY)]
    if not any(kept.week):
        return [Fact("Par défaut", USUAL)]
    return [Fact(name.capitalize(), slots_text(slots) or "Fermé") for name, slots in zip(DAYS, kept.week, strict=True)]


def _span(one: Mapping[str, Any]) -> str:
    return (
        day(one["first_day"])
        if one["first_day"] == one["last_day"]
        else f"{day(one['first_day'])} au {day(one['last_day'])}"
    )
