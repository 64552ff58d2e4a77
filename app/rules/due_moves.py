"""Why the date of a promise is not the one given at the opening (domain.md A.6, B.1, D.3 « Pause »)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.rules.service_level import NOTHING_PROMISED, Event, Targets, read
from app.rules.worktime import Calendar, Pause, deadline, net_elapsed


@dataclass(frozen=True)
class Move:
    """One fact, and the date that follows from it and from those before, None while it stops the clock.

    `until` ends a wait or the time before a reopening; `minutes` is the working time that it alone adds; `value` is
    the priority or the reason of the wait; `target` the minutes promised from then on.
    """

    kind: Literal["opened", "priority", "wait", "gap"]
    at: datetime
    until: datetime | None
    value: str | None
    minutes: int
    target: int | None
    due: datetime | None


def moves(
    events: Sequence[Event], calendar: Calendar, levels: Mapping[str, Targets], now: datetime
) -> tuple[Move, ...]:
    """The date of restoration at the opening, then each fact that moved it, in the order of time.

    Overlapping waits each add what the earlier ones had not. Nothing where nothing is promised at any moment.
    """
    opened_at = read(events).opened_at
    found: list[Move] = []
    pauses: list[Pause] = []
    target: int | None = None
    for kind, start, end, value in _facts(events):
        added = 0
        if kind in {"opened", "priority"}:
            target = levels.get(value or "", NOTHING_PROMISED).restore
        else:
            added = net_elapsed(calendar, start, end or max(now, start), pauses)
            pauses.append((start, end))
        due = None if target is None else deadline(calendar, opened_at, target, pauses)
        if not found or (due, target) != (found[-1].due, found[-1].target):
            found.append(Move(kind, start, end, value, added, target, due))
    return tuple(found) if any(one.target is not None for one in found) else ()


Fact = tuple[Literal["opened", "priority", "wait", "gap"], datetime, datetime | None, str | None]


def _facts(events: Sequence[Event]) -> Iterator[Fact]:
    """All that may move a date, by the moment when it began."""
    course = read(events)
    told: list[Fact] = [("gap", start, end, None) for start, end in course.gaps]
    told += [("wait", wait.start, wait.end, wait.reason) for wait in course.waits if wait.stops_clock]
    told += [("priority", event.at, None, event.value) for event in events if event.kind == "priority"]
    first = next(event for event in events if event.kind == "opened")
    yield ("opened", course.opened_at, None, first.value)
    yield from sorted(told, key=lambda fact: fact[1])
