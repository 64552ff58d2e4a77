"""What a claim file is asked for by: a ticket, or a contract and the months of it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.fields import PARIS, day_words, month_words
from app.models import Contract, Ticket
from app.rules.notice import add_months
from app.services.numbered import by_number

_A_MONTH = r"-((?:19|20|21)\d\d-(?:0[1-9]|1[0-2]))"
_NONE, _MONTH, _MONTHS = (re.compile(_A_MONTH * count + "$", re.ASCII) for count in range(3))
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
    def of_words(self) -> str:
        """« d’avril 2026 », « de juin 2026 à août 2026 »."""
        return f"{'d’' if self.words[0] in 'ao' else 'de '}{self.words}"

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


def is_ticket(session: Session, ref: str) -> bool:
    return session.scalar(select(Ticket.id).where(Ticket.number == ref, Ticket.deleted_at.is_(None))) is not None


def span_named(session: Session, ref: str) -> Span | None:
    """The months that a reference ends with; None: its contract alone is named."""
    return _split(session, ref)[1]


def _split(session: Session, ref: str) -> tuple[str, Span | None]:
    """The number of a contract may itself look like a month, « CT-2024-06 »: what is a number is read as one first."""
    for pattern in (_NONE, _MONTH, _MONTHS):
        found = pattern.search(ref)
        if found and _is_contract(session, ref[: found.start()]):
            return ref[: found.start()], _span(*found.groups())
    return ref, None


def _is_contract(session: Session, number: str) -> bool:
    return (
        session.scalar(select(Contract.id).where(Contract.number == number, Contract.deleted_at.is_(None))) is not None
    )


def _span(first: str = "", last: str = "") -> Span | None:
    if not first:
        return None
    return span(date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last or first}-01"))
