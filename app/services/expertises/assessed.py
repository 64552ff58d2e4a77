"""A sheet with its verdict, in plain frozen values: as papers and panes tell it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from app.models import Asset, Expertise, ExpertiseSheet
from app.models.codes import Finding, SheetState, Verdict
from app.rules import expertise as rules
from app.services.expertises import words
from app.services.expertises.facts import Known, known
from app.services.expertises.sheets import notes_of
from app.services.expertises.words import SCALES


@dataclass(frozen=True, slots=True)
class Criterion:
    """`finding` is the « constat » in a few words; `points` what it brings to the score."""

    key: str
    label: str
    finding: str
    note: int
    weight: int
    points: Decimal


@dataclass(frozen=True, slots=True)
class Before:
    """The last sheet but this one."""

    verdict: Verdict
    score: Decimal


@dataclass(frozen=True, slots=True)
class Assessed:
    """One asset. Amounts in cents HT; R and M are `repair_ratio` and `maintenance_ratio`, from 0.

    `verdict` is the one that holds; `ruled` that of the rule, another one when the expert gave his own with `reason`.
    """

    asset_id: int
    sheet_id: int
    expertise_id: int
    expertise: str
    held_on: date
    criteria: tuple[Criterion, ...]
    score: Decimal
    repair_ratio: Decimal
    maintenance_ratio: Decimal
    verdict: Verdict
    words: str
    ruled: Verdict
    rule: str
    reason: str | None
    support_unknown: bool
    observations: str | None
    action: str | None
    renew_on: date | None
    repair_cost: int
    replacement_value: int | None
    maintenance_cost: int
    finding: Finding | None
    seen_on: date | None
    before: Before | None


Pair = tuple[Any, Any]
"""A row of _statement, and that of the same asset before it, if any."""


def sheets_judged() -> Select[Any]:
    """Sheets with a verdict, the oldest first, with the number and day of their expertise."""
    return (
        select(*ExpertiseSheet.__table__.c, Expertise.number.label("expertise"), Expertise.held_on)
        .join(Expertise, Expertise.id == ExpertiseSheet.expertise_id)
        .join(Asset, Asset.id == ExpertiseSheet.asset_id)
        .where(
            ExpertiseSheet.deleted_at.is_(None),
            Expertise.deleted_at.is_(None),
            ExpertiseSheet.state == SheetState.DONE,
        )
        .order_by(Expertise.held_on, Expertise.id)
    )


def as_told(session: Session, pairs: Sequence[Pair], only: ColumnElement[bool] | None = None) -> list[Assessed]:
    facts: dict[tuple[int, int], Known] = {}
    for number, on in {(row.expertise_id, row.held_on) for row, _ in pairs}:
        sheets = select(ExpertiseSheet.asset_id).where(ExpertiseSheet.expertise_id == number)
        which = Asset.id.in_(sheets) if only is None else only
        facts |= {(of.asset_id, number): of for of in known(session, on, which)}
    return [_row(row, before, facts[row.asset_id, row.expertise_id]) for row, before in pairs]


def _row(row: Any, before: Any, of: Known) -> Assessed:
    verdict = row.final_verdict
    return Assessed(
        asset_id=row.asset_id,
        sheet_id=row.id,
        expertise_id=row.expertise_id,
        expertise=row.expertise,
        held_on=row.held_on,
        criteria=_criteria(row, of),
        score=score_of(row.score_hundredths),
        repair_ratio=rules.cost_ratio(row.repair_cost, row.replacement_value) or Decimal(0),
        maintenance_ratio=rules.cost_ratio(row.maintenance_cost, row.replacement_value) or Decimal(0),
        verdict=verdict,
        words=words.VERDICTS[verdict],
        ruled=row.verdict,
        rule=row.rule,
        reason=row.override_reason,
        support_unknown=row.support_unknown,
        observations=row.observations,
        action=row.action,
        renew_on=row.renew_on,
        repair_cost=row.repair_cost,
        replacement_value=row.replacement_value,
        maintenance_cost=row.maintenance_cost,
        finding=row.finding,
        seen_on=row.seen_on,
        before=Before(before.final_verdict, score_of(before.score_hundredths)) if before else None,
    )


def score_of(hundredths: int) -> Decimal:
    return Decimal(hundredths) / 100


def _criteria(row: Any, of: Known) -> tuple[Criterion, ...]:
    notes, live = notes_of(row), of.notes
    return tuple(
        Criterion(
            scale.key,
            scale.label,
            words.finding(scale.key, note, of if getattr(live, scale.key) == note else None),
            note,
            scale.weight,
            rules.points(scale.key, note),
        )
        for scale in SCALES
        for note in (getattr(notes, scale.key),)
    )
