"""What costs to count and few acts change, counted once for each state of the file."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from time import perf_counter
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session

from app.storage.history import last_change

T = TypeVar("T")
SLOW = 0.05
"""Seconds from which a page that cannot wait shows what was counted before the last changes."""


@dataclass(frozen=True, slots=True)
class _Known:
    change: int
    value: Any
    seconds: float


_KEPT: WeakKeyDictionary[Any, dict[Hashable, _Known]] = WeakKeyDictionary()


def remembered(session: Session, key: Hashable, make: Callable[[], T], *, hurried: bool = False) -> T:
    """What `make` gives, or gave when nothing has changed since: plain values, of records alone.

    `hurried`: if it was slow to count, the last count will do until somebody who can wait counts again. Within a write
    unit nothing is remembered: what it changes may still be undone.
    """
    if "action_id" in session.info:
        return make()
    kept = _KEPT.setdefault(session.get_bind(), {})
    change, known = last_change(session), kept.get(key)
    if known is None or not (known.change == change or (hurried and known.seconds >= SLOW)):
        start = perf_counter()
        value = make()
        known = kept[key] = _Known(change, value, perf_counter() - start)
    found: T = known.value
    return found


def forget() -> None:
    """Count everything again: for measures."""
    _KEPT.clear()
