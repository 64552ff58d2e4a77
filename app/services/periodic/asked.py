"""What the sections of a report are asked: a period, of one contract or of all, seen from a moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import PARIS
from app.kpi import Scope
from app.models import Contract
from app.models.codes import ContractStatus
from app.services import cohorts
from app.services.spans import Period


@dataclass(frozen=True)
class Asked:
    """`now` is the present. What happened after `seen` is not known yet: the end of the period, or the present while it
    runs."""

    session: Session
    period: Period
    contract_id: int | None
    now: datetime

    @property
    def until(self) -> datetime:
        """The first moment after the period."""
        return datetime.combine(self.period.end + timedelta(days=1), time(), PARIS).astimezone(UTC)

    @property
    def seen(self) -> datetime:
        return min(self.until, self.now)

    @property
    def last(self) -> date:
        """The last day that is known."""
        return min(self.period.end, self.now.astimezone(PARIS).date())

    @property
    def today(self) -> date:
        """The day of `seen`: what was due before it and is not done is missed."""
        return self.seen.astimezone(PARIS).date()

    @property
    def scope(self) -> Scope:
        return Scope(contract_id=self.contract_id)

    @cached_property
    def cohorts(self) -> cohorts.Asked:
        """What asks the indicators, from the moment that the report is seen from."""
        return cohorts.Asked(self.session, self.seen, self.scope)

    def spans(self, count: int) -> list[Period]:
        """The last periods, this one the last."""
        return [self.period.before(steps) for steps in range(count - 1, -1, -1)]

    @cached_property
    def contracts(self) -> Mapping[int, Contract]:
        """That of the report, or all that are no project, by number."""
        kept = select(Contract).where(Contract.deleted_at.is_(None), Contract.status != ContractStatus.DRAFT)
        if self.contract_id is not None:
            kept = select(Contract).where(Contract.id == self.contract_id)
        return {one.id: one for one in self.session.scalars(kept.order_by(Contract.number))}

    def number(self, contract_id: int | None) -> str:
        known = self.contracts.get(contract_id) if contract_id is not None else None
        return known.number if known is not None else ""
