"""What a contract costs, by its price model (domain.md C.6). Cents HT, minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from app.rules.shares import rounded

PER_YEAR = {"month": 12, "quarter": 4, "year": 1}
"""Times a year that an amount of that period is paid."""
HOUR = 60
NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """So many units at a price each `period`; without period it is paid by the act."""

    label: str
    price: int
    count: int
    period: str | None

    @property
    def yearly(self) -> int | None:
        return None if self.period is None else self.price * self.count * PER_YEAR[self.period]


@dataclass(frozen=True, slots=True)
class Tariff:
    """What a contract says of its price; `months` is how long the hours bought are meant to last."""

    model: str
    fee: int | None = None
    period: str = "month"
    units: Sequence[UnitLine] = ()
    hours_price: int | None = None
    months: int = 12


def yearly(tariff: Tariff) -> int | None:
    """What is known to be paid over twelve months; None when nothing is: acts are paid as they come."""
    known = [
        None if tariff.fee is None or tariff.model in {"hour_bank", "per_act"} else fee_a_year(tariff),
        *(line.yearly for line in tariff.units if tariff.model in {"per_unit", "mixed"}),
        bank_a_year(tariff) if tariff.model == "hour_bank" else None,
    ]
    paid = [cents for cents in known if cents is not None]
    return sum(paid) if paid else None


def fee_a_year(tariff: Tariff) -> int:
    return (tariff.fee or 0) * PER_YEAR[tariff.period]


def bank_a_year(tariff: Tariff) -> int | None:
    """The price of the hours, brought to twelve months."""
    return None if tariff.hours_price is None else over(tariff.hours_price, 12, tariff.months)


def over(cents: int, months: int, of: int = 12) -> int:
    """The part of an amount paid for `of` months that falls to so many of them."""
    return _rounded(Decimal(cents) * months / of)


def billed_minutes(worked: int, rounding: int | None = None, minimum: int | None = None) -> int:
    """Rounded up to whole steps, and to the minimum: with steps of 15, 1 -> 15, 16 -> 30, 61 -> 75 (domain.md C.6)."""
    step = rounding or 1
    return max(minimum or 0, -(-worked // step) * step)


def overrun(used: int, included: int, hourly_rate: int) -> int:
    """What the minutes beyond those included cost (domain.md C.6): 13 h 30 of 10 h at 65 € is 227,50 €."""
    return _rounded(Decimal(max(0, used - included)) * hourly_rate / HOUR)


def labour(minutes: int, hourly_rate: int, surcharge: int = 0, outside: Fraction = NONE) -> int:
    """The price of minutes billed; `outside`, the share of the work done out of the hours, costs `surcharge` more
    (hundredths of a percent)."""
    return rounded(Fraction(minutes * hourly_rate, HOUR) * _raised(surcharge, outside))


def taken(minutes: int, coefficient: int = 0, outside: Fraction = NONE) -> int:
    """Minutes taken from hours bought: those worked out of the hours weigh more (domain.md C.6 « coefficient HNO »),
    `coefficient` in hundredths of a percent."""
    return rounded(minutes * _raised(coefficient, outside))


def _raised(hundredths: int, outside: Fraction) -> Fraction:
    return 1 + Fraction(hundredths, 10_000) * outside


def prorated(cents: int, period: str, months: Fraction) -> int:
    """What an amount paid each `period` makes for so many months, parts of a month included."""
    return rounded(cents * months * PER_YEAR[period] / 12)


def _rounded(cents: Decimal) -> int:
    return int(cents.quantize(Decimal(1), ROUND_HALF_UP))
