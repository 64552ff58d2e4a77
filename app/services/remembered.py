"""What costs to count and few acts change, counted once for each state of the file."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session

from app.storage.history import last_change

T = TypeVar("T")
_KEPT: WeakKeyDictionary[Any, dict[Hashable, tuple[int, Any]]] = WeakKeyDictionary()


def remembered(session: Session, key: Hashable, make: Callable[[], T]) -> T:
    """What `make` gives, or gave when nothing has changed since: plain values, of records alone.

    Within a write unit nothing is remembered: what it changes may still be undone.
    """
    if "action_id" in session.info:
        return make()
    kept = _KEPT.setdefault(session.get_bind(), {})
    change = last_change(session)
    known = kept.get(key)
    if known is None or known[0] != change:
        known = kept[key] = (change, make())
    found: T = known[1]
    return found
