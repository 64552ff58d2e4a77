"""The pane of an intervention: what it leaves to do, its facts, its parts, what it is worth."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import amount
from app.services import follow_ups, interventions, parts
from app.services.billing.acts import Act
from app.services.follow_ups import Rest
from app.services.parts import PartRow
from app.services.records import Sheet
from app.ui.crud.pane import DetailPane, groups_of
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.intervention_acts import open_follow_up
from app.ui.pages.parts_card import PartLines
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, holder
from app.ui.parts.facts import Fact, FactGroup
from app.ui.parts.section import SectionPart

INTERVENTION = ENTITIES["intervention"]
PAID = {"billable", "counted"}


class InterventionPane(DetailPane):
    watched = frozenset({"ticket", "ticket_link", "visit", "contract"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, INTERVENTION)
        self._told = column(gap=8)
        self.lines = PartLines(desk)
        self._parts = SectionPart("Pièces posées")
        self._parts.body.addWidget(self.lines)

    def facts_body(self) -> QWidget:
        return holder(column(self._told, self.facts, self._parts, gap=12))

    def show_facts(self, sheet: Sheet) -> None:
        with self._desk.read() as session:
            rest = follow_ups.rest_of(session, sheet.id)
            fitted = parts.fitted_by(session, sheet.id)
            worth = interventions.worth(session, sheet.id)
        empty_layout(self._told)
        if rest is not None:
            self._told.addWidget(self._rest(sheet.id, rest))
        self.facts.set_groups([*map(_short, groups_of(INTERVENTION, sheet)), *_costs(worth)])
        self._show_parts(fitted)

    def _show_parts(self, fitted: Sequence[PartRow]) -> None:
        self.lines.show_parts(fitted)
        self._parts.setVisible(bool(fitted))

    def _rest(self, intervention_id: int, rest: Rest) -> Banner:
        if rest.told:
            banner = Banner(BannerData("info", f"Reste à faire\u00a0: {rest.text}", f"{rest.told}.", "Voir"))
            banner.acted.connect(lambda: self._follow(rest.link))
            return banner
        told = BannerData("warn", f"Reste à faire\u00a0: {rest.text}", "Rien ne le suit.", "Faire suivre…")
        banner = Banner(told)
        banner.acted.connect(lambda: self.follow_up(intervention_id, rest.text))
        return banner

    def follow_up(self, intervention_id: int, rest: str) -> ActDialog:
        return open_follow_up(self._desk, intervention_id, rest, self.window())


def _short(group: FactGroup) -> FactGroup:
    """The ticket and the visit by their number: the head of the pane names them whole."""
    return replace(group, facts=[replace(f, value=f.value.partition(" ")[0]) if _named(f) else f for f in group.facts])


def _named(fact: Fact) -> bool:
    return fact.link.partition(":")[0] in {"ticket", "visit"}


def _costs(worth: Act | None) -> list[FactGroup]:
    """What it is worth by the contract, and what is to be paid of it apart."""
    if worth is None:
        return []
    facts = [Fact("Calcul", worth.how)]
    if worth.worth is not None:
        facts.insert(0, Fact("Vaut", f"{amount(worth.worth)} HT"))
    if worth.charge.value in PAID:
        told = f"{amount(worth.cents)} HT" if worth.cents is not None else "inconnu"
        facts.append(Fact("À payer à part", told))
    return [FactGroup("Coût", facts)]
