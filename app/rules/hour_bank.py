"""Hours bought in advance and what becomes of them (domain.md C.6). Minutes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

LOW, ALL = 80, 100
"""Percents used from which one is told (domain.md C.6)."""


@dataclass(frozen=True, slots=True)
class Lot:
    """Hours bought, usable from `bought` to `until` included, None: without limit."""

    bought: date
    until: date | None
    minutes: int
    used: int = 0
    expired: int = 0

    @property
    def left(self) -> int:
        return self.minutes - self.used - self.expired

    def holds(self, day: date) -> bool:
        return self.bought <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Move:
    """`index` is that of the purchase or use it comes from; `minutes` are signed, `over` those that no hours were
    left for and that are paid apart, `balance` what was left after it."""

    kind: Literal["purchase", "use", "expiry"]
    index: int
    on: date
    minutes: int
    balance: int
    over: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """`debt`: used beyond what was bought, to be taken from the next purchase; `over`: paid apart instead."""

    lots: tuple[Lot, ...]
    moves: tuple[Move, ...]
    debt: int
    over: int

    @property
    def balance(self) -> int:
        return sum(lot.left for lot in self.lots) - self.debt


def account(lots: Sequence[Lot], uses: Sequence[tuple[date, int]], today: date, *, paid_apart: bool = False) -> Account:
    """Everything until today included: each use takes from the hours that end first, those without limit last.

    Beyond them it makes a debt that the next purchase pays first, unless `paid_apart`. Hours left when their last day
    is past are lost. In a day one buys, then uses.
    """
    kept = _Kept([*lots], paid_apart)
    events = [(lot.bought, 0, index) for index, lot in enumerate(lots) if lot.bought <= today]
    events += [(on, 1, index) for index, (on, _) in enumerate(uses) if on <= today]
    events += [
        (max(lot.bought, lot.until), 2, index)
        for index, lot in enumerate(lots)
        if lot.until is not None and lot.bought <= today and lot.until < today
    ]
    for on, order, index in sorted(events):
        (kept.buy, kept.use, kept.lose)[order](index, on, uses[index][1] if order == 1 else 0)
    bought = tuple(lot for lot in kept.lots if lot.bought <= today)
    return Account(bought, tuple(kept.moves), kept.debt, kept.over)


class _Kept:
    """The account while it is being drawn up."""

    def __init__(self, lots: list[Lot], paid_apart: bool) -> None:
        self.lots, self.paid_apart = lots, paid_apart
        self.moves: list[Move] = []
        self.debt = self.over = self.balance = 0

    def buy(self, index: int, on: date, _: int) -> None:
        lot = self.lots[index]
        owed = min(self.debt, lot.minutes)
        self.debt -= owed
        self.lots[index] = replace(lot, used=owed)
        self._note("purchase", index, on, lot.minutes)

    def use(self, index: int, on: date, minutes: int) -> None:
        wanted = minutes
        for place in self._order(on):
            taken = min(wanted, self.lots[place].left)
            self.lots[place] = replace(self.lots[place], used=self.lots[place].used + taken)
            wanted -= taken
        if self.paid_apart:
            self.over += wanted
            self._note("use", index, on, wanted - minutes, wanted)
        else:
            self.debt += wanted
            self._note("use", index, on, -minutes)

    def _order(self, on: date) -> list[int]:
        usable = [index for index, lot in enumerate(self.lots) if lot.holds(on)]
        return sorted(usable, key=lambda index: (self.lots[index].until or date.max, self.lots[index].bought))

    def lose(self, index: int, on: date, _: int) -> None:
        lot = self.lots[index]
        if lot.left:
            self.lots[index] = replace(lot, expired=lot.left)
            self._note("expiry", index, on, -lot.left)

    def _note(
        self, kind: Literal["purchase", "use", "expiry"], index: int, on: date, minutes: int, over: int = 0
    ) -> None:
        self.balance += minutes
        self.moves.append(Move(kind, index, on, minutes, self.balance, over))


def percent_used(lots: Iterable[Lot], today: date) -> int | None:
    """Of the hours that can be used that day, how many in a hundred are used, rounded down; None without any."""
    valid = [lot for lot in lots if lot.holds(today)]
    total = sum(lot.minutes for lot in valid)
    return 100 * sum(lot.used for lot in valid) // total if total else None
