"""What the parts of the example company share: the draw, the day, the numbers given, and rows written many at once."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from random import Random
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.models import Counter, History, Record
from app.paths import resource
from app.rules.service_level import Targets
from app.rules.worktime import Calendar

Card = Mapping[str, Any]
"""One object of the JSON files."""


@dataclass(frozen=True, slots=True)
class Someone:
    id: int
    name: str
    service: str
    site_id: int


@dataclass(frozen=True, slots=True)
class Thing:
    """An asset, as the contracts and the tickets need it."""

    id: int
    name: str
    family: str
    service: str
    person: Someone | None
    site_id: int
    purchased_on: date
    covered: bool
    in_use: bool


@dataclass(frozen=True, slots=True)
class Deal:
    """A contract as its tickets are timed by it; without `id`, work out of contract. `counted`: its work is taken from
    the hours bought."""

    id: int | None
    calendar: Calendar
    targets: Mapping[str, Targets]
    part_stops: bool
    since: date
    technicians: Sequence[str]
    counted: bool = False


@dataclass
class World:
    session: Session
    rng: Random
    today: date
    made_at: datetime
    money: Random
    """The draw of invoices and accounts: theirs apart, so that the rest stays what it was."""
    seed: int = 1
    sites: dict[str, int] = field(default_factory=dict)
    people: list[Someone] = field(default_factory=list)
    manager: Someone = field(init=False)
    providers: dict[str, int] = field(default_factory=dict)
    things: list[Thing] = field(default_factory=list)
    deals: dict[int, Deal] = field(default_factory=dict)
    """By the id of the asset covered."""
    counters: dict[str, int] = field(default_factory=dict)

    def draw(self, subject: str) -> Random:
        """A draw of its own for a subject: what is added to one leaves the others as they were."""
        return Random(f"{self.seed} {subject}")

    def number(self, prefix: str, width: int = 4) -> str:
        self.counters[prefix] = self.counters.get(prefix, 0) + 1
        return f"{prefix}-{self.counters[prefix]:0{width}d}"

    def keep_counters(self) -> None:
        """Tell the program the last numbers given, so that it goes on from there."""
        self.session.add_all(Counter(prefix=prefix, last=last) for prefix, last in self.counters.items())
        self.session.flush()


class Rows:
    """Rows of one table, given their ids at once and written together."""

    def __init__(self, world: World, model: type[Record], rng: Random | None = None) -> None:
        self.world = world
        self.rng = rng or world.rng
        self.table = model.__table__
        self.blank = {column.name: None for column in self.table.columns if column.nullable}
        self.rows: list[dict[str, Any]] = []
        used = select(func.max(History.record_id)).where(History.table_name == self.table.name)
        self.next_id = (world.session.scalar(used) or 0) + 1

    def add(self, values: Card) -> int:
        """Keep a row, without the columns left empty and those of every record; give its id."""
        given, made = self.next_id, self.world.made_at
        mark = str(uuid.UUID(int=self.rng.getrandbits(128), version=4))
        own = {"id": given, "uuid": mark, "version": 1, "created_at": made, "updated_at": made}
        self.rows.append({**self.blank, **own, **values})
        self.next_id += 1
        return given

    def write(self) -> None:
        if self.rows:
            self.world.session.execute(insert(self.table), self.rows)
        self.rows.clear()


@cache
def data(name: str) -> Any:
    """A file of resources/example."""
    return json.loads(resource(f"example/{name}.json").read_text(encoding="utf-8"))


def minutes(clock: str) -> int:
    """« 13:30 » -> minutes after midnight."""
    hours, _, rest = clock.partition(":")
    return int(hours) * 60 + int(rest)
