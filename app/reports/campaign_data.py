"""What the papers of a physical inventory are made of: plain frozen data, gathered by services.campaign_papers."""

from dataclasses import dataclass
from datetime import date

from app.reports.identity import CompanyCard, Stamp


@dataclass(frozen=True)
class ExpectedLine:
    """An asset of the frozen list, as the register knows it. `value` in cents HT; `last_seen` before the campaign."""

    number: str
    name: str
    serial: str | None
    site: str
    room: str
    holder: str
    last_seen: date | None
    value: int | None
    note: str


@dataclass(frozen=True)
class MovedLine:
    """An asset found in another room than the expected one; `corrected`: its record now says so."""

    number: str
    name: str
    site: str
    expected: str
    found: str
    seen_on: date | None
    corrected: bool


@dataclass(frozen=True)
class ExtraLine:
    """A thing that was not expected. `name` is empty when no asset bears its code; `why` says what is known of it."""

    code: str
    name: str
    why: str
    room: str
    seen_on: date | None
    note: str


@dataclass(frozen=True)
class CampaignHead:
    """`held_by` may be empty: a line to fill."""

    number: str
    title: str
    site: str
    opened_on: date
    closed_on: date | None
    held_by: str


@dataclass(frozen=True)
class GapReport:
    """`to_find` are the lines not ticked yet, while the campaign is under way."""

    company: CompanyCard
    stamp: Stamp
    campaign: CampaignHead
    expected: int
    found: int
    missing: tuple[ExpectedLine, ...]
    to_find: tuple[ExpectedLine, ...]
    extra: tuple[ExtraLine, ...]
    moved: tuple[MovedLine, ...]


@dataclass(frozen=True)
class TickList:
    """The expected assets, to tick by hand, in the order of the walk."""

    company: CompanyCard
    stamp: Stamp
    campaign: CampaignHead
    lines: tuple[ExpectedLine, ...]
