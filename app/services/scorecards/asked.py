"""What a scorecard asks about, and what one criterion answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from app.fields import PARIS
from app.kpi import Measure
from app.models import Contract


@dataclass(frozen=True)
class Asked:
    """One prestation over Paris days, bounds included, seen from `now` or from the end of the period if it is past.

    `measures` are its indicators by code.
    """

    session: Session
    contract: Contract
    start: date
    end: date
    now: datetime
    measures: Mapping[str, Measure] = field(default_factory=dict)

    @property
    def since(self) -> datetime:
        return datetime.combine(self.start, time(), PARIS).astimezone(UTC)

    @property
    def until(self) -> datetime:
        """The first moment after the period."""
        return datetime.combine(self.end + timedelta(days=1), time(), PARIS).astimezone(UTC)

    @property
    def last_day(self) -> date:
        """The last day of the period, today while it is under way."""
        return min(self.end, self.now.astimezone(PARIS).date())


@dataclass(frozen=True, slots=True)
class Fact:
    """What was counted for one criterion, in French with its numerators, and the note that it is worth (hundredths;
    None: nothing to judge by). `entity` is that of the records behind; `ids` are they, but for those that indicators
    count, which `prestations.behind` finds."""

    told: str = ""
    proposed: int | None = None
    entity: str = ""
    ids: tuple[int, ...] = ()


NOTHING = Fact()
