"""A ticket's delays, derived from its course (domain.md B.1, D.1, D.3 and D.4).

Each figure is counted again from the events, so a change of priority, of targets or of calendar loses no waiting time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from app.rules.ticket_course import STEPS, Course, Event, Wait, read
from app.rules.worktime import Calendar, Pause, deadline, elapsed, net_elapsed

__all__ = ["NOTHING_PROMISED", "STEPS", "Assessment", "Course", "Event", "Promise", "Targets", "Wait", "assess", "read"]

State = Literal["met", "missed", "running", "stopped", "none"]


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
    """`down_minutes` are worked minutes during which the asset was down, of the times that have ended."""

    take: Promise
    on_site: Promise
    restore: Promise
    net_minutes: int | None
    calendar_minutes: int | None
    down_minutes: int | None = None


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
    down = down_minutes(course.downs, calendar)
    if course.status == "cancelled":
        return Assessment(_moot(take), _moot(on_site), _moot(restore), None, None)
    if course.resolved_at is None:
        return Assessment(take, on_site, restore, None, None, down)
    if course.on_site_at is None:
        on_site = _moot(on_site)
    return Assessment(take, on_site, restore, restore.spent, _calendar_minutes(course, course.resolved_at), down)


def down_minutes(downs: Sequence[Pause], calendar: Calendar) -> int | None:
    """Working minutes of the times down that have ended (domain.md A.2, B.3); None if there is none."""
    ended = [elapsed(calendar, start, end) for start, end in downs if end is not None]
    return sum(ended) if ended else None


def _calendar_minutes(course: Course, resolved: datetime) -> int:
    """Minutes of the clock on the wall, waits kept, time between resolution and reopening left out (domain.md B.1)."""
    return net_elapsed(Calendar(round_the_clock=True), course.opened_at, resolved, course.gaps)
