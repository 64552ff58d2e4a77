"""The indicators by the program, and by bare statements that count the same on the same file: they must agree."""

import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from app.kpi import REGISTRY, Cohort
from app.services import home, indicators, remembered
from app.services.cohorts import Asked
from app.services.example import TODAY
from app.services.indicators import Period
from app.storage import open_store
from benchmarks.work.bare_board import HOURS, OTHERS, STATEMENTS, share
from benchmarks.work.process import answer, once, usual

NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 7, tzinfo=UTC)
MONTHS = 36
TIMES = 3
EIGHT = ("mtta", "mttres", "gti", "gtr", "fcr", "dispo", "csat", "cout_valeur")
"""Those of the board that nobody has changed."""


def _periods() -> list[Period]:
    last = indicators.month(TODAY).before(1)
    return [last.before(steps) for steps in range(MONTHS)]


def _moments(span: Period) -> dict[str, str]:
    cohort = Cohort(None, span.start, span.end, NOW)  # type: ignore[arg-type]  # only its bounds are read
    times = {"since": cohort.since, "until": cohort.until, "cutoff": cohort.cutoff, "now": NOW}
    return {name: f"{moment:%Y-%m-%dT%H:%M:%SZ}" for name, moment in times.items()}


def _bare(connection: sqlite3.Connection, code: str) -> list[tuple[int, int]]:
    return [share(connection, code, _moments(span)) for span in _periods()]


def _program(session: Session, code: str) -> list[Decimal | None]:
    asked = Asked(session, NOW)
    return [asked.measure(REGISTRY[code], span).value for span in _periods()]


def _differ(session: Session, connection: sqlite3.Connection) -> int:
    """How many of the figures are not those of the bare statements."""
    return sum(
        (value or 0) != (Decimal(above) / (60 if code in HOURS else 1) / below if below else 0)
        for code in STATEMENTS
        for value, (above, below) in zip(_program(session, code), _bare(connection, code), strict=True)
    )


def main() -> None:
    """`program` or `bare`."""
    name, base = sys.argv[1], Path(sys.argv[2])
    with closing(sqlite3.connect(base)) as connection:
        if name == "bare":
            answer({code: usual(partial(_bare, connection, code), TIMES) for code in STATEMENTS})
        with closing(open_store(base)) as store, store.read() as session:
            answer(_measured(session, connection))


def _measured(session: Session, connection: sqlite3.Connection) -> dict[str, float]:
    period = _periods()[0]
    first = once(lambda: indicators.board(session, period, NOW, codes=EIGHT))
    found = {code: usual(partial(_program, session, code), TIMES) for code in STATEMENTS}
    found |= {code: once(partial(_program, session, code)) for code in OTHERS}
    return {
        **found,
        "first": first,
        "board": usual(lambda: indicators.board(session, period, NOW, codes=EIGHT), TIMES),
        "differ": _differ(session, connection),
        "past": usual(lambda: Asked(session, Asked(session, NOW).cohort(period.before(12)).until).tickets, TIMES),
        "home": usual(lambda: home.read(session, NOW), TIMES),
        "home_afresh": usual(lambda: (remembered.forget(), home.read(session, NOW)), TIMES),
    }
