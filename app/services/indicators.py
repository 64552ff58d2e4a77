"""The board of indicators and the page of each, as plain data in French (domain.md B; look.md « Tile »)."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.codes import Code
from app.errors import NotFound
from app.fields import MISSING, counted, day, duration, month_words, number, percent
from app.kpi import REGISTRY, SINGULAR, Cohort, Good, Kpi, Measure, Unit
from app.models import Asset, Ticket
from app.models.codes import Priority
from app.rules.notice import add_months
from app.rules.service_level import Targets
from app.rules.worktime import elapsed
from app.services.contracts import calendar_of, levels_of, opening_day, read_once

POINTS = 12
CHUNK = 10_000
MINUS = "\u2212"


class IndicatorState(Code):
    MET = "met", "Tenu", "ok"
    WATCH = "watch", "À surveiller", "warn", True
    MISSED = "missed", "Non tenu", "bad", True
    NONE = "none", "Sans donnée", "mute"


@dataclass(frozen=True, slots=True)
class Period:
    """Paris days, both included."""

    start: date
    end: date

    @property
    def months(self) -> int | None:
        """How many whole months it is, None if it cuts one."""
        whole = self.start.day == 1 and self.end.day == monthrange(self.end.year, self.end.month)[1]
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1 if whole else None

    def before(self, steps: int) -> "Period":
        """The period of the same length `steps` periods earlier."""
        if self.months is None:
            length = (self.end - self.start).days + 1
            return Period(self.start - timedelta(days=steps * length), self.end - timedelta(days=steps * length))
        start = add_months(self.start, -steps * self.months)
        return Period(start, add_months(start, self.months) - timedelta(days=1))

    def label(self, *, short: bool = False) -> str:
        if self.months == 1:
            return month_words(self.start, short)
        return f"{day(self.start)} – {day(self.end)}"


def month(of: date) -> Period:
    """The month that holds the day."""
    first = of.replace(day=1)
    return Period(first, add_months(first, 1) - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a trend; `value` is None where there is no data."""

    label: str
    value: Decimal | None
    n: int


@dataclass(frozen=True, slots=True)
class Tile:
    """An indicator over a period. `figure` and `unit` are shown apart, `text` is both; `sentence` is read aloud."""

    code: str
    label: str
    value: Decimal | None
    figure: str
    unit: str
    text: str
    target: Decimal
    target_text: str
    state: IndicatorState
    change: str
    n: int
    n_text: str
    trend: tuple[Point, ...]
    trend_text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket behind an indicator. Durations are working minutes; `gap` is above zero when late."""

    id: int
    number: str
    subject: str
    asset: str | None
    priority: Priority
    target: int | None
    minutes: int | None
    gap: int | None
    met: bool | None


@dataclass(frozen=True, slots=True)
class Page:
    """All that is said of one indicator: `included` and `excluded` are French lists, `median` « – » under 5 tickets."""

    tile: Tile
    definition: str
    formula: str
    cohort: str
    base: str
    period: str
    previous_label: str
    previous: str
    year: str
    median: str
    included: str
    excluded: str
    rows: tuple[TicketRow, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader chose: a period, seen from a moment, for one contract or all."""

    session: Session
    period: Period
    now: datetime
    contract_id: int | None

    def measure(self, kpi: Kpi, period: Period, *, detail: bool = False) -> Measure:
        return kpi.compute(Cohort(self.session, period.start, period.end, self.now, self.contract_id, detail))


def board(session: Session, period: Period, now: datetime, contract_id: int | None = None) -> list[Tile]:
    """Every declared indicator, in its order."""
    asked = Asked(session, period, now, contract_id)
    return [_tile(asked, kpi) for kpi in REGISTRY.values()]


def _tile(asked: Asked, kpi: Kpi, measure: Measure | None = None) -> Tile:
    spans = [asked.period.before(steps) for steps in range(POINTS - 1, -1, -1)]
    measures = [asked.measure(kpi, span) for span in spans[:-1]]
    measures.append(measure or asked.measure(kpi, asked.period))
    now, before = measures[-1], measures[-2]
    state = _state(kpi, now.value)
    text = value_text(kpi.unit, now.value)
    figure, _, unit = text.partition("\u00a0%")
    return Tile(
        code=kpi.code,
        label=kpi.label,
        value=now.value,
        figure=figure,
        unit="%" if text != figure else unit,
        text=text,
        target=kpi.target,
        target_text=f"Objectif {'≤' if kpi.good == Good.DOWN else '≥'}\u00a0{target_text(kpi)}",
        state=state,
        change=_change(kpi.unit, now.value, before.value),
        n=now.n,
        n_text=f"n\u00a0=\u00a0{number(now.n)}",
        trend=tuple(Point(s.label(short=True), m.value, m.n) for s, m in zip(spans, measures, strict=True)),
        trend_text=f"{spans[0].label(short=True)} – {spans[-1].label(short=True)}"
        if asked.period.months == 1
        else f"{day(spans[0].start)} – {day(spans[-1].end)}",
        sentence=_sentence(kpi, text, state, now.n),
    )


def _state(kpi: Kpi, value: Decimal | None) -> IndicatorState:
    if value is None:
        return IndicatorState.NONE
    short = value - kpi.target if kpi.good == Good.DOWN else kpi.target - value
    if short <= 0:
        return IndicatorState.MET
    return IndicatorState.WATCH if short <= kpi.tolerance else IndicatorState.MISSED


def value_text(unit: Unit, value: Decimal | None) -> str:
    """« 4 h 26 », « 83,3 % », « – »."""
    if value is None:
        return MISSING
    return duration(value * 60) if unit == Unit.HOURS else percent(value)


def target_text(kpi: Kpi) -> str:
    if kpi.unit == Unit.HOURS:
        return duration(kpi.target * 60)
    return percent(kpi.target, 0 if kpi.target * 100 % 1 == 0 else 1)


def _change(unit: Unit, now: Decimal | None, before: Decimal | None) -> str:
    """« +0 h 18 », « −5,7 pt »; « – » without a previous value."""
    if now is None or before is None:
        return MISSING
    text = duration((now - before) * 60) if unit == Unit.HOURS else f"{number((now - before) * 100, 1)}\u00a0pt"
    return text if text.startswith(MINUS) else f"+{text}"


def _sentence(kpi: Kpi, text: str, state: IndicatorState, n: int) -> str:
    if state == IndicatorState.NONE:
        return f"{kpi.label}\u00a0: sans donnée"
    bound = "au plus" if kpi.good == Good.DOWN else "au moins"
    tickets = counted(n, "ticket")
    return f"{kpi.label}\u00a0: {text}, objectif {bound} {target_text(kpi)}, {state.label.lower()}, {tickets}"


def page(session: Session, code: str, period: Period, now: datetime, contract_id: int | None = None) -> Page:
    """One indicator with its meaning and the very tickets it was computed from; NotFound for an unknown code."""
    kpi = REGISTRY.get(code)
    if kpi is None:
        raise NotFound(f"Il n’y a pas d’indicateur «\u00a0{code}\u00a0».")
    asked = Asked(session, period, now, contract_id)
    measure = asked.measure(kpi, period, detail=True)
    year = asked.measure(kpi, Period(period.before(POINTS - 1).start, period.end))
    previous = period.before(1)
    return Page(
        tile=_tile(asked, kpi, measure),
        definition=kpi.definition,
        formula=kpi.formula,
        cohort=kpi.cohort,
        base=kpi.base,
        period=period.label(),
        previous_label=previous.label(),
        previous=_with_n(kpi, asked.measure(kpi, previous)),
        year=_with_n(kpi, year),
        median=value_text(Unit.HOURS, measure.median),
        included=_listed(measure.included),
        excluded=_listed(measure.excluded),
        rows=tuple(_rows(asked, kpi, measure)),
    )


def _with_n(kpi: Kpi, measure: Measure) -> str:
    text = value_text(kpi.unit, measure.value)
    return f"{text} (n\u00a0=\u00a0{number(measure.n)})" if measure.n else text


def _listed(reasons: Mapping[str, int]) -> str:
    """« 23 rétablis, 1 ouvert en retard »; « aucun »."""
    words = (
        f"{number(count)}\u00a0{reason if count > 1 else SINGULAR.get(reason, reason)}"
        for reason, count in reasons.items()
    )
    return ", ".join(words) or "aucun"


def _rows(asked: Asked, kpi: Kpi, measure: Measure) -> list[TicketRow]:
    """The latest of all first, then by how little was to spare."""
    levels, calendar = read_once(asked.session, levels_of), read_once(asked.session, calendar_of)
    cutoff = Cohort(asked.session, asked.period.start, asked.period.end, asked.now).cutoff
    rows = []
    for start in range(0, len(measure.ids), CHUNK):
        statement = (
            select(
                Ticket.id,
                Ticket.number,
                Ticket.subject,
                Asset.number,
                Ticket.priority,
                Ticket.contract_id,
                Ticket.opened_at,
                Ticket.take_met if kpi.promise == "take" else Ticket.restore_met,
                Ticket.take_due_at if kpi.promise == "take" else Ticket.restore_due_at,
            )
            .join(Asset, Asset.id == Ticket.asset_id, isouter=True)
            .where(Ticket.id.in_(measure.ids[start : start + CHUNK]))
        )
        for one, title, subject, asset, priority, contract, opened, met, due in asked.session.execute(statement):
            day = opening_day(opened)
            target, minutes = _target(kpi, levels(contract, day).get(priority)), measure.minutes[one]
            late_still = minutes is None and due is not None
            if due is not None and minutes is None and target is not None:
                minutes = target + elapsed(calendar(contract, day), due, cutoff)
            gap = None if minutes is None or target is None else minutes - target
            judged = (False if late_still else met) if kpi.promise else None
            rows.append(TicketRow(one, title, subject, asset, priority, target, minutes, gap, judged))
    return sorted(rows, key=lambda row: (row.gap is None, -(row.gap or 0), row.number))


def _target(kpi: Kpi, promised: Targets | None) -> int | None:
    """The minutes promised; None for an indicator that judges no promise."""
    if kpi.promise is None or promised is None:
        return None
    return promised.take if kpi.promise == "take" else promised.restore
