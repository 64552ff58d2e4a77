"""How many workstations or users a contract covered, on a day or day after day (domain.md C.6 « par poste »)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.models import Asset, CoveredAsset, UnitPrice
from app.rules.shares import Part


@dataclass(frozen=True, slots=True)
class Cover:
    """One asset covered from `since` to `until` included, None: still."""

    asset_id: int
    family_id: int
    person_id: int | None
    since: date
    until: date | None


Days = tuple[date, date]


def covers(session: Session, contract_id: int, start: date, end: date) -> list[Cover]:
    """All that touch these days."""
    rows = session.execute(
        select(CoveredAsset.asset_id, Asset.family_id, Asset.person_id, CoveredAsset.since, CoveredAsset.until)
        .join(Asset, Asset.id == CoveredAsset.asset_id)
        .where(
            CoveredAsset.contract_id == contract_id, CoveredAsset.deleted_at.is_(None), CoveredAsset.since <= end,
            or_(CoveredAsset.until.is_(None), CoveredAsset.until >= start),
        )
    )  # fmt: skip
    return [Cover(*row) for row in rows]


def of_unit(kept: Iterable[Cover], unit: UnitPrice, told: frozenset[int | None]) -> list[list[Days]]:
    """The days of each asset that the unit counts, or of each person where it counts persons.

    Without family it counts the assets whose family has no price of its own, as those of `told` have.
    """
    counts = _counts(unit, told)
    found: dict[int | None, list[Days]] = defaultdict(list)
    for one in kept:
        key = one.person_id if unit.per_user else one.asset_id
        if key is not None and counts(one):
            found[key].append((one.since, one.until or date.max))
    return list(found.values())


def _counts(unit: UnitPrice, told: frozenset[int | None]) -> Callable[[Cover], bool]:
    if unit.per_user:
        return lambda _: True
    if unit.family_id is not None:
        return lambda one: one.family_id == unit.family_id
    return lambda one: one.family_id not in told


def on(day: date, each: Sequence[Sequence[Days]]) -> int:
    """How many of them are covered that day."""
    return sum(any(since <= day <= until for since, until in days) for days in each)


def mean(part: Part, each: Sequence[Sequence[Days]]) -> Fraction:
    """Their mean number over the whole month of which the part is: one covered half of the month is a half."""
    return sum((Fraction(_length(part, days), part.days) for days in each), Fraction(0))


def _length(part: Part, days: Sequence[Days]) -> int:
    """Days of the part on which at least one of these covers runs."""
    total, after = 0, part.first.toordinal()
    for since, until in sorted(days):
        first, last = max(since.toordinal(), after), min(until, part.last).toordinal()
        if first <= last:
            total, after = total + last - first + 1, last + 1
    return total
