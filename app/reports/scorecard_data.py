"""What the « fiche contrôle entreprise » prints (papers.md 2; domain.md G.2). Notes are out of 5, scores out of 100."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.reports import chart_data
from app.reports.chart_data import Chart, Shape, Unit
from app.reports.identity import CompanyCard, Stamp

BEST_CLASS = 85


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion. `weight` is what it weighs once those not evaluated are left out, as `points` and `note`; None: not
    evaluated."""

    label: str
    facts: str
    source: str
    weight: Decimal | None
    note: Decimal | None
    points: Decimal | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Worked:
    """A prestation: `minutes` of work, its score and class, its own lines."""

    name: str
    minutes: int
    total: Decimal | None
    grade: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A period of the trend; `total` None: no card."""

    label: str
    total: Decimal | None


def trend_chart(trend: Sequence[Step], noun: str) -> Chart:
    """Upright bars from 0 to 100 with the line of class A."""
    return Chart(
        shape=Shape.COLUMNS,
        sentence=f"Note sur 100 sur quatre {noun}",
        labels=tuple(one.label for one in trend),
        series=(chart_data.series("Note", [one.total for one in trend]),),
        unit=Unit.NOTE,
        target=BEST_CLASS,
        target_text="A\u00a0: 85",
        low=0,
        high=100,
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """An action: who, for when, where it stands."""

    label: str
    owner: str
    due: str
    state: str


@dataclass(frozen=True)
class ScorecardSheet:
    """`lines` are the provider's. `by_hours`: its prestations weigh by their hours; equally when none has any.
    `noun` is the length of the periods of the trend, « trimestres »."""

    company: CompanyCard
    stamp: Stamp
    subtitle: str
    issued_on: str
    lines: tuple[Line, ...]
    total: Decimal | None
    mean: Decimal | None
    twenty: Decimal | None
    grade: str
    noun: str
    trend: tuple[Step, ...]
    prestations: tuple[Worked, ...]
    by_hours: bool
    actions: tuple[Decided, ...]
    our_comment: str
    their_comment: str


@dataclass(frozen=True)
class BlankScorecard:
    """To be filled by hand: the criteria and their usual weights."""

    company: CompanyCard
    stamp: Stamp
    criteria: tuple[tuple[str, str, int], ...]
    """Label, rule, weight."""
