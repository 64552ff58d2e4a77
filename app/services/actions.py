"""What the actions of meetings and those of progress share: settled in the same way, listed by the same questions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import InvalidFields
from app.fields import this_day
from app.models import Improvement, MeetingAction
from app.models.contract_codes import ActionState
from app.services import records

MODELS: Mapping[str, type[MeetingAction | Improvement]] = {
    "meeting_action": MeetingAction,
    "improvement": Improvement,
}
TO_PUT_ASIDE = {
    "meeting_action": "Dites pourquoi elle est abandonnée\u00a0: la réunion suivante le demandera.",
    "improvement": "Dites pourquoi elle est abandonnée\u00a0: on le demandera.",
}
"""By the key of the entity, as `MODELS`."""


def settle(session: Session, key: str, action_id: int, state: ActionState, values: Mapping[str, Any]) -> None:
    """Done on a day, or dropped for a reason; or to do again. InvalidFields by `outcome` or `done_on`."""
    outcome, on = values.get("outcome"), values.get("done_on")
    if state == ActionState.DROPPED and not outcome:
        raise InvalidFields({"outcome": TO_PUT_ASIDE[key]})
    if on is not None and on > this_day():
        raise InvalidFields({"done_on": "Ce jour n’est pas encore passé."})
    given = {"state": state, "done_on": on if state == ActionState.DONE else None, "outcome": outcome}
    records.update(session, ENTITIES[key], action_id, given)


def ids(session: Session, key: str, *, settled: bool = False, before: date = date.max) -> list[int]:
    """Those done or dropped, else those to do; due before that day."""
    of = MODELS[key]
    state = of.state != ActionState.TO_DO if settled else of.state == ActionState.TO_DO
    return list(session.scalars(select(of.id).where(state, of.due_on < before, of.deleted_at.is_(None))))
