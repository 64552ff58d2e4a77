"""The account of the hours bought in advance under a contract (domain.md C.6). Minutes, and cents HT."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy.orm import Session

from app.codes import Code


class HourAlert(Code):
    """How much of the hours in hand is used (domain.md C.6)."""

    NONE = "none", "Dans le budget d’heures", "ok"
    LOW = "low", "80 % des heures utilisées", "warn", True
    EMPTY = "empty", "Toutes les heures sont utilisées", "bad", True
    OVER = "over", "Solde négatif", "bad", True


@dataclass(frozen=True, slots=True)
class Lot:
    """Hours of one purchase, that day: minutes = used + expired + left. `price` None when nobody wrote it;
    `left_cents` is the part of the price not used yet (domain.md E.5). `until` None: without limit."""

    bought_on: date
    label: str
    minutes: int
    price: int | None
    until: date | None
    used: int
    expired: int
    left: int
    left_cents: int | None
    entity: str
    record_id: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement, signed; `balance` is what was left after it, below zero when more was used than bought."""

    on: date
    kind: Literal["purchase", "use", "expiry"]
    label: str
    minutes: int
    balance: int
    how: str
    entity: str
    record_id: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """`entries` in the order of time. `percent` is the share of the hours valid today that is used, None without any.
    `over` minutes were worked beyond them, `over_cents` what they cost: None when the contract forbids them, or says
    no hourly rate; `told` says in French what follows. `unknown` uses have no duration yet."""

    entries: tuple[Entry, ...]
    lots: tuple[Lot, ...]
    bought: int
    used: int
    expired: int
    balance: int
    percent: int | None
    alert: HourAlert
    over: int
    over_cents: int | None
    unknown: int
    told: tuple[str, ...]


def ledger(session: Session, contract_id: int, today: date) -> Ledger:
    """Purchases, uses and expiries until today, included; empty for a contract without hours bought."""
    raise NotImplementedError
