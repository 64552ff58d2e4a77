"""The indicators of a period as plain figures, for the command line and the workbooks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.kpi import REGISTRY, Cohort, Good, Kpi, Unit
from app.models import Contract
from app.services.indicators import target_text, value_text

PLACES = Decimal("0.000001")
UNITS = {Unit.HOURS: ("h", 1), Unit.RATIO: ("%", 100)}


@dataclass(frozen=True, slots=True)
class Measured:
    """`value`, `median` and `target` in `unit`: hours, or percents."""

    code: str
    label: str
    text: str
    target_text: str
    unit: str
    value: Decimal | None
    n: int
    median: Decimal | None
    excluded: Mapping[str, int]
    target: Decimal
    met: bool | None

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "valeur": _plain(self.value),
            "unite": self.unit,
            "n": self.n,
            "mediane": _plain(self.median),
            "exclus": dict(self.excluded),
            "objectif": _plain(self.target),
            "atteint": self.met,
        }


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else float(value.quantize(PLACES))


def contract_id(session: Session, number: str | None) -> int | None:
    """The contract of this number; None when none is named."""
    if number is None:
        return None
    found = session.scalar(select(Contract.id).where(Contract.number == number, Contract.deleted_at.is_(None)))
    if found is None:
        raise NotFound(f"Il n’y a pas de contrat «\u00a0{number}\u00a0».")
    return found


def measures(
    session: Session, start: date, end: date, now: datetime, contract: str | None = None, *, detail: bool = True
) -> list[Measured]:
    """Every declared indicator over the Paris days `start` to `end`, both included, seen from `now`.

    Without `detail`, no median and nothing of what was left out: the value and n alone, much sooner.
    """
    cohort = Cohort(session, start, end, now, contract_id(session, contract), detail)
    return [_measured(kpi, cohort) for kpi in REGISTRY.values()]


def _measured(kpi: Kpi, cohort: Cohort) -> Measured:
    found = kpi.compute(cohort)
    unit, times = UNITS[kpi.unit]
    value, median = (None if v is None else v * times for v in (found.value, found.median))
    met = None
    if found.value is not None:
        met = found.value <= kpi.target if kpi.good == Good.DOWN else found.value >= kpi.target
    bound = "≤" if kpi.good == Good.DOWN else "≥"
    return Measured(
        kpi.code,
        kpi.label,
        value_text(kpi.unit, found.value),
        f"{bound}\u00a0{target_text(kpi)}",
        unit,
        value,
        found.n,
        median,
        found.excluded,
        kpi.target * times,
        met,
    )
