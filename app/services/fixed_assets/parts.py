"""A part of a set leaves: its share becomes a line of its own, which can then be taken out (domain.md E.2, E.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.accounting import FIXED_ASSET
from app.errors import Refused
from app.fields import joined, listed
from app.models import Asset, FixedAsset
from app.models.codes import AssetStatus
from app.rules.capitalise import share
from app.services import records
from app.services.fixed_assets.plan import found

SAME = ("kind", "supplier", "invoice_id", "invoice_number", "acquired_on", "starts_on", "life_months", "account")
SHARED = ("cost", "vat", "residual")
WHOLE = "Cette immobilisation n’est pas un ensemble dont une partie est sortie."


@dataclass(frozen=True, slots=True)
class Left:
    """Of the things of a set: the numbers of those that left, and how many there are. `told` says it."""

    gone: tuple[str, ...]
    of: int

    @property
    def told(self) -> str:
        return f"{listed(self.gone, 3)}, sur {self.of}"


def left(session: Session, fixed_asset_id: int) -> Left | None:
    """What left of a line still in the register; None when all is there, or all is gone."""
    line = found(session, fixed_asset_id)
    own = _things(session, line)
    gone = tuple(one.number for one in own if _is_gone(one))
    return Left(gone, len(own)) if line.exit_on is None and 0 < len(gone) < len(own) else None


def split(session: Session, fixed_asset_id: int) -> int:
    """Give what left a line of its own, with its share of the cost by the prices; the two make the first to the cent.
    Gives the id of the new line. Refused when there is nothing to part."""
    line = found(session, fixed_asset_id)
    if left(session, fixed_asset_id) is None:
        raise Refused(WHOLE)
    own = _things(session, line)
    gone = [one for one in own if _is_gone(one)]
    taken = {name: _share(getattr(line, name), gone, own) for name in SHARED}
    kept = {name: getattr(line, name) for name in SAME}
    label = joined(line.label, f"({listed([one.number for one in gone], 3)})")[:200]
    made = records.create(session, FIXED_ASSET, {**kept, **taken, "label": label})
    rest = {name: getattr(line, name) - cents for name, cents in taken.items() if cents is not None}
    records.update(session, FIXED_ASSET, line.id, rest)
    for one in gone:
        one.fixed_asset_id = made
    session.flush()
    return made


def _things(session: Session, line: FixedAsset) -> Sequence[Asset]:
    wanted = select(Asset).where(Asset.fixed_asset_id == line.id, Asset.deleted_at.is_(None))
    return session.scalars(wanted.order_by(Asset.number)).all()


def _is_gone(asset: Asset) -> bool:
    return asset.status == AssetStatus.RETIRED


def _share(cents: int | None, gone: Sequence[Any], own: Sequence[Any]) -> int | None:
    """By the prices; by the number of things where one has no price."""
    if cents is None:
        return None
    if all(one.price for one in own):
        return share(cents, sum(one.price for one in gone), sum(one.price for one in own))
    return share(cents, len(gone), len(own))
