"""When the asset of a ticket did not work, as its journal tells (domain.md A.2). Of all assets: services.facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.rules.worktime import Pause, elapsed
from app.services.contracts import calendar_of, opening_day
from app.services.journal import found, read_course


@dataclass(frozen=True, slots=True)
class DownSpan:
    """One time down of a ticket; `end` is None while it lasts, `minutes` are then counted to now."""

    start: datetime
    end: datetime | None
    minutes: int


def of_ticket(session: Session, ticket_id: int, now: datetime) -> list[DownSpan]:
    """The times down of one ticket, oldest first."""
    ticket = found(session, ticket_id)
    downs: Sequence[Pause] = read_course(session, ticket).downs
    calendar = calendar_of(session, ticket.contract_id, opening_day(ticket.opened_at))
    return [DownSpan(start, end, elapsed(calendar, start, end or now)) for start, end in downs]
