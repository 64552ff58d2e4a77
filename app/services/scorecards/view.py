"""A scorecard whole, as its page and its paper show it: facts, notes, points, class, trend (domain.md G.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.jobs import Job, Progress
from app.models import Contract, Provider, Scorecard, ScorecardNote
from app.models.judgement_codes import ScorecardStatus
from app.rules import scorecard
from app.rules.scorecard import CRITERIA, Counted, Criterion, Noted, Score, Source
from app.services.periodic import when
from app.services.scorecards import notes, prestations
from app.services.scorecards.asked import NOTHING, Fact
from app.services.scorecards.prestations import Prestation
from app.services.spans import Period
from app.storage import Store

TREND = 4


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion of one prestation. `weight` as chosen, in percents; `proposed` is the note of the facts and `note`
    the one that holds, both in hundredths; `counted` what it weighs in the end."""

    criterion: Criterion
    weight: int
    fact: Fact
    note: int | None
    reason: str
    counted: Counted

    @property
    def facts(self) -> str:
        return self.fact.told

    @property
    def proposed(self) -> int | None:
        return self.fact.proposed

    @property
    def is_judged(self) -> bool:
        """A person's note holds."""
        return self.note is not None and self.note != self.proposed

    @property
    def is_asked(self) -> bool:
        """Nothing can measure it, and nobody said what it is worth."""
        return self.note is None and self.weight > 0 and self.criterion.source == Source.JUDGED

    @property
    def source(self) -> Source:
        """What the note comes from in the end."""
        if not self.is_judged:
            return self.criterion.source
        return Source.JUDGED if self.proposed is None else Source.BOTH


@dataclass(frozen=True, slots=True)
class Noting:
    """A prestation noted."""

    contract_id: int
    number: str
    subject: str
    minutes: int
    rows: tuple[CriterionRow, ...]
    score: Score

    @property
    def total(self) -> Decimal | None:
        return self.score.total


@dataclass(frozen=True, slots=True)
class Step:
    """A period of the trend; `total` is None where no card was issued."""

    period: Period
    label: str
    total: Decimal | None


@dataclass(frozen=True, slots=True)
class Card:
    """`score` is the provider's: the prestations weighted by their hours. `trend` ends with this card."""

    id: int
    number: str
    provider_id: int
    provider: str
    period: Period
    is_issued: bool
    weights: Mapping[str, int]
    prestations: tuple[Noting, ...]
    score: Score
    trend: tuple[Step, ...]
    our_comment: str
    their_comment: str

    @property
    def total(self) -> Decimal | None:
        return self.score.total

    @property
    def grade(self) -> str | None:
        return self.score.grade

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.prestations)

    @property
    def asked(self) -> int:
        """How many notes wait for a person."""
        return sum(row.is_asked for one in self.prestations for row in one.rows)

    @property
    def to_improve(self) -> tuple[CriterionRow, ...]:
        """The criteria noted low, the lowest first, each once."""
        low = [
            row
            for one in self.prestations
            for row in one.rows
            if row.note is not None and row.note < scorecard.TO_WATCH
        ]
        found: dict[str, CriterionRow] = {}
        for row in sorted(low, key=lambda row: (row.note or 0, -row.weight)):
            found.setdefault(row.criterion.key, row)
        return tuple(found.values())


def card(session: Session, card_id: int, now: datetime) -> Card:
    """Counted at the moment while it is a draft; as it was issued, once it is."""
    return of_facts(session, card_id, counted(session, card_id, now))


def counted(session: Session, card_id: int, now: datetime) -> list[Prestation]:
    """The facts of a card: seconds of counting in a big file while it is a draft, nothing once it is issued."""
    own = notes.found(session, card_id)
    if own.status == ScorecardStatus.ISSUED:
        return frozen(session, own)
    return prestations.of(session, own.provider_id, own.starts_on, own.ends_on, now)


def counted_job(store: Store, card_id: int, now: datetime) -> Job[list[Prestation]]:
    """The same beside the window; none of a card that was put in the bin meanwhile."""
    yield Progress(0, 0)
    with store.read() as session:
        own = session.get_one(Scorecard, card_id)
        return [] if own.deleted_at is not None else counted(session, card_id, now)


def of_facts(session: Session, card_id: int, facts: Sequence[Prestation]) -> Card:
    """The card of those facts, with the notes, weights and comments of this moment."""
    own = notes.found(session, card_id)
    weights, kept = notes.weights_of(session, card_id), notes.kept_of(session, card_id)
    noted = tuple(_noting(one, weights, kept) for one in facts)
    score = scorecard.combined([(one.minutes, _noted(one.rows)) for one in noted])
    return Card(
        own.id, own.number, own.provider_id, session.get_one(Provider, own.provider_id).name,
        Period(own.starts_on, own.ends_on), own.status == ScorecardStatus.ISSUED, weights, noted, score,
        _trend(session, own, score.total), own.our_comment or "", own.their_comment or "",
    )  # fmt: skip


def _noting(told: Prestation, weights: Mapping[str, int], kept: Mapping[tuple[int, str], ScorecardNote]) -> Noting:
    drafts = []
    for one in CRITERIA:
        fact, note = told.facts.get(one.key, NOTHING), kept.get((told.contract_id, one.key))
        held = fact.proposed if note is None or note.note is None else note.note
        drafts.append((one, fact, held, (note.reason if note else None) or ""))
    score = scorecard.score([Noted(one.key, weights[one.key], held) for one, _, held, _ in drafts])
    rows = tuple(
        CriterionRow(one, weights[one.key], fact, held, reason, counted)
        for (one, fact, held, reason), counted in zip(drafts, score.rows, strict=True)
    )
    return Noting(told.contract_id, told.number, told.subject, told.minutes, rows, score)


def _noted(rows: Sequence[CriterionRow]) -> list[Noted]:
    return [Noted(row.criterion.key, row.weight, row.note) for row in rows]


def _trend(session: Session, own: Scorecard, total: Decimal | None) -> tuple[Step, ...]:
    """The cards issued for the three periods before, and this one."""
    period = Period(own.starts_on, own.ends_on)
    rows = session.execute(
        select(Scorecard.starts_on, Scorecard.ends_on, Scorecard.score).where(
            Scorecard.provider_id == own.provider_id, Scorecard.deleted_at.is_(None),
            Scorecard.status == ScorecardStatus.ISSUED,
        )
    )  # fmt: skip
    known = {Period(row.starts_on, row.ends_on): row.score for row in rows}
    steps = []
    for back in range(TREND - 1, 0, -1):
        before = period.before(back)
        score = known.get(before)
        steps.append(Step(before, when.short(before), None if score is None else Decimal(score) / 10))
    return (*steps, Step(period, when.short(period), total))


def frozen(session: Session, own: Scorecard) -> list[Prestation]:
    """The prestations of an issued card, as they were counted."""
    kept = notes.kept_of(session, own.id)
    wanted = {contract for contract, _ in kept}
    contracts = session.scalars(select(Contract).where(Contract.id.in_(wanted)).order_by(Contract.number))
    return [
        Prestation(
            one.id, one.number, one.subject,
            max((note.minutes or 0 for (contract, _), note in kept.items() if contract == one.id), default=0),
            {key: Fact(note.facts or "", note.proposed)
             for (contract, key), note in kept.items() if contract == one.id},
        )
        for one in contracts
    ]  # fmt: skip
