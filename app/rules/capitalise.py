"""Capitalise or expense (domain.md E.2; BOI-BIC-CHG-20-30-10: an option up to 500 € HT, not a duty). Cents."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Price:
    """What a thing cost to have ready: its price after discount, delivery and installation; the VAT that is not
    recovered too. Training and maintenance are no part of it."""

    net: int
    fees: int = 0
    lost_vat: int = 0

    @property
    def cost(self) -> int:
        return self.net + self.fees + self.lost_vat


def may_expense(unit_cost: int, limit: int) -> bool:
    """Up to the limit included: 500,00 may be expensed, 500,01 may not."""
    return unit_cost <= limit


def may_expense_set(costs: Iterable[int], limit: int) -> bool:
    """What was sold as one good is judged on its whole price: a computer of 750 € cannot be split."""
    return may_expense(sum(costs), limit)


def share(cents: int, part: int, whole: int) -> int:
    """What falls to a part of a set, rounded half up: what is left of the set has the rest."""
    return int((Decimal(cents) * part / whole).quantize(Decimal(1), ROUND_HALF_UP))
