"""What the inventory report is made of (domain.md A.7): plain frozen data, gathered by services.documents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.reports.identity import CompanyCard, Stamp


@dataclass(frozen=True, slots=True)
class AssetLine:
    """One asset of the register; `value` in cents, `verdict` A to E or None when there was no expertise."""

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
    words: str
    count: int
    criticality: str
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
class Reserve:
    subject: str
    nature: str
    words: str
    issuer: str
    lifted_by: date | None = None


@dataclass(frozen=True)
class InventoryReport:
    company: CompanyCard
    stamp: Stamp
    subtitle: str
    perimeter: str
    redactor: str
    provider: str
    sites: tuple[SiteSection, ...]
    synthesis: Synthesis
    reserves: tuple[Reserve, ...]

    @property
    def lines(self) -> list[AssetLine]:
        return [line for site in self.sites for family in site.families for line in family.lines]


def worth(values: Iterable[int | None]) -> int | None:
    """The sum of what is known; None when nothing is, which is not zero."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None
