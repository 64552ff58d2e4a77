"""Indicators of delay: taking charge, repair, restoration, and the promises of the contract (domain.md B.2)."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Text, case, null, or_, select, type_coerce

from app.kpi import reasons
from app.kpi.registry import NO_DATA, Amount, Base, Cohort, Good, Measure, Row, Unit, counted, hours, kpi
from app.kpi.tickets import (
    Condition,
    cancelled,
    detailed,
    how_many,
    mean,
    overdue,
    rate,
    resolved,
    seconds,
    taken,
    undone,
    valid,
    within,
)
from app.models import Intervention
from app.models.codes import MaintenanceType, TicketKind
from app.rules.repair import active_minutes

CORRECTIVE = (MaintenanceType.PALLIATIVE, MaintenanceType.CURATIVE)
WORKING = "Heures ouvrées du contrat"


def incident(cohort: Cohort) -> Condition:
    told: Condition = cohort.tickets.kind == TicketKind.INCIDENT
    return told


@kpi(
    "mtta",
    label="Délai de prise en charge",
    unit=Unit.HOURS,
    good=Good.DOWN,
    target=Decimal(1),
    formula="Σ (prise en charge − ouverture) ÷ tickets pris en charge",
    definition="Temps moyen entre l’ouverture d’un ticket et la première action humaine (MTTA).",
    cohort="Tickets pris en charge dans la période, toutes natures.",
    base=f"{WORKING}, attentes comprises",
    calendar="Temps calendaire, nuits et jours fermés compris",
    promise="take",
)
def mtta(cohort: Cohort) -> Measure:
    measure = mean(cohort, _take_minutes(cohort), taken(cohort))
    if not cohort.detail:
        return measure
    of = cohort.tickets
    known = or_(of.taken_at.is_not(None), of.resolved_at.is_(None))
    return replace(
        measure,
        included=counted({reasons.TAKEN: measure.n}),
        excluded=counted({
            reasons.UNTAKEN: how_many(cohort, [*undone(cohort, of.taken_at), known]),
            reasons.UNTOLD_TAKING: how_many(cohort, [*resolved(cohort), of.taken_at.is_(None)]),
            reasons.CANCELLED: cancelled(cohort),
        }),
    )  # fmt: skip


def _take_minutes(cohort: Cohort) -> Any:
    """Whole minutes, of the contract's hours or of the clock on the wall."""
    of = cohort.tickets
    if cohort.scope.base == Base.WORKING:
        return of.take_minutes
    return (seconds(of.taken_at) - seconds(of.opened_at)) // 60


@kpi(
    "mttres",
    label="Délai de rétablissement",
    unit=Unit.HOURS,
    good=Good.DOWN,
    target=Decimal(4),
    formula="Σ durées nettes ÷ incidents rétablis",
    definition="Temps moyen entre l’ouverture d’un incident et le retour du service (MTTR rétablissement).",
    cohort="Incidents dont le dernier rétablissement est dans la période.",
    base=f"{WORKING}, attentes qui arrêtent l’horloge déduites",
    calendar="Temps calendaire, attentes comprises, moins le temps entre un rétablissement et sa réouverture",
    promise="restore",
    en15341="T21",
)
def mttres(cohort: Cohort) -> Measure:
    of = cohort.tickets
    minutes = of.net_minutes if cohort.scope.base == Base.WORKING else of.calendar_minutes
    measure = mean(cohort, minutes, [*resolved(cohort), incident(cohort)])
    if not cohort.detail:
        return measure
    untold = how_many(cohort, [*resolved(cohort), incident(cohort), of.net_minutes.is_(None)])
    excluded = _other_than_restored(cohort) | counted({reasons.UNTOLD_END: untold})
    return replace(measure, included=counted({reasons.RESTORED: measure.n}), excluded=excluded)


def _other_than_restored(cohort: Cohort) -> dict[str, int]:
    still_open = how_many(cohort, [*undone(cohort, cohort.tickets.resolved_at), incident(cohort)])
    others = how_many(cohort, [*resolved(cohort), cohort.tickets.kind != TicketKind.INCIDENT])
    return counted(
        {reasons.UNRESTORED: still_open, reasons.NOT_INCIDENTS: others, reasons.CANCELLED: cancelled(cohort)}
    )


@kpi(
    "mttr",
    label="Temps de réparation",
    unit=Unit.HOURS,
    good=Good.DOWN,
    target=Decimal(4),
    formula="Σ temps actif de réparation ÷ incidents réparés",
    definition="Temps moyen de travail effectif pour réparer, sans le trajet ni les attentes (MTTR réparation).",
    cohort="Incidents rétablis dans la période, avec une intervention corrective dont le temps est connu.",
    base="Temps de travail effectif\u00a0; deux techniciens ensemble comptent une fois",
)
def mttr(cohort: Cohort) -> Measure:
    minutes = _active_by_ticket(cohort)
    n = len(minutes)
    spent = hours(sum(minutes.values()))
    made = Measure(spent / n, n, top=Amount(spent, Unit.HOURS), bottom=Amount(Decimal(n))) if n else NO_DATA
    if not cohort.detail:
        return made
    unknown = how_many(cohort, [*resolved(cohort), incident(cohort)]) - n
    return detailed(
        made,
        {one: Row(spent) for one, spent in minutes.items()},
        included=counted({reasons.REPAIRED: n}),
        excluded=counted({reasons.NO_REPAIR_TIME: unknown} | _other_than_restored(cohort)),
    )


def _active_by_ticket(cohort: Cohort) -> dict[int, int]:
    """Minutes of repair of each incident restored in the period; times stay text until two visits must be compared."""
    rows = cohort.session.execute(
        select(
            cohort.tickets.id,
            type_coerce(Intervention.started_at, Text),
            type_coerce(Intervention.ended_at, Text),
            Intervention.repair_minutes,
        )
        .select_from(Intervention)
        .join(cohort.source, cohort.tickets.id == Intervention.ticket_id)
        .where(
            *resolved(cohort),
            incident(cohort),
            Intervention.maintenance_type.in_(CORRECTIVE),
            Intervention.deleted_at.is_(None),
            Intervention.repair_minutes.is_not(None),
        )
    )
    visits: dict[int, list[tuple[str, str | None, int]]] = {}
    for ticket, start, end, minutes in rows:
        visits.setdefault(ticket, []).append((start, end, minutes or 0))
    return {ticket: several[0][2] if len(several) == 1 else _together(several) for ticket, several in visits.items()}


def _together(visits: list[tuple[str, str | None, int]]) -> int:
    read = datetime.fromisoformat
    return active_minutes((read(start), read(end) if end else None, minutes) for start, end, minutes in visits)


@kpi(
    "gti",
    label="Prises en charge dans le délai",
    unit=Unit.RATIO,
    good=Good.UP,
    target=Decimal("0.95"),
    formula="pris en charge dans le délai ÷ (pris en charge + ouverts déjà en retard)",
    definition="Part des tickets pris en charge avant l’échéance du contrat (GTI).",
    cohort="Tickets pris en charge dans la période, et tickets en retard non pris en charge à sa fin.",
    base=WORKING,
    promise="take",
)
def gti(cohort: Cohort) -> Measure:
    late = overdue(cohort, cohort.tickets.taken_at, cohort.tickets.take_due_at, cohort.tickets.take_met)
    measure = rate(cohort, taken(cohort), late, cohort.tickets.take_met, cohort.tickets.take_minutes)
    if not cohort.detail:
        return measure
    waiting = [*undone(cohort, cohort.tickets.taken_at), cohort.tickets.take_due_at >= cohort.cutoff]
    bare = how_many(cohort, [*taken(cohort), cohort.tickets.take_met.is_(None)])
    return _told(cohort, measure, reasons.TAKEN, how_many(cohort, waiting), bare)


@kpi(
    "gts",
    label="Interventions sur site dans le délai",
    unit=Unit.RATIO,
    good=Good.UP,
    target=Decimal("0.90"),
    formula="arrivées sur site dans le délai ÷ (arrivées + attendues déjà en retard)",
    definition="Part des tickets pour lesquels un technicien est arrivé sur site avant l’échéance du contrat.",
    cohort="Tickets vus sur site dans la période, et tickets en retard encore sans visite à sa fin.",
    base=f"{WORKING}, attentes qui arrêtent l’horloge déduites",
    promise="on_site",
)
def gts(cohort: Cohort) -> Measure:
    of = cohort.tickets
    seen = [*valid(cohort), *within(cohort, of.on_site_at)]
    met = case((of.on_site_due_at.is_(None), None), else_=of.on_site_at <= of.on_site_due_at)
    unseen = or_(of.on_site_at.is_(None), of.on_site_at >= cohort.cutoff)
    due = [*valid(cohort), of.on_site_due_at < cohort.cutoff]
    late = [*due, of.on_site_at.is_(None)], [*due, of.on_site_at >= cohort.cutoff]
    measure = rate(cohort, seen, late, met, null())
    if not cohort.detail:
        return measure
    waiting = [*valid(cohort), of.opened_at < cohort.cutoff, unseen, of.on_site_due_at >= cohort.cutoff]
    bare = how_many(cohort, [*seen, of.on_site_due_at.is_(None)])
    return _told(cohort, measure, reasons.VISITED, how_many(cohort, waiting), bare)


@kpi(
    "gtr",
    label="Rétablissements dans le délai",
    unit=Unit.RATIO,
    good=Good.UP,
    target=Decimal("0.90"),
    formula="rétablis dans le délai ÷ (rétablis + ouverts déjà en retard)",
    definition="Part des tickets rétablis avant l’échéance du contrat (GTR).",
    cohort="Tickets rétablis dans la période, et tickets en retard encore ouverts à sa fin.",
    base=f"{WORKING}, attentes qui arrêtent l’horloge déduites",
    promise="restore",
)
def gtr(cohort: Cohort) -> Measure:
    late = overdue(cohort, cohort.tickets.resolved_at, cohort.tickets.restore_due_at, cohort.tickets.restore_met)
    measure = rate(cohort, resolved(cohort), late, cohort.tickets.restore_met, cohort.tickets.net_minutes)
    if not cohort.detail:
        return measure
    still_open = how_many(
        cohort, [*undone(cohort, cohort.tickets.resolved_at), cohort.tickets.contract_id.is_not(None)]
    )
    not_due = still_open - measure.included[reasons.LATE]
    bare = how_many(cohort, [*resolved(cohort), cohort.tickets.restore_met.is_(None)])
    return _told(cohort, measure, reasons.RESTORED, not_due, bare)


def _told(cohort: Cohort, measure: Measure, done: str, not_due: int, bare: int) -> Measure:
    """The measure of a rate with its counts in words."""
    late = measure.included[reasons.LATE]
    return replace(
        measure,
        included=counted({done: measure.n - late, reasons.LATE: late}),
        excluded=counted({reasons.NOT_DUE: not_due, reasons.NO_PROMISE: bare, reasons.CANCELLED: cancelled(cohort)}),
    )
