"""Indicators are declared with their meaning; the tab, the papers, the workbook and the help read it here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from statistics import median
from typing import Any, Literal

from sqlalchemy import FromClause
from sqlalchemy.orm import Session

from app.codes import Code
from app.kpi.facts import Facts, NoFacts
from app.models import Ticket
from app.models.codes import Priority
from app.rules.worktime import PARIS, Calendar, weekly

ENOUGH_FOR_MEDIAN = 5
Compute = Callable[["Cohort"], "Measure"]


class Unit(StrEnum):
    """EUROS is only that of a numerator or a denominator."""

    HOURS = "hours"
    RATIO = "ratio"
    COUNT = "count"
    EUROS = "euros"


class Good(StrEnum):
    UP = "up"
    DOWN = "down"


class Base(Code):
    """How minutes are counted (domain.md B.1)."""

    WORKING = "working", "Heures ouvrées"
    CALENDAR = "calendar", "Temps calendaire"


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked about; None: whatever it is. Site and family are those of the asset, the provider that of the
    contract. `base` is how minutes are counted."""

    contract_id: int | None = None
    provider_id: int | None = None
    site_id: int | None = None
    family_id: int | None = None
    priority: Priority | None = None
    base: Base = Base.WORKING


EVERYTHING = Scope()


USUAL = Calendar(weekly((weekday, 9 * 60, 18 * 60) for weekday in range(5)))


@dataclass(frozen=True)
class Means:
    """What services lend to the indicators, which read no setting and no amendment by themselves.

    `calendar` gives the hours of a contract on a day, those of the company for None. `recurrence_days`: how soon an
    incident is the same again. `internal_rate`: cents HT of an hour of work of the company's own, None when not told.
    `facts`: what is known of assets, documents and costs.
    """

    calendar: Callable[[int | None, date], Calendar] = lambda _contract, _day: USUAL
    recurrence_days: int = 90
    internal_rate: int | None = None
    facts: Facts = field(default_factory=NoFacts)


@dataclass(frozen=True)
class Cohort:
    """What is asked about over Paris days, bounds included, seen from `now`: what was written of later moments is not
    known yet.

    `source` holds the tickets as they stood then (the table itself when `now` is the present). Without `detail` only
    the value and n are counted: enough for a point of a trend.
    """

    session: Session
    start: date
    end: date
    now: datetime
    scope: Scope = EVERYTHING
    detail: bool = True
    source: FromClause = field(default=Ticket.__table__, repr=False)
    means: Means = field(default=Means(), repr=False)

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

    @property
    def last_day(self) -> date:
        """The last day of the period, today while it is under way: targets are those of that day."""
        return min(self.end, self.today)

    @property
    def today(self) -> date:
        return self.now.astimezone(PARIS).date()

    @property
    def known_day(self) -> date:
        """The last day of which something is known: yesterday at midnight."""
        return (self.now - timedelta(seconds=1)).astimezone(PARIS).date()

    @property
    def tickets(self) -> Any:
        """The columns of the tickets as they stood: `cohort.tickets.resolved_at`."""
        return self.source.c


@dataclass(frozen=True, slots=True)
class Row:
    """What one record weighs: minutes for an indicator in hours, cents for one in euros, None when it has no amount.
    `hit`: counted in the numerator of a rate; None for an indicator that is no rate."""

    amount: int | None = None
    hit: bool | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A numerator or a denominator: hours, euros, a count, or a ratio, as `unit` says."""

    value: Decimal
    unit: Unit = Unit.COUNT


@dataclass(frozen=True)
class Measure:
    """`value` is in the unit of the indicator: hours, a ratio from 0 to 1, a count; None: no data.

    `at_least`: the value is only a floor (no failure yet). `top` ÷ `bottom` gives the value, when it is a division.
    `rows` maps each record kept (of the entity `Kpi.behind`) to what it weighs; `included` and `excluded` map a French
    reason to a count; `also` are further figures, by their French name. These four, and the median (from five records
    on, in `Kpi.median_unit`), are empty unless the cohort asked for detail.
    """

    value: Decimal | None
    n: int
    median: Decimal | None = None
    rows: Mapping[int, Row] = field(default_factory=dict)
    included: Mapping[str, int] = field(default_factory=dict)
    excluded: Mapping[str, int] = field(default_factory=dict)
    top: Amount | None = None
    bottom: Amount | None = None
    at_least: bool = False
    also: Mapping[str, Amount] = field(default_factory=dict)

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(self.rows)


NO_DATA = Measure(None, 0)


@dataclass(frozen=True, kw_only=True)
class Kpi:
    """`formula` is « numerator ÷ denominator », or plain words; `target` is the one proposed, None for a plain volume,
    which is good neither way. `promise` names the delay of the contract that it judges, if any. `behind` is the entity
    of its rows. `calendar` tells its base in calendar time, None when both bases give the same. `en15341` is its code
    of 2007, for the help only."""

    code: str
    label: str
    unit: Unit
    good: Good | None
    target: Decimal | None
    formula: str
    definition: str
    cohort: str
    base: str
    calendar: str | None = None
    promise: Literal["take", "on_site", "restore"] | None = None
    behind: str = "ticket"
    en15341: str | None = None
    compute: Compute

    @property
    def median_unit(self) -> Unit:
        """That of the value; of a promise kept, the median is that of the delays themselves."""
        return Unit.HOURS if self.promise else self.unit

    def base_told(self, base: Base) -> str:
        return self.calendar if base == Base.CALENDAR and self.calendar else self.base

    def tolerance(self, target: Decimal) -> Decimal:
        """How far from `target` it is only to be watched: a fifth of a delay or a count, five points of a rate."""
        return Decimal("0.05") if self.unit == Unit.RATIO else target / 5


REGISTRY: dict[str, Kpi] = {}


def kpi(code: str, **declared: Any) -> Callable[[Compute], Compute]:
    """Declare the decorated function as the indicator `code`, with the fields of `Kpi`."""

    def declare(compute: Compute) -> Compute:
        def of_begun(cohort: Cohort) -> Measure:
            """Of a period that has not begun, nothing is known."""
            return compute(cohort) if cohort.since < cohort.now else NO_DATA

        REGISTRY[code] = Kpi(code=code, compute=of_begun, **declared)
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
