"""Judging and deciding: targets, what the manager says of a period, scorecards of providers, the replacement plan
(domain.md B, F.1, G.2).

What can be counted is never kept here: only what a person chose, noted, explained or decided.
"""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record, code, day, ref, within
from app.models.contract_codes import ActionState
from app.models.judgement_codes import Grade, Promise, ReplacementChoice, ScorecardStatus


class Objective(Record, Base):
    """What the company wants, that indicators serve: « Ne jamais arrêter l’atelier »."""

    __tablename__ = "objective"
    __title__ = ("title",)
    __searched__ = ("title", "notes")

    title: Mapped[str]
    notes: Mapped[str | None]


class IndicatorTarget(Record, Base):
    """The target of an indicator from a day on, for one contract or for all. `value` is in the unit of the indicator:
    minutes, hundredths of a percent, hundredths of a note, or a count; None takes an earlier target away."""

    __tablename__ = "indicator_target"
    __title__ = ("indicator",)

    indicator: Mapped[str]
    contract_id: Mapped[int | None] = ref("contract")
    starts_on: Mapped[date | None] = day()
    value: Mapped[int | None]
    objective_id: Mapped[int | None] = ref("objective")
    reason: Mapped[str | None]


class IndicatorNote(Record, Base):
    """What the manager says of an indicator over a period: a cause known, a month that does not compare."""

    __tablename__ = "indicator_note"
    __title__ = ("text",)
    __searched__ = ("text",)

    indicator: Mapped[str]
    starts_on: Mapped[date] = day()
    ends_on: Mapped[date] = day()
    contract_id: Mapped[int | None] = ref("contract")
    text: Mapped[str]
    written_on: Mapped[date] = day()
    author: Mapped[str | None]


class BreachNote(Record, Base):
    """Why a promise was missed, what the provider explained, and what was decided of it."""

    __tablename__ = "breach_note"
    __title__ = ("cause",)
    __searched__ = ("cause", "explanation", "decision")

    ticket_id: Mapped[int] = ref("ticket")
    promise: Mapped[Promise] = code(Promise)
    cause: Mapped[str | None]
    explanation: Mapped[str | None]
    explained_on: Mapped[date | None] = day()
    decision: Mapped[str | None]
    decided_by: Mapped[str | None]
    decided_on: Mapped[date | None] = day()

    __table_args__ = (UniqueConstraint("ticket_id", "promise"),)


class PeriodReview(Record, Base):
    """What a person adds to the periodic report: the two lines to remember, and what is to be decided."""

    __tablename__ = "period_review"
    __title__ = ("number",)
    __searched__ = ("number", "takeaways", "decisions")

    number: Mapped[str] = mapped_column(unique=True)
    starts_on: Mapped[date] = day()
    ends_on: Mapped[date] = day()
    contract_id: Mapped[int | None] = ref("contract")
    takeaways: Mapped[str | None]
    decisions: Mapped[str | None]


class Scorecard(Record, Base):
    """The « fiche contrôle entreprise » of a provider over a period (G.2). `score` in tenths of a point out of 100, and
    `grade`, are those of the card once issued: a draft is worked out again each time."""

    __tablename__ = "scorecard"
    __title__ = ("number",)
    __searched__ = ("number", "our_comment", "their_comment")

    number: Mapped[str] = mapped_column(unique=True)
    provider_id: Mapped[int] = ref("provider")
    starts_on: Mapped[date] = day()
    ends_on: Mapped[date] = day()
    status: Mapped[ScorecardStatus] = code(ScorecardStatus, default=ScorecardStatus.DRAFT)
    score: Mapped[int | None]
    grade: Mapped[Grade | None] = code(Grade)
    our_comment: Mapped[str | None]
    their_comment: Mapped[str | None]
    notes: Mapped[str | None]


class ScorecardNote(Record, Base):
    """One criterion of a scorecard, of one contract (a « prestation »); without contract, the weight that this card
    gives to the criterion.

    `weight` in percents, `proposed` (from the facts) and `note` (retained) in hundredths from 0 to 500; `note` None:
    the proposed one holds; both None: not evaluated. Once issued, `facts` keeps what was counted then, and `minutes`
    the work of the prestation by which the provider is weighted.
    """

    __tablename__ = "scorecard_note"
    __title__ = ("criterion",)

    scorecard_id: Mapped[int] = ref("scorecard")
    contract_id: Mapped[int | None] = ref("contract")
    criterion: Mapped[str]
    weight: Mapped[int | None]
    proposed: Mapped[int | None]
    note: Mapped[int | None]
    reason: Mapped[str | None]
    facts: Mapped[str | None]
    minutes: Mapped[int | None]

    __table_args__ = (
        UniqueConstraint("scorecard_id", "contract_id", "criterion"),
        within("weight", 0, 100),
        within("proposed", 0, 500),
        within("note", 0, 500),
    )


class Improvement(Record, Base):
    """Who does what by when, decided by a periodic report, a scorecard or a survey."""

    __tablename__ = "improvement"
    __title__ = ("label",)
    __searched__ = ("label", "owner")

    review_id: Mapped[int | None] = ref("period_review")
    scorecard_id: Mapped[int | None] = ref("scorecard")
    survey_id: Mapped[int | None] = ref("satisfaction_survey")
    label: Mapped[str]
    owner: Mapped[str]
    due_on: Mapped[date] = day()
    state: Mapped[ActionState] = code(ActionState, default=ActionState.TO_DO)
    done_on: Mapped[date | None] = day()
    outcome: Mapped[str | None]


class Replacement(Record, Base):
    """What was decided of one asset in the replacement plan: the year, the budget in cents HT, and why."""

    __tablename__ = "replacement"
    __title__ = ("reason",)

    asset_id: Mapped[int] = ref("asset")
    choice: Mapped[ReplacementChoice] = code(ReplacementChoice, default=ReplacementChoice.REPLACE)
    year: Mapped[int | None]
    amount: Mapped[int | None]
    reason: Mapped[str | None]
    decided_on: Mapped[date | None] = day()

    __table_args__ = (UniqueConstraint("asset_id"),)
