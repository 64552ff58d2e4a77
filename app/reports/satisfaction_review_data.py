"""What the « bilan de satisfaction » is made of (domain.md G.3): plain frozen data, for the paper and the workbook.

Shares are in percents (Decimal), means out of 5; None is no data. Nothing here tells of fewer than five persons.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.reports.identity import CompanyCard, Stamp


@dataclass(frozen=True, slots=True)
class Asked:
    """A question answered on a scale. `counts` from 5 down to 1, `none` « sans avis »; `before` is the share of
    satisfied of the survey before, in the same words, and `before_mean` its mean."""

    text: str
    counts: tuple[int, ...]
    none: int
    valid: int
    satisfied: Decimal | None
    mean: Decimal | None
    before: Decimal | None
    before_mean: Decimal | None


@dataclass(frozen=True, slots=True)
class Theme:
    """Questions of satisfaction that go together; `title` empty for those that have no theme."""

    title: str
    asked: tuple[Asked, ...]
    satisfied: Decimal | None
    before: Decimal | None


@dataclass(frozen=True, slots=True)
class Recommends:
    """The NPS: `score` from -100 to 100, without %."""

    text: str
    promoters: int
    passives: int
    detractors: int
    score: int | None
    before: int | None

    @property
    def valid(self) -> int:
        return self.promoters + self.passives + self.detractors


@dataclass(frozen=True, slots=True)
class Part:
    """A service or a site; `themes` in the order of the themes, empty where they cannot be told."""

    name: str
    answers: int
    satisfied: Decimal | None
    themes: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier survey. `satisfied` and `now` are its CSAT and this one's, in percents, over the `same` questions of
    satisfaction that both ask; `score` its NPS, `effort` its mean effort out of 5, where asked in the same words."""

    number: str
    opened_on: date
    answers: int
    rate: Decimal | None
    same: int
    satisfied: Decimal | None
    now: Decimal | None
    score: int | None
    effort: Decimal | None


@dataclass(frozen=True, slots=True)
class Decided:
    """An action: who does what by when, and where it stands in words."""

    label: str
    owner: str
    due_on: date
    told: str


@dataclass(frozen=True)
class SatisfactionReview:
    """`given` answers count in `satisfied`. `themes`, `services`… are empty while `is_hidden`, by fewer than five."""

    company: CompanyCard
    stamp: Stamp
    title: str
    opened_on: date
    closed_on: date | None
    answers: int
    invited: int | None
    rate: Decimal | None
    is_indicative: bool
    is_hidden: bool
    satisfied: Decimal | None
    given: int
    themes: tuple[Theme, ...]
    efforts: tuple[Asked, ...]
    recommends: tuple[Recommends, ...]
    services: tuple[Part, ...]
    sites: tuple[Part, ...]
    past: tuple[Before, ...]
    spoken: tuple[tuple[str, tuple[str, ...]], ...]
    conclusion: str
    actions: tuple[Decided, ...]
