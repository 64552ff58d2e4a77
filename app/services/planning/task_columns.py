"""What the list of tasks shows: their frequency in words, the next visit, those missed. By SQL, row by row."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Text, and_, case, func, literal, select

from app.fields import this_day
from app.models import Visit
from app.models.base import Day
from app.models.upkeep_codes import Every, VisitStatus
from app.services.planning import standing, words


def rhythm(tasks: FromClause) -> ColumnElement[str]:
    """As `words.every` tells it."""
    unit = tasks.c.unit.cast(Text)
    known = [(and_(tasks.c.every == count, unit == of.value), told) for (count, of), told in words.ONCE.items()]
    others = [(unit == of.value, _several(tasks, of)) for of in Every]
    return case(*known, *others)


def _several(tasks: FromClause, unit: Every) -> ColumnElement[str]:
    before, _, after = words.several("\n", unit).partition("\n")
    return literal(before) + tasks.c.every.cast(Text) + literal(after)


def next_on(tasks: FromClause) -> ColumnElement[date | None]:
    """The day of the next visit planned; None where there is none to come."""
    own = Visit.__table__.alias("coming")
    wanted = [*_of(tasks, own), own.c.status.cast(Text) == VisitStatus.PLANNED.value, own.c.planned_on >= this_day()]
    return select(func.min(own.c.planned_on, type_=Day)).where(*wanted).correlate(tasks).scalar_subquery()


def missed(tasks: FromClause) -> ColumnElement[int | None]:
    """How many visits were missed and still are; None for none, which is the calm case."""
    own = Visit.__table__.alias("missed")
    counted = select(func.count()).where(*_of(tasks, own), standing.missed_on(own, this_day()))
    return func.nullif(counted.select_from(own).correlate(tasks).scalar_subquery(), 0)


def _of(tasks: FromClause, own: FromClause) -> list[ColumnElement[Any]]:
    return [own.c.task_id == tasks.c.id, own.c.deleted_at.is_(None)]
