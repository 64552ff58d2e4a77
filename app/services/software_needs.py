"""Which software asks for a licence: what the program knows of the usual ones, and the choice by publisher."""

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.codes import Code
from app.fields import fold
from app.models import Software
from app.models.codes import LicenceNeed
from app.paths import resource

BATCH = 500
NOBODY = "Éditeur inconnu"
CHOICES: tuple[Code, ...] = (LicenceNeed.REQUIRED, LicenceNeed.FREE, LicenceNeed.INCLUDED)
"""What can be said of a software."""
_NEEDS = {"fourni": LicenceNeed.INCLUDED, "libre": LicenceNeed.FREE, "a_avoir": LicenceNeed.REQUIRED}


@dataclass(frozen=True, slots=True)
class Publisher:
    """Software still to be told of one publisher, (id, name), and what the program knows of some, by id."""

    name: str
    software: tuple[tuple[int, str], ...]
    known: Mapping[int, Code]


def _words(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z0-9+.]+", fold(re.sub(r"\((R|TM|C)\)|[®™©]", " ", name, flags=re.IGNORECASE))))


@cache
def _facts() -> dict[tuple[str, ...], LicenceNeed]:
    told = json.loads(resource("logiciels.json").read_text(encoding="utf-8"))
    return {_words(name): need for key, need in _NEEDS.items() for name in told[key]}


def known_need(name: str) -> LicenceNeed | None:
    """What the program knows of a software by its name: the longest beginning that it knows decides."""
    words, facts = _words(name), _facts()
    found = (facts[words[:size]] for size in range(len(words), 0, -1) if words[:size] in facts)
    return next(found, None)


def publishers(session: Session) -> tuple[Publisher, ...]:
    """What is still to be told, the publishers with the most software first."""
    statement = (
        select(Software.id, Software.name, Software.publisher)
        .where(Software.deleted_at.is_(None), Software.need == LicenceNeed.UNKNOWN)
        .order_by(Software.name)
    )
    groups: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for one, name, publisher in session.execute(statement):
        groups[publisher or NOBODY].append((one, name))
    made = [Publisher(who, tuple(own), _known(own)) for who, own in groups.items()]
    return tuple(sorted(made, key=lambda it: (-len(it.software), fold(it.name))))


def untold(session: Session) -> tuple[int, ...]:
    """Software of which nobody said whether it asks for a licence."""
    wanted = select(Software.id).where(Software.deleted_at.is_(None), Software.need == LicenceNeed.UNKNOWN)
    return tuple(session.scalars(wanted))


def _known(own: list[tuple[int, str]]) -> dict[int, Code]:
    found = ((one, known_need(name)) for one, name in own)
    return {one: need for one, need in found if need is not None}


def settle(session: Session, needs: Mapping[int, str]) -> int:
    """Write what was chosen, by its stored word; gives how many."""
    for need in set(needs.values()):
        alike = [one for one, chosen in needs.items() if chosen == need]
        for start in range(0, len(alike), BATCH):
            some = alike[start : start + BATCH]
            session.execute(update(Software).where(Software.id.in_(some)).values(need=need))
    session.expire_all()
    return len(needs)
