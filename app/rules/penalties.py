"""What breaches of a contract cost its provider (domain.md C.7; art. 1231-5 C. civ.)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

HOUR, DAY = 60, 1440


@dataclass(frozen=True, slots=True)
class Penalty:
    """`percent` of the monthly fee (2 is 2 %) or `cents`, once a « breach » or for each « hour » or « day » begun.
    `franchise`: the first breaches of each month that cost nothing."""

    unit: str
    percent: Decimal | None = None
    cents: int | None = None
    franchise: int = 0


@dataclass(frozen=True, slots=True)
class Caps:
    """Percents: of the monthly fee for a month, of twelve of them for a calendar year. None: no cap."""

    month: Decimal | None = None
    year: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Breach:
    """What was late, that day, by so many minutes."""

    on: date
    late: int = 0


def times(unit: str, late: int) -> int:
    """How often a penalty counts for one breach: an hour or a day begun is a whole one."""
    if unit == "breach":
        return 1
    return max(1, -(-late // (HOUR if unit == "hour" else DAY)))


def each(penalty: Penalty, monthly_fee: int) -> Decimal:
    """Cents of one breach, hour or day."""
    return Decimal(penalty.cents or 0) if penalty.percent is None else monthly_fee * penalty.percent / 100


def costs(penalty: Penalty, breaches: Sequence[Breach], monthly_fee: Callable[[date], int]) -> list[Decimal]:
    """What each costs before any cap, in cents, in the order given, which is that of time within one day: the first of
    each month are free. The fee is that of its day."""
    found = [Decimal(0)] * len(breaches)
    seen: dict[date, int] = defaultdict(int)
    for place in sorted(range(len(breaches)), key=lambda one: breaches[one].on):
        breach = breaches[place]
        month = breach.on.replace(day=1)
        seen[month] += 1
        if seen[month] > penalty.franchise:
            found[place] = times(penalty.unit, breach.late) * each(penalty, monthly_fee(breach.on))
    return found


def by_month(penalty: Penalty, breaches: Iterable[Breach], monthly_fee: int) -> dict[date, Decimal]:
    """First day of each month -> what its breaches cost before any cap, in cents."""
    kept = list(breaches)
    months: dict[date, Decimal] = defaultdict(Decimal)
    for breach, cents in zip(kept, costs(penalty, kept, lambda _: monthly_fee), strict=True):
        months[breach.on.replace(day=1)] += cents
    return dict(months)


def capped(amounts: Mapping[date, Decimal], monthly_fee: int, caps: Caps) -> dict[date, int]:
    """What is owed for each month, in cents, once both caps are applied, the months in their order."""
    return capped_by(amounts, lambda _: (monthly_fee, caps))


def capped_by(amounts: Mapping[date, Decimal], held: Callable[[date], tuple[int, Caps]]) -> dict[date, int]:
    """The same with the monthly fee and the caps that the contract has in each month. A calendar year is counted whole:
    give all its months."""
    spent: dict[int, Decimal] = defaultdict(Decimal)
    owed = {}
    for month, cents in sorted(amounts.items()):
        fee, caps = held(month)
        found = cents if caps.month is None else min(cents, fee * caps.month / 100)
        if caps.year is not None:
            found = max(Decimal(0), min(found, 12 * fee * caps.year / 100 - spent[month.year]))
        spent[month.year] += found
        owed[month] = int(found.quantize(Decimal(1), ROUND_HALF_UP))
    return owed
