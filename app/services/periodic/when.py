"""The periods of a report: a month, a quarter, a year, or any days; how each is called and written."""

import re
from datetime import date

from app.errors import Refused
from app.fields import NBSP, day, days_words, month_words
from app.fields.formats import SHORT_MONTHS
from app.services.spans import Period, month, quarter, year
from app.settings import Rhythm

QUARTERS = ("premier", "deuxième", "troisième", "quatrième")
UNKNOWN = "Écrivez la période comme 2026-06 (un mois), 2026-T3 (un trimestre) ou 2026 (une année)."
_MARK = re.compile(r"(20\d\d)(?:-(?:(0[1-9]|1[0-2])|[Tt]([1-4])))?", re.ASCII)


def holding(rhythm: Rhythm, of: date) -> Period:
    """The period of that length that holds the day; a month where there is no rhythm."""
    return {Rhythm.QUARTER: quarter, Rhythm.YEAR: year}.get(rhythm, month)(of)


def last_over(rhythm: Rhythm, today: date) -> Period:
    """The last period of that length that is over."""
    return holding(rhythm, today).before(1)


def rhythm_of(period: Period) -> Rhythm:
    """NONE for days that are neither a month, nor a quarter, nor a year."""
    for rhythm in (Rhythm.MONTH, Rhythm.QUARTER, Rhythm.YEAR):
        if holding(rhythm, period.start) == period:
            return rhythm
    return Rhythm.NONE


def mark(period: Period) -> str:
    """« 2026-06 », « 2026-T3 », « 2026 », « 2026-01-05-2026-02-18 »."""
    start = period.start
    told = {
        Rhythm.MONTH: f"{start:%Y-%m}",
        Rhythm.QUARTER: f"{start.year}-T{_rank(start)}",
        Rhythm.YEAR: f"{start.year}",
    }
    return told.get(rhythm_of(period), f"{start.isoformat()}-{period.end.isoformat()}")


def _rank(start: date) -> int:
    return (start.month + 2) // 3


def read(text: str) -> Period:
    """What `mark` writes of a month, a quarter or a year; Refused for anything else."""
    found = _MARK.fullmatch(text.strip())
    if found is None:
        raise Refused(UNKNOWN)
    first = date(int(found[1]), 1, 1)
    if found[2]:
        return month(first.replace(month=int(found[2])))
    return quarter(first.replace(month=3 * int(found[3]))) if found[3] else year(first)


def words(period: Period) -> str:
    """« juin 2026 », « troisième trimestre 2026 », « année 2026 », « du 5 janvier au 18 février 2026 »."""
    start = period.start
    told = {
        Rhythm.MONTH: month_words(start),
        Rhythm.QUARTER: f"{QUARTERS[_rank(start) - 1]} trimestre{NBSP}{start.year}",
        Rhythm.YEAR: f"année{NBSP}{start.year}",
    }
    return told.get(rhythm_of(period), days_words(start, period.end))


def of_words(period: Period) -> str:
    """« d’avril 2026 », « du troisième trimestre 2026 », « de l’année 2026 »."""
    told = words(period)
    rhythm = rhythm_of(period)
    if rhythm == Rhythm.MONTH:
        return f"d’{told}" if told[0] in "ao" else f"de {told}"
    return {Rhythm.QUARTER: f"du {told}", Rhythm.YEAR: f"de l’{told}"}.get(rhythm, told)


def noun(period: Period) -> str:
    told = {Rhythm.MONTH: "mois", Rhythm.QUARTER: "trimestre", Rhythm.YEAR: "année"}
    return told.get(rhythm_of(period), "période")


def short(period: Period) -> str:
    """Its name at the foot of a chart: « juin 26 », « T3 26 », « 2026 »."""
    start = period.start
    told = {
        Rhythm.MONTH: f"{SHORT_MONTHS[start.month - 1]}{NBSP}{start:%y}",
        Rhythm.QUARTER: f"T{_rank(start)}{NBSP}{start:%y}",
        Rhythm.YEAR: f"{start.year}",
    }
    return told.get(rhythm_of(period), day(period.end))


OFFERED = ((Rhythm.MONTH, 24), (Rhythm.QUARTER, 8), (Rhythm.YEAR, 4))
"""How many periods of each length are offered, the one under way included."""


def offered(today: date) -> list[Period]:
    """Those that a report may be made of: by length, the newest first."""
    return [holding(rhythm, today).before(steps) for rhythm, count in OFFERED for steps in range(count)]


def usual(rhythm: str, today: date) -> Period:
    """The one that is proposed: the last over, by the rhythm chosen."""
    return last_over(Rhythm.of(rhythm), today)


def title(period: Period, today: date) -> str:
    """« Juin 2026 », « Troisième trimestre 2026 », « Année 2026 (en cours) »."""
    told = words(period)
    running = " (en cours)" if period.end >= today else ""
    return f"{told[0].upper()}{told[1:]}{running}"
