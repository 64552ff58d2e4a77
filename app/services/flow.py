"""Tickets opened and restored, month by month: the volume behind the indicators (domain.md B.1, « Period rule »)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.kpi import Cohort
from app.kpi.tickets import how_many, resolved, valid, within
from app.models import Ticket
from app.services.indicators import POINTS, month


@dataclass(frozen=True, slots=True)
class Month:
    """Cancelled tickets are left out of both counts."""

    label: str
    opened: int
    resolved: int


def flow(session: Session, end: date, now: datetime, contract_id: int | None = None) -> list[Month]:
    """The twelve months of which the last holds `end`."""
    spans = [month(end).before(steps) for steps in range(POINTS - 1, -1, -1)]
    cohorts = [Cohort(session, span.start, span.end, now, contract_id, detail=False) for span in spans]
    return [
        Month(
            span.label(short=True),
            how_many(cohort, [*valid(cohort), *within(cohort, Ticket.opened_at)]),
            how_many(cohort, resolved(cohort)),
        )
        for span, cohort in zip(spans, cohorts, strict=True)
    ]
