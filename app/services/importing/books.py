"""The records of the base as the import sees them: those kept, and those it is going to make (negative ids)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.entities import ENTITIES, Entity
from app.fields import clean_line, fold
from app.models import Counter
from app.services.importing import cells

Stamp = tuple[int, int, int]


@dataclass(slots=True, eq=False)
class Item:
    """One record. `places` are the (file, line) that already spoke of it, `changed` the columns to write."""

    id: int
    values: dict[str, Any]
    in_bin: bool = False
    places: list[tuple[str, int | None]] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)

    @property
    def is_new(self) -> bool:
        return self.id < 0

    def read_from(self, source: str) -> bool:
        return any(place[0] == source for place in self.places)


def _asset_keys(item: Item) -> Iterable[tuple[str, str]]:
    values = item.values
    for kind in ("machine_uuid", "serial", "mac", "number", "hostname", "name"):
        if values.get(kind):
            yield kind, fold(values[kind])
    yield "look", look(values)


def look(values: Mapping[str, Any]) -> str:
    """What an asset without any number is first known by."""
    return fold(f"{values.get('brand') or ''}|{values.get('model') or ''}")


def _people(item: Item) -> Iterable[tuple[str, str]]:
    values = item.values
    if values.get("email"):
        yield "email", fold(values["email"])
        yield "mailbox", fold(values["email"]).partition("@")[0]
    yield "person", cells.same_name(values.get("first_name"), values.get("last_name") or "")
    yield "surname", fold(values.get("last_name") or "")


def _natural(entity: Entity) -> Callable[[Item], Iterable[tuple[str, str]]]:
    def keys(item: Item) -> Iterable[tuple[str, str]]:
        names = {*entity.natural_key, *entity.unique}
        return ((name, fold(item.values[name])) for name in names if item.values.get(name))

    return keys


class Book:
    """The records of one entity, found by their keys."""

    def __init__(self, session: Session, entity: Entity) -> None:
        self.entity = entity
        self.items: dict[int, Item] = {}
        self._found: dict[tuple[str, str], list[Item]] = {}
        special = {"asset": _asset_keys, "person": _people}
        self._keys = special.get(entity.key) or _natural(entity)
        own = entity.model.__table__
        for row in session.execute(select(own)).mappings():
            self.add(Item(row["id"], dict(row), row["deleted_at"] is not None))

    def add(self, item: Item) -> None:
        self.items[item.id] = item
        self.index(item)

    def index(self, item: Item) -> None:
        """To be called again once its values changed; it is still found by its former keys."""
        for key in self._keys(item):
            same = self._found.setdefault(key, [])
            if item not in same:
                same.append(item)

    def find(self, kind: str, text: str | None) -> list[Item]:
        return self._found.get((kind, fold(text)), []) if text else []

    def title(self, item_id: int | None) -> str:
        item = self.items.get(item_id or 0)
        names = self.entity.model.__title__
        return clean_line(" ".join(str(item.values.get(n) or "") for n in names)) if item else ""


class Books:
    """Read at first use, one per entity. `last` numbers given by prefix follow what the files bring."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.opened: dict[str, Book] = {}
        self.stamps: dict[str, Stamp] = {}
        self.last: dict[str, int] = {row.prefix: row.last for row in session.execute(select(Counter.__table__))}
        self._next_id = 0

    def __getitem__(self, key: str) -> Book:
        if key not in self.opened:
            self.stamps[key] = stamp(self.session, ENTITIES[key])
            self.opened[key] = Book(self.session, ENTITIES[key])
        return self.opened[key]

    def new(self, key: str, values: dict[str, Any]) -> Item:
        self._next_id -= 1
        item = Item(self._next_id, values)
        self[key].add(item)
        return item


def stamp(session: Session, entity: Entity) -> Stamp:
    """Changes with every write to the entity: how many, the last id, and the sum of the versions."""
    own = entity.model.__table__
    counted = select(func.count(), func.coalesce(func.max(own.c.id), 0), func.coalesce(func.sum(own.c.version), 0))
    count, last, versions = session.execute(counted.select_from(own)).one()
    return count, last, versions
