"""The records of the base as the import sees them: those kept, and those it is going to make (negative ids)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.entities import ENTITIES, Entity
from app.fields import Ref, clean_line, fold
from app.models import Counter
from app.services.importing import cells

Stamp = tuple[int, int, int]


def _in_order() -> list[str]:
    """The keys of the entities, each after those that its links name."""
    done: list[str] = []

    def place(entity: Entity) -> None:
        for target in (f.target for f in entity.fields if isinstance(f, Ref) and f.target != entity.key):
            place(ENTITIES[target])
        if entity.key not in done:
            done.append(entity.key)

    for entity in ENTITIES.values():
        place(entity)
    return done


ORDER = tuple(_in_order())
"""Records are planned and written after those that they may name."""


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
    names = {*entity.natural_key, *entity.unique, *((entity.numbering.field,) if entity.numbering else ())}

    def keys(item: Item) -> Iterable[tuple[str, str]]:
        return ((name, fold(str(item.values[name]))) for name in names if item.values.get(name))

    return keys


class Book:
    """The records of one entity, found by their keys."""

    def __init__(self, session: Session, entity: Entity) -> None:
        self.entity = entity
        self.items: dict[int, Item] = {}
        self._found: dict[tuple[str, str], list[Item]] = {}
        self._titles: dict[str, Item] | None = None
        self._alike: dict[tuple[str, ...], dict[tuple[str, ...], list[Item]]] = {}
        self._spare: dict[tuple[Any, ...], list[Item]] = {}
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
        if self._titles is not None:
            self._titles.setdefault(fold(self._title(item)), item)
        for names, alike in self._alike.items():
            alike.setdefault(self._look(item, names), []).append(item)

    def find(self, kind: str, text: str | None) -> list[Item]:
        return self._found.get((kind, fold(text)), []) if text else []

    def spare(self, source: str, kind: str, text: str) -> list[Item]:
        """Those of this key that the file has not spoken of yet, never those that it makes: a file of
        thousands of lines alike is read in one go."""
        key = (source, kind, fold(text))
        if key not in self._spare:
            self._spare[key] = self.find(kind, text)
        self._spare[key] = self._free(source, self._spare[key])
        return self._spare[key]

    def alike(self, source: str, told: Mapping[str, Any]) -> list[Item]:
        """The same for those that have all these values."""
        names = tuple(sorted(told))
        if names not in self._alike:
            self._alike[names] = {}
            for item in self.items.values():
                self._alike[names].setdefault(self._look(item, names), []).append(item)
        key = self._look(Item(0, dict(told)), names)
        if (source, names, key) not in self._spare:
            self._spare[source, names, key] = self._free(source, self._alike[names].get(key, []))
        return self._spare[source, names, key]

    @staticmethod
    def _free(source: str, items: Iterable[Item]) -> list[Item]:
        return [item for item in items if not item.in_bin and not item.read_from(source)]

    def _look(self, item: Item, names: tuple[str, ...]) -> tuple[str, ...]:
        """As a list shows them: times lose their seconds there."""
        return tuple(self.entity.field(name).format(item.values.get(name)) for name in names)

    def titled(self, text: str) -> Item | None:
        """The record that our own lists show by this text; those outside the bin first."""
        if self._titles is None:
            self._titles = {}
            for item in sorted(self.items.values(), key=lambda item: item.in_bin):
                self._titles.setdefault(fold(self._title(item)), item)
        return self._titles.get(fold(text))

    def title(self, item_id: int | None) -> str:
        item = self.items.get(item_id or 0)
        return self._title(item) if item else ""

    def _title(self, item: Item) -> str:
        return clean_line(" ".join(str(item.values.get(n) or "") for n in self.entity.model.__title__))


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
