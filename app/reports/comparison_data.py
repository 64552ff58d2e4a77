"""What the comparison of offers is made of: plain frozen data, gathered by services.consultation_comparison."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.reports.identity import CompanyCard, Stamp


@dataclass(frozen=True, slots=True)
class Weighed:
    """A criterion, `weight` in percent; `computed` when its note comes from the totals."""

    label: str
    weight: int
    computed: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of the price grid, its quantity in words."""

    label: str
    unit: str
    quantity: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The unit price and the amount of a line, in cents HT, None when not answered."""

    price: int | None
    amount: int | None
    remark: str


@dataclass(frozen=True, slots=True)
class ComparedOffer:
    """`notes` and `evidence` in the order of the criteria, `answers` in that of the grid. `score` and `rank` are empty
    for an incomplete offer, which `lacks` explains."""

    provider: str
    reference: str
    received_on: date | None
    valid_until: date | None
    status: str
    firm: int | None
    options: int | None
    notes: tuple[Decimal | None, ...]
    evidence: tuple[str, ...]
    answers: tuple[Answer, ...]
    score: Decimal | None
    rank: str
    strengths: str
    reserves: str
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogLine:
    """A point of the negotiation, all in words; `deviation` in percent."""

    subject: str
    provider: str
    point: str
    asked: str
    threshold: str
    offered: str
    obtained: str
    deviation: str
    state: str
    decision: str
    clause: str
    noted_on: date | None


@dataclass(frozen=True)
class OfferComparison:
    """`words` tell the ranking, `silent` those who gave no offer; `chosen` and `reason` are empty before the choice."""

    company: CompanyCard
    stamp: Stamp
    subject: str
    criteria: tuple[Weighed, ...]
    lines: tuple[Asked, ...]
    offers: tuple[ComparedOffer, ...]
    silent: tuple[str, ...]
    warning: str
    words: tuple[str, ...]
    log: tuple[LogLine, ...]
    chosen: str
    reason: str
