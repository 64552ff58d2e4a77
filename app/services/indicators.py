"""The board of indicators and the page of each, as plain data in French (domain.md B; look.md « Tile »)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy.orm import Session

from app.codes import Code
from app.errors import NotFound
from app.fields import MISSING, amount, counted, day, duration, number, percent
from app.kpi import EVERYTHING, REGISTRY, SINGULAR, Amount, Good, Kpi, Measure, Scope, Unit
from app.services.behind import RecordRow, TicketRow, records_behind, tickets_behind
from app.services.cohorts import Asked
from app.services.spans import Period, month, quarter, year
from app.services.targets import Target

__all__ = [
    "MINUS", "POINTS", "IndicatorState", "Page", "Period", "Point", "RecordRow", "TicketRow", "Tile", "aim_text",
    "amount_text", "board", "month", "page", "quarter", "state_of", "target_text", "value_text", "year",
]  # fmt: skip
POINTS = 12
MINUS = "\u2212"


class IndicatorState(Code):
    MET = "met", "Tenu", "ok"
    WATCH = "watch", "À surveiller", "warn", True
    MISSED = "missed", "Non tenu", "bad", True
    FOLLOWED = "followed", "Suivi", "info"
    NONE = "none", "Sans donnée", "mute"


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a trend; `value` is None where there is no data."""

    label: str
    value: Decimal | None
    n: int
    period: Period
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """An indicator over a period. `figure` and `unit` are shown apart, `text` is both; `sentence` is read aloud.

    `target` is the one in force at the end of the period, None when nothing is asked; `objective` what it serves.
    """

    code: str
    label: str
    value: Decimal | None
    figure: str
    unit: str
    text: str
    target: Decimal | None
    target_text: str
    objective: str
    state: IndicatorState
    change: str
    n: int
    n_text: str
    trend: tuple[Point, ...]
    trend_text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that is said of one indicator: `included` and `excluded` are French lists, `median` « – » under five records.

    `top`, `bottom`: the formula's figures in words, `worked`: the whole line; empty without data. `behind` is the
    entity of the records counted: `rows` when they are tickets, else `records`. `also`: further figures, by name.
    """

    tile: Tile
    definition: str
    formula: str
    top: str
    bottom: str
    worked: str
    cohort: str
    base: str
    period: str
    previous_label: str
    previous: str
    year: str
    median: str
    included: str
    excluded: str
    also: tuple[tuple[str, str], ...]
    behind: str
    rows: tuple[TicketRow, ...]
    records: tuple[RecordRow, ...]
    target: Target


def board(
    session: Session, period: Period, now: datetime, scope: Scope = EVERYTHING, codes: Iterable[str] | None = None
) -> list[Tile]:
    """The indicators named, in that order; by default every one declared. NotFound for an unknown code."""
    asked = Asked(session, now, scope)
    chosen = [found(code) for code in codes] if codes is not None else list(REGISTRY.values())
    aims = asked.aims(chosen, period)
    return [_tile(asked, one, period, aims[one.code]) for one in chosen]


def found(code: str) -> Kpi:
    """NotFound for an unknown code."""
    if code not in REGISTRY:
        raise NotFound(f"Il n’y a pas d’indicateur «\u00a0{code}\u00a0».")
    return REGISTRY[code]


def page(session: Session, code: str, period: Period, now: datetime, scope: Scope = EVERYTHING) -> Page:
    """One indicator with its meaning and the very records it was computed from; NotFound for an unknown code."""
    kpi, asked = found(code), Asked(session, now, scope)
    cohort = asked.cohort(period, detail=True)
    measure = kpi.compute(cohort)
    aim = asked.aims([kpi], period)[code]
    previous = period.before(1)
    tile = _tile(asked, kpi, period, aim, measure)
    top, bottom = amount_text(measure.top), amount_text(measure.bottom)
    tickets = kpi.behind == "ticket"
    return Page(
        tile=tile,
        definition=kpi.definition,
        formula=kpi.formula,
        top=top,
        bottom=bottom,
        worked=f"{top} ÷ {bottom} = {tile.text}" if top and bottom else "",
        cohort=kpi.cohort,
        base=kpi.base_told(scope.base),
        period=period.label(),
        previous_label=previous.label(),
        previous=_with_n(kpi, asked.measure(kpi, previous)),
        year=_with_n(kpi, asked.trend(kpi, [Period(period.before(POINTS - 1).start, period.end)])[0]),
        median=value_text(kpi.median_unit, measure.median),
        included=_listed(measure.included),
        excluded=_listed(measure.excluded),
        also=tuple((name, amount_text(one)) for name, one in measure.also.items()),
        behind=kpi.behind,
        rows=tickets_behind(cohort, kpi, measure) if tickets else (),
        records=() if tickets else records_behind(session, kpi, measure),
        target=aim,
    )


def _tile(asked: Asked, kpi: Kpi, period: Period, aim: Target, measure: Measure | None = None) -> Tile:
    spans = [period.before(steps) for steps in range(POINTS - 1, -1, -1)]
    measures = [*asked.trend(kpi, spans[:-1]), measure or asked.trend(kpi, [period])[0]]
    now, before = measures[-1], measures[-2]
    state = state_of(kpi, now.value, aim.value)
    text = value_text(kpi.unit, now.value, at_least=now.at_least)
    figure, _, unit = text.partition("\u00a0%")
    bound = aim_text(kpi, aim.value)
    return Tile(
        code=kpi.code,
        label=kpi.label,
        value=now.value,
        figure=figure,
        unit="%" if text != figure else unit,
        text=text,
        target=aim.value,
        target_text=f"Objectif {bound}" if bound else "Sans objectif",
        objective=aim.objective,
        state=state,
        change=change_text(kpi.unit, now.value, before.value),
        n=now.n,
        n_text=f"n\u00a0=\u00a0{number(now.n)}",
        trend=tuple(
            Point(s.label(short=True), m.value, m.n, s, m.at_least) for s, m in zip(spans, measures, strict=True)
        ),
        trend_text=f"{spans[0].label(short=True)} – {spans[-1].label(short=True)}"
        if period.months == 1
        else f"{day(spans[0].start)} – {day(spans[-1].end)}",
        sentence=_sentence(kpi, text, state, now.n, aim.value),
    )


def state_of(kpi: Kpi, value: Decimal | None, target: Decimal | None) -> IndicatorState:
    if value is None:
        return IndicatorState.NONE
    if target is None or kpi.good is None:
        return IndicatorState.FOLLOWED
    short = value - target if kpi.good == Good.DOWN else target - value
    if short <= 0:
        return IndicatorState.MET
    return IndicatorState.WATCH if short <= kpi.tolerance(target) else IndicatorState.MISSED


def value_text(unit: Unit, value: Decimal | None, *, at_least: bool = False) -> str:
    """« 4 h 26 », « 83,3 % », « 12 », « ≥ 954 h 00 », « – »."""
    if value is None:
        return MISSING
    floor = "≥\u00a0" if at_least else ""
    if unit == Unit.HOURS:
        return floor + duration(value * 60)
    return floor + (percent(value) if unit == Unit.RATIO else number(value))


def amount_text(told: Amount | None) -> str:
    """A numerator or a denominator in words: « 22 h 10 », « 6 480,00 € », « 5 »; empty when there is none."""
    if told is None:
        return ""
    if told.unit == Unit.EUROS:
        return amount(int(told.value * 100))
    if told.unit == Unit.COUNT:
        return number(told.value, 0 if told.value % 1 == 0 else 2)
    return value_text(told.unit, told.value)


def target_text(unit: Unit, target: Decimal) -> str:
    """« 4 h 00 », « 90 % », « 98,5 % », « 12 »."""
    if unit != Unit.RATIO:
        return value_text(unit, target)
    return percent(target, 0 if target * 100 % 1 == 0 else 1)


def aim_text(kpi: Kpi, target: Decimal | None) -> str:
    """« ≤ 4 h 00 », « ≥ 90 % »; empty when nothing is asked."""
    if target is None or kpi.good is None:
        return ""
    return f"{'≤' if kpi.good == Good.DOWN else '≥'}\u00a0{target_text(kpi.unit, target)}"


def change_text(unit: Unit, now: Decimal | None, before: Decimal | None) -> str:
    """« +0 h 18 », « −5,7 pt », « +3 »; « – » without a previous value. The gap is that of the two figures as shown."""
    if now is None or before is None:
        return MISSING
    parts = {Unit.RATIO: 1000, Unit.HOURS: 60}.get(unit, 1)
    gap = (_half_up(now * parts) - _half_up(before * parts)) / parts
    text = f"{number(gap * 100, 1)}\u00a0pt" if unit == Unit.RATIO else value_text(unit, gap)
    return text if text.startswith(MINUS) else f"+{text}"


def _half_up(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1), ROUND_HALF_UP)


def _sentence(kpi: Kpi, text: str, state: IndicatorState, n: int, target: Decimal | None) -> str:
    if state == IndicatorState.NONE:
        return f"{kpi.label}\u00a0: sans donnée"
    told = [f"{kpi.label}\u00a0: {text}"]
    if target is not None and kpi.good is not None:
        bound = "au plus" if kpi.good == Good.DOWN else "au moins"
        told += [f"objectif {bound} {target_text(kpi.unit, target)}", state.label.lower()]
    return ", ".join([*told, counted(n, "ticket") if kpi.behind == "ticket" else f"n\u00a0=\u00a0{number(n)}"])


def _with_n(kpi: Kpi, measure: Measure) -> str:
    text = value_text(kpi.unit, measure.value, at_least=measure.at_least)
    return f"{text} (n\u00a0=\u00a0{number(measure.n)})" if measure.n else text


def _listed(reasons: Mapping[str, int]) -> str:
    """« 23 rétablis, 1 ouvert en retard »; « aucun »."""
    words = (
        f"{number(count)}\u00a0{reason if count > 1 else SINGULAR.get(reason, reason)}"
        for reason, count in reasons.items()
    )
    return ", ".join(words) or "aucun"
