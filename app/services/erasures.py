"""What is already known of an erasure before it is noted: the disk of the asset, and what it holds (domain.md F.3)."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Asset, Component, Erasure, Family
from app.models.codes import ComponentKind, MediumKind, Sensitivity
from app.rules import leaving

HELD = {True: Sensitivity.PERSONAL, False: Sensitivity.ORDINARY}
_HANDHELD = {"smartphone", "tablet"}
"""Drawings of the families whose memory cannot be taken out."""


def begin(session: Session, asset_id: int, today: date) -> dict[str, Any]:
    """Values of an Erasure to propose for an asset: its first disk that no erasure names, and its data."""
    asset = session.get_one(Asset, asset_id)
    found: dict[str, Any] = {"asset_id": asset_id, "done_on": today}
    if asset.personal_data is not None:
        found["sensitivity"] = HELD[asset.personal_data]
    disk = _disk(session, asset_id)
    medium = _medium(session, asset, disk)
    capacity = disk.size if disk else f"{asset.disk_gb}\u00a0Go" if asset.disk_gb else None
    told = {"medium": medium, "medium_serial": disk.serial if disk else None, "capacity": capacity}
    return found | {name: value for name, value in told.items() if value is not None}


def _disk(session: Session, asset_id: int) -> Component | None:
    """Of several disks, the first whose serial number is on no erasure of the asset."""
    disks = session.scalars(
        select(Component)
        .where(
            Component.asset_id == asset_id, Component.kind == ComponentKind.DISK, Component.removed_on.is_(None),
            Component.deleted_at.is_(None),
        )
        .order_by(Component.id)
    ).all()  # fmt: skip
    erased = set(
        session.scalars(
            select(Erasure.medium_serial).where(
                Erasure.asset_id == asset_id, Erasure.succeeded.is_(True), Erasure.deleted_at.is_(None)
            )
        )
    )
    return next((one for one in disks if one.serial is None or one.serial not in erased), None)


def _medium(session: Session, asset: Asset, disk: Component | None) -> MediumKind | None:
    if session.get_one(Family, asset.family_id).icon in _HANDHELD:
        return MediumKind.PHONE
    kind = leaving.medium_of(disk.label) if disk else None
    return MediumKind.of(kind) if kind else None
