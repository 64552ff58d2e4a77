"""What maintenance costs beside what the assets are worth (domain.md B.2)."""

from dataclasses import replace
from decimal import Decimal

from app.kpi import reasons
from app.kpi.registry import NO_DATA, Amount, Cohort, Good, Measure, Row, Unit, counted, kpi

CENTS = 100
HOUR = 60


@kpi(
    "cout_valeur",
    label="Coût de la maintenance",
    unit=Unit.RATIO,
    good=Good.DOWN,
    target=Decimal("0.15"),
    formula="coût de la maintenance sur 12 mois ÷ valeur de remplacement des biens en service",
    definition="Ce que la maintenance coûte en un an (contrats, interventions, pièces, heures internes), rapporté à ce "
    "que coûterait le remplacement des biens. Les achats n’y sont pas.",
    cohort="Douze derniers mois entiers à la fin de la période\u00a0; biens en service le dernier jour.",
    base="Montants hors taxes (TTC si la TVA n’est pas récupérée)",
    behind="contract",
    en15341="E1",
)
def cout_valeur(cohort: Cohort) -> Measure:
    found = cohort.means.facts.costs(cohort)
    known = found.contracts or found.acts or found.internal
    if not known or not found.value:
        return NO_DATA
    total = sum(found.contracts.values()) + found.acts + found.internal
    made = Measure(Decimal(total) / found.value, found.assets, top=_euros(total), bottom=_euros(found.value))
    if not cohort.detail:
        return made
    parts = {
        "contrats": sum(found.contracts.values()),
        "interventions et pièces": found.acts,
        "heures internes": found.internal,
    }
    return replace(
        made,
        rows={one: Row(cents) for one, cents in sorted(found.contracts.items(), key=str) if one is not None},
        included=counted({reasons.VALUED: found.assets}),
        excluded=counted({reasons.UNVALUED: found.unvalued, reasons.UNTOLD_HOURS: -(-found.untold // HOUR)}),
        also={label: _euros(cents) for label, cents in parts.items() if cents},
    )


def _euros(cents: int) -> Amount:
    return Amount(Decimal(cents) / CENTS, Unit.EUROS)
