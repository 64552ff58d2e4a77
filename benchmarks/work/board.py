"""The board of indicators, by the program and by bare statements that count the same; their values must be equal."""

import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from app.kpi import REGISTRY, Cohort
from app.services import home, indicators, remembered
from app.services.example import TODAY
from app.services.indicators import POINTS, Period
from app.storage import open_store
from benchmarks.work.process import answer, once, usual

NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 7, tzinfo=UTC)
TIMES = 5
_KEPT = "FROM ticket WHERE deleted_at IS NULL AND status <> 'cancelled' AND"
_LATE = (
    "SELECT count(*) {kept} {due} < :cutoff AND (({met} = 0 AND {act} >= :cutoff) OR ({met} IS NULL AND {act} IS NULL))"
)
STATEMENTS = {
    "mtta": [f"SELECT sum(take_minutes), count(take_minutes) {_KEPT} taken_at >= :since AND taken_at < :until"],
    "mttres": [
        (
            f"SELECT sum(net_minutes), count(net_minutes) {_KEPT} kind = 'incident' AND resolved_at >= :since"
            f" AND resolved_at < :until"
        )
    ],
    "gti": [
        f"SELECT sum(take_met), count(take_met) {_KEPT} taken_at >= :since AND taken_at < :until",
        _LATE.format(kept=_KEPT, due="take_due_at", met="take_met", act="taken_at"),
    ],
    "gtr": [
        f"SELECT sum(restore_met), count(restore_met) {_KEPT} resolved_at >= :since AND resolved_at < :until",
        _LATE.format(kept=_KEPT, due="restore_due_at", met="restore_met", act="resolved_at"),
    ],
}
"""The repair time is left out: it is a union of intervals, that no bare statement gives."""


def _spans(period: Period) -> list[dict[str, str]]:
    found = []
    for steps in range(POINTS):
        span = period.before(steps)
        cohort = Cohort(None, span.start, span.end, NOW)  # type: ignore[arg-type]  # only its bounds are read
        times = {"since": cohort.since, "until": cohort.until, "cutoff": cohort.cutoff}
        found.append({name: f"{moment:%Y-%m-%dT%H:%M:%SZ}" for name, moment in times.items()})
    return found


def main() -> None:
    """`program` or `bare`."""
    name, base = sys.argv[1], Path(sys.argv[2])
    period = indicators.month(TODAY).before(1)
    if name == "bare":
        with closing(sqlite3.connect(base)) as connection:
            run = connection.execute
            spans = _spans(period)

            def count() -> list[list[list[tuple[float, ...]]]]:
                return [[[run(one, s).fetchone() for one in found] for found in STATEMENTS.values()] for s in spans]

            answer({"board": usual(count, TIMES), "counted": sum(found[0][1] for found in count()[0][:2])})
    with closing(open_store(base)) as store, store.read() as session:
        first = once(lambda: indicators.board(session, period, NOW))
        asked = indicators.Asked(session, period, NOW, None)
        months = [period.before(steps) for steps in range(POINTS)]
        alike = [REGISTRY[code] for code in STATEMENTS]
        counted = sum(asked.measure(kpi, period).n for kpi in alike[:2])
        rates = usual(lambda: [asked.measure(kpi, span) for kpi in alike for span in months], TIMES)
        whole = usual(lambda: indicators.board(session, period, NOW), TIMES)
        front = usual(lambda: home.read(session, NOW), TIMES)
        afresh = usual(lambda: (remembered.forget(), home.read(session, NOW)), TIMES)
        figures = {"first": first, "board": whole, "alike": rates, "counted": counted}
        answer({**figures, "home": front, "home_afresh": afresh})
