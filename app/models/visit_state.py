"""Where visits stand on a day, by SQL: in time, late, missed (domain.md B.2 « réalisation du préventif »).

Lists, services and indicators read it. Each takes the table of visits, and gives an expression of its row.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Text, and_, case, func, literal

from app.models.base import CodeText, Day
from app.models.upkeep_codes import VisitState, VisitStatus


def _is(visits: FromClause, status: VisitStatus) -> ColumnElement[bool]:
    return visits.c.status.cast(Text) == status.value


def latest(visits: FromClause) -> ColumnElement[date]:
    """The last day on which it is in time."""
    return func.coalesce(visits.c.latest_on, visits.c.planned_on, type_=Day)


def given_until(visits: FromClause) -> ColumnElement[date]:
    """The day after which nobody waits for it any more: a visit moved beyond its window is waited for, then late."""
    return func.max(latest(visits), visits.c.planned_on, type_=Day)


def missed_on(visits: FromClause, today: date) -> ColumnElement[bool]:
    """Planned, its window and its day past, and not done."""
    return and_(_is(visits, VisitStatus.PLANNED), given_until(visits) < literal(today, Day))


def late_done(visits: FromClause) -> ColumnElement[bool]:
    """Done, but out of its window."""
    early = and_(visits.c.earliest_on.is_not(None), visits.c.done_on < visits.c.earliest_on)
    return and_(_is(visits, VisitStatus.DONE), (visits.c.done_on > latest(visits)) | early)


def done_in_time(visits: FromClause) -> ColumnElement[bool]:
    return and_(_is(visits, VisitStatus.DONE), ~late_done(visits))


def state_on(visits: FromClause, today: date) -> ColumnElement[Any]:
    """A VisitState."""
    on = literal(today, Day)
    return case(
        (_is(visits, VisitStatus.CANCELLED), VisitState.CANCELLED.value),
        (late_done(visits), VisitState.LATE.value),
        (_is(visits, VisitStatus.DONE), VisitState.DONE.value),
        (missed_on(visits, today), VisitState.MISSED.value),
        (visits.c.planned_on < on, VisitState.DUE.value),
        else_=VisitState.PLANNED.value,
    ).cast(CodeText(VisitState))
