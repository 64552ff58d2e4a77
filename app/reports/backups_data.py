"""What the register of backups and the attendance sheet are made of: plain frozen data."""

from dataclasses import dataclass
from datetime import date

from app.reports.identity import CompanyCard, Pair, Stamp

YES, NO, UNKNOWN = "ok", "bad", "mute"


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a rule, what is so, and YES, NO or UNKNOWN."""

    label: str
    told: str
    answer: str


@dataclass(frozen=True, slots=True)
class Trial:
    """A restoration tried, in words."""

    on: str
    result: str
    measured: str
    lost: str
    who: str
    notes: str


@dataclass(frozen=True, slots=True)
class BackupSheet:
    """A backup: how it is made, the five points, the promises measured, its checks of the year in one sentence."""

    number: str
    label: str
    state: str
    checked: str
    tested: str
    facts: tuple[Pair, ...]
    points: tuple[Point, ...]
    promises: tuple[Point, ...]
    checks: str
    trials: tuple[Trial, ...]


@dataclass(frozen=True)
class BackupRegister:
    """`proved` of the backups were restored in time; the trials are those since `since`."""

    company: CompanyCard
    stamp: Stamp
    since: date
    proved: int
    sheets: tuple[BackupSheet, ...]


@dataclass(frozen=True)
class Attendance:
    """A session and who is to sign; without a session, a sheet to fill."""

    company: CompanyCard
    stamp: Stamp
    topic: str
    card: tuple[Pair, ...]
    people: tuple[tuple[str, str], ...]
