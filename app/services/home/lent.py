"""« À faire », for what is in somebody's hands: the loans that should be back."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.fields import counted
from app.models import Loan
from app.services.home.facts import Clock
from app.services.home.words import Task, ago
from app.services.listing import Filter, Query
from app.services.loans import OPEN

LOAN = ENTITIES["loan"]


def tasks(session: Session, clock: Clock) -> Iterator[Task]:
    first = func.min(Loan.due_on, type_=Loan.__table__.c.due_on.type)
    count, since = session.execute(select(func.count(), first).where(Loan.due_on < clock.today, *OPEN)).one()
    if since:
        title = counted(count, "prêt à reprendre", "prêts à reprendre")
        why = "Le retour convenu est passé\u00a0: à reprendre, ou à prolonger"
        yield Task(
            "late", "loans-late", "hand-coins", "warn", title, why, ago(since, clock.today), "warn", "Voir les prêts"
        )


def query(key: str, today: date) -> Query | None:
    """The list behind the line."""
    if key != "loans-late":
        return None
    late = (Filter("returned_on", (None,)), Filter("due_on", high=today - timedelta(days=1)))
    return Query(LOAN.shown, "due_on", filters=late)
