"""Which tickets an indicator keeps, and what it counts of them, by SQL on the projection (domain.md B.1).

Durations come from the columns that services.journal makes from each ticket's journal. The tickets are read from
`cohort.tickets`: the table, or what it was at a past moment.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, cast, func, or_, select

from app.kpi.reasons import LATE
from app.kpi.registry import NO_DATA, Amount, Cohort, Measure, Row, Unit, hours, middle
from app.kpi.scoping import of_asset, of_contract
from app.models.codes import TicketStatus

Condition = ColumnElement[bool]


def scope(cohort: Cohort) -> list[Condition]:
    """Not in the bin, and within what was asked about."""
    of, asked = cohort.tickets, cohort.scope
    conditions = [of.deleted_at.is_(None), *of_contract(asked, of.contract_id), *of_asset(asked, of.asset_id)]
    if asked.priority is not None:
        conditions.append(of.priority == asked.priority)
    return conditions


def valid(cohort: Cohort) -> list[Condition]:
    """Cancelled tickets are excluded everywhere (B.1)."""
    return [*scope(cohort), cohort.tickets.status != TicketStatus.CANCELLED]


def within(cohort: Cohort, moment: Any) -> list[Condition]:
    return [moment >= cohort.since, moment < cohort.until]


def followed(cohort: Cohort) -> bool:
    """Whether a ticket had been told at all by the end of the period, whatever the scope: before the first one nobody
    wrote what stopped, and nothing is known of it."""
    first = select(cohort.tickets.id).where(
        cohort.tickets.deleted_at.is_(None), cohort.tickets.opened_at < cohort.cutoff
    )
    return cohort.session.scalar(first.limit(1)) is not None


def opened(cohort: Cohort) -> list[Condition]:
    return [*valid(cohort), *within(cohort, cohort.tickets.opened_at)]


def taken(cohort: Cohort) -> list[Condition]:
    return [*valid(cohort), *within(cohort, cohort.tickets.taken_at)]


def resolved(cohort: Cohort) -> list[Condition]:
    """Tickets whose last resolution is in the period (B.1, « Period rule »)."""
    return [*valid(cohort), *within(cohort, cohort.tickets.resolved_at)]


def undone(cohort: Cohort, act: Any) -> list[Condition]:
    """Tickets opened by the cutoff for which `act` had not happened then."""
    return [*valid(cohort), cohort.tickets.opened_at < cohort.cutoff, or_(act.is_(None), act >= cohort.cutoff)]


def overdue(cohort: Cohort, act: Any, due: Any, met: Any) -> tuple[list[Condition], list[Condition]]:
    """Tickets due before the cutoff for which `act` came after it, hence late, or has not come."""
    some = [*valid(cohort), due < cohort.cutoff]
    return [*some, met.is_(False), act >= cohort.cutoff], [*some, met.is_(None), act.is_(None)]


def seconds(moment: Any) -> Any:
    """Seconds of a moment since 1970, in SQL."""
    return cast(func.strftime("%s", moment), Integer)


def how_many(cohort: Cohort, conditions: list[Condition]) -> int:
    return cohort.session.scalar(_count(cohort, conditions)) or 0


def _count(cohort: Cohort, conditions: list[Condition]) -> Select[int]:
    return select(func.count()).select_from(cohort.source).where(*conditions)


def ids(cohort: Cohort, conditions: list[Condition]) -> list[int]:
    """In their order, but sorted here: asked for it, SQLite would walk the whole table."""
    return sorted(cohort.session.scalars(select(cohort.tickets.id).where(*conditions)))


def _first(row: Any) -> int:
    place: int = row[0]
    return place


def cancelled(cohort: Cohort) -> int:
    moments = within(cohort, cohort.tickets.opened_at)
    return how_many(cohort, [*scope(cohort), *moments, cohort.tickets.status == TicketStatus.CANCELLED])


def minutes_by_ticket(cohort: Cohort, minutes: Any, conditions: list[Condition]) -> dict[int, int | None]:
    of = cohort.tickets
    rows = cohort.session.execute(select(of.id, minutes).where(*conditions))
    return {row[0]: row[1] for row in sorted(rows, key=_first)}


def mean(cohort: Cohort, minutes: Any, conditions: list[Condition]) -> Measure:
    """Mean of a duration in hours, with the tickets it was computed from."""
    total, n = cohort.session.execute(select(func.sum(minutes), func.count(minutes)).where(*conditions)).one()
    if not n:
        return NO_DATA
    spent = hours(Decimal(total))
    made = Measure(spent / n, n, top=Amount(spent, Unit.HOURS), bottom=Amount(Decimal(n)))
    if not cohort.detail:
        return made
    kept = minutes_by_ticket(cohort, minutes, [*conditions, minutes.is_not(None)])
    return detailed(made, {one: Row(spent) for one, spent in kept.items()})


def detailed(made: Measure, rows: dict[int, Row], **more: Any) -> Measure:
    """The measure with its rows and their median."""
    times = [row.amount for row in rows.values() if row.amount is not None]
    return Measure(made.value, made.n, middle(times), rows, top=made.top, bottom=made.bottom, **more)


def ratio(above: int, below: int) -> Measure:
    """A share; no data when nothing was counted."""
    if not below:
        return NO_DATA
    return Measure(Decimal(above) / below, below, top=Amount(Decimal(above)), bottom=Amount(Decimal(below)))


def share(cohort: Cohort, whole: list[Condition], hit: Condition) -> Measure:
    """How many of these tickets are hits."""
    of = cohort.tickets
    right = cast(hit, Integer)
    if not cohort.detail:
        count, above = cohort.session.execute(select(func.count(), func.sum(right)).where(*whole)).one()
        return ratio(above or 0, count)
    found = cohort.session.execute(select(of.id, right).where(*whole))
    rows = {one: Row(hit=bool(told)) for one, told in sorted(found, key=_first)}
    made = ratio(sum(bool(row.hit) for row in rows.values()), len(rows))
    return replace(made, rows=rows)


def rate(cohort: Cohort, done: list[Condition], late: Sequence[list[Condition]], met: Any, minutes: Any) -> Measure:
    """Promises kept ÷ (those judged + those overdue and still open) (domain.md B.2). `late`: these, in parts that each
    have their index."""
    judged = [*done, met.is_not(None)]
    sums = func.count(), func.sum(cast(met, Integer)), *(_count(cohort, some).scalar_subquery() for some in late)
    count, right, *parts = cohort.session.execute(select(*sums).where(*judged)).one()
    missing = sum(parts)
    made = ratio(right or 0, count + missing)
    if not cohort.detail:
        return made
    of = cohort.tickets
    found = cohort.session.execute(select(of.id, minutes, met).where(*judged))
    rows = {one: Row(spent, hit) for one, spent, hit in sorted(found, key=_first)}
    for some in late:
        rows |= dict.fromkeys(ids(cohort, some), Row(None, hit=False))
    return detailed(made, rows, included={LATE: missing})
