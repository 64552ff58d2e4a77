"""« Mise en place »: the nine steps of the method that the program keeps, each judged by what the base holds."""

from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy.orm import Session

from app.fields import PARIS, counted, day, number, percent
from app.kpi import Measure
from app.services.home import facts
from app.services.home.facts import Agreements, Desk, Fleet, Known

State = Literal["done", "part", "now", "todo"]
INVENTORY_PAPER = "inventaire"


@dataclass(frozen=True, slots=True)
class SetupStep:
    """`note` is its figure in words."""

    key: str
    title: str
    note: str
    state: State


def steps(session: Session, known: Known) -> list[SetupStep]:
    """The first step not begun is the one to do now, unless tickets are already followed."""
    found = [
        _company(session),
        _inventory(session, known.fleet),
        _placed(known.fleet),
        _report(session),
        _contract(known.deals),
        _levels(known.deals),
        _cover(known.deals, known.fleet),
        _tickets(session, known.desk),
        _judged(known.restored),
    ]
    waiting = next((at for at, step in enumerate(found) if step.state == "todo"), None)
    if waiting is not None and all(step.state != "now" for step in found):
        found[waiting] = replace(found[waiting], state="now")
    return found


def _company(session: Session) -> SetupStep:
    known = facts.company(session)
    if known is None:
        return SetupStep("company", "Décrire l’entreprise", "Son nom, son adresse, son SIRET", "todo")
    missing = [name for name, value in (("adresse", known.address), ("SIRET", known.siret)) if not value]
    note = f"Reste à dire\u00a0: {', '.join(missing)}" if missing else known.name
    return SetupStep("company", "Décrire l’entreprise", note, "part" if missing else "done")


def _inventory(session: Session, fleet: Fleet) -> SetupStep:
    title = "Inventorier les biens"
    if not fleet.all:
        return SetupStep("assets", title, "Par un fichier, ou à la main", "todo")
    vague = fleet.kept - fleet.identified
    places = counted(facts.sites(session), "site")
    note = f"{counted(fleet.all, 'bien')} · {number(vague)} à préciser" if vague else ""
    return SetupStep("assets", title, note or f"{counted(fleet.all, 'bien')}, {places}", "part" if vague else "done")


def _placed(fleet: Fleet) -> SetupStep:
    title = "Affecter les biens"
    if not fleet.in_service:
        return SetupStep("unplaced", title, "À une personne, un service ou un lieu", "todo")
    note = f"{number(fleet.placed)} sur {number(fleet.in_service)} en service"
    state: State = "done" if fleet.placed == fleet.in_service else "part" if fleet.placed else "todo"
    return SetupStep("unplaced" if state != "done" else "assets", title, note, state)


def _report(session: Session) -> SetupStep:
    paper = facts.last_paper(session, INVENTORY_PAPER)
    note = f"Version {paper.number} du {day(paper.issued_at.astimezone(PARIS).date())}" if paper else "Pas encore émis"
    return SetupStep("report", "Éditer le rapport d’inventaire", note, "done" if paper else "todo")


def _contract(deals: Agreements) -> SetupStep:
    title = "Établir le contrat"
    if deals.ids:
        note = deals.numbers[0] if len(deals.ids) == 1 else f"{number(len(deals.ids))} contrats en cours"
        return SetupStep("contracts", title, note, "done")
    if deals.drafts:
        return SetupStep("contracts-all", title, counted(deals.drafts, "projet"), "part")
    return SetupStep("contracts-all", title, "Aucun contrat en cours", "todo")


def _levels(deals: Agreements) -> SetupStep:
    title = "Fixer les niveaux de service"
    if not deals.with_levels:
        return SetupStep("contracts", title, "Délais promis par priorité", "todo")
    note = f"{number(deals.with_levels)} sur {counted(len(deals.ids), 'contrat')}"
    return SetupStep("contracts", title, note, "done" if deals.with_levels == len(deals.ids) else "part")


def _cover(deals: Agreements, fleet: Fleet) -> SetupStep:
    title = "Couvrir les biens"
    if not deals.ids or not fleet.in_service:
        return SetupStep("uncovered", title, "Dire quels biens le contrat couvre", "todo")
    if not fleet.uncovered:
        return SetupStep("assets", title, "Tous les postes en service", "done")
    return SetupStep("uncovered", title, f"{counted(fleet.uncovered, 'poste')} à couvrir", "part")


def _tickets(session: Session, desk: Desk) -> SetupStep:
    title = "Suivre tickets et interventions"
    if not desk.open and not facts.has_tickets(session):
        return SetupStep("tickets", title, "Chaque panne, chaque demande", "todo")
    return SetupStep("tickets", title, f"En cours · {counted(desk.open, 'ticket ouvert', 'tickets ouverts')}", "now")


def _judged(restored: Measure) -> SetupStep:
    title = "Juger par les indicateurs"
    if restored.value is None:
        return SetupStep("indicators", title, "Dès le premier délai promis et tenu ou manqué", "todo")
    return SetupStep("indicators", title, f"{percent(restored.value)} dans le délai sur 12\u00a0mois", "done")
