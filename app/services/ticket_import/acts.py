"""The journal that a ticket of another tool tells (domain.md B.1): nothing is told that the list does not say."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.models.codes import EventKind
from app.models.upkeep_codes import CancelReason, Resolution
from app.rules.ticket_course import Event
from app.services.ticket_import import words
from app.services.ticket_import.reading import Told

BEFORE = "Rétabli avant la réouverture, à une heure que la liste ne dit pas."


@dataclass(frozen=True, slots=True)
class Act:
    kind: EventKind
    at: datetime
    author: str | None = None
    text: str | None = None
    value: str | None = None

    @property
    def event(self) -> Event:
        return Event(self.kind.value, self.at, value=self.value, author=self.author)

    @property
    def columns(self) -> dict[str, Any]:
        return {"kind": self.kind, "at": self.at, "author": self.author, "text": self.text, "value": self.value}


def acts_of(told: Told) -> list[Act]:
    """In the order of time. A reopening asks for a restoration before it: where the list gives only the last one, it
    is told at the moment of the reopening, so that no time is left out. A closing shows that it was restored; of a list
    that tells when others were, it does not say when: the act has no value, and nothing is measured of it."""
    who, asker = told.assignee or None, told.requester or None
    acts = [Act(EventKind.OPENED, told.opened, asker, None, told.priority.value)]
    if told.taken:
        acts.append(Act(EventKind.TAKEN, told.taken, who))
    if words.says(told.status, (*words.CANCELLED, *words.DUPLICATE)):
        return [*acts, _cancelled(told, who)]
    resolved, by_itself = told.resolved or told.closed, told.resolved is None and told.silent
    if resolved is None and words.says(told.status, words.OVER):
        resolved, by_itself = told.last, True
    if resolved is None:
        return [*acts, *(one for at in told.reopened for one in _again(at, who))]
    acts += [one for at in told.reopened if at <= resolved for one in _again(at, who)]
    acts += [one for _ in range(told.undated) for one in _again(resolved, who)]
    acts.append(Act(EventKind.RESOLVED, resolved, who) if by_itself else _restored(resolved, who))
    later = [at for at in told.reopened if at > resolved]
    if later:
        acts.append(Act(EventKind.REOPENED, later[0], asker))
        acts += [one for at in later[1:] for one in _again(at, who)]
        if told.closed is None or told.closed < later[-1]:
            return acts
        acts.append(_restored(told.closed, who))
    if told.closed:
        acts.append(Act(EventKind.CLOSED, told.closed, None))
    return acts


def _restored(at: datetime, who: str | None, text: str | None = None) -> Act:
    return Act(EventKind.RESOLVED, at, who, text, Resolution.FINAL.value)


def _again(at: datetime, who: str | None) -> tuple[Act, Act]:
    return _restored(at, who, BEFORE), Act(EventKind.REOPENED, at)


def _cancelled(told: Told, who: str | None) -> Act:
    reason = CancelReason.DUPLICATE.value if words.says(told.status, words.DUPLICATE) else None
    return Act(EventKind.CANCELLED, told.closed or told.resolved or told.last, who, told.status[:120], reason)
