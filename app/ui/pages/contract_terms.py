"""Service levels, covered hours, closings, ways to ask and levels of maintenance of a contract, read at a glance."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from app.fields import day, duration, this_day
from app.fields.hours import slots_text
from app.services import amendment_words, maintenance_levels, terms
from app.services.maintenance_levels import MaintenanceLevel
from app.services.terms import DAYS, Level, ServiceTerms
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.pages.contract_card import FieldsCard, Values
from app.ui.pages.contract_terms_dialog import LEVEL, NIGHT_AND_DAY, TARGETS, TermsDialog
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, holder, label, row, scrolled
from app.ui.parts.buttons import button
from app.ui.parts.card import Card
from app.ui.parts.explain import Explain
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

USUAL = "Aucune heure n’est écrite\u00a0: les délais se comptent du lundi au vendredi, de 9\u00a0h à 18\u00a0h."
TOLD_LEVELS = (
    "Prise en charge (GTI)\u00a0: un technicien commence à travailler. Rétablissement (GTR)\u00a0: le service marche "
    "de nouveau, même par un contournement. Sans GTR, une longue panne n’ouvre droit à rien."
)
AS_SIGNED = "«\u00a0Modifier\u00a0» corrige le contrat tel qu’il a été signé. Pour changer la suite, faites un avenant."
DOERS = ("internal_level", "contract_level")
CALENDAR = (
    "zone", "pentecost_worked", "part_wait_stops", "client_wait_stops", "access_wait_stops", "third_party_wait_stops",
    "workaround_stops",
)  # fmt: skip
EMERGENCY = ("emergency", "emergency_phone", "emergency_terms")
CHANNELS = ("by_phone", "by_email", "by_chat", "by_portal", "portal_url", "simultaneous_requests")


class TermsTab(QWidget):
    """As they stand today; « Modifier » corrects the contract as it was signed."""

    def __init__(self, desk: Desk, contract_id: int) -> None:
        super().__init__()
        self._desk, self._contract = desk, contract_id
        self.amended = column(gap=0)
        names = [LEVEL.field(name).label for name in TARGETS]
        self.levels = SmallTable(
            [SmallColumn("Priorité", 170, "badge"), *(SmallColumn(name, 180) for name in names)],
            name="Niveaux de service",
        )
        self.hours, self.closings = FactsView(), FactsView()
        self.doers = SmallTable(
            [SmallColumn("Niveau", 80), SmallColumn("Ce que c’est", 270), SmallColumn("En informatique", 430),
             SmallColumn("Fait par", 180, "badge")],
            name="Niveaux de maintenance",
        )  # fmt: skip
        self.cards = (
            self._card("Jours fériés et horloge", CALENDAR),
            FieldsCard(desk, contract_id, "Urgences hors des heures", EMERGENCY, shown=_emergency),
            FieldsCard(desk, contract_id, "Comment demander", CHANNELS, shown=_channels),
            self._card("Niveaux de maintenance", DOERS, "Les cinq niveaux de maintenance"),
        )
        self.setLayout(column(scrolled(holder(self._body()))))
        self.reload()

    def _card(self, title: str, names: tuple[str, ...], *words: str) -> FieldsCard:
        return FieldsCard(self._desk, self._contract, title, names, words=words)

    def _body(self) -> Any:
        change = button("Modifier…", "quiet", "pencil")
        change.setAccessibleName("Modifier\u00a0: délais et heures")
        change.clicked.connect(self.edit)
        corner = holder(row(Explain("GTI et GTR"), change, gap=2))
        promised = Card("Délais promis", note="en heures couvertes", corner=corner, flush=True)
        promised.body.addWidget(self.levels)
        told = label(TOLD_LEVELS, "second", "ink2", wrap=True)
        told.setContentsMargins(16, 8, 16, 4)
        promised.body.addWidget(told)
        covered = Card("Heures couvertes", corner=Explain("Heures couvertes"))
        closed = Card("Fermetures du prestataire")
        covered.body.addWidget(self.hours)
        closed.body.addWidget(self.closings)
        calendar, emergency, channels, levels = self.cards
        levels.body.addSpacing(6)
        levels.body.addWidget(self.doers)
        left, right = column(covered, calendar, None, gap=12), column(closed, emergency, channels, None, gap=12)
        both = row(gap=12)
        for side in (left, right):
            both.addLayout(side, 1)
        return column(self.amended, promised, both, levels, None, gap=12, margins=PAGE_MARGINS)

    def reload(self) -> None:
        today = this_day()
        with self._desk.read() as session:
            found = amendment_words.in_force(session, self._contract, today)
            doers = maintenance_levels.levels_on(session, self._contract, today)
        kept, by_name = found.service, {one.field.name: one for one in found.terms}
        self._tell_amended(sorted({found.levels_since, found.hours_since} - {""}))
        self.levels.set_rows([level_row(level) for level in kept.levels])
        self.hours.set_groups([FactGroup("", hours_facts(kept))])
        closed = [Fact(_span(one), one["label"] or "Fermé") for one in kept.closings]
        self.closings.set_groups(
            [FactGroup("", closed or [Fact("Aucune", "Les jours fériés suivent la zone du contrat.")])]
        )
        self.doers.set_rows([_doer_row(one) for one in doers])
        for card in self.cards:
            card.show_terms(by_name)

    def _tell_amended(self, numbers: list[str]) -> None:
        while item := self.amended.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        if numbers:
            title = f"Ces délais et ces heures sont ceux de l’avenant {' et '.join(numbers)}"
            self.amended.addWidget(Banner(BannerData("info", title, AS_SIGNED)))

    def edit(self) -> None:
        with self._desk.read() as session:
            kept = terms.service_terms(session, self._contract)
        TermsDialog(self._desk, kept, self._keep, self).open()

    def _keep(self, wanted: ServiceTerms) -> None:
        self._desk.act(
            "Niveaux de service",
            lambda s: terms.save_terms(s, self._contract, wanted),
            "Niveaux de service enregistrés",
        )


def _emergency(values: Values) -> tuple[str, ...]:
    """Without cover out of hours there is nothing more to tell."""
    return EMERGENCY[:1] if values["emergency"] == "none" else EMERGENCY


def _channels(values: Values) -> tuple[str, ...]:
    return tuple(name for name in CHANNELS if name != "portal_url" or values["by_portal"])


def level_row(level: Level) -> list[Cell]:
    badge = Cell(level.priority.label, mark=Mark(level.priority.tone, loud=level.priority.loud))
    if level.nothing:
        return [badge, *(Cell("Rien de promis", "mute") for _ in TARGETS)]
    return [badge, *(Cell(duration(value), "" if value is not None else "mute") for value in level.targets.values())]


def _doer_row(one: MaintenanceLevel) -> list[Cell]:
    badge = Cell(one.doer.label, mark=Mark(one.doer.tone))
    return [Cell(str(one.number)), Cell(one.meaning), Cell(one.examples), badge]


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
