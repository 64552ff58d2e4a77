"""When assets must work: hours of the contract that covers each, the company's usual ones without (domain.md B.2)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from sqlalchemy.orm import Session

from app.fields import PARIS
from app.models.codes import ContractStatus
from app.rules import notice
from app.rules.worktime import Calendar, elapsed
from app.services import amendments
from app.services.contracts import calendar_of, read_once, terms_of

ONE_DAY = timedelta(days=1)
ROUND_THE_CLOCK = Calendar(round_the_clock=True)
Cover = tuple[int, date, date]
"""A contract, and the first and last day on which it covers."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Days from `first` to `last`, both included, under one calendar: that of the contract, if there is one."""

    first: date
    last: date
    contract_id: int | None
    calendar: Calendar = field(compare=False, hash=False)

    @property
    def span(self) -> tuple[datetime, datetime]:
        return midnight(self.first), midnight(self.last + ONE_DAY)


@cache
def midnight(day: date) -> datetime:
    """Its first instant, in Paris."""
    return datetime.combine(day, time(), PARIS).astimezone(UTC)


class ServiceTime:
    """The hours of contracts, each read once between two changes of its terms."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._calendar = read_once(session, calendar_of)
        self.bound: Callable[[int], tuple[tuple[date, date, Calendar], ...]] = cache(self._bound)
        self.pieces: Callable[[date, date, tuple[Cover, ...]], tuple[Piece, ...]] = cache(self._pieces)

    def _bound(self, contract_id: int) -> tuple[tuple[date, date, Calendar], ...]:
        """The days on which the contract binds, with its calendar, cut where its terms change."""
        starts = [date.min, *amendments.steps(self._session, contract_id)]
        ends = [day - ONE_DAY for day in starts[1:]] + [date.max]
        found = []
        for first, last in zip(starts, ends, strict=True):
            contract = amendments.on_day(self._session, contract_id, first)
            if contract.deleted_at is None and contract.status != ContractStatus.DRAFT:
                terms = terms_of(contract)
                begins, over = max(first, terms.starts_on), min(last, notice.last_day(terms) or date.max)
                found.append((begins, over, self._calendar(contract_id, first)))
        return tuple((first, last, hours) for first, last, hours in found if first <= last)

    def within(self, first: date, last: date, covers: Iterable[Cover]) -> tuple[Piece, ...]:
        """Days cut by contract: of those that cover a day and bind then, the first of `covers`. None if there is no
        day."""
        if first > last:
            return ()
        held = [(one, max(since, first), min(until, last)) for one, since, until in covers if since <= last]
        return self.pieces(first, last, tuple(cover for cover in held if cover[1] <= cover[2]))

    def _pieces(self, first: date, last: date, covers: tuple[Cover, ...]) -> tuple[Piece, ...]:
        held = [
            (contract, max(since, begins), min(until, over), hours)
            for contract, since, until in covers
            for begins, over, hours in self.bound(contract)
        ]
        after = [until + ONE_DAY for _, _, until, _ in held if until < last]
        cuts = sorted({first, *(since for _, since, _, _ in held), *after})
        starts = [day for day in cuts if first <= day <= last]
        ends = [*(day - ONE_DAY for day in starts[1:]), last]
        usual = (None, first, last, self._calendar(None, first))
        found = []
        for begins, over in zip(starts, ends, strict=True):
            contract, _, _, hours = next((one for one in held if one[1] <= begins <= one[2]), usual)
            found.append(Piece(begins, over, contract, hours))
        return tuple(found)


def spent(pieces: Iterable[Piece], start: datetime, end: datetime, *, working: bool) -> int:
    """Minutes of the pieces from `start` to `end`: of their hours, or of the clock."""
    total = 0
    for one in pieces:
        begins, over = one.span
        if begins < end and over > start:
            hours = one.calendar if working else ROUND_THE_CLOCK
            total += elapsed(hours, max(begins, start), min(over, end))
    return total
