"""What an indicator is asked about: a period, a scope, and the tickets as they stood at a moment."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import FromClause
from sqlalchemy.orm import Session

from app.kpi import EVERYTHING, Cohort, Kpi, Measure, Scope
from app.models import Ticket
from app.services.spans import Period


def source(session: Session, now: datetime) -> FromClause:  # noqa: ARG001
    """The tickets as their journals told of them at `now`; the table itself when nothing was written of later."""
    return Ticket.__table__  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Asked:
    """What the reader chose: a scope, seen from a moment; the tickets of that moment are found once."""

    session: Session
    now: datetime
    scope: Scope = EVERYTHING
    tickets: FromClause = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tickets", source(self.session, self.now))

    def cohort(self, period: Period, *, detail: bool = False) -> Cohort:
        return Cohort(self.session, period.start, period.end, self.now, self.scope, detail, self.tickets)

    def measure(self, kpi: Kpi, period: Period, *, detail: bool = False) -> Measure:
        return kpi.compute(self.cohort(period, detail=detail))
