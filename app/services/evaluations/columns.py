"""What the list of evaluations shows that no column keeps: its state of the day, the technician, the ticket.

Each takes the table of evaluations, and gives an expression of its row.
"""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, Text, and_, case, cast, func, select

from app.fields import this_day
from app.models import Intervention, Setting, Ticket
from app.models.base import CodeText
from app.models.upkeep_codes import EvaluationStanding, EvaluationState
from app.settings import BY_KEY

DAYS = "evaluation_days"


def technician(own: FromClause) -> ColumnElement[Any]:
    return select(Intervention.technician).where(Intervention.id == own.c.intervention_id).scalar_subquery()


def ticket(own: FromClause) -> ColumnElement[Any]:
    return (
        select(Ticket.number)
        .join(Intervention, Intervention.ticket_id == Ticket.id)
        .where(Intervention.id == own.c.intervention_id)
        .scalar_subquery()
    )


def standing(own: FromClause) -> ColumnElement[Any]:
    """« En retard » past the days of the settings; « Non résolu » and « Incomplète » of what came back."""
    out = own.c.state == EvaluationState.EXPECTED
    return case(
        (and_(out, own.c.printed_on < _limit()), EvaluationStanding.LATE.value),
        (out, EvaluationStanding.EXPECTED.value),
        (own.c.solved.is_(False), EvaluationStanding.UNSOLVED.value),
        (own.c.note.is_(None), EvaluationStanding.INCOMPLETE.value),
        else_=EvaluationStanding.RECEIVED.value,
    ).cast(CodeText(EvaluationStanding))


def _limit() -> ColumnElement[Any]:
    """The day before which a form was printed too long ago, by SQL: the number of days is a setting."""
    kept = select(Setting.value).where(Setting.key == DAYS).scalar_subquery()
    days = func.coalesce(cast(kept, Integer), BY_KEY[DAYS].default)
    return func.date(this_day().isoformat(), func.printf("-%d days", days), type_=Text())
