"""The four figures at the top of the home page."""

from dataclasses import dataclass, replace

from app.fields import MISSING, amount, counted, number, percent
from app.kpi import REGISTRY, Measure
from app.services.home.facts import Agreements, Fleet, Known
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


def figures(known: Known, to_decide: int) -> tuple[Figure, ...]:
    desk = known.desk
    return (
        _assets(known.fleet),
        Figure(
            "tickets-open",
            "Tickets ouverts",
            number(desk.open),
            note=f"{number(desk.late)} hors délai" if desk.late else "Aucun hors délai" if desk.open else "",
            tone="bad" if desk.late else "",
        ),
        _restored(known.restored),
        _contracts(known.deals, to_decide),
    )


def _assets(fleet: Fleet) -> Figure:
    made = Figure("in-service", "Biens en service", number(fleet.in_service), f"sur {number(fleet.all)}")
    if not fleet.ended:
        return made
    return replace(made, note=f"{number(fleet.ended)} sans mises à jour de sécurité", tone="warn")


def _restored(restored: Measure) -> Figure:
    title, gtr = "Rétablissements dans le délai", REGISTRY["gtr"]
    if restored.value is None:
        return Figure("restored", title, MISSING, note="Sans donnée sur 12\u00a0mois")
    state = state_of(gtr, restored.value, gtr.target)
    unit = f"% sur 12\u00a0mois, n\u00a0=\u00a0{number(restored.n)}"
    note = f"Objectif {percent(gtr.target, 0)}, {state.label.lower()}"
    return Figure("restored", title, number(restored.value * 100, 1), unit, note, state.tone)


def _contracts(deals: Agreements, to_decide: int) -> Figure:
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
