"""Where visits stand, for lists: the expressions are beside the models, where indicators read them too."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause

from app.fields import this_day
from app.models.visit_state import done_in_time, given_until, late_done, latest, missed_on, state_on

__all__ = ["done_in_time", "given_until", "late_done", "latest", "missed_on", "state", "state_on"]


def state(visits: FromClause) -> ColumnElement[Any]:
    """A VisitState of today, as a column of lists."""
    return state_on(visits, this_day())
