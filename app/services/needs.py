"""The needs of technicians, users and buyers: noted one after the other, decided by the dozen (domain.md A.7)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.entities.needs import NEED
from app.errors import InvalidFields
from app.fields import clean_text
from app.jobs import drain
from app.models import Need
from app.models.codes import Moscow, NeedDecision, NeedSource, Role
from app.services import records

SOURCE_OF = {
    Role.USER: NeedSource.USER,
    Role.TECHNICIAN: NeedSource.TECHNICIAN,
    Role.BUYER: NeedSource.BUYER,
    Role.MANAGER: NeedSource.BUYER,
}
"""In which quality a person answers, by their role."""
NO_REASON = "Écrivez pourquoi, le motif est gardé avec chaque besoin écarté."


def note(session: Session, values: Mapping[str, Any]) -> int:
    """A need from the fields of its entity, numbered by the program. Gives its id."""
    return records.create(session, NEED, values)


def to_decide(session: Session) -> tuple[int, ...]:
    return _ids(session, Need.decision == NeedDecision.PENDING)


def pressing(session: Session) -> tuple[int, ...]:
    """Those that cannot be done without, and wait for a decision."""
    return _ids(session, Need.decision == NeedDecision.PENDING, Need.priority == Moscow.MUST)


def kept(session: Session) -> tuple[int, ...]:
    """What the specifications are made of."""
    return _ids(session, Need.decision == NeedDecision.KEPT)


def rejected(session: Session) -> tuple[int, ...]:
    return _ids(session, Need.decision == NeedDecision.REJECTED)


def _ids(session: Session, *conditions: ColumnElement[bool]) -> tuple[int, ...]:
    return tuple(session.scalars(select(Need.id).where(Need.deleted_at.is_(None), *conditions)))


def decide(session: Session, wanted: Sequence[int], decision: NeedDecision, reason: str, on: date) -> int:
    """The same decision for many needs; gives how many took it. A rejection asks for its reason; a need put back to be
    decided loses reason and day."""
    words = clean_text(reason) or None
    if decision == NeedDecision.REJECTED and words is None:
        raise InvalidFields({"decision_reason": NO_REASON})
    pending = decision == NeedDecision.PENDING
    values = {
        "decision": decision,
        "decision_reason": None if pending else words,
        "decided_on": None if pending else on,
    }
    return len(drain(records.bulk_edit(session, NEED, wanted, values)).done)
