"""Tickets opened and restored, month by month: the volume behind the indicators (domain.md B.1, « Period rule »)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.kpi import EVERYTHING, Scope
from app.kpi.tickets import how_many, opened, resolved
from app.services.cohorts import Asked
from app.services.indicators import POINTS
from app.services.spans import month


@dataclass(frozen=True, slots=True)
class Month:
    """Cancelled tickets are left out of both counts."""

    label: str
    opened: int
    resolved: int


def flow(session: Session, end: date, now: datetime, scope: Scope = EVERYTHING) -> list[Month]:
    """The twelve months of which the last holds `end`."""
    spans = [month(end).before(steps) for steps in range(POINTS - 1, -1, -1)]
    asked = Asked(session, now, scope)
    cohorts = [asked.cohort(span) for span in spans]
    return [
        Month(
            span.label(short=True),
            how_many(cohort, opened(cohort)),
            how_many(cohort, resolved(cohort)),
        )
        for span, cohort in zip(spans, cohorts, strict=True)
    ]
