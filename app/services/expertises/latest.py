"""The state of expertise as papers tell it: for each asset its last sheet with a verdict, in plain frozen values."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from app.models import Asset, Expertise, ExpertiseSheet, Provider
from app.models.codes import AssetStatus, ExpertiseStatus, Finding, SheetState, Verdict
from app.rules import expertise as rules
from app.rules.expertise import Feasibility
from app.services.expertises import words
from app.services.expertises.facts import Known, known
from app.services.expertises.lot import opinion
from app.services.expertises.sheets import notes_of
from app.services.expertises.words import SCALES, Told


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


@dataclass(frozen=True, slots=True)
class Lot:
    """All that the expertises held by a day tell of the assets still in the company.

    `number` to `closed` are of the last expertise; `reserves` the numbers of the assets of an expertise that none of
    them judged; `repair` the cost of B and C; `value` of replacement of A, B and C. An empty lot has no number.
    """

    number: str
    title: str
    held_on: date | None
    expert: str
    provider: str
    closed: bool
    rows: tuple[Assessed, ...]
    reserves: tuple[str, ...]
    counts: dict[str, int]
    repair: int
    value: int
    annual_price: int | None
    feasibility: Feasibility
    told: Told

    @property
    def by_asset(self) -> dict[int, Assessed]:
        return {row.asset_id: row for row in self.rows}


def latest(session: Session, at: date) -> Lot:
    """The verdicts known on that day, one per asset, with the feasibility of the whole."""
    rows = tuple(_told(session, _pairs(session, at)))
    counts = {verdict.value: sum(row.verdict == verdict for row in rows) for verdict in Verdict}
    kept = [row for row in rows if row.verdict.value in rules.KEPT]
    value = sum(row.replacement_value or 0 for row in kept)
    last, provider, price = _last(session, at)
    closed = last is not None and last.status == ExpertiseStatus.CLOSED
    reserves = _unjudged(session, at, {row.asset_id for row in rows})
    unpriced = sum(not row.replacement_value for row in kept)
    feasible, told = opinion(session, counts, price, value, unpriced=unpriced, left=0 if closed else len(reserves))
    return Lot(
        number=last.number if last else "",
        title=last.title if last else "",
        held_on=last.held_on if last else None,
        expert=(last.expert or "") if last else "",
        provider=provider,
        closed=closed,
        rows=rows,
        reserves=reserves,
        counts=counts,
        repair=sum(row.repair_cost for row in rows if row.verdict in {Verdict.B, Verdict.C}),
        value=value,
        annual_price=price,
        feasibility=feasible,
        told=told,
    )


def of_asset(session: Session, asset_id: int) -> list[Assessed]:
    """Every sheet of one asset that has a verdict, the newest first."""
    only = Asset.id == asset_id
    rows = session.execute(_statement().where(only)).all()
    pairs = [(row, rows[at - 1] if at else None) for at, row in enumerate(rows)]
    return _told(session, pairs[::-1], only)


@dataclass(frozen=True, slots=True)
class Standing:
    """The last verdict of an asset."""

    sheet_id: int
    held_on: date
    verdict: Verdict
    words: str
    score: Decimal


def standing(session: Session, asset_id: int) -> Standing | None:
    """None while no expertise judged the asset."""
    newest = _statement().where(ExpertiseSheet.asset_id == asset_id).order_by(None)
    row = session.execute(newest.order_by(Expertise.held_on.desc(), Expertise.id.desc()).limit(1)).first()
    if row is None:
        return None
    verdict = row.final_verdict
    return Standing(row.id, row.held_on, verdict, words.VERDICTS[verdict], _score(row.score_hundredths))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sheet of an open expertise that has no verdict yet."""

    sheet_id: int
    expertise: str


def waiting(session: Session, asset_id: int) -> list[Waiting]:
    """What an asset is still to be given in the expertises under way."""
    rows = session.execute(
        select(ExpertiseSheet.id, Expertise.number)
        .join(Expertise, Expertise.id == ExpertiseSheet.expertise_id)
        .where(
            ExpertiseSheet.asset_id == asset_id,
            ExpertiseSheet.deleted_at.is_(None),
            ExpertiseSheet.state != SheetState.DONE,
            Expertise.deleted_at.is_(None),
            Expertise.status == ExpertiseStatus.OPEN,
        )
        .order_by(Expertise.held_on.desc(), Expertise.id.desc())
    )
    return [Waiting(*row) for row in rows]


Pair = tuple[Any, Any]
"""A row of _statement, and that of the same asset before it, if any."""


def _statement() -> Select[Any]:
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


def _pairs(session: Session, at: date) -> list[Pair]:
    """The last row of each asset still there."""
    found: dict[int, Pair] = {}
    there = Asset.deleted_at.is_(None) & (Asset.status != AssetStatus.RETIRED)
    for row in session.execute(_statement().where(Expertise.held_on <= at, there)):
        before = found.get(row.asset_id)
        found[row.asset_id] = (row, before[0] if before else None)
    return list(found.values())


def _told(session: Session, pairs: Sequence[Pair], only: ColumnElement[bool] | None = None) -> list[Assessed]:
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
        score=_score(row.score_hundredths),
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
        before=Before(before.final_verdict, _score(before.score_hundredths)) if before else None,
    )


def _score(hundredths: int) -> Decimal:
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


def _last(session: Session, at: date) -> tuple[Expertise | None, str, int | None]:
    """The last expertise, its provider, and the last price that a lot was judged on."""
    held = (Expertise.deleted_at.is_(None), Expertise.held_on <= at)
    newest = Expertise.held_on.desc(), Expertise.id.desc()
    row = session.execute(
        select(Expertise, Provider.name)
        .outerjoin(Provider, Provider.id == Expertise.provider_id)
        .where(*held)
        .order_by(*newest)
        .limit(1)
    ).first()
    price = session.scalar(
        select(Expertise.annual_price).where(*held, Expertise.annual_price.is_not(None)).order_by(*newest).limit(1)
    )
    return (row[0], row[1] or "", price) if row else (None, "", price)


def _unjudged(session: Session, at: date, judged: Container[int]) -> tuple[str, ...]:
    """The numbers of the assets that were to be assessed, and never were."""
    rows = session.execute(
        select(Asset.id, Asset.number)
        .join(ExpertiseSheet, ExpertiseSheet.asset_id == Asset.id)
        .join(Expertise, Expertise.id == ExpertiseSheet.expertise_id)
        .where(
            ExpertiseSheet.deleted_at.is_(None),
            ExpertiseSheet.state != SheetState.DONE,
            Expertise.deleted_at.is_(None),
            Expertise.held_on <= at,
            Asset.deleted_at.is_(None),
            Asset.status != AssetStatus.RETIRED,
        )
        .distinct()
        .order_by(Asset.number)
    )
    return tuple(number for asset_id, number in rows if asset_id not in judged)
