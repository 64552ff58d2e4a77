"""A log of incidents as a service desk writes it, a line at each change, brought by the command line: its figures are
those of a plain count over the lines, which shares nothing with the program."""

import csv
import json
import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import mean, median
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app import __main__

HEAD = ("number", "incident_state", "reassignment_count", "reopen_count", "opened_at", "sys_updated_at", "category",
        "impact", "urgency", "priority", "assigned_to", "cmdb_ci", "resolved_at", "closed_at")  # fmt: skip
WRITTEN = "%d/%m/%Y %H:%M"
MANY = 300
CLOSED_DAYS = {date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 8), date(2026, 5, 14), date(2026, 5, 25)}
"""Easter Monday to Whit Monday."""
SPANS = [("2026-04-01", "2026-04-30"), ("2026-05-01", "2026-05-31"), ("2026-04-10", "2026-06-30")]
Told = dict[str, Any]


def incidents(draw: random.Random) -> Iterator[Told]:
    """Opened at any hour; some never resolved, some closed without a time of resolution, some reopened."""
    for number in range(1, MANY + 1):
        opened = datetime(2026, 3, 20) + timedelta(minutes=draw.randrange(70 * 1440))  # noqa: DTZ001 - hours of Paris
        resolved = opened + timedelta(minutes=int(draw.expovariate(1 / 3000)))
        fate = draw.choices(["closed", "resolved", "open", "silent"], [70, 12, 12, 6])[0]
        yield {
            "number": f"INC{number:07d}",
            "opened": opened,
            "resolved": resolved if fate in {"closed", "resolved"} else None,
            "closed": resolved + timedelta(days=5) if fate in {"closed", "silent"} else None,
            "reopened": draw.choices([0, 1, 2], [90, 8, 2])[0] if fate in {"closed", "resolved"} else 0,
            "category": f"Category {draw.randrange(5)}",
        }


def lines(told: Told, draw: random.Random) -> Iterator[tuple[str, ...]]:
    """One when it is new, one each time that somebody touched it; the end is told on every line, as it was exported."""
    states = ["New", *["Active"] * draw.randrange(3), "Closed" if told["closed"] else "Resolved"]
    for step, state in enumerate(states if told["resolved"] or told["closed"] else states[:-1]):
        ends = (told[name].strftime(WRITTEN) if told[name] else "?" for name in ("resolved", "closed"))
        yield (
            told["number"], state, str(step), str(told["reopened"]), told["opened"].strftime(WRITTEN),
            (told["opened"] + timedelta(minutes=step)).strftime(WRITTEN), told["category"], "2 - Medium", "2 - Medium",
            "3 - Moderate", "Resolver 12", "?", *ends,
        )  # fmt: skip


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    def command(*words: object) -> Any:
        capsys.readouterr()
        assert __main__.main(["--base", str(tmp_path / "log.parc"), *map(str, words), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return command


def worked(start: datetime, end: datetime) -> int:
    """Minutes from 9 to 18 on the open days between the two."""
    minutes, day = 0, start.date()
    while day <= end.date():
        if day.weekday() < 5 and day not in CLOSED_DAYS:
            first, last = datetime(day.year, day.month, day.day, 9), datetime(day.year, day.month, day.day, 18)  # noqa: DTZ001
            minutes += max(0, int((min(end, last) - max(start, first)).total_seconds()) // 60)
        day += timedelta(days=1)
    return minutes


def elapsed(start: datetime, end: datetime) -> int:
    paris = ZoneInfo("Europe/Paris")
    return int(end.replace(tzinfo=paris).timestamp() - start.replace(tzinfo=paris).timestamp()) // 60


def counted(log: list[Told], first: str, last: str, minutes: Callable[[datetime, datetime], int]) -> Told:
    """What the log says of these days: value and n of each indicator."""
    start, end = datetime.fromisoformat(first), datetime.fromisoformat(last) + timedelta(days=1)
    solved = [one for one in log if one["resolved"] and start <= one["resolved"] < end]
    ended = [one for one in log if start <= (one["resolved"] or one["closed"] or end) < end]
    spent = [minutes(one["opened"], one["resolved"]) for one in solved]
    left = [one for one in log if one["opened"] < end <= (one["resolved"] or one["closed"] or end)]
    return {
        "volume": (sum(start <= one["opened"] < end for one in log),) * 2,
        "mttres": (mean(spent) / 60, len(spent)),
        "mediane": median(spent) / 60,
        "reouverture": (100 * sum(one["reopened"] > 0 for one in ended) / len(ended), len(ended)),
        "backlog": (len(left),) * 2,
        "backlog_age": (mean(minutes(one["opened"], end) for one in left) / 60, len(left)),
    }


def test_the_figures_of_a_log_are_those_of_a_plain_count(ask: Callable[..., Any], tmp_path: Path) -> None:
    draw = random.Random(20261122)
    log = list(incidents(draw))
    path = tmp_path / "incident_event_log.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEAD, *(line for one in log for line in lines(one, draw))])
    silent = sum(one["resolved"] is None and one["closed"] is not None for one in log)
    said = ask("importer", "tickets", path)["tickets"]
    assert (said["ajoutes"], said["refuses"]) == (MANY, [])
    assert any(f"{silent}\u00a0tickets sans heure de rétablissement" in remark for remark in said["remarques"])
    for first, last in SPANS:
        for base, minutes in (("ouvree", worked), ("calendaire", elapsed)):
            found = {i["code"]: i for i in ask("indicateurs", "--du", first, "--au", last, "--base", base)}
            expected = counted(log, first, last, minutes)
            assert round(expected.pop("mediane"), 6) == found["mttres"]["mediane"]
            given = {code: (found[code]["valeur"], found[code]["n"]) for code in expected}
            assert given == {code: (round(value, 6), n) for code, (value, n) in expected.items()}
            untold = ("mtta", "gti", "gtr", "fcr", "mttr", "csat")
            assert all((found[code]["valeur"], found[code]["n"]) == (None, 0) for code in untold)
