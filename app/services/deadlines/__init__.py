"""Every deadline of the company, from the notice of a contract to the guarantee of a screen (product.md).

A missed one never leaves the list by itself: it stays until what it came from is settled, or until somebody says how it
was dealt with.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.fields import fold
from app.jobs import Job, Progress
from app.models.deadline_codes import DeadlineKind
from app.services.deadlines.asking import LEADS, Ask, of_kind
from app.services.deadlines.handling import behind, handle, handled, reopen, written
from app.services.deadlines.of_fleet import unhandled
from app.services.deadlines.registry import LOTS, SOURCES
from app.services.deadlines.words import ICONS, Deadline, Group, Lot, State, pressing
from app.storage import Store

__all__ = [
    "ICONS",
    "LEADS",
    "Deadline",
    "DeadlineKind",
    "Group",
    "Lot",
    "State",
    "Wanted",
    "alerts",
    "behind",
    "every",
    "few",
    "handle",
    "handled",
    "matching",
    "of_kind",
    "pressing",
    "read_job",
    "reopen",
    "unhandled",
    "within",
    "written",
]


def few(
    session: Session, today: date, prices: Mapping[int, int | None] | None = None, *, hurried: bool = False
) -> list[Deadline]:
    """What is not dealt with, without the lots of assets, in the order of the day to act. `prices` of the contracts,
    cents a year, by who has counted them already; `hurried` as `Ask` says."""
    ask = Ask(session, today, prices, hurried)
    found = (one for source in SOURCES for one in source(ask) if one.mark not in ask.handled)
    return sorted(found, key=_order)


def every(session: Session, today: date) -> list[Deadline]:
    """All that is not dealt with, in the order of the day to act."""
    ask = Ask(session, today)
    found = [one for source in SOURCES for one in source(ask) if one.mark not in ask.handled]
    found += (one for source in LOTS for one in source(ask))
    return sorted(found, key=_order)


def read_job(store: Store, today: date) -> Job[list[Deadline]]:
    """`every`, off the thread of the window."""
    yield Progress(0, 0, "Lecture des échéances")
    with store.read() as session:
        return every(session, today)


def _order(one: Deadline) -> tuple[date, str, str]:
    return one.acts, one.kind.value, one.title


def within(found: Iterable[Deadline], today: date, days: int | None) -> list[Deadline]:
    """Those late, and those to act upon in so many days (None: all)."""
    return [one for one in found if days is None or one.acts <= today + timedelta(days=days)]


def alerts(found: Iterable[Deadline], since: date, today: date) -> list[Deadline]:
    """Those that began to call for attention after `since`, by that day."""
    return [one for one in found if since < one.alert <= today <= one.due]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person filters by; empty: all."""

    text: str = ""
    kinds: frozenset[DeadlineKind] = frozenset()
    providers: frozenset[str] = frozenset()
    contracts: frozenset[str] = frozenset()
    states: frozenset[State] = frozenset()
    month: str = ""
    """As `Deadline.month` tells it."""


def matching(found: Iterable[Deadline], wanted: Wanted, today: date) -> list[Deadline]:
    words = fold(wanted.text).split()
    return [
        one
        for one in found
        if (not words or one.holds(words))
        and (not wanted.kinds or one.kind in wanted.kinds)
        and (not wanted.providers or one.provider in wanted.providers)
        and (not wanted.contracts or one.contract in wanted.contracts)
        and (not wanted.states or one.state(today) in wanted.states)
        and (not wanted.month or one.month(today) == wanted.month)
    ]
