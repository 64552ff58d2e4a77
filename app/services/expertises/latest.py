"""The state of expertise as papers tell it: for each asset its last sheet with a verdict, and the lot they make."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Asset, Expertise, ExpertiseSheet, Provider
from app.models.codes import AssetStatus, ExpertiseStatus, SheetState, Verdict
from app.rules import expertise as rules
from app.rules.expertise import Feasibility
from app.services.expertises.assessed import Assessed, Pair, as_told, sheets_judged
from app.services.expertises.lot import opinion
from app.services.expertises.words import Told


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
    rows = tuple(as_told(session, _pairs(session, at)))
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


def _pairs(session: Session, at: date) -> list[Pair]:
    """The last row of each asset still there."""
    found: dict[int, Pair] = {}
    there = Asset.deleted_at.is_(None) & (Asset.status != AssetStatus.RETIRED)
    for row in session.execute(sheets_judged().where(Expertise.held_on <= at, there)):
        before = found.get(row.asset_id)
        found[row.asset_id] = (row, before[0] if before else None)
    return list(found.values())


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
