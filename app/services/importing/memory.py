"""What was told of the columns of a list, kept for the next list of the same headings."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.models import Setting
from app.services import preferences
from app.services.importing.synonyms import plain

_PREFIX = "import/mapping/"


@dataclass(frozen=True, slots=True)
class Memory:
    """The entity, and a target or None for each heading in its order."""

    entity: str
    targets: tuple[str | None, ...]


def _key(headings: Sequence[str]) -> str:
    """The same columns in another order are another list."""
    joined = "\n".join(plain(heading) for heading in headings)
    return _PREFIX + hashlib.sha256(joined.encode()).hexdigest()[:32]


def remember(session: Session, headings: Sequence[str], entity: str, targets: Iterable[str | None]) -> None:
    kept = {"entity": entity, "targets": list(targets)}
    preferences.keep(session, _key(headings), json.dumps(kept, ensure_ascii=False))


def remembered(session: Session, headings: Sequence[str]) -> Memory | None:
    kept = session.get(Setting, _key(headings))
    if kept is None:
        return None
    told = json.loads(kept.value)
    return Memory(str(told["entity"]), tuple(told["targets"]))


def forget(session: Session, headings: Sequence[str]) -> None:
    """Go back to what the program guesses. Nothing happens if nothing was told."""
    kept = session.get(Setting, _key(headings))
    if kept is not None:
        session.delete(kept)
        session.flush()
