"""The years side by side: purchases, maintenance, and what is to be replaced (domain.md B.2, « coût / valeur »)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.jobs import Job, Progress
from app.models import Asset
from app.models.codes import AssetStatus, Ownership
from app.rules.expertise import cost_ratio
from app.services.accounting import years
from app.services.spending import gather
from app.services.spending.gather import Spending
from app.services.spending.lines import Costing, Nature, Origin
from app.storage import Store

BEFORE, AFTER = 4, 2
"""Financial years shown beside that of today."""


@dataclass(frozen=True, slots=True)
class YearSum:
    """Cents of a whole financial year, with what is to come. `ratio` is maintenance over the price of replacing the
    fleet of today; None for years past, whose fleet was another."""

    year: int
    purchase: int
    planned: int
    maintenance: int
    other: int
    is_now: bool
    is_ahead: bool
    ratio: Decimal | None

    @property
    def total(self) -> int:
        return self.purchase + self.planned + self.maintenance + self.other


def job(store: Store, today: date) -> Job[list[YearSum]]:
    """The oldest first; the years before anything was spent are left out."""
    with store.read() as session:
        this, oldest = years.holding(session, today).year, gather.offered(session, today)[-1]
        wanted = range(max(oldest, this - BEFORE), this + AFTER + 1)
        value = fleet_value(session)
        found = []
        for done, year in enumerate(wanted):
            yield Progress(done, len(wanted), "Lecture des exercices")
            found.append(_sum(gather.read(session, year, today), this, value))
    first = next((at for at, one in enumerate(found) if one.total or one.year >= this), 0)
    return found[first:]


def _sum(of: Spending, this: int, value: int) -> YearSum:
    natures = dict.fromkeys(Nature, 0)
    for line in of.lines:
        if line.origin != Origin.PLANNED:
            natures[line.nature] += line.cents
    purchase, maintenance, other = natures.values()
    planned = sum(line.cents for line in of.lines if line.origin == Origin.PLANNED)
    year = of.year.year
    ratio = cost_ratio(maintenance, value) if value and year >= this else None
    return YearSum(year, purchase, planned, maintenance, other, year == this, year > this, ratio)


def fleet_value(session: Session) -> int:
    """What replacing the assets of the company would cost today."""
    value = func.coalesce(func.nullif(Asset.replacement_value, 0), Asset.price, 0)
    cents = session.scalar(
        select(func.sum(value)).where(
            Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED, Asset.ownership != Ownership.THIRD_PARTY
        )
    )
    return Costing.of(session).cents(cents or 0)
