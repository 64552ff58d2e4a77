"""The days on which a contract is paid for, and its terms on each (domain.md C.1, C.4)."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Contract, Invoice
from app.models.codes import ContractStatus
from app.rules import notice, shares
from app.rules.price import PER_YEAR
from app.services.amendments import on_day, steps
from app.services.contracts import terms_of

ONE_DAY = timedelta(days=1)
FAR = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Span:
    """Days between which nothing changes in the terms, both included; `terms` belongs to no session."""

    first: date
    last: date
    terms: Contract


def in_force(session: Session, contract_id: int, day: date) -> tuple[date, date] | None:
    """The first and last day of a contract by its terms of that day, `FAR` while it is renewed; None of a project."""
    terms = on_day(session, contract_id, day)
    if terms.status == ContractStatus.DRAFT or terms.deleted_at is not None:
        return None
    return terms.starts_on, notice.last_day(terms_of(terms)) or FAR


def spans(session: Session, contract_id: int, start: date, end: date) -> list[Span]:
    """Those of these days on which the contract runs, cut where an amendment takes effect."""
    bounds = in_force(session, contract_id, end)
    if bounds is None:
        return []
    pieces = shares.cut(max(start, bounds[0]), min(end, bounds[1]), steps(session, contract_id))
    return [Span(first, last, on_day(session, contract_id, first)) for first, last in pieces]


def billed_periods(
    session: Session, contract_id: int, start: date, end: date, months: int | None = None
) -> list[tuple[date, date]]:
    """The periods of the contract's billing that touch these days, in their order: whole, whatever these days are.

    Of so many `months`, those of its fee if not told, from the first of the month in which the contract begins; from
    its very day if it is billed so.
    """
    terms = on_day(session, contract_id, start)
    length = months or 12 // PER_YEAR[terms.fee_period.value]
    anchor = _anchor(session, terms)
    first = 12 * (start.year - anchor.year) + start.month - anchor.month
    index = first // length - 1
    made: list[tuple[date, date]] = []
    while (opens := notice.add_months(anchor, index * length)) <= end:
        closes = notice.add_months(anchor, (index + 1) * length) - ONE_DAY
        if closes >= start:
            made.append((opens, closes))
        index += 1
    return made


def _anchor(session: Session, contract: Contract) -> date:
    """The contract's first day where an invoice is known to begin on that day of a month, else the first of it."""
    begun = session.scalars(
        select(Invoice.period_start).where(
            Invoice.contract_id == contract.id, Invoice.deleted_at.is_(None), Invoice.period_start.is_not(None)
        )
    )
    same = any(day.day == contract.starts_on.day for day in begun if day)
    return contract.starts_on if same else contract.starts_on.replace(day=1)
