"""What indicators are told of assets, documents and costs (app.kpi.facts): read once for all the periods of a trend."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from app.kpi import Cohort, Scope
from app.kpi.facts import Costs, Documents, Fleet
from app.services.facts import costs, documents, fleet
from app.services.facts.service_time import ServiceTime

POINTS = 12
"""Periods that a trend shows: what is asked of one is likely to be asked of the others."""
FIRST, LAST = date(2, 1, 1).toordinal(), date(9998, 12, 31).toordinal()
"""The days that have a moment in every zone."""
Days = tuple[date, date]
Read = TypeVar("Read")


@dataclass
class Facts:
    """Of one session, between two changes of the file."""

    session: Session
    hours: ServiceTime = field(init=False)
    _read: dict[tuple[str, Scope, datetime], tuple[Days, Any]] = field(default_factory=dict)
    _fleets: dict[tuple[Days, Scope, datetime, bool], Fleet] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.hours = ServiceTime(self.session)

    def fleet(self, cohort: Cohort) -> Fleet:
        key = (cohort.start, cohort.end), cohort.scope, cohort.now, cohort.detail
        if key not in self._fleets:
            population = self._once("fleet", cohort, fleet.read)
            self._fleets[key] = fleet.count(cohort, self.hours, population)
        return self._fleets[key]

    def documents(self, cohort: Cohort) -> Documents:
        return documents.count(cohort, self._once("documents", cohort, documents.read))

    def costs(self, cohort: Cohort) -> Costs:
        return costs.count(cohort, self._once("costs", cohort, costs.read))

    def _once(self, what: str, cohort: Cohort, read: Callable[[Cohort, date, date], Read]) -> Read:
        """What was read for days that hold the period, or what is read now for those of the trend around it."""
        key = what, cohort.scope, cohort.now
        days, found = self._read.get(key, ((date.max, date.min), None))
        if found is None or not (days[0] <= cohort.start and cohort.end <= days[1]):
            days = around(cohort)
            found = read(cohort, *days)
            self._read[key] = days, found
        kept: Read = found
        return kept


def around(cohort: Cohort) -> Days:
    """The days of a trend that ends with the period if it is the last one told, else that begins with it."""
    length = (cohort.end - cohort.start).days + 1
    after = min(_shifted(cohort.end, (POINTS - 1) * length), cohort.today)
    if after > _shifted(cohort.end, length):
        return cohort.start, _shifted(after, POINTS)
    return _shifted(cohort.start, (1 - POINTS) * length - POINTS), cohort.end


def _shifted(day: date, days: int) -> date:
    """So many days later, or before, within what a calendar can tell."""
    return date.fromordinal(min(max(day.toordinal() + days, FIRST), LAST))
