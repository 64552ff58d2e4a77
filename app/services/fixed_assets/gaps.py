"""What the register and the physical inventory do not agree on (domain.md E.4; art. L123-12 C. com.).

« À l’actif, mais non trouvé »: a line whose assets left, or were looked for in vain. « Trouvé, mais absent de
l’actif »: what is there, is the company's, cost more than may be expensed, and is on no line. Nothing is mended here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, Subquery, exists, func, or_, select
from sqlalchemy.orm import Session

from app.codes import Code
from app.fields import NBSP, amount, counted, day, joined, listed, lowered, this_day
from app.models import Asset, Campaign, CampaignLine, FixedAsset, InvoiceLine, Licence, Retirement
from app.models.codes import AssetStatus, CampaignResult, CampaignStatus, ExitKind, Finding, Ownership
from app.models.money_codes import FixedKind, Treatment
from app.rules import depreciation
from app.services.fixed_assets.limits import Limits, limits
from app.services.fixed_assets.plan import Method, method, terms

MET = (CampaignResult.FOUND, CampaignResult.UNEXPECTED)
SEEN = (Finding.SEEN, Finding.TOOL)
ALONE = "Aucun bien de l’inventaire ne lui est rattaché."


class GapKind(Code):
    NOT_FOUND = "not_found", "À l’actif, mais non trouvé", "warn", True
    NOT_LISTED = "not_listed", "Trouvé, mais absent de l’actif", "info", True


@dataclass(frozen=True, slots=True)
class Gap:
    """`fixed_asset_id` is the line of the register, `asset_id` the thing; `cents` what remains of the line today, or
    the price of the thing; `why` in words; `on` the day of what tells it. `leaves`: the line is to be taken out."""

    kind: GapKind
    fixed_asset_id: int | None
    asset_id: int | None
    number: str
    label: str
    cents: int
    why: str
    on: date | None
    leaves: bool = False


@dataclass(frozen=True, slots=True)
class _Thing:
    """An asset of a line, and how it left."""

    id: int
    number: str
    retired: bool
    retired_on: date | None
    how: ExitKind | None


@dataclass(frozen=True, slots=True)
class _Looked:
    """The last closed campaign that told of an asset, when it was not found."""

    on: date
    number: str


def gaps(session: Session, today: date | None = None) -> tuple[Gap, ...]:
    """Those of the register first, by number. Nothing is read of what is in order."""
    return (*_not_found(session, today or this_day()), *_not_listed(session))


def count(session: Session, today: date) -> int:
    """How many, without reading those of the assets."""
    unlisted = session.scalar(select(func.count()).select_from(_unlisted(limits(session)).subquery())) or 0
    return unlisted + sum(1 for _ in _not_found(session, today))


def _last_looks() -> Subquery:
    """Asset -> what the last closed campaign that expected or met it says."""
    rank = func.row_number().over(
        partition_by=CampaignLine.asset_id, order_by=(Campaign.closed_on.desc(), CampaignLine.id.desc())
    )
    told = (
        select(CampaignLine.asset_id, CampaignLine.result, Campaign.closed_on, Campaign.number, rank.label("rank"))
        .join(Campaign, Campaign.id == CampaignLine.campaign_id)
        .where(
            Campaign.status == CampaignStatus.CLOSED, Campaign.closed_on.is_not(None), Campaign.deleted_at.is_(None),
            CampaignLine.asset_id.is_not(None), CampaignLine.deleted_at.is_(None),
        )
        .subquery()
    )  # fmt: skip
    return select(told).where(told.c.rank == 1).subquery("looks")


# -- in the register, not found ---------------------------------------------------------------------------------


def _not_found(session: Session, today: date) -> Iterator[Gap]:
    missing, how = _missing(session), method(session)
    doubtful, alone = _doubtful(session, missing), _alone(session)
    things = _things(session, doubtful)
    kept = select(FixedAsset).where(
        FixedAsset.deleted_at.is_(None), FixedAsset.exit_on.is_(None), FixedAsset.id.in_(doubtful | alone)
    )
    for line in session.scalars(kept.order_by(FixedAsset.number)):
        own = things.get(line.id, [])
        gap = _of_line(own, missing) if own else (ALONE, line.acquired_on, False)
        yield _line_gap(line, own, gap, how, today)


def _missing(session: Session) -> dict[int, _Looked]:
    """Assets of a line looked for in vain, and not met since."""
    looks = _last_looks()
    rows = session.execute(
        select(Asset.id, looks.c.closed_on, looks.c.number)
        .join(looks, looks.c.asset_id == Asset.id)
        .where(
            Asset.fixed_asset_id.is_not(None), looks.c.result == CampaignResult.MISSING,
            or_(Asset.seen_on.is_(None), Asset.seen_on <= looks.c.closed_on),
        )
    )  # fmt: skip
    return {row.id: _Looked(row.closed_on, row.number) for row in rows}


def _doubtful(session: Session, missing: Collection[int]) -> set[int]:
    """Lines of which a thing left or was not found."""
    why = or_(Asset.status == AssetStatus.RETIRED, Asset.id.in_(missing))
    lines = select(Asset.fixed_asset_id).where(Asset.fixed_asset_id.is_not(None), Asset.deleted_at.is_(None), why)
    return {line for line in session.scalars(lines.distinct()) if line is not None}


def _alone(session: Session) -> set[int]:
    """Lines of equipment made of nothing that is known."""
    parts = [
        exists().where(model.fixed_asset_id == FixedAsset.id, model.deleted_at.is_(None))
        for model in (Asset, Licence, InvoiceLine)
    ]
    return set(session.scalars(select(FixedAsset.id).where(FixedAsset.kind == FixedKind.HARDWARE, ~or_(*parts))))


def _things(session: Session, lines: Collection[int]) -> dict[int, list[_Thing]]:
    rows = session.execute(
        select(
            Asset.fixed_asset_id, Asset.id, Asset.number, Asset.status, Asset.retired_on, Retirement.kind
        )
        .outerjoin(Retirement, (Retirement.asset_id == Asset.id) & Retirement.deleted_at.is_(None))
        .where(Asset.fixed_asset_id.in_(lines), Asset.deleted_at.is_(None))
        .order_by(Asset.number)
    )  # fmt: skip
    found: dict[int, list[_Thing]] = defaultdict(list)
    for row in rows:
        gone = row.status == AssetStatus.RETIRED
        found[row.fixed_asset_id].append(_Thing(row.id, row.number, gone, row.retired_on, row.kind))
    return found


def _of_line(own: Sequence[_Thing], missing: Mapping[int, _Looked]) -> tuple[str, date | None, bool]:
    """Why, since when, and whether the whole line is to be taken out."""
    gone = [one for one in own if one.retired]
    if gone:
        whole = len(gone) == len(own)
        return _left(gone, len(own)), max((one.retired_on for one in gone if one.retired_on), default=None), whole
    lost = [one for one in own if one.id in missing]
    told = missing[lost[0].id]
    several = f"{listed([one.number for one in lost], 3)}\u00a0: " if len(own) > 1 else ""
    word = "non trouvé" if several else "Non trouvé"
    return f"{several}{word} à l’inventaire {told.number}, clos le {day(told.on)}.", told.on, False


def _left(gone: Sequence[_Thing], of: int) -> str:
    last = max(gone, key=lambda one: one.retired_on or date.min)
    how = f"{NBSP}: {lowered(last.how.label)}" if last.how else ""
    when = f" le {day(last.retired_on)}" if last.retired_on else ""
    if len(gone) == of:
        return f"Sorti du parc{when}{how}."
    names = listed([one.number for one in gone], 3)
    return (
        f"{names}\u00a0: sorti{'s' if len(gone) > 1 else ''} du parc{when}, sur un ensemble de {counted(of, 'bien')}."
    )


def _line_gap(
    line: FixedAsset, own: Sequence[_Thing], gap: tuple[str, date | None, bool], how: Method, today: date
) -> Gap:
    why, on, leaves = gap
    left = line.cost - depreciation.accumulated(terms(line, how), today)
    asset = own[0].id if own else None
    return Gap(GapKind.NOT_FOUND, line.id, asset, line.number, line.label, left, why, on, leaves)


# -- found, not in the register ---------------------------------------------------------------------------------


def _not_listed(session: Session) -> Iterator[Gap]:
    bounds = limits(session)
    for asset in session.execute(_unlisted(bounds)):
        label = joined(asset.brand, asset.model) or asset.name or ""
        on = asset.closed_on if asset.result in MET else asset.seen_on
        why = _why(asset.treatment, bounds)
        yield Gap(GapKind.NOT_LISTED, None, asset.id, asset.number, label, asset.price or 0, why, on)


def _unlisted(bounds: Limits) -> Select[*tuple[Any, ...]]:
    """Met, owned, in the company, on no line still in the register, and above the limit or said to be capitalised."""
    looks = _last_looks()
    there = select(FixedAsset.id).where(FixedAsset.deleted_at.is_(None), FixedAsset.exit_on.is_(None))
    said = Asset.treatment == Treatment.CAPITALISED
    return (
        select(
            Asset.id, Asset.number, Asset.name, Asset.brand, Asset.model, Asset.price, Asset.treatment, Asset.seen_on,
            looks.c.result, looks.c.closed_on,
        )
        .outerjoin(looks, looks.c.asset_id == Asset.id)
        .where(
            Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED, Asset.ownership == Ownership.OWNED,
            or_(Asset.fixed_asset_id.is_(None), Asset.fixed_asset_id.not_in(there)),
            or_(said, Asset.price > bounds.net),
            or_(looks.c.result.in_(MET), Asset.finding.in_(SEEN)),
        )
        .order_by(Asset.number)
    )  # fmt: skip


def _why(treatment: Treatment, bounds: Limits) -> str:
    if treatment == Treatment.CAPITALISED:
        return "Dit immobilisé sur sa fiche, mais sur aucune ligne du registre."
    if treatment == Treatment.EXPENSED:
        return f"Passé en charge, alors qu’il dépasse {amount(bounds.limit)}."
    return f"Plus de {amount(bounds.limit)}, et rien n’est décidé."
