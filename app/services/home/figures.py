"""The four figures at the top of the home page."""

from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy.orm import Session

from app.fields import MISSING, amount, counted, number, percent
from app.kpi import REGISTRY, Measure
from app.services import targets
from app.services.home import facts
from app.services.home.facts import Agreements, Clock, Desk, Fleet, Known
from app.services.indicators import state_of


@dataclass(frozen=True, slots=True)
class Figure:
    """`note` is tinted by `tone` when there is one; `key` is answered by `leads.lead`."""

    key: str
    title: str
    value: str
    unit: str = ""
    note: str = ""
    tone: str = ""


def figures(session: Session, clock: Clock, known: Known, to_decide: int) -> tuple[Figure, ...]:
    """Where nobody entered anything nothing is known, and nothing is told to be zero."""
    return (
        _assets(known.fleet),
        _tickets(session, known.desk),
        _restored(known.restored, targets.of(session, "gtr", clock.today).value),
        _contracts(known.deals, to_decide),
    )


def _tickets(session: Session, desk: Desk) -> Figure:
    made = Figure("tickets-open", "Tickets ouverts", number(desk.open))
    if desk.late:
        return replace(made, note=f"{number(desk.late)} hors délai", tone="bad")
    if desk.open:
        return replace(made, note="Aucun hors délai")
    return made if facts.has_tickets(session) else replace(made, value=MISSING, note="Aucun ticket noté encore")


def _assets(fleet: Fleet) -> Figure:
    if not fleet.all:
        return Figure("assets", "Biens en service", MISSING, note="Inventaire à faire")
    made = Figure("in-service", "Biens en service", number(fleet.in_service), f"sur {number(fleet.all)}")
    if not fleet.ended:
        return made
    return replace(made, note=f"{number(fleet.ended)} sans mises à jour de sécurité", tone="warn")


def _restored(restored: Measure, target: Decimal | None) -> Figure:
    title = "Rétablissements dans le délai"
    if restored.value is None:
        return Figure("restored", title, MISSING, note="Sans donnée sur 12\u00a0mois")
    unit = f"% sur 12\u00a0mois, n\u00a0=\u00a0{number(restored.n)}"
    made = Figure("restored", title, number(restored.value * 100, 1), unit)
    if target is None:
        return replace(made, note="Sans objectif")
    state = state_of(REGISTRY["gtr"], restored.value, target)
    return replace(made, note=f"Objectif {percent(target, 0)}, {state.label.lower()}", tone=state.tone)


def _contracts(deals: Agreements, to_decide: int) -> Figure:
    if not deals.ids and not deals.drafts:
        return Figure("contracts-all", "Contrats en cours", MISSING, note="Aucun contrat noté")
    yearly = f"{amount(deals.yearly)} HT par an" if deals.yearly is not None else ""
    decide = counted(to_decide, "préavis à décider", "préavis à décider") if to_decide else ""
    return Figure(
        "contracts" if deals.ids else "contracts-all",
        "Contrats en cours",
        number(len(deals.ids)),
        yearly,
        decide,
        "warn" if to_decide else "",
    )
