"""What an indicator is asked about: a period, a scope, and the tickets as they stood at a moment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import FromClause
from sqlalchemy.orm import Session

from app.kpi import EVERYTHING, Base, Cohort, Kpi, Means, Measure, Scope
from app.models import Ticket
from app.services import as_of, preferences, targets
from app.services.contracts import calendar_of, read_once
from app.services.facts import Facts
from app.services.remembered import remembered
from app.services.spans import Period
from app.services.targets import Target


def means(session: Session) -> Means:
    """The hours of contracts and the settings that indicators ask for."""
    return Means(
        read_once(session, calendar_of),
        preferences.get(session, "recurrence_days"),
        preferences.get(session, "internal_rate"),
        Facts(session),
    )


@dataclass(frozen=True)
class Asked:
    """What the reader chose: a scope, seen from a moment. What many measures ask for is read once."""

    session: Session
    now: datetime
    scope: Scope = EVERYTHING

    @cached_property
    def tickets(self) -> FromClause:
        return as_of.tickets(self.session, self.now)

    @cached_property
    def means(self) -> Means:
        return means(self.session)

    def cohort(self, period: Period, *, detail: bool = False) -> Cohort:
        of, seen = self.scope, self.now
        return Cohort(self.session, period.start, period.end, seen, of, detail, self.tickets, self.means)

    def aims(self, kpis: Iterable[Kpi], period: Period) -> dict[str, Target]:
        """The targets in force at the end of the period, or today. Those of a delay are in working hours: counted in
        calendar time, it is not judged."""
        chosen = {one.code: one for one in kpis}
        on = self.cohort(period).last_day
        found = targets.every(self.session, on, self.scope.contract_id, chosen)
        outside = [code for code, one in chosen.items() if one.calendar and self.scope.base == Base.CALENDAR]
        return found | {code: Target(None) for code in outside}

    def trend(self, kpi: Kpi, periods: Sequence[Period]) -> list[Measure]:
        """The value and n of each. Those of periods that are over are counted once for each state of the file."""

        def count() -> list[Measure]:
            return [self.measure(kpi, one) for one in periods]

        over = all(self.cohort(one).until <= self.now for one in periods)
        if not over or self.tickets is not Ticket.__table__:
            return count()
        settings = self.means.recurrence_days, self.means.internal_rate
        return remembered(self.session, ("trend", kpi.code, tuple(periods), self.scope, settings), count)

    def measure(self, kpi: Kpi, period: Period, *, detail: bool = False) -> Measure:
        return kpi.compute(self.cohort(period, detail=detail))
