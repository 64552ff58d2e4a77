"""What a claim file is asked for by: a ticket, or a contract and the months of it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound, Refused
from app.fields import PARIS, day_words, month_words
from app.models import Contract
from app.rules.notice import add_months
from app.services.numbered import by_number

_MONTHS = re.compile(r"-(\d{4})-(0[1-9]|1[0-2])(?:-(\d{4})-(0[1-9]|1[0-2]))?$", re.ASCII)
BACKWARDS = "Le dernier mois est avant le premier."


@dataclass(frozen=True, slots=True)
class Span:
    """Whole months: the first days of the first and of the last of them. Caps are counted by month (C.7)."""

    first: date
    last: date

    @property
    def ends(self) -> date:
        return add_months(self.last, 1) - timedelta(days=1)

    @property
    def since(self) -> datetime:
        return datetime.combine(self.first, time(), PARIS)

    @property
    def until(self) -> datetime:
        """Excluded."""
        return datetime.combine(add_months(self.last, 1), time(), PARIS)

    @property
    def words(self) -> str:
        """« juin 2026 », « juin 2026 à août 2026 »."""
        if self.first == self.last:
            return month_words(self.first)
        return f"{month_words(self.first)} à {month_words(self.last)}"

    @property
    def days(self) -> str:
        return f"du {day_words(self.first)} au {day_words(self.ends)}"

    @property
    def ending(self) -> str:
        """« 2026-06 », « 2026-06-2026-08 »: what a reference ends with."""
        return f"{self.first:%Y-%m}" + (f"-{self.last:%Y-%m}" if self.last != self.first else "")


def span(first: date, last: date) -> Span:
    """The whole months that hold these days."""
    if last < first:
        raise Refused(BACKWARDS)
    return Span(first.replace(day=1), last.replace(day=1))


def reference(number: str, wanted: Span) -> str:
    """« CT-2024-01-2026-06 »: the same months of a contract are the same paper, issued again its next version."""
    return f"{number}-{wanted.ending}"


def contract_named(session: Session, ref: str | None) -> int:
    """The contract of a reference: its number, alone or followed by months."""
    return by_number("contract")(session, _split(session, ref or "")[0] or None)


def span_named(session: Session, ref: str) -> Span | None:
    """The months that a reference ends with; None: its contract alone is named."""
    return _split(session, ref)[1]


def _split(session: Session, ref: str) -> tuple[str, Span | None]:
    """A contract may itself be numbered « 2024-06 »: the whole reference is its number first."""
    found = _MONTHS.search(ref)
    own = select(Contract.id).where(Contract.number == ref, Contract.deleted_at.is_(None))
    if found is None or session.scalar(own) is not None:
        return ref, None
    first = date(int(found[1]), int(found[2]), 1)
    last = date(int(found[3]), int(found[4]), 1) if found[3] else first
    before = ref[: found.start()]
    if found[3] and last < first:
        raise NotFound(BACKWARDS)
    return before, Span(first, last)
