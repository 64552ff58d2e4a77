"""What the replacement plan is made of on paper and in a workbook: plain frozen data (domain.md F.1)."""

from dataclasses import dataclass
from datetime import date

from app.reports.identity import CompanyCard, Stamp


@dataclass(frozen=True, slots=True)
class Line:
    """One asset to replace. `cents` None: not priced; `basis` says where they come from, `decision` what was decided
    of it in words, empty where it is as proposed."""

    number: str
    label: str
    family: str
    site: str
    holder: str
    since: date | None
    year: int
    on: date | None
    why: str
    cents: int | None
    basis: str
    decision: str
    reason: str


@dataclass(frozen=True, slots=True)
class Total:
    """So many assets; `cents` of those that have a budget, None when none has; `unpriced` have none."""

    count: int
    cents: int | None
    unpriced: int


@dataclass(frozen=True, slots=True)
class FamilyTotals:
    family: str
    years: tuple[Total, ...]
    total: Total


@dataclass(frozen=True, slots=True)
class Point:
    """Something to look at: its tone « bad », « warn », « info » or « mute »."""

    tone: str
    title: str
    why: str
    numbers: str


@dataclass(frozen=True)
class ReplacementPlan:
    """`lines` by year then day; `aside` those put off beyond the three years, or kept, whose year is 0. `words`: HT or
    TTC. `inventoried`: how many assets the company has written down."""

    company: CompanyCard
    stamp: Stamp
    years: tuple[int, ...]
    words: str
    lines: tuple[Line, ...]
    by_year: tuple[Total, ...]
    total: Total
    families: tuple[FamilyTotals, ...]
    aside: tuple[Line, ...]
    points: tuple[Point, ...]
    inventoried: int = 0
