"""A contract read once: its terms on any day, the days on which it is paid for, its periods (domain.md C.1, C.4)."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Contract, Invoice
from app.models.codes import ContractStatus
from app.rules import notice, shares
from app.rules.price import PER_YEAR
from app.rules.shares import ONE_DAY
from app.services.amendments import on_day, steps
from app.services.contracts import terms_of

FAR = date(9999, 12, 31)
Days = tuple[date, date]
"""The first and the last, both included."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days between which nothing changes in the terms, both included; `terms` belongs to no session."""

    first: date
    last: date
    terms: Contract


class Deal:
    """Good for as long as nothing is written: terms are read once between two amendments."""

    def __init__(self, session: Session, contract_id: int) -> None:
        self.session, self.id = session, contract_id
        self._steps = steps(session, contract_id)
        self._terms: dict[int, Contract] = {}

    def on(self, day: date) -> Contract:
        """Its terms that day; NotFound."""
        before = bisect_right(self._steps, day)
        if before not in self._terms:
            since = self._steps[before - 1] if before else date.min
            self._terms[before] = on_day(self.session, self.id, since)
        return self._terms[before]

    def force(self, day: date) -> Days | None:
        """Its first and last day by its terms of that day, `FAR` while it is renewed; None of a project."""
        terms = self.on(day)
        if terms.status == ContractStatus.DRAFT or terms.deleted_at is not None:
            return None
        return terms.starts_on, notice.last_day(terms_of(terms)) or FAR

    def spans(self, start: date, end: date) -> list[Span]:
        """Those of these days on which it runs, cut where an amendment takes effect."""
        bounds = self.force(end)
        if bounds is None:
            return []
        pieces = shares.cut(max(start, bounds[0]), min(end, bounds[1]), self._steps)
        return [Span(first, last, self.on(first)) for first, last in pieces]

    def periods(self, start: date, end: date, months: int | None = None) -> list[Days]:
        """The periods of its billing that touch these days, in their order: whole, whatever these days are.

        Of so many `months`, those of its fee if not told, from the first of the month in which it begins; from its
        very day if it is billed so.
        """
        length = months or 12 // PER_YEAR[self.on(start).fee_period.value]
        anchor = self._anchor
        first = 12 * (start.year - anchor.year) + start.month - anchor.month
        index = first // length - 1
        made: list[Days] = []
        while (opens := notice.add_months(anchor, index * length)) <= end:
            closes = notice.add_months(anchor, (index + 1) * length) - ONE_DAY
            if closes >= start:
                made.append((opens, closes))
            index += 1
        return made

    @cached_property
    def _anchor(self) -> date:
        """Its first day where an invoice is known to begin on that day of a month, else the first of it."""
        starts = self.on(date.min).starts_on
        begun = self.session.scalars(
            select(Invoice.period_start).where(
                Invoice.contract_id == self.id, Invoice.deleted_at.is_(None), Invoice.period_start.is_not(None)
            )
        )
        same = any(day.day == starts.day for day in begun if day)
        return starts if same else starts.replace(day=1)
