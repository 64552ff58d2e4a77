"""The indicators of a period as plain figures, for the command line and the workbooks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from app.kpi import EVERYTHING, REGISTRY, Kpi, Measure, Scope, Unit
from app.services.cohorts import Asked
from app.services.indicators import IndicatorState, aim_text, found, state_of, value_text
from app.services.spans import Period
from app.services.targets import Target

PLACES = Decimal("0.000001")
UNITS = {Unit.HOURS: ("h", 1), Unit.RATIO: ("%", 100), Unit.COUNT: ("n", 1)}
"""Of each unit, the word of the JSON and by how much a value is told."""
OF_A_MEETING = ("mtta", "mttres", "mttr", "gti", "gtr")
"""What the provider and the company talk of at a meeting."""


@dataclass(frozen=True, slots=True)
class Measured:
    """`value`, `median` and `target` in `unit`: hours, percents, or a count. `target_text` is « ≤ 4 h 00 »,
    empty when nothing is asked; `measure` is all that was counted, in the indicator's own unit."""

    code: str
    label: str
    text: str
    target_text: str
    unit: str
    value: Decimal | None
    n: int
    median: Decimal | None
    excluded: Mapping[str, int]
    target: Decimal | None
    met: bool | None
    objective: str
    state: IndicatorState
    measure: Measure

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


def measures(  # noqa: PLR0917 - a period, a point of view, and what is asked
    session: Session,
    start: date,
    end: date,
    now: datetime,
    scope: Scope = EVERYTHING,
    codes: Iterable[str] | None = None,
    *,
    detail: bool = True,
) -> list[Measured]:
    """The indicators named (by default all of them) over the Paris days `start` to `end`, both included, seen from
    `now`.

    Without `detail`, no median and nothing of what was left out: the value and n alone, much sooner.
    """
    chosen = [found(code) for code in (REGISTRY if codes is None else codes)]
    asked, period = Asked(session, now, scope), Period(start, end)
    cohort, aims = asked.cohort(period, detail=detail), asked.aims(chosen, period)
    return [_measured(one, one.compute(cohort), aims[one.code]) for one in chosen]


def _measured(kpi: Kpi, measure: Measure, aim: Target) -> Measured:
    unit, times = UNITS[kpi.unit]
    middle = measure.median if kpi.median_unit == kpi.unit else None
    value, median, target = (None if v is None else v * times for v in (measure.value, middle, aim.value))
    state = state_of(kpi, measure.value, aim.value)
    judged = state not in {IndicatorState.NONE, IndicatorState.FOLLOWED}
    return Measured(
        code=kpi.code,
        label=kpi.label,
        text=value_text(kpi.unit, measure.value, at_least=measure.at_least),
        target_text=aim_text(kpi, aim.value),
        unit=unit,
        value=value,
        n=measure.n,
        median=median,
        excluded=measure.excluded,
        target=target,
        met=state == IndicatorState.MET if judged else None,
        objective=aim.objective,
        state=state,
        measure=measure,
    )
