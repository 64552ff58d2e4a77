"""The dashboard of the manager: the few indicators chosen and their order, kept with the company's file; the chart of
one; the tickets restored late; the readings that each screen asks for, made beside the window."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.errors import Refused
from app.jobs import Job, Progress
from app.kpi import EVERYTHING, REGISTRY, Kpi, Scope, Unit
from app.models import Setting
from app.reports import chart_data
from app.reports.chart_data import Chart
from app.services import flow, indicator_notes, indicators, preferences
from app.services.behind import TicketRow, tickets_behind
from app.services.cohorts import Asked
from app.services.flow import Month
from app.services.indicator_notes import Note
from app.services.indicators import IndicatorState, Page, Tile, aim_text, state_of
from app.services.spans import Period
from app.storage import Store

KEY = "board"
FEW = 8
USUAL = ("mtta", "mttres", "gti", "gtr", "fcr", "dispo_ponderee", "csat", "cout_valeur")
"""Two delays, two promises kept, the first contact, the fleet, the users, the cost (domain.md B.2)."""
LATE = "gtr"
UNITS = {
    Unit.HOURS: chart_data.Unit.HOURS,
    Unit.RATIO: chart_data.Unit.RATIO,
    Unit.COUNT: chart_data.Unit.COUNT,
    Unit.EUROS: chart_data.Unit.EUROS,
}


def usual() -> tuple[str, ...]:
    """The eight of a new base."""
    return tuple(code for code in USUAL if code in REGISTRY)


def chosen(session: Session) -> tuple[str, ...]:
    """The codes of the dashboard, in its order; what is no longer declared is left out."""
    kept = session.get(Setting, KEY)
    codes = json.loads(kept.value) if kept else ()
    return tuple(code for code in codes if code in REGISTRY) or usual()


def choose(session: Session, codes: Iterable[str]) -> None:
    """Keep these, in this order. Refused when there is none."""
    wanted = [code for code in dict.fromkeys(codes) if code in REGISTRY]
    if not wanted:
        raise Refused("Cochez au moins un indicateur.")
    preferences.keep(session, KEY, json.dumps(wanted))


def chart(tile: Tile, kpi: Kpi) -> Chart:
    """The twelve periods of a tile; a point short of its target has the tone of its state."""
    line = chart_data.line(
        [point.period.short_name for point in tile.trend],
        [point.value for point in tile.trend],
        f"{tile.label}, douze périodes",
        UNITS[kpi.unit],
    )
    states = [state_of(kpi, point.value, tile.target) for point in tile.trend]
    short = {IndicatorState.WATCH, IndicatorState.MISSED}
    aim = aim_text(kpi, tile.target).lstrip("≤≥\u00a0")
    return replace(
        line,
        target=float(tile.target) if tile.target is not None and aim else None,
        target_text=f"Objectif {aim}" if aim else "",
        tones=tuple(state.tone if state in short else "" for state in states),
    )


@dataclass(frozen=True, slots=True)
class Late:
    """The tickets restored late, or overdue and still open: the worst first, `count` of `n` in all."""

    rows: tuple[TicketRow, ...]
    count: int
    n: int


def late(session: Session, period: Period, now: datetime, scope: Scope = EVERYTHING, most: int = 6) -> Late:
    """The `most` worst of the period."""
    kpi = REGISTRY[LATE]
    cohort = Asked(session, now, scope).cohort(period, detail=True)
    measure = kpi.compute(cohort)
    missed = {one: row for one, row in measure.rows.items() if row.hit is False}
    rows = tickets_behind(cohort, kpi, replace(measure, rows=missed))
    return Late(rows[:most], len(missed), measure.n)


@dataclass(frozen=True, slots=True)
class Board:
    """What the dashboard shows, measured at `at`; `chosen` are its codes."""

    at: datetime
    chosen: tuple[str, ...]
    tiles: tuple[Tile, ...]
    months: tuple[Month, ...] = ()
    late: Late = Late((), 0, 0)


@dataclass(frozen=True, slots=True)
class One:
    """What the page of one indicator shows; `codes` are those that it steps through."""

    page: Page
    codes: tuple[str, ...]
    notes: tuple[Note, ...]


def board_job(store: Store, period: Period, scope: Scope) -> Job[Board]:
    """The tiles chosen, the volume of twelve months, the tickets late."""
    now = datetime.now(UTC)
    with store.read() as session:
        codes = chosen(session)
        yield Progress(0, 2)
        tiles = indicators.board(session, period, now, scope, codes)
        yield Progress(1, 2)
        months = flow.flow(session, min(period.end, now.date()), now, scope)
        return Board(now, codes, tuple(tiles), tuple(months), late(session, period, now, scope))


def every_job(store: Store, period: Period, scope: Scope) -> Job[Board]:
    """Every indicator declared."""
    now = datetime.now(UTC)
    with store.read() as session:
        yield Progress(0, 1)
        return Board(now, chosen(session), tuple(indicators.board(session, period, now, scope)))


def one_job(store: Store, code: str, period: Period, scope: Scope) -> Job[One]:
    """One indicator, stepping through those of the dashboard when it is one of them."""
    now = datetime.now(UTC)
    with store.read() as session:
        codes = chosen(session)
        yield Progress(0, 1)
        page = indicators.page(session, code, period, now, scope)
        notes = indicator_notes.of(session, period, scope.contract_id, [code])
        return One(page, codes if code in codes else tuple(REGISTRY), tuple(notes))
