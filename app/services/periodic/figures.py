"""The indicators of a report against their targets and the period before, and the volume of the last periods (B.2)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import func, select

from app.kpi import REGISTRY, Cohort, Kpi, Measure, Unit
from app.kpi.tickets import how_many, opened, resolved, undone
from app.models import Ticket
from app.reports.periodic_data import Figure, Kept, Volume
from app.services import board, indicators, targets
from app.services.indicators import IndicatorState, amount_text, value_text
from app.services.periodic.asked import Asked
from app.services.targets import Target

SHOWN = 6
"""Periods of a small line, this one the last."""
MOST_TILES = 8
"""That a page holds."""
COUNTS = ("volume", "backlog", "backlog_age")
"""Told by the volume of the last periods, not as indicators."""
WEIGHTED, BARE = "dispo_ponderee", "dispo"
PROMISES = {"gti": "Prise en charge (GTI)", "gts": "Intervention sur site", "gtr": "Rétablissement (GTR)"}
ENDS = {**dict.fromkeys(PROMISES, "à temps"), "fcr": "incidents", "recurrence": "incidents"}


def figures(asked: Asked) -> tuple[Figure, ...]:
    """Those of the dashboard first, which are shown large, then the others that were declared."""
    large = [code for code in board.chosen(asked.session) if code not in COUNTS][:MOST_TILES]
    codes = [*large, *(code for code in REGISTRY if code not in (*large, *COUNTS))]
    aims = targets.every(asked.session, asked.last, asked.contract_id, codes)
    return tuple(_figure(asked, REGISTRY[code], aims[code], tiled=code in large) for code in codes)


def _figure(asked: Asked, kpi: Kpi, aim: Target, *, tiled: bool) -> Figure:
    measure = asked.cohorts.measure(kpi, asked.period, detail=True)
    earlier = [asked.cohorts.measure(kpi, one) for one in asked.spans(SHOWN if tiled else 2)[:-1]]
    before = earlier[-1]
    state = indicators.state_of(kpi, measure.value, aim.value)
    judged = state not in {IndicatorState.NONE, IndicatorState.FOLLOWED}
    return Figure(
        code=kpi.code,
        label=kpi.label,
        unit=kpi.unit.value,
        value=measure.value,
        text=value_text(kpi.unit, measure.value, at_least=measure.at_least),
        n=measure.n,
        note=_note(asked, kpi.code, measure),
        target=aim.value,
        target_text=indicators.aim_text(kpi, aim.value),
        met=state == IndicatorState.MET if judged else None,
        before=before.value,
        before_text=value_text(kpi.unit, before.value, at_least=before.at_least),
        change=indicators.change_text(kpi.unit, measure.value, before.value),
        points=tuple(one.value for one in (*earlier, measure)),
        objective=aim.objective,
        tiled=tiled,
    )


def _note(asked: Asked, code: str, measure: Measure) -> str:
    """« 62 sur 64 à temps », « médiane 0 h 28 »."""
    if measure.value is None:
        return "sans donnée sur la période"
    if code == WEIGHTED:
        return f"non pondérée {value_text(Unit.RATIO, asked.cohorts.measure(REGISTRY[BARE], asked.period).value)}"
    if REGISTRY[code].unit == Unit.HOURS:
        return f"médiane {value_text(Unit.HOURS, measure.median)}" if measure.median is not None else ""
    top, bottom = amount_text(measure.top), amount_text(measure.bottom)
    return f"{top} sur {bottom} {ENDS.get(code, '')}".rstrip() if top and bottom else ""


def promises(found: Sequence[Figure]) -> Iterator[Kept]:
    """How many promises were judged, and kept, from the figures of their rates."""
    for one in found:
        if one.code in PROMISES and one.n and one.value is not None:
            yield Kept(one.code, PROMISES[one.code], round(one.value * one.n), one.n)


def volumes(asked: Asked) -> tuple[Volume, ...]:
    """Opened, resolved, left at the end, and of these past their delay; nothing before the first ticket."""
    first = asked.session.scalar(select(func.min(Ticket.opened_at)).where(Ticket.deleted_at.is_(None)))
    cohorts = [asked.cohorts.cohort(span) for span in asked.spans(SHOWN)]
    told = [_counts(one) if _followed(first, one) else (None,) * 4 for one in cohorts]
    labels = ("Tickets ouverts", "Tickets résolus", "Stock en fin de période", "dont délai de rétablissement dépassé")
    return tuple(Volume(label, tuple(counts[at] for counts in told)) for at, label in enumerate(labels))


def _followed(first: datetime | None, cohort: Cohort) -> bool:
    return first is not None and first < cohort.until


def _counts(cohort: Cohort) -> tuple[int, int, int, int]:
    left = undone(cohort, cohort.tickets.resolved_at)
    late = [*left, cohort.tickets.restore_due_at < cohort.cutoff]
    return tuple(how_many(cohort, one) for one in (opened(cohort), resolved(cohort), left, late))  # type: ignore[return-value] # the four of them
