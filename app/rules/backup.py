"""Whether copies are safe, when to look at them again, and what a restoration proved (domain.md C.9 clause 13).

The rule 3-2-1-1-0: three copies, the original included, on two kinds of media, one off site, one offline or immutable,
and no error when restoring.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

COPIES, MEDIA = 3, 2


class Answer(StrEnum):
    """To one point of the rule: unknown is no answer, and never counts as yes."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Copies:
    """What is told of the copies; `restored` is how the last test of restoring ended, None if there was none."""

    copies: int | None
    media: int | None
    offsite: bool | None
    offline: bool | None
    restored: bool | None


def points(told: Copies) -> tuple[Answer, Answer, Answer, Answer, Answer]:
    """The five answers, in the order of the name of the rule."""
    return (
        _at_least(told.copies, COPIES),
        _at_least(told.media, MEDIA),
        _yes(told.offsite),
        _yes(told.offline),
        _yes(told.restored),
    )


def _at_least(found: int | None, wanted: int) -> Answer:
    return Answer.UNKNOWN if found is None else _yes(found >= wanted)


def _yes(told: bool | None) -> Answer:
    if told is None:
        return Answer.UNKNOWN
    return Answer.YES if told else Answer.NO


def due_on(last: date | None, known_since: date, every: int, grace: int) -> date:
    """The day by which to look again: `every` days after the last time; `grace` days after the plan was recorded when
    there was none."""
    if last is None:
        return known_since + timedelta(days=min(grace, every))
    return last + timedelta(days=every)


def beyond(measured: int | None, allowed: int | None) -> int | None:
    """Minutes beyond what is allowed, 0 or less when it is kept; None when either is not known."""
    return None if measured is None or allowed is None else measured - allowed
