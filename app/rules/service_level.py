"""A ticket's delays, derived from its journal (domain.md B.1, D.1, D.3 and D.4).

Nothing is accumulated: each figure is counted again from the events, so a change of priority, of targets or of calendar
loses no waiting time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from app.rules.worktime import Calendar, Pause, deadline, net_elapsed

Status = Literal["open", "taken", "waiting", "resolved", "closed", "cancelled"]
State = Literal["met", "missed", "running", "stopped", "none"]


@dataclass(frozen=True)
class Event:
    """One act of the journal. `value` is the priority, of the opening and of a change of it."""

    kind: str
    at: datetime
    stops_clock: bool = False
    reason: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class Wait:
    start: datetime
    end: datetime | None
    stops_clock: bool
    reason: str | None


@dataclass(frozen=True)
class Course:
    """What the journal says up to now. `resolved_at` is the last resolution, None once reopened."""

    opened_at: datetime
    status: Status = "open"
    priority: str | None = None
    taken_at: datetime | None = None
    on_site_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    waits: tuple[Wait, ...] = ()
    gaps: tuple[tuple[datetime, datetime], ...] = ()
    states: tuple[tuple[Status, datetime], ...] = ()
    contacts: int = 0
    reopenings: int = 0

    @property
    def open_waits(self) -> tuple[Wait, ...]:
        return tuple(wait for wait in self.waits if wait.end is None)

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """When the clock stood still: waits that stop it, and the time between a resolution and its reopening."""
        return tuple((wait.start, wait.end) for wait in self.waits if wait.stops_clock) + self.gaps


@dataclass(frozen=True)
class Targets:
    """Working minutes promised; None: nothing promised."""

    take: int | None = None
    on_site: int | None = None
    restore: int | None = None


NOTHING_PROMISED = Targets()


@dataclass(frozen=True)
class Promise:
    """One deadline. `spent` and `left` are working minutes, `left` below zero once late.

    `due` is None if nothing was promised, or while the clock is stopped before that moment; `due_if_resumed` then
    tells it supposing that the clock runs again at once.
    """

    state: State
    target: int | None
    spent: int
    due: datetime | None
    actual: datetime | None
    left: int | None = None
    due_if_resumed: datetime | None = None


@dataclass(frozen=True)
class Assessment:
    take: Promise
    on_site: Promise
    restore: Promise
    net_minutes: int | None
    calendar_minutes: int | None


def _end_waits(course: Course, at: datetime, reason: str | None = None) -> tuple[Wait, ...]:
    """The open waits of that reason, or all of them, ended."""
    return tuple(
        replace(wait, end=at) if wait.end is None and reason in {None, wait.reason} else wait for wait in course.waits
    )


def _taken(course: Course, event: Event) -> Course:
    status: Status = "taken" if course.status == "open" else course.status
    return replace(course, taken_at=course.taken_at or event.at, status=status)


def _on_site(course: Course, event: Event) -> Course:
    return replace(_taken(course, event), on_site_at=course.on_site_at or event.at)


def _wait_started(course: Course, event: Event) -> Course:
    wait = Wait(event.at, None, event.stops_clock, event.reason)
    return replace(course, status="waiting", waits=(*course.waits, wait))


def _wait_ended(course: Course, event: Event) -> Course:
    ended = replace(course, waits=_end_waits(course, event.at, event.reason))
    return ended if ended.open_waits else replace(ended, status="taken")


def _resolved(course: Course, event: Event) -> Course:
    waits = _end_waits(course, event.at)
    return replace(_taken(course, event), status="resolved", resolved_at=event.at, waits=waits)


def _reopened(course: Course, event: Event) -> Course:
    gaps = (*course.gaps, (course.resolved_at, event.at)) if course.resolved_at else course.gaps
    reopenings = course.reopenings + 1
    return replace(course, status="taken", resolved_at=None, closed_at=None, gaps=gaps, reopenings=reopenings)


def _closed(course: Course, event: Event) -> Course:
    return replace(course, status="closed", closed_at=event.at)


def _cancelled(course: Course, event: Event) -> Course:
    return replace(course, status="cancelled", waits=_end_waits(course, event.at))


def _contact(course: Course, _event: Event) -> Course:
    return replace(course, contacts=course.contacts + 1)


def _priority(course: Course, event: Event) -> Course:
    return replace(course, priority=event.value)


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
}


def read(events: Sequence[Event]) -> Course:
    """The course of a ticket from its journal, taken in the order of time (domain.md B.1).

    Events of the same moment keep their order; the first of all is the opening, else ValueError.
    """
    ordered = sorted(events, key=lambda event: event.at)
    if not ordered or ordered[0].kind != "opened":
        raise ValueError("a journal begins with its opening")
    course = Course(ordered[0].at, states=(("open", ordered[0].at),))
    for event in ordered:
        before = course.status
        course = STEPS[event.kind](course, event)
        if course.status != before:
            course = replace(course, states=(*course.states, (course.status, event.at)))
    return course


def _judged(actual: datetime | None, due: datetime | None, paused: bool, now: datetime) -> State:
    if due is not None and (actual or now) > due:
        return "missed"
    if actual is not None:
        return "met"
    return "stopped" if paused else "running"


def _promise(  # noqa: PLR0917 - the parts of one deadline
    calendar: Calendar,
    opened: datetime,
    target: int | None,
    actual: datetime | None,
    pauses: Sequence[Pause],
    now: datetime,
) -> Promise:
    """Pauses begun after the act change nothing to its deadline."""
    counted = [pause for pause in pauses if actual is None or pause[0] < actual]
    spent = net_elapsed(calendar, opened, actual or now, counted)
    if target is None:
        return Promise("none", None, spent, None, actual)
    due = deadline(calendar, opened, target, counted)
    paused = actual is None and any(end is None for _, end in counted)
    resumed = deadline(calendar, opened, target, [(a, b or max(a, now)) for a, b in counted]) if paused else None
    return Promise(_judged(actual, due, paused, now), target, spent, due, actual, target - spent, resumed)


def _moot(promise: Promise) -> Promise:
    """A promise that no longer binds: the ticket is cancelled, or was resolved without a visit."""
    return replace(promise, state="none", target=None, due=None, left=None, due_if_resumed=None)


def assess(course: Course, calendar: Calendar, targets: Targets, now: datetime) -> Assessment:
    """The three deadlines at `now`, always counted from the opening (domain.md A.6, B.1, D.3).

    Waits are not deducted from the time to take charge (B.2, MTTA).
    """
    opened, pauses = course.opened_at, course.pauses
    take = _promise(calendar, opened, targets.take, course.taken_at, (), now)
    on_site = _promise(calendar, opened, targets.on_site, course.on_site_at, pauses, now)
    restore = _promise(calendar, opened, targets.restore, course.resolved_at, pauses, now)
    if course.status == "cancelled":
        return Assessment(_moot(take), _moot(on_site), _moot(restore), None, None)
    if course.resolved_at is None:
        return Assessment(take, on_site, restore, None, None)
    if course.on_site_at is None:
        on_site = _moot(on_site)
    return Assessment(take, on_site, restore, restore.spent, _calendar_minutes(course, course.resolved_at))


def _calendar_minutes(course: Course, resolved: datetime) -> int:
    """Minutes of the clock on the wall, waits kept, time between resolution and reopening left out (domain.md B.1)."""
    return net_elapsed(Calendar(round_the_clock=True), course.opened_at, resolved, course.gaps)
