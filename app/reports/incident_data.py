"""What the account of an incident is made of: plain frozen data, gathered by services.incident_report."""

from dataclasses import dataclass
from datetime import datetime

from app.reports.identity import CompanyCard, Pair, Stamp
from app.reports.intervention_data import PromiseLine


@dataclass(frozen=True)
class Fact:
    """One act of the journal: `worked` are the working minutes gone since the opening, None before it."""

    at: datetime
    worked: int | None
    what: str
    who: str
    words: str


@dataclass(frozen=True)
class WaitLine:
    """`minutes` are working ones; `end` None: it lasts."""

    reason: str
    start: datetime
    end: datetime | None
    minutes: int
    stops: bool


@dataclass(frozen=True)
class DownLine:
    """A time when the asset did not do its function, in working minutes and in minutes of the clock."""

    start: datetime
    end: datetime | None
    worked: int
    whole: int


@dataclass(frozen=True)
class ActionLine:
    """What is done or to do: `who` and `when` may be empty."""

    what: str
    who: str
    when: str
    state: str


@dataclass(frozen=True)
class IncidentReport:
    """`headline` is the answer in a few words, then why. `causes` are sentences; `related` the tickets linked;
    `hours` names the base of working minutes."""

    company: CompanyCard
    stamp: Stamp
    code: str
    priority: str
    issued_on: str
    subtitle: str
    headline: tuple[str, str]
    promises: tuple[PromiseLine, ...]
    promises_note: str
    asset: tuple[Pair, ...]
    request: tuple[Pair, ...]
    quote: str
    downs: tuple[DownLine, ...]
    down_note: str
    facts: tuple[Fact, ...]
    hours: str
    waits: tuple[WaitLine, ...]
    causes: tuple[str, ...]
    related: tuple[Pair, ...]
    actions: tuple[ActionLine, ...]


@dataclass(frozen=True)
class BlankReport:
    company: CompanyCard
    stamp: Stamp
