"""The lot of an expertise: its counts, its feasibility, what is left to assess, its closing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.entities.expertises import EXPERTISE
from app.errors import NotFound, Refused
from app.fields import counted, listed
from app.models import Asset, Expertise, ExpertiseSheet, Site
from app.models.codes import ExpertiseStatus, SheetState, Verdict
from app.rules import expertise as rules
from app.rules.expertise import Feasibility, Limits
from app.services import preferences, records
from app.services.expertises import words
from app.services.expertises.sheets import ASKED, found, notes_of
from app.services.expertises.words import Told

REPAIRED = (Verdict.B, Verdict.C)
"""Whose repair is the « mise à niveau » of the lot."""


@dataclass(frozen=True, slots=True)
class Summary:
    """`counts` by final verdict, A to E; `repair` the cost of B and C in cents; `better` and `worse`: assets whose
    verdict moved since their last expertise; `doubtful`: those whose end of support is to be checked."""

    number: str
    title: str
    held_on: date
    status: ExpertiseStatus
    total: int
    done: int
    counts: dict[str, int]
    repair: int
    better: int
    worse: int
    doubtful: int
    feasibility: Feasibility
    told: Told


@dataclass(frozen=True, slots=True)
class Stop:
    """One asset on the way of who assesses: sites, then rooms, then numbers."""

    sheet_id: int
    number: str
    done: bool


def limits(session: Session) -> Limits:
    """The thresholds of the company's own."""
    percents = (
        preferences.get(session, "expertise_good_share"),
        preferences.get(session, "expertise_good_ratio"),
        preferences.get(session, "expertise_bad_share"),
        preferences.get(session, "expertise_bad_ratio"),
    )
    return Limits(*(Decimal(percent) / 100 for percent in percents))


def lot(session: Session, expertise_id: int) -> Expertise:
    expertise = session.get(Expertise, expertise_id)
    if expertise is None or expertise.deleted_at is not None:
        raise NotFound("Cette expertise n’existe plus.")
    return expertise


@dataclass(frozen=True, slots=True)
class _Group:
    """The sheets of one verdict that had one verdict before."""

    verdict: Verdict | None
    before: Verdict | None
    count: int
    repair: int
    value: int
    unpriced: int
    doubtful: int

    @property
    def letter(self) -> str:
        return self.verdict.value if self.verdict else ""

    @property
    def move(self) -> str:
        """« better », « worse », or nothing."""
        if not self.verdict or not self.before or self.verdict == self.before:
            return ""
        return "better" if self.verdict < self.before else "worse"


def _groups(session: Session, expertise_id: int) -> list[_Group]:
    sheet = ExpertiseSheet
    rows: Any = session.execute(
        select(
            sheet.final_verdict,
            sheet.previous_verdict,
            func.count(),
            func.coalesce(func.sum(sheet.repair_cost), 0),
            func.coalesce(func.sum(sheet.replacement_value), 0),
            func.count().filter(func.coalesce(sheet.replacement_value, 0) == 0),
            func.count().filter(sheet.support_unknown.is_(True)),
        )
        .where(sheet.expertise_id == expertise_id, sheet.deleted_at.is_(None))
        .group_by(sheet.final_verdict, sheet.previous_verdict)
    )
    return [_Group(*row) for row in rows]


def summary(session: Session, expertise_id: int) -> Summary:
    expertise = lot(session, expertise_id)
    groups = _groups(session, expertise_id)
    judged = [group for group in groups if group.verdict]
    kept = [group for group in judged if group.letter in rules.KEPT]
    counts = {v.value: sum(group.count for group in judged if group.verdict == v) for v in Verdict}
    total, done = (sum(group.count for group in some) for some in (groups, judged))
    left = 0 if expertise.status == ExpertiseStatus.CLOSED else total - done
    value, unpriced = sum(group.value for group in kept), sum(group.unpriced for group in kept)
    feasible, told = opinion(session, counts, expertise.annual_price, value, unpriced=unpriced, left=left)
    return Summary(
        number=expertise.number,
        title=expertise.title,
        held_on=expertise.held_on,
        status=expertise.status,
        total=total,
        done=done,
        counts=counts,
        repair=sum(group.repair for group in judged if group.verdict in REPAIRED),
        better=sum(group.count for group in judged if group.move == "better"),
        worse=sum(group.count for group in judged if group.move == "worse"),
        doubtful=sum(group.doubtful for group in judged),
        feasibility=feasible,
        told=told,
    )


def opinion(
    session: Session, counts: Mapping[str, int], price: int | None, value: int, *, unpriced: int, left: int
) -> tuple[Feasibility, Told]:
    """The feasibility and its words; no ratio nor opinion while assets are `left` to assess."""
    bounds = limits(session)
    found = rules.feasibility(counts, price, value or None, bounds)
    if left:
        found = replace(found, ratio=None, opinion=None)
    return found, words.feasibility(found, bounds, unpriced, left)


def way(session: Session, expertise_id: int) -> list[Stop]:
    """The sheets in the order of a walk."""
    rows = session.execute(
        select(ExpertiseSheet.id, Asset.number, ExpertiseSheet.state)
        .join(Asset, Asset.id == ExpertiseSheet.asset_id)
        .outerjoin(Site, Site.id == Asset.site_id)
        .where(ExpertiseSheet.expertise_id == expertise_id, ExpertiseSheet.deleted_at.is_(None))
        .order_by(func.fold(Site.name).nulls_last(), func.fold(Asset.room).nulls_last(), Asset.number)
    )
    return [Stop(sheet_id, number, state == SheetState.DONE) for sheet_id, number, state in rows]


@dataclass(frozen=True, slots=True)
class Twin:
    """The asset of the same model that was assessed last, and its answers to what nobody else can tell."""

    number: str
    notes: dict[str, int]
    repair_cost: int | None


def twin(session: Session, sheet_id: int) -> Twin | None:
    """What can be taken again from the asset of the same maker and model, in the same expertise."""
    own = found(session, sheet_id)
    asset = session.get_one(Asset, own.asset_id)
    if not asset.model:
        return None
    row = session.execute(
        select(ExpertiseSheet, Asset.number)
        .join(Asset, Asset.id == ExpertiseSheet.asset_id)
        .where(
            ExpertiseSheet.expertise_id == own.expertise_id,
            ExpertiseSheet.deleted_at.is_(None),
            ExpertiseSheet.state == SheetState.DONE,
            ExpertiseSheet.id != sheet_id,
            Asset.model == asset.model,
            Asset.brand.is_not_distinct_from(asset.brand),
        )
        .order_by(ExpertiseSheet.assessed_at.desc(), ExpertiseSheet.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    sheet, number = row
    notes = notes_of(sheet)
    return Twin(number, {name: getattr(notes, name) for name in ASKED}, sheet.repair_cost)


def unassessed(session: Session, expertise_id: int) -> list[str]:
    """The numbers of the assets that have no verdict yet."""
    return [stop.number for stop in way(session, expertise_id) if not stop.done]


def close(session: Session, expertise_id: int, *, anyway: bool = False) -> None:
    """Nothing changes after. Refused while an asset has no verdict, unless `anyway`: they are then its reserves."""
    expertise = lot(session, expertise_id)
    left = unassessed(session, expertise_id)
    if left and not anyway:
        raise Refused(left_told(left))
    records.update(session, EXPERTISE, expertise.id, {"status": ExpertiseStatus.CLOSED})


def reopen(session: Session, expertise_id: int) -> None:
    records.update(session, EXPERTISE, lot(session, expertise_id).id, {"status": ExpertiseStatus.OPEN})


def left_told(left: Sequence[str]) -> str:
    """« 3 biens n’ont pas de verdict : PC-0012, PC-0018 et PC-0030. »."""
    have = "n’ont" if len(left) > 1 else "n’a"
    return f"{counted(len(left), 'bien')} {have} pas encore de verdict\u00a0: {listed(left, 3)}."
