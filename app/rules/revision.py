"""Revision of a price by an index (domain.md C.4; art. L112-2 CMF for the choice of the index)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

LINK = Decimal("0.97975")
"""Revised value ÷ old value of the Syntec index, of August 2022; the parties may agree another."""
Limit = Literal["", "cap", "floor", "never_lowered"]


@dataclass(frozen=True, slots=True)
class Index:
    """One month of an index. `series` is « old » or « revised »; without `published_on` nobody knows since when."""

    month: date
    value: Decimal
    published_on: date | None = None
    series: str = "revised"


@dataclass(frozen=True, slots=True)
class Clause:
    """Shares of one: 15 % of fixed part is 0.15. `cap` is the greatest rise, `floor` the greatest fall."""

    fixed_part: Decimal = Decimal(0)
    cap: Decimal | None = None
    floor: Decimal | None = None
    never_lowered: bool = False

    @property
    def one_way(self) -> bool:
        """The price may rise and never fall: contestable."""
        return self.never_lowered or self.floor == 0


@dataclass(frozen=True, slots=True)
class Revised:
    """`cents` is the new price, `unbound` what the formula alone gives, `limit` what held it back."""

    cents: int
    unbound: int
    limit: Limit


def latest(values: Iterable[Index], on: date) -> Index | None:
    """S1: the last month published by the revision date (domain.md C.4); the revised series wins within a month."""
    known = [one for one in values if one.published_on is not None and one.published_on <= on]
    return max(known, key=lambda one: (one.month, one.series), default=None)


def in_series(index: Index, series: str) -> Decimal:
    """The value of an index in the other series, by the linking coefficient (domain.md C.4)."""
    if index.series == series:
        return index.value
    return index.value / LINK if series == "old" else index.value * LINK


def revised(cents: int, base: Decimal, value: Decimal, clause: Clause) -> Revised:
    """P1 = P0 × (a + b × S1/S0), within what the clause allows (domain.md C.4). `base` and `value` of one series."""
    share = clause.fixed_part + (1 - clause.fixed_part) * value / base
    bound, limit = _bounded(share, clause)
    return Revised(_rounded(cents * bound), _rounded(cents * share), limit)


def _bounded(share: Decimal, clause: Clause) -> tuple[Decimal, Limit]:
    if clause.cap is not None and share > 1 + clause.cap:
        return 1 + clause.cap, "cap"
    if clause.never_lowered and share < 1:
        return Decimal(1), "never_lowered"
    if clause.floor is not None and share < 1 - clause.floor:
        return 1 - clause.floor, "floor"
    return share, ""


def _rounded(cents: Decimal) -> int:
    return int(cents.quantize(Decimal(1), ROUND_HALF_UP))
