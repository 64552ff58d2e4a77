"""« À faire », for what is in somebody's hands: the loans that should be back."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.fields import counted
from app.models import Loan
from app.models.deadline_codes import DeadlineKind
from app.services.home.facts import Clock, still
from app.services.home.words import Task, ago
from app.services.listing import Query
from app.services.loans import OPEN

LOAN = ENTITIES["loan"]


def tasks(session: Session, clock: Clock) -> Iterator[Task]:
    first = func.min(Loan.due_on, type_=Loan.__table__.c.due_on.type)
    count, since = session.execute(select(func.count(), first).where(*_late(session, clock.today))).one()
    if since:
        title = counted(count, "prêt à reprendre", "prêts à reprendre")
        why = "Le retour convenu est passé\u00a0: à reprendre, ou à prolonger"
        yield Task(
            "late", "loans-late", "hand-coins", "warn", title, why, ago(since, clock.today), "warn", "Voir les prêts"
        )


def _late(session: Session, today: date) -> tuple[ColumnElement[bool], ...]:
    return (Loan.due_on < today, *OPEN, still(session, DeadlineKind.LOAN))


def query(session: Session, key: str, today: date) -> Query | None:
    """The list behind the line."""
    if key != "loans-late":
        return None
    wanted = select(Loan.id).where(*_late(session, today))
    return Query(LOAN.shown, "due_on", ids=tuple(session.scalars(wanted)))
