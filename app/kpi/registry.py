"""Indicators are declared with their meaning; the tab, the papers, the workbook and the help read it here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from statistics import median
from typing import Literal

from sqlalchemy.orm import Session

from app.rules.worktime import PARIS

ENOUGH_FOR_MEDIAN = 5


class Unit(StrEnum):
    HOURS = "hours"
    RATIO = "ratio"


class Good(StrEnum):
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class Cohort:
    """The tickets asked about: Paris days, bounds included, seen from `now`.

    Without `detail` only the value and n are counted: enough for a point of a trend.
    """

    session: Session
    start: date
    end: date
    now: datetime
    contract_id: int | None = None
    detail: bool = True

    @property
    def since(self) -> datetime:
        return datetime.combine(self.start, time(), PARIS).astimezone(UTC)

    @property
    def until(self) -> datetime:
        """The first moment after the period."""
        return datetime.combine(self.end + timedelta(days=1), time(), PARIS).astimezone(UTC)

    @property
    def cutoff(self) -> datetime:
        """When what is still open is judged: the end of the period, or now."""
        return min(self.until, self.now)


@dataclass(frozen=True)
class Measure:
    """`value` is hours, or a ratio from 0 to 1; None: no data.

    `minutes` maps each ticket kept to its minutes (None: still open); `included` and `excluded` map a French reason to
    a count. All three, and the median (in hours, from five tickets on), are empty unless the cohort asked for detail.
    """

    value: Decimal | None
    n: int
    median: Decimal | None = None
    minutes: Mapping[int, int | None] = field(default_factory=dict)
    included: Mapping[str, int] = field(default_factory=dict)
    excluded: Mapping[str, int] = field(default_factory=dict)

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(self.minutes)


@dataclass(frozen=True, kw_only=True)
class Kpi:
    """`formula` is « numerator ÷ denominator »; `promise` names the delay of the contract that it judges, if any."""

    code: str
    label: str
    unit: Unit
    good: Good
    target: Decimal
    formula: str
    definition: str
    cohort: str
    base: str
    promise: Literal["take", "restore"] | None
    compute: Callable[[Cohort], Measure]

    @property
    def tolerance(self) -> Decimal:
        """How far from its target an indicator is only to be watched: a fifth of a delay, five points of a rate."""
        return self.target / 5 if self.unit == Unit.HOURS else Decimal("0.05")


REGISTRY: dict[str, Kpi] = {}


def kpi(
    code: str,
    *,
    label: str,
    unit: Unit,
    good: Good,
    target: Decimal,
    formula: str,
    definition: str,
    cohort: str,
    base: str,
    promise: Literal["take", "restore"] | None = None,
) -> Callable[[Callable[[Cohort], Measure]], Callable[[Cohort], Measure]]:
    """Declare the decorated function as the indicator `code`; the order of declaration is that of the board."""

    def declare(compute: Callable[[Cohort], Measure]) -> Callable[[Cohort], Measure]:
        REGISTRY[code] = Kpi(
            code=code,
            label=label,
            unit=unit,
            good=good,
            target=target,
            formula=formula,
            definition=definition,
            cohort=cohort,
            base=base,
            promise=promise,
            compute=compute,
        )
        return compute

    return declare


def hours(minutes: Decimal | float) -> Decimal:
    return Decimal(minutes) / 60


def middle(minutes: list[int]) -> Decimal | None:
    """Median in hours, None under five values (domain.md B.1)."""
    return hours(median(minutes)) if len(minutes) >= ENOUGH_FOR_MEDIAN else None


def counted(reasons: Mapping[str, int]) -> dict[str, int]:
    """Without the reasons that concern nobody."""
    return {reason: count for reason, count in reasons.items() if count}
