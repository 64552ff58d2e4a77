"""The lines of the report's tables beside the register: plain frozen data (domain.md A.7)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.reports.identity import Picture


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the six of the score: what was found, its note 0 to 4, its weight, what it brings."""

    label: str
    finding: str
    note: int
    weight: int
    points: Decimal


@dataclass(frozen=True, slots=True)
class LicenceLine:
    """`used` seats of `seats` (None: without limit); `remark` says what is wrong, in words."""

    number: str
    name: str
    kind: str
    seats: int | None
    used: int
    expires_on: date | None
    price: int | None
    remark: str


@dataclass(frozen=True, slots=True)
class SoftwareLine:
    """A software that asks for a licence: on how many machines it was seen, and how many of them have none."""

    name: str
    publisher: str
    machines: int
    missing: int


@dataclass(frozen=True, slots=True)
class NetworkLine:
    number: str
    name: str
    model: str
    room: str
    address: str
    mac: str
    support: str


@dataclass(frozen=True, slots=True)
class NetworkSite:
    name: str
    lines: tuple[NetworkLine, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend seen by the inventories, with the assets concerned."""

    words: str
    count: int
    criticality: str
    numbers: str


@dataclass(frozen=True, slots=True)
class NeedLine:
    number: str
    statement: str
    thing: str
    criticality: str
    frequency: str
    expectation: str
    priority: str
    decision: str


@dataclass(frozen=True, slots=True)
class NeedGroup:
    source: str
    lines: tuple[NeedLine, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """`base` is « d » for an estimate, « m » for a market price, empty without a cost."""

    words: str
    why: str
    who: str
    due: date
    base: str
    cost: int | None


@dataclass(frozen=True, slots=True)
class Horizon:
    title: str
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """An asset not found, or a thing found that was not expected; `subject` is its number or the code read on it."""

    nature: str
    subject: str
    name: str
    expected: str
    found: str
    notes: str


@dataclass(frozen=True, slots=True)
class Photo:
    number: str
    name: str
    file_name: str
    picture: Picture


@dataclass(frozen=True, slots=True)
class Failure:
    """`minutes` of working time from the call to the return of the service; None while it is not over."""

    number: str
    name: str
    day: date
    ticket: str
    subject: str
    priority: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """An asset of which something is not as in the report before; `before` or `after` empty: it was not there."""

    number: str
    name: str
    before: str
    after: str
