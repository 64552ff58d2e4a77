"""Opening an expertise: one sheet per asset of the scope, filled in with all that is known, by the thousand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.orm import Session

from app.entities.expertises import EXPERTISE
from app.errors import Refused
from app.jobs import Job, Progress
from app.models import Asset, Contract, CoveredAsset, Expertise, ExpertiseSheet
from app.models.codes import AssetStatus, ExpertiseStatus
from app.services import pricing, records
from app.services.amendments import all_on_day
from app.services.expertises.facts import IN_FORCE, Known, known
from app.services.expertises.sheets import CLOSED, columns_of, first_answers

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Scope:
    """Which of the assets still in the company: of one site, of one family, or all."""

    site_id: int | None = None
    family_id: int | None = None

    def condition(self) -> ColumnElement[bool]:
        found = Asset.deleted_at.is_(None) & (Asset.status != AssetStatus.RETIRED)
        if self.site_id is not None:
            found &= Asset.site_id == self.site_id
        if self.family_id is not None:
            found &= Asset.family_id == self.family_id
        return found


def count(session: Session, scope: Scope) -> int:
    """How many assets the scope holds."""
    return session.scalar(select(func.count()).select_from(Asset).where(scope.condition())) or 0


def yearly_fees(session: Session, on: date) -> int | None:
    """What the contracts in force cost a year, in cents HT: a first price to judge the lot on. None without any."""
    kept = session.scalars(
        select(Contract).where(
            Contract.deleted_at.is_(None), Contract.status.in_(IN_FORCE), Contract.starts_on <= on,
            Contract.id.in_(select(CoveredAsset.contract_id)),
        )
    )  # fmt: skip
    years = pricing.yearly_of(session, all_on_day(session, kept, on), on).values()
    fees = [year.cents for year in years if year.cents is not None]
    return sum(fees) if fees else None


def open_job(session: Session, values: Mapping[str, Any], scope: Scope) -> Job[int]:
    """A new expertise from the fields of its entity, with its sheets; gives its id. Refused when the scope is empty."""
    if not count(session, scope):
        raise Refused("Aucun bien n’entre dans ce périmètre.")
    expertise_id = records.create(session, EXPERTISE, values)
    yield from add_job(session, expertise_id, scope)
    return expertise_id


def add_job(session: Session, expertise_id: int, scope: Scope) -> Job[int]:
    """Sheets for the assets of the scope that have none yet in this expertise; gives how many."""
    expertise = session.get_one(Expertise, expertise_id)
    if expertise.status == ExpertiseStatus.CLOSED:
        raise Refused(CLOSED)
    there = select(ExpertiseSheet.asset_id).where(
        ExpertiseSheet.expertise_id == expertise_id, ExpertiseSheet.deleted_at.is_(None)
    )
    yield Progress(0, 0, "Lecture de ce que l’on sait de chaque bien")
    found = known(session, expertise.held_on, scope.condition() & Asset.id.not_in(there))
    before = previous(session, expertise_id, expertise.held_on)
    for start in range(0, len(found), BATCH):
        some = [_row(expertise_id, of, before) for of in found[start : start + BATCH]]
        session.execute(insert(ExpertiseSheet), some)
        yield Progress(start + len(some), len(found), "Préparation des fiches")
    return len(found)


Before = Mapping[int, tuple[Any, int | None]]
"""By asset: verdict and score in hundredths of its last sheet."""


def _row(expertise_id: int, of: Known, before: Before) -> dict[str, Any]:
    verdict, hundredths = before.get(of.asset_id, (None, None))
    return {
        "expertise_id": expertise_id,
        "asset_id": of.asset_id,
        **columns_of(first_answers(of)),
        "previous_verdict": verdict,
        "previous_hundredths": hundredths,
    }


def previous(session: Session, expertise_id: int, on: date) -> Before:
    """The last verdict of each asset before this expertise."""
    rows: Sequence[Any] = session.execute(
        select(ExpertiseSheet.asset_id, ExpertiseSheet.final_verdict, ExpertiseSheet.score_hundredths)
        .join(Expertise, Expertise.id == ExpertiseSheet.expertise_id)
        .where(
            ExpertiseSheet.final_verdict.is_not(None),
            ExpertiseSheet.deleted_at.is_(None),
            Expertise.deleted_at.is_(None),
            Expertise.id != expertise_id,
            Expertise.held_on <= on,
        )
        .order_by(Expertise.held_on, Expertise.id)
    ).all()
    return {asset_id: (verdict, hundredths) for asset_id, verdict, hundredths in rows}
