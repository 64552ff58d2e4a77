"""Indicators of assets that fail: how long, how often, how much of the time they work (domain.md B.2, B.3)."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from statistics import median

from sqlalchemy import func, select

from app.kpi import reasons
from app.kpi.facts import Failure, Fleet
from app.kpi.registry import (
    ENOUGH_FOR_MEDIAN,
    NO_DATA,
    Amount,
    Cohort,
    Good,
    Measure,
    Row,
    Unit,
    counted,
    hours,
    kpi,
    middle,
)
from app.kpi.tickets import followed, opened

SERVICE = "Heures ouvrées du contrat qui couvre le bien, ou de l’entreprise, de sa mise en service à sa sortie"
CLOCK = "Temps calendaire, de la mise en service du bien à sa sortie"
FAILURES = "Pannes qui ont arrêté un bien dans la période, même commencées avant."
ASSETS = "Biens en service dans la période."


@kpi(
    "mdt",
    label="Durée d’un arrêt",
    unit=Unit.HOURS,
    good=Good.DOWN,
    target=Decimal(8),
    formula="Σ durées d’arrêt ÷ pannes",
    definition="Temps moyen pendant lequel une panne arrête un bien, attentes comprises (MDT).",
    cohort=FAILURES,
    base=SERVICE,
    calendar=CLOCK,
)
def mdt(cohort: Cohort) -> Measure:
    failures = cohort.means.facts.fleet(cohort).failures
    if not failures:
        return replace(NO_DATA, excluded=_without_stop(cohort))
    spent = hours(sum(one.minutes for one in failures))
    made = Measure(spent / len(failures), len(failures), top=Amount(spent, Unit.HOURS), bottom=_count(len(failures)))
    return _told(cohort, made, failures)


@kpi(
    "mtbf",
    label="Temps entre pannes",
    unit=Unit.HOURS,
    good=Good.UP,
    target=None,
    formula="Σ (temps requis − arrêts) ÷ pannes",
    definition="Temps de bon fonctionnement entre deux pannes, en moyenne sur les biens (MTBF).",
    cohort=FAILURES,
    base=SERVICE,
    calendar=CLOCK,
    en15341="T17",
)
def mtbf(cohort: Cohort) -> Measure:
    fleet = cohort.means.facts.fleet(cohort)
    if fleet.required <= 0 or not followed(cohort):
        return NO_DATA
    worked, n = hours(fleet.required - sum(fleet.down.values())), len(fleet.failures)
    if not n:
        return Measure(worked, 0, at_least=True, excluded=_without_stop(cohort))
    made = Measure(worked / n, n, top=Amount(worked, Unit.HOURS), bottom=_count(n))
    return replace(_told(cohort, made, fleet.failures), median=None)


def _told(cohort: Cohort, made: Measure, failures: Sequence[Failure]) -> Measure:
    """With the failures behind it, by their first ticket."""
    if not cohort.detail:
        return made
    spent: dict[int, int] = {}
    for one in failures:
        spent[one.ticket_id] = spent.get(one.ticket_id, 0) + one.minutes
    return replace(
        made,
        median=middle([one.minutes for one in failures]),
        rows={ticket: Row(minutes) for ticket, minutes in sorted(spent.items())},
        included=counted({reasons.FAILURES: len(failures)}),
        excluded=_without_stop(cohort),
    )


def _without_stop(cohort: Cohort) -> dict[str, int]:
    """Failures of which nobody told from when to when."""
    if not cohort.detail:
        return {}
    of = cohort.tickets
    bare = (of.is_failure.is_(True), of.down_minutes.is_(None), of.down_since.is_(None))
    wanted = select(func.count()).select_from(cohort.source).where(*opened(cohort), *bare)
    return counted({reasons.UNSTOPPED: cohort.session.scalar(wanted) or 0})


@kpi(
    "dispo",
    label="Disponibilité des biens",
    unit=Unit.RATIO,
    good=Good.UP,
    target=Decimal("0.99"),
    formula="Σ disponibilités des biens ÷ biens",
    definition="Part du temps requis pendant laquelle les biens fonctionnent, où chacun compte pour un.",
    cohort=ASSETS,
    base=f"{SERVICE}, arrêts prévus déduits",
    calendar=f"{CLOCK}, arrêts prévus déduits",
    behind="asset",
    en15341="T1, T2",
)
def dispo(cohort: Cohort) -> Measure:
    fleet = cohort.means.facts.fleet(cohort)
    return _available(cohort, fleet, fleet.available, fleet.assets)


@kpi(
    "dispo_ponderee",
    label="Disponibilité pondérée",
    unit=Unit.RATIO,
    good=Good.UP,
    target=Decimal("0.99"),
    formula="Σ (poids × disponibilité) ÷ Σ poids",
    definition="La même, où chaque bien compte pour les personnes qui en dépendent, à défaut selon sa criticité\u00a0: "
    "l’arrêt d’un serveur pèse plus que celui d’un poste.",
    cohort=f"{ASSETS} Un bien dont rien ne dit le poids compte pour 1.",
    base=f"{SERVICE}, arrêts prévus déduits",
    calendar=f"{CLOCK}, arrêts prévus déduits",
    behind="asset",
    en15341="T1, T2",
)
def dispo_ponderee(cohort: Cohort) -> Measure:
    fleet = cohort.means.facts.fleet(cohort)
    return _available(cohort, fleet, fleet.weighted, fleet.weights)


def _available(cohort: Cohort, fleet: Fleet, top: Fraction, bottom: int) -> Measure:
    if not fleet.assets or not followed(cohort):
        return NO_DATA
    made = Measure(_plain(top / bottom), fleet.assets, top=Amount(_plain(top)), bottom=_count(bottom))
    if not cohort.detail:
        return made
    return replace(
        made,
        median=_median(fleet),
        rows={one: Row(fleet.down.get(one, 0)) for one in fleet.ids},
        included=counted({reasons.WITHOUT_FAILURE: fleet.assets - len(fleet.parts), reasons.FAILED: len(fleet.parts)}),
        excluded=counted({reasons.UNSTARTED: fleet.unstarted}),
    )


def _median(fleet: Fleet) -> Decimal | None:
    whole = [Fraction(1)] * (fleet.assets - len(fleet.parts))
    return _plain(median([*fleet.parts.values(), *whole])) if fleet.assets >= ENOUGH_FOR_MEDIAN else None


def _count(n: int) -> Amount:
    return Amount(Decimal(n))


def _plain(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator
