"""What the inventory report is made of (domain.md A.7): plain frozen data, gathered by services.inventory_report.

Amounts are in cents HT, shares are ratios (0.9 for 90 %). An empty tuple is a block without data: its chapter says in
one line what is missing and how to get it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from app.reports.identity import CompanyCard, Pair, Stamp
from app.reports.inventory.facts import Changes, Expertise, Gaps, Lot, Safety, Software
from app.reports.inventory.lines import Failure, Horizon, NeedGroup, Photo


@dataclass(frozen=True, slots=True)
class AssetLine:
    """One asset of the register; `verdict` A to E and `score` in words, None when there was no expertise."""

    number: str
    name: str
    model: str
    serial: str | None
    room: str
    holder: str
    commissioned_on: date | None
    value: int | None
    has_system: bool
    support_end: date | None
    criticality: str | None
    condition: str | None
    score: str | None = None
    verdict: str | None = None


@dataclass(frozen=True)
class FamilySection:
    name: str
    lines: tuple[AssetLine, ...]


@dataclass(frozen=True)
class SiteSection:
    """`visited`: first and last day on which an asset was seen there."""

    name: str
    place: str
    visited: tuple[date, date] | None
    families: tuple[FamilySection, ...]

    @property
    def count(self) -> int:
        return sum(len(family.lines) for family in self.families)


@dataclass(frozen=True)
class Age:
    """A step of the pyramid; `old` is drawn dark."""

    label: str
    workstations: int
    others: int
    old: bool


@dataclass(frozen=True)
class Support:
    """Systems whose support ends within a delay; `gravity` 4 (ended) to 0, -1 for what is not known."""

    label: str
    count: int
    gravity: int


@dataclass(frozen=True)
class Risk:
    """`chapter` is where it is told in full."""

    words: str
    count: int
    criticality: str
    chapter: str
    numbers: str


@dataclass(frozen=True)
class Synthesis:
    """`recommendations`: each line is its pieces, with whether they are bold."""

    opinion: tuple[str, str, str]
    figures: tuple[tuple[str, str, str], ...]
    ages: tuple[Age, ...]
    ages_note: str
    supports: tuple[Support, ...]
    supports_note: str
    risks: tuple[Risk, ...]
    recommendations: tuple[tuple[tuple[str, bool], ...], ...]


@dataclass(frozen=True)
class Scope:
    """Chapter 1: what the report is for, what it covers, what it leaves out, what it does not establish."""

    purpose: str
    covered: tuple[Pair, ...]
    excluded: tuple[str, ...]
    limits: tuple[str, ...]


@dataclass(frozen=True)
class Reserve:
    subject: str
    nature: str
    words: str
    issuer: str
    lifted_by: date | None = None


@dataclass(frozen=True)
class InventoryReport:
    """`sections`: keys of the optional chapters and annexes that are printed (`sections.OPTIONAL`);
    `site_ids`: the sites chosen, none for all.."""

    company: CompanyCard
    stamp: Stamp
    subtitle: str
    perimeter: str
    redactor: str
    participants: str
    diffusion: str
    provider: str
    scope: Scope
    sites: tuple[SiteSection, ...]
    synthesis: Synthesis
    reserves: tuple[Reserve, ...]
    sections: tuple[str, ...]
    site_ids: tuple[int, ...] = ()
    expertise: Expertise | None = None
    software: Software = field(default_factory=Software)
    safety: Safety = field(default_factory=Safety)
    needs: tuple[NeedGroup, ...] = ()
    lot: Lot | None = None
    plan: tuple[Horizon, ...] = ()
    gaps: Gaps | None = None
    photos: tuple[Photo, ...] = ()
    photos_left: int = 0
    failures: tuple[Failure, ...] = ()
    changes: Changes | None = None

    @property
    def lines(self) -> list[AssetLine]:
        return [line for site in self.sites for family in site.families for line in family.lines]


def worth(values: Iterable[int | None]) -> int | None:
    """The sum of what is known; None when nothing is, which is not zero."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None
