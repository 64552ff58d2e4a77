"""What the plannings of maintenance are made of: plain frozen data, gathered by services.planning_paper."""

from dataclasses import dataclass
from datetime import date

from app.reports.identity import CompanyCard, Stamp

DONE, LATE, MISSED, PLANNED, CANCELLED = "done", "late", "missed", "planned", "cancelled"


@dataclass(frozen=True, slots=True)
class Mark:
    """A visit in a month: its day of the month and where it stands."""

    day: int
    state: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task at a site: how often, by whom, and its visits month by month (twelve)."""

    label: str
    site: str
    rhythm: str
    who: str
    months: tuple[tuple[Mark, ...], ...]


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """The tasks of a contract, or those that the company does itself."""

    title: str
    rows: tuple[TaskRow, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Visits by where they stand; those cancelled are not asked for any more."""

    done: int = 0
    late: int = 0
    missed: int = 0
    planned: int = 0
    cancelled: int = 0

    @property
    def fallen_due(self) -> int:
        return self.done + self.late + self.missed

    @property
    def rate(self) -> float | None:
        """Done in their window ÷ fallen due (domain.md B.2); None when none was due."""
        return self.done / self.fallen_due if self.fallen_due else None

    @property
    def total(self) -> int:
        return self.fallen_due + self.planned


@dataclass(frozen=True)
class YearPlan:
    """`scope` says what it is limited to; `provider` signs beside the company, empty if none does."""

    company: CompanyCard
    stamp: Stamp
    year: int
    scope: str
    provider: str
    counts: Counts
    groups: tuple[TaskGroup, ...]


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit of the month, all in words; `state` as above, `told` in words, with its day or its reason."""

    on: date
    at: str
    number: str
    label: str
    target: str
    site: str
    who: str
    lasts: str
    state: str
    told: str


@dataclass(frozen=True)
class MonthPlan:
    """`month` is its first day."""

    company: CompanyCard
    stamp: Stamp
    month: date
    scope: str
    provider: str
    counts: Counts
    lines: tuple[VisitLine, ...]
