"""Which tickets an indicator keeps, and what it counts of them, by SQL on the projection (domain.md B.1).

Durations come from the columns that services.journal makes from each ticket's journal.
"""

from decimal import Decimal

from sqlalchemy import ColumnElement, Integer, and_, cast, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.kpi.reasons import LATE
from app.kpi.registry import Cohort, Measure, hours, middle
from app.models import Ticket
from app.models.codes import TicketStatus

Condition = ColumnElement[bool]


def scope(cohort: Cohort) -> list[Condition]:
    """Not in the bin, of the contract asked for."""
    conditions: list[Condition] = [Ticket.deleted_at.is_(None)]
    if cohort.contract_id is not None:
        conditions.append(Ticket.contract_id == cohort.contract_id)
    return conditions


def valid(cohort: Cohort) -> list[Condition]:
    """Cancelled tickets are excluded everywhere (B.1)."""
    return [*scope(cohort), Ticket.status != TicketStatus.CANCELLED]


def within(cohort: Cohort, moment: InstrumentedAttribute[object]) -> list[Condition]:
    return [moment >= cohort.since, moment < cohort.until]


def taken(cohort: Cohort) -> list[Condition]:
    return [*valid(cohort), *within(cohort, Ticket.taken_at)]


def resolved(cohort: Cohort) -> list[Condition]:
    """Tickets whose last resolution is in the period (B.1, « Period rule »)."""
    return [*valid(cohort), *within(cohort, Ticket.resolved_at)]


def undone(cohort: Cohort, act: InstrumentedAttribute[object]) -> list[Condition]:
    """Tickets opened by the cutoff for which `act` had not happened then."""
    return [*valid(cohort), Ticket.opened_at < cohort.cutoff, or_(act.is_(None), act >= cohort.cutoff)]


def overdue(
    cohort: Cohort,
    act: InstrumentedAttribute[object],
    due: InstrumentedAttribute[object],
    met: InstrumentedAttribute[bool | None],
) -> list[Condition]:
    """Tickets due before the cutoff for which `act` came after it, hence late, or has not come."""
    late = or_(and_(met.is_(False), act >= cohort.cutoff), and_(met.is_(None), act.is_(None)))
    return [*valid(cohort), late, due < cohort.cutoff]


def how_many(cohort: Cohort, conditions: list[Condition]) -> int:
    return cohort.session.scalar(select(func.count()).select_from(Ticket).where(*conditions)) or 0


def cancelled(cohort: Cohort) -> int:
    opened = within(cohort, Ticket.opened_at)
    return how_many(cohort, [*scope(cohort), *opened, Ticket.status == TicketStatus.CANCELLED])


def minutes_by_ticket(
    cohort: Cohort, minutes: InstrumentedAttribute[int | None], conditions: list[Condition]
) -> dict[int, int | None]:
    rows = cohort.session.execute(select(Ticket.id, minutes).where(*conditions).order_by(Ticket.id))
    return {row[0]: row[1] for row in rows}


def mean(cohort: Cohort, minutes: InstrumentedAttribute[int | None], conditions: list[Condition]) -> Measure:
    """Mean of a duration in hours, with the tickets it was computed from."""
    total, n = cohort.session.execute(select(func.sum(minutes), func.count(minutes)).where(*conditions)).one()
    value = hours(Decimal(total or 0) / n) if n else None
    if not cohort.detail:
        return Measure(value, n)
    kept = minutes_by_ticket(cohort, minutes, [*conditions, minutes.is_not(None)])
    return Measure(value, n, middle([one for one in kept.values() if one is not None]), kept)


def rate(
    cohort: Cohort,
    done: list[Condition],
    late: list[Condition],
    met: InstrumentedAttribute[bool | None],
    minutes: InstrumentedAttribute[int | None],
) -> Measure:
    """Promises kept ÷ (those judged + those overdue and still open) (domain.md B.2)."""
    judged = [*done, met.is_not(None)]
    count, right = cohort.session.execute(select(func.count(), func.sum(cast(met, Integer))).where(*judged)).one()
    missing = how_many(cohort, late)
    n = count + missing
    value = Decimal(right or 0) / n if n else None
    if not cohort.detail:
        return Measure(value, n)
    kept = minutes_by_ticket(cohort, minutes, judged)
    open_ones = cohort.session.scalars(select(Ticket.id).where(*late).order_by(Ticket.id))
    times = [one for one in kept.values() if one is not None]
    return Measure(value, n, middle(times), kept | dict.fromkeys(open_ones), {LATE: missing})
