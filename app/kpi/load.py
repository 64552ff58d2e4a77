"""How much there is to do: tickets opened, those still open, and their age (domain.md B.2, « Backlog »)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, or_, select

from app.kpi import reasons
from app.kpi.registry import NO_DATA, Amount, Base, Cohort, Good, Measure, Row, Unit, counted, hours, kpi
from app.kpi.tickets import Condition, cancelled, detailed, how_many, ids, opened, valid
from app.models import TicketEvent
from app.models.codes import EventKind, TicketStatus
from app.models.upkeep_codes import Resolution
from app.rules.worktime import PARIS, Calendar, elapsed

ROUND_THE_CLOCK = Calendar(round_the_clock=True)


@kpi(
    "volume",
    label="Tickets ouverts",
    unit=Unit.COUNT,
    good=None,
    target=None,
    formula="nombre de tickets ouverts",
    definition="Tickets ouverts dans la période, incidents, demandes et autres, hors annulés.",
    cohort="Tickets ouverts dans la période, toutes natures.",
    base="Sans durée",
)
def volume(cohort: Cohort) -> Measure:
    count = how_many(cohort, opened(cohort))
    if not count and not _known(cohort):
        return NO_DATA
    made = Measure(Decimal(count), count)
    if not cohort.detail:
        return made
    return replace(
        made,
        rows=dict.fromkeys(ids(cohort, opened(cohort)), Row()),
        included=counted({reasons.OPENED: count}),
        excluded=counted({reasons.CANCELLED: cancelled(cohort)}),
    )


def _known(cohort: Cohort) -> bool:
    """Whether a ticket had been opened at all by the end of the period: before the first one, nothing is known, and
    nothing is not zero."""
    of = cohort.tickets
    first = select(of.id).where(*valid(cohort), of.opened_at < cohort.cutoff).limit(1)
    return cohort.session.scalar(first) is not None


@kpi(
    "backlog",
    label="Tickets en cours",
    unit=Unit.COUNT,
    good=Good.DOWN,
    target=None,
    formula="nombre de tickets encore ouverts",
    definition="Tickets ouverts et non rétablis à la fin de la période, ou à ce jour pour la période en cours.",
    cohort="Tickets ouverts avant la fin de la période et non rétablis alors, toutes natures.",
    base="Photographie à la fin de la période",
)
def backlog(cohort: Cohort) -> Measure:
    if not cohort.detail:
        count = sum(how_many(cohort, some) for some in _open(cohort))
        return Measure(Decimal(count), count) if count or _known(cohort) else NO_DATA
    found = sorted(_waiting(cohort), key=lambda one: one.id)
    if not found and not _known(cohort):
        return NO_DATA
    ages = {one.id: Row(one.age) for one in found}
    made = Measure(Decimal(len(found)), len(found))
    return replace(made, rows=ages, included=_states(cohort, found))


@kpi(
    "backlog_age",
    label="Âge des tickets en cours",
    unit=Unit.HOURS,
    good=Good.DOWN,
    target=None,
    formula="Σ âges ÷ tickets encore ouverts",
    definition="Temps moyen écoulé depuis l’ouverture des tickets encore en cours.",
    cohort="Tickets ouverts avant la fin de la période et non rétablis alors, toutes natures.",
    base="Heures ouvrées du contrat, à la fin de la période",
    calendar="Temps calendaire, à la fin de la période",
)
def backlog_age(cohort: Cohort) -> Measure:
    found = sorted(_waiting(cohort), key=lambda one: one.id)
    if not found:
        return NO_DATA
    spent = hours(sum(one.age for one in found))
    made = Measure(spent / len(found), len(found), top=Amount(spent, Unit.HOURS), bottom=Amount(Decimal(len(found))))
    if not cohort.detail:
        return made
    return detailed(made, {one.id: Row(one.age) for one in found}, included=_states(cohort, found))


def _open(cohort: Cohort) -> tuple[list[Condition], list[Condition]]:
    """Tickets open at the cutoff: those never restored since, and those whose last restoration came after it. Of one
    reopened since, the journal says whether it was restored at that moment."""
    of, cutoff = cohort.tickets, cohort.cutoff
    begun = [*valid(cohort), of.opened_at < cutoff, or_(of.reopenings == 0, _under_way(cohort))]
    return [*begun, of.resolved_at.is_(None)], [*begun, of.resolved_at >= cutoff]


def _under_way(cohort: Cohort) -> Condition:
    """Its last restoration or reopening before the cutoff is no restoration; a workaround that does not stop the clock
    restores nothing."""
    restored = or_(
        TicketEvent.kind == EventKind.FINAL,
        and_(
            TicketEvent.kind == EventKind.RESOLVED,
            or_(
                TicketEvent.value != Resolution.WORKAROUND,
                TicketEvent.value.is_(None),
                TicketEvent.stops_clock.is_(True),
            ),
        ),
    )
    last = (
        select(TicketEvent.kind)
        .where(
            TicketEvent.ticket_id == cohort.tickets.id,
            TicketEvent.deleted_at.is_(None),
            TicketEvent.at < cohort.cutoff,
            or_(TicketEvent.kind == EventKind.REOPENED, restored),
        )
        .order_by(TicketEvent.at.desc(), TicketEvent.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    told: Condition = last.is_(None) | (last == EventKind.REOPENED)
    return told


@dataclass(frozen=True, slots=True)
class _Ticket:
    id: int
    age: int
    status: TicketStatus
    due: datetime | None


def _waiting(cohort: Cohort) -> Iterator[_Ticket]:
    """Each with its age in minutes at the cutoff."""
    of = cohort.tickets
    wanted = (of.id, of.opened_at, of.contract_id, of.status, of.restore_due_at)
    for some in _open(cohort):
        for one, since, contract, status, due in cohort.session.execute(select(*wanted).where(*some)):
            yield _Ticket(one, elapsed(_hours(cohort, contract, since), since, cohort.cutoff), status, due)


def _hours(cohort: Cohort, contract: Any, since: datetime) -> Calendar:
    if cohort.scope.base == Base.CALENDAR:
        return ROUND_THE_CLOCK
    return cohort.means.calendar(contract, since.astimezone(PARIS).date())


def _states(cohort: Cohort, found: list[_Ticket]) -> dict[str, int]:
    """Suspended tickets apart (their clock stands still), the others by their deadline."""
    counts = Counter(_state(cohort, one) for one in found)
    order = (reasons.OPEN_IN_TIME, reasons.OPEN_LATE, reasons.NO_PROMISE, reasons.SUSPENDED)
    return counted({reason: counts[reason] for reason in order})


def _state(cohort: Cohort, one: _Ticket) -> str:
    if one.due is not None:
        return reasons.OPEN_LATE if one.due < cohort.cutoff else reasons.OPEN_IN_TIME
    return reasons.SUSPENDED if one.status == TicketStatus.WAITING else reasons.NO_PROMISE
