"""How one line of the register is depreciated, by the settings of the company (domain.md E.3)."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import FixedAsset
from app.rules import depreciation
from app.rules.depreciation import Closing, Count, Leaving, Terms, YearPlan
from app.services import preferences
from app.services.accounting import years
from app.settings import DayCount

PlanYear = YearPlan
"""One row of the plan that a page shows."""


@dataclass(frozen=True, slots=True)
class Method:
    """What the company chose once for all its register: how days are counted, whether the day of an exit bears its
    part, and on which month and day its books are closed."""

    count: Count = "thirty"
    exit_counts: bool = True
    closing: Closing = (12, 31)


def method(session: Session) -> Method:
    thirty = preferences.get(session, "depreciation_days") == DayCount.THIRTY
    return Method(
        "thirty" if thirty else "real", preferences.get(session, "exit_day_counts"), years.closing_day(session)
    )


def terms(line: FixedAsset, how: Method) -> Terms:
    return Terms(line.cost, line.starts_on, line.life_months, line.residual, how.count)


def leaving(line: FixedAsset, how: Method) -> Leaving | None:
    """Its exit, if it left."""
    return None if line.exit_on is None else Leaving(line.exit_on, line.exit_price or 0, how.exit_counts)


def plan(session: Session, fixed_asset_id: int) -> tuple[YearPlan, ...]:
    """Every financial year of one line, its exit included; none while it is not in service. NotFound if in the bin."""
    line = found(session, fixed_asset_id)
    how = method(session)
    return of_line(line, how)


def of_line(line: FixedAsset, how: Method) -> tuple[YearPlan, ...]:
    return depreciation.plan(terms(line, how), how.closing, leaving(line, how))


def found(session: Session, fixed_asset_id: int) -> FixedAsset:
    line = session.get(FixedAsset, fixed_asset_id)
    if line is None or line.deleted_at is not None:
        raise NotFound("Cette immobilisation n’existe plus.")
    return line
