"""The course of a ticket, read from its journal (domain.md B.1 and D.4).

Nothing is accumulated: what is known at any moment is read again from the events, so that no later act loses an
earlier one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from app.rules.worktime import Pause

Status = Literal["open", "taken", "waiting", "resolved", "closed", "cancelled"]
WORKAROUND, FINAL = "workaround", "final"
TAKING = frozenset({"taken", "on_site"})
BESIDE = frozenset({"down", "up"})
"""Acts on the asset itself, which may have stopped before the ticket was opened."""
UNCOUNTED = frozenset({"note", "closed"})
"""Acts that no figure is counted from."""


@dataclass(frozen=True)
class Event:
    """One act of the journal. `value` is the priority of an opening and of a change of it, how it was restored of a
    resolution, why of a cancellation, to whom of a transfer.

    `stops_clock` is the contract's word on a wait, and on a workaround.
    """

    kind: str
    at: datetime
    stops_clock: bool = False
    reason: str | None = None
    value: str | None = None
    author: str | None = None


@dataclass(frozen=True)
class Wait:
    start: datetime
    end: datetime | None
    stops_clock: bool
    reason: str | None


@dataclass(frozen=True)
class Course:
    """What the journal says up to now. `resolved_at` is the last resolution, None once reopened.

    `take_told`: somebody said when it was taken in charge; else the restoration alone shows that it was.
    `end_told`: somebody said when it was restored; else its closing alone shows that it was.
    A workaround that does not stop the clock leaves the ticket under way, with `resolution` « workaround ».
    `downs` are the times when the asset did not work, apart from each other, in their order. `counted_at` is the last
    act that a figure is counted from: seen from any moment after it, the ticket is what it is today.
    """

    opened_at: datetime
    counted_at: datetime
    status: Status = "open"
    priority: str | None = None
    taken_at: datetime | None = None
    take_told: bool = False
    on_site_at: datetime | None = None
    resolved_at: datetime | None = None
    end_told: bool = True
    closed_at: datetime | None = None
    waits: tuple[Wait, ...] = ()
    gaps: tuple[tuple[datetime, datetime], ...] = ()
    states: tuple[tuple[Status, datetime], ...] = ()
    contacts: int = 0
    reopenings: int = 0
    assignee: str | None = None
    transfers: int = 0
    resolution: str | None = None
    final_at: datetime | None = None
    cancel_reason: str | None = None
    downs: tuple[Pause, ...] = ()

    @property
    def open_waits(self) -> tuple[Wait, ...]:
        return tuple(wait for wait in self.waits if wait.end is None)

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """When the clock stood still: waits that stop it, and the time between a resolution and its reopening."""
        return tuple((wait.start, wait.end) for wait in self.waits if wait.stops_clock) + self.gaps

    @property
    def down_since(self) -> datetime | None:
        return self.downs[-1][0] if self.downs and self.downs[-1][1] is None else None


def _end_waits(course: Course, at: datetime, reason: str | None = None) -> tuple[Wait, ...]:
    """The open waits of that reason, or all of them, ended."""
    return tuple(
        replace(wait, end=at) if wait.end is None and reason in {None, wait.reason} else wait for wait in course.waits
    )


def _taken(course: Course, event: Event) -> Course:
    status: Status = "taken" if course.status == "open" else course.status
    taken_at, assignee = course.taken_at or event.at, course.assignee or event.author
    told = course.take_told or event.kind in TAKING
    return replace(course, taken_at=taken_at, take_told=told, status=status, assignee=assignee)


def _on_site(course: Course, event: Event) -> Course:
    return replace(_taken(course, event), on_site_at=course.on_site_at or event.at)


def _wait_started(course: Course, event: Event) -> Course:
    wait = Wait(event.at, None, event.stops_clock, event.reason)
    return replace(course, status="waiting", waits=(*course.waits, wait))


def _wait_ended(course: Course, event: Event) -> Course:
    ended = replace(course, waits=_end_waits(course, event.at, event.reason))
    return ended if ended.open_waits else replace(ended, status="taken")


def _resolved(course: Course, event: Event) -> Course:
    """A workaround restores the service, unless the contract wants the final solution (B.2, MTTRes)."""
    resolution = event.value or FINAL
    around = resolution == WORKAROUND
    done = replace(
        _taken(course, event),
        resolution=resolution,
        end_told=event.value is not None,
        final_at=None if around else event.at,
        waits=_end_waits(course, event.at),
    )
    if around and not event.stops_clock:
        return replace(done, status="taken")
    return replace(done, status="resolved", resolved_at=event.at)


def _final(course: Course, event: Event) -> Course:
    """What replaces the workaround: of a ticket already restored, its delays have been judged."""
    if course.resolved_at is not None:
        return replace(course, final_at=event.at)
    return _resolved(course, replace(event, value=FINAL))


def _reopened(course: Course, event: Event) -> Course:
    gaps = (*course.gaps, (course.resolved_at, event.at)) if course.resolved_at else course.gaps
    return replace(
        course,
        status="taken",
        resolved_at=None,
        closed_at=None,
        resolution=None,
        final_at=None,
        gaps=gaps,
        reopenings=course.reopenings + 1,
    )


def _closed(course: Course, event: Event) -> Course:
    return replace(course, status="closed", closed_at=event.at)


def _cancelled(course: Course, event: Event) -> Course:
    ended = replace(course, status="cancelled", cancel_reason=event.value, waits=_end_waits(course, event.at))
    return _up(ended, event)


def _contact(course: Course, _event: Event) -> Course:
    return replace(course, contacts=course.contacts + 1)


def _priority(course: Course, event: Event) -> Course:
    return replace(course, priority=event.value)


def _transferred(course: Course, event: Event) -> Course:
    return replace(course, assignee=event.value, transfers=course.transfers + 1)


def _down(course: Course, event: Event) -> Course:
    """Already down: nothing new, the two times are one."""
    return course if course.down_since else replace(course, downs=(*course.downs, (event.at, None)))


def _up(course: Course, event: Event) -> Course:
    since = course.down_since
    return course if since is None else replace(course, downs=(*course.downs[:-1], (since, event.at)))


def _unchanged(course: Course, _event: Event) -> Course:
    return course


STEPS = {
    "opened": _priority,
    "taken": _taken,
    "on_site": _on_site,
    "contact": _contact,
    "note": _unchanged,
    "wait_started": _wait_started,
    "wait_ended": _wait_ended,
    "resolved": _resolved,
    "reopened": _reopened,
    "closed": _closed,
    "cancelled": _cancelled,
    "priority": _priority,
    "down": _down,
    "up": _up,
    "transferred": _transferred,
    "final": _final,
    "cover": _unchanged,
}


def read(events: Sequence[Event]) -> Course:
    """The course of a ticket from its journal, taken in the order of time (domain.md B.1).

    Events of the same moment keep their order; but for what was told of the asset, the first is the opening, else
    ValueError.
    """
    ordered = sorted(events, key=lambda event: event.at)
    opening = next((event for event in ordered if event.kind not in BESIDE), None)
    if opening is None or opening.kind != "opened":
        raise ValueError("a journal begins with its opening")
    counted = max(event.at for event in ordered if event.kind not in UNCOUNTED)
    course = Course(opening.at, counted, states=(("open", opening.at),))
    for event in ordered:
        before = course.status
        course = STEPS[event.kind](course, event)
        if course.status != before:
            course = replace(course, states=(*course.states, (course.status, event.at)))
    return course
