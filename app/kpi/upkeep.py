"""Indicators of what is planned and owed: preventive work, visits, documents of the provider (domain.md A.5, B.2)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Text, and_, case, cast, func, null, or_, select

from app.kpi import reasons
from app.kpi.registry import NO_DATA, Amount, Cohort, Good, Measure, Row, Scope, Unit, counted, hours, kpi
from app.kpi.scoping import of_asset, of_contract
from app.kpi.tickets import ratio
from app.models import Asset, Intervention, MaintenanceTask, Ticket, Visit, done_for
from app.models.base import Day
from app.models.codes import MaintenanceType, TicketKind, TicketStatus
from app.models.upkeep_codes import TaskKind, VisitState, VisitStatus
from app.models.visit_state import latest, state_on

Condition = ColumnElement[bool]
CORRECTIVE = (MaintenanceType.PALLIATIVE, MaintenanceType.CURATIVE)
REPAIRED = (TicketKind.INCIDENT, TicketKind.PROBLEM)


def of_visit(scope: Scope, visits: Any) -> list[Condition]:
    """Visits at the site and of the family of the scope: those of the asset, else of the task."""
    kept: list[Condition] = []
    if scope.site_id is not None:
        here = select(Asset.id).where(Asset.site_id == scope.site_id)
        kept.append(or_(visits.site_id == scope.site_id, visits.asset_id.in_(here)))
    if scope.family_id is not None:
        alike = select(Asset.id).where(Asset.family_id == scope.family_id)
        tasks = select(MaintenanceTask.id).where(MaintenanceTask.family_id == scope.family_id)
        kept.append(or_(visits.asset_id.in_(alike), visits.task_id.in_(tasks)))
    return kept


def of_work(scope: Scope) -> list[Condition]:
    """Interventions of the scope, by their ticket or their visit (`done_for`)."""
    ticket, visit = of_asset(scope, Ticket.asset_id), of_visit(scope, Visit)
    placed = [or_(and_(~done_for.BARE, *ticket), and_(done_for.BARE, *visit))] if ticket else []
    return [*of_contract(scope, done_for.contract()), *placed]


@kpi(
    "ratio_preventif",
    label="Part du préventif",
    unit=Unit.RATIO,
    good=Good.UP,
    target=None,
    formula="heures préventives ÷ (préventives + correctives)",
    definition="Part des heures de maintenance passées à prévenir plutôt qu’à réparer.",
    cohort="Interventions préventives et correctives commencées dans la période, et visites faites sans intervention. "
    "Demandes et évolutions exclues.",
    base="Temps de travail effectif de chaque technicien",
    behind="intervention",
    en15341="O18",
)
def ratio_preventif(cohort: Cohort) -> Measure:
    work, visits = _work(cohort).subquery(), _bare_visits(cohort).subquery()
    minutes = {row[0]: (row[1], row[2], row[3]) for row in cohort.session.execute(_by_nature(work))}
    timed, spent, untimed = minutes.get(True, (0, 0, 0))
    repairs, repaired, bare = minutes.get(False, (0, 0, 0))
    found = cohort.session.execute(select(func.count(visits.c.minutes), func.sum(visits.c.minutes))).one()
    before, n = spent + (found[1] or 0), timed + repairs + found[0]
    told = before + repaired
    made = Measure(Decimal(before) / told, n, top=_hours(before), bottom=_hours(told)) if told else NO_DATA
    if not cohort.detail:
        return made
    rows = cohort.session.execute(select(work).where(work.c.minutes.is_not(None)).order_by(work.c.id))
    return replace(
        made,
        rows={row.id: Row(row.minutes, hit=bool(row.preventive)) for row in rows},
        included=counted({reasons.PREVENTIVE: timed, reasons.CORRECTIVE: repairs, reasons.BARE_VISITS: found[0]}),
        excluded=counted({reasons.UNTIMED: untimed + bare}),
    )


def _hours(minutes: int) -> Amount:
    return Amount(hours(minutes), Unit.HOURS)


def _by_nature(work: FromClause) -> Select[Any]:
    """Preventive or not: how many have a duration, its sum in minutes, how many have none."""
    own = work.c
    return select(
        own.preventive, func.count(own.minutes), func.coalesce(func.sum(own.minutes), 0),
        func.count() - func.count(own.minutes),
    ).group_by(own.preventive)  # fmt: skip


def _work(cohort: Cohort) -> Select[Any]:
    """Interventions begun in the period: preventive, or that repair; none of a ticket cancelled."""
    of, preventive = cohort.tickets, Intervention.maintenance_type == MaintenanceType.PREVENTIVE
    gone = select(of.id).where(of.status == TicketStatus.CANCELLED)
    repairs = and_(Intervention.maintenance_type.in_(CORRECTIVE), or_(done_for.BARE, Ticket.kind.in_(REPAIRED)))
    columns = Intervention.id, done_for.minutes().label("minutes"), preventive.label("preventive")
    found: Select[Any] = done_for.beside(select(*columns).select_from(Intervention)).where(
        *done_for.kept(),
        Intervention.started_at >= cohort.since,
        Intervention.started_at < cohort.cutoff,
        or_(preventive, repairs),
        or_(done_for.BARE, Intervention.ticket_id.not_in(gone)),
        *of_work(cohort.scope),
    )
    return found


def _bare_visits(cohort: Cohort) -> Select[Any]:
    """Visits done in the period of which no intervention tells the hours: what was foreseen counts."""
    told = select(Intervention.visit_id).where(Intervention.visit_id.is_not(None), Intervention.deleted_at.is_(None))
    columns: tuple[Any, ...] = Visit.id, Visit.duration_minutes.label("minutes")
    return select(*columns).where(
        Visit.deleted_at.is_(None),
        Visit.kind == TaskKind.MAINTENANCE,
        Visit.status == VisitStatus.DONE,
        Visit.done_on.between(cohort.start, min(cohort.end, cohort.known_day)),
        Visit.id.not_in(told),
        *of_contract(cohort.scope, Visit.contract_id),
        *of_visit(cohort.scope, Visit),
    )


@kpi(
    "realisation_preventif",
    label="Préventif fait dans les temps",
    unit=Unit.RATIO,
    good=Good.UP,
    target=Decimal("0.95"),
    formula="visites faites dans les temps ÷ visites prévues",
    definition="Part des visites préventives faites dans leur fenêtre, un dixième de l’intervalle avant ou après leur "
    "jour si rien d’autre n’est dit.",
    cohort="Visites de maintenance préventive dont la fenêtre se ferme dans la période, annulées exclues.",
    base="Jours du calendrier",
    behind="visit",
    en15341="O22",
)
def realisation_preventif(cohort: Cohort) -> Measure:
    visits = _stood(cohort)
    state = state_on(visits, cohort.today).label("state")
    closing = latest(visits).between(cohort.start, cohort.end)
    rows = cohort.session.execute(select(visits.c.id, state).where(closing).order_by(visits.c.id)).all()
    states = [row.state for row in rows]
    done, late, missed = (states.count(one) for one in (VisitState.DONE, VisitState.LATE, VisitState.MISSED))
    made = ratio(done, done + late + missed)
    if not cohort.detail:
        return made
    judged = {VisitState.DONE, VisitState.LATE, VisitState.MISSED}
    waited = states.count(VisitState.DUE) + states.count(VisitState.PLANNED)
    return replace(
        made,
        rows={row.id: Row(None, hit=row.state == VisitState.DONE) for row in rows if row.state in judged},
        included=counted({reasons.IN_TIME: done, reasons.LATE_DONE: late, reasons.MISSED: missed}),
        excluded=counted({reasons.WAITED_FOR: waited, reasons.VISITS_CANCELLED: states.count(VisitState.CANCELLED)}),
    )


def _stood(cohort: Cohort) -> FromClause:
    """The upkeep of the scope as it stood: what was done later was not done yet."""
    own = Visit.__table__.c
    later = own.done_on > cohort.known_day
    return (
        select(
            own.id,
            own.planned_on,
            own.earliest_on,
            own.latest_on,
            case((later, VisitStatus.PLANNED.value), else_=cast(own.status, Text)).label("status"),
            cast(case((later, null()), else_=own.done_on), Day).label("done_on"),
        )
        .where(
            own.deleted_at.is_(None),
            own.kind == TaskKind.MAINTENANCE,
            *of_contract(cohort.scope, own.contract_id),
            *of_visit(cohort.scope, own),
        )
        .subquery()
    )


@kpi(
    "documents",
    label="Documents remis à temps",
    unit=Unit.RATIO,
    good=Good.UP,
    target=Decimal("0.95"),
    formula="documents remis à temps ÷ documents attendus échus",
    definition="Part des documents que le contrat demande au prestataire (comptes rendus, rapports, plannings) et qui "
    "sont arrivés au plus tard le jour dû.",
    cohort="Documents dus dans la période, à la fin de laquelle leur jour est passé, ou remis d’avance.",
    base="Jours ouvrés",
    behind="due_document",
)
def documents(cohort: Cohort) -> Measure:
    found = cohort.means.facts.documents(cohort)
    right = sum(one.in_time for one in found.owed)
    made = ratio(right, len(found.owed))
    if not cohort.detail:
        return made
    missed = {one.document_id for one in found.owed if not one.in_time}
    return replace(
        made,
        rows={one.document_id: Row(None, hit=one.document_id not in missed) for one in found.owed},
        included=counted({reasons.DELIVERED: right, reasons.UNDELIVERED: len(found.owed) - right}),
        excluded=counted({reasons.NOT_DUE: found.waiting, reasons.WAIVED: found.waived}),
    )
