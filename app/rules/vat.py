"""The VAT of an invoice, and what its lines make (domain.md E.8; art. 242 nonies A ann. II CGI)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NORMAL = 2_000
"""Hundredths of a percent, metropolitan France."""
USUAL = (2_000, 1_000, 550, 210, 850, 0)
"""The rates in force in France, those of the overseas departments among them, and none (franchise, autoliquidation)."""


@dataclass(frozen=True, slots=True)
class OfRate:
    """What one rate (hundredths of a percent) makes of its base, in cents."""

    rate: int
    base: int
    vat: int


def tax(base: int, rate: int) -> int:
    """Cents of VAT: round(HT × rate, 2), half up, away from zero for a discount."""
    return _cents(Decimal(base) * rate / 10_000)


def line_net(quantity: int, unit_price: int) -> int:
    """Cents HT of a line: thousandths of a unit × ten-thousandths of a euro."""
    return _cents(Decimal(quantity) * unit_price / 100_000)


def by_rate(lines: Iterable[tuple[int, int]]) -> tuple[OfRate, ...]:
    """(cents HT, rate) of each line -> the base and the VAT of each rate, the highest first: rounded once a rate."""
    bases: dict[int, int] = defaultdict(int)
    for net, rate in lines:
        bases[rate] += net
    return tuple(OfRate(rate, base, tax(base, rate)) for rate, base in sorted(bases.items(), reverse=True))


def _cents(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))
