"""Records to save, and what is in a file, for the tests of the store."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Asset, Family, Person, Site
from app.storage import Store


def person(name: str = "Durand", **more: Any) -> Person:
    return Person(last_name=name, **more)


def family(session: Session, name: str = "Ordinateur") -> int:
    made = Family(name=name, prefix="PC")
    session.add(made)
    session.flush()
    return made.id


def asset(session: Session, number: str, family_id: int, **more: Any) -> Asset:
    made = Asset(number=number, family_id=family_id, **more)
    session.add(made)
    session.flush()
    return made


def add_people(store: Store, *names: str) -> None:
    for name in names:
        with store.begin(f"Ajout de {name}") as session:
            session.add(person(name))


def people(store: Store) -> list[str]:
    with store.read() as session:
        return sorted(session.scalars(select(Person.last_name)))


def sites(store: Store) -> list[str]:
    with store.read() as session:
        return sorted(session.scalars(select(Site.name)))


def is_private(path: Path) -> bool:
    """Whether only its owner can read it; on Windows the folder of the profile sees to it."""
    return os.name == "nt" or stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def by_hand(path: Path, *statements: str) -> list[Any]:
    """What another program does to the file; returns the rows of the last statement."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        rows: list[Any] = []
        for statement in statements:
            rows = connection.execute(statement).fetchall()
        return rows
