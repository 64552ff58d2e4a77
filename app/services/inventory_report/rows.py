"""The assets as the report reads them: one statement for all, in the register's order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import formats, joined
from app.fields.text import fold
from app.models import Asset, Family, Person, Site
from app.models.codes import AssetStatus, Finding
from app.reports.inventory.data import AssetLine, FamilySection, SiteSection
from app.services.expertises import Assessed

NO_SITE = "Sans site"
AssetRow = Any
"""A row of _COLUMNS."""
Assets = Sequence[AssetRow]
NAMED = 2
"""Inventory numbers written beside a count; the others are counted."""

_COLUMNS = (
    Asset.id, Asset.number, Asset.name, Asset.brand, Asset.model, Asset.serial, Asset.room, Asset.service,
    Asset.criticality, Asset.ownership, Asset.condition, Asset.finding, Asset.seen_on, Asset.purchased_on,
    Asset.commissioned_on, Asset.replacement_value, Asset.warranty_end, Asset.system, Asset.system_version,
    Asset.support_end, Asset.personal_data, Asset.encrypted, Asset.ip, Asset.mac, Family.name.label("family"),
    Family.icon, Family.life_years, Family.is_workstation, Asset.site_id, Site.name.label("site"), Site.postal_code,
    Site.city, Person.first_name, Person.last_name,
)  # fmt: skip


@dataclass(frozen=True)
class Fleet:
    """The assets still in the company, by site, family and number, and what the last expertise of each says."""

    rows: Sequence[AssetRow]
    assessed: dict[int, Assessed]
    today: date

    def judged(self, row: AssetRow) -> Assessed | None:
        return self.assessed.get(row.id)


def read(session: Session, site_ids: Sequence[int] = ()) -> list[AssetRow]:
    """Every asset that has not left, of these sites or of all."""
    statement = (
        select(*_COLUMNS)
        .join(Family, Family.id == Asset.family_id)
        .outerjoin(Site, Site.id == Asset.site_id)
        .outerjoin(Person, Person.id == Asset.person_id)
        .where(Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED)
        .order_by(Asset.number)
    )
    if site_ids:
        statement = statement.where(Asset.site_id.in_(site_ids))
    rows: list[AssetRow] = list(session.execute(statement))
    return sorted(rows, key=lambda row: (row.site is None, fold(row.site or ""), row.site_id or 0, fold(row.family)))


def one(session: Session, asset_id: int | None) -> AssetRow | None:
    return session.execute(
        select(*_COLUMNS)
        .join(Family, Family.id == Asset.family_id)
        .outerjoin(Site, Site.id == Asset.site_id)
        .outerjoin(Person, Person.id == Asset.person_id)
        .where(Asset.id == asset_id)
    ).first()


def model_of(row: AssetRow) -> str:
    return joined(row.brand, row.model)


def name_of(row: AssetRow) -> str:
    return str(row.name or row.family)


def holder_of(row: AssetRow) -> str:
    return joined(row.first_name, row.last_name) or row.service or ""


def has_system(row: AssetRow) -> bool:
    return bool(row.system or row.support_end)


def sections(fleet: Fleet) -> tuple[SiteSection, ...]:
    """The register."""
    return tuple(_site(fleet, list(rows)) for _, rows in groupby(fleet.rows, key=lambda row: row.site_id))


def _site(fleet: Fleet, rows: list[AssetRow]) -> SiteSection:
    first = rows[0]
    same = fold(first.site or "") == fold(first.city or "")
    town = f"{first.city} ({first.postal_code})" if first.city and first.postal_code else first.city or ""
    seen = [row.seen_on for row in rows if row.seen_on is not None and row.finding == Finding.SEEN]
    families = tuple(
        FamilySection(name, tuple(line(row, fleet.judged(row)) for row in found))
        for name, found in groupby(rows, key=lambda row: row.family)
    )
    return SiteSection(
        first.site or NO_SITE,
        (first.postal_code or "") if same else town,
        (min(seen), max(seen)) if seen else None,
        families,
    )


def line(row: AssetRow, judged: Assessed | None = None) -> AssetLine:
    return AssetLine(
        number=row.number,
        name=name_of(row),
        model=model_of(row),
        serial=row.serial,
        room=row.room or "",
        holder=holder_of(row),
        commissioned_on=row.commissioned_on,
        value=row.replacement_value,
        has_system=has_system(row),
        support_end=row.support_end,
        criticality=row.criticality and row.criticality.value,
        condition=row.condition and row.condition.value,
        score=formats.number(judged.score, 1) if judged else None,
        verdict=judged.verdict.value if judged else None,
    )


def gravity(assets: Assets) -> int:
    return max((int(asset.criticality.value) for asset in assets if asset.criticality), default=0)


def numbers_of(assets: Assets, named: int = NAMED) -> str:
    """« PC-0017, PC-0018 et 7 autres »."""
    return formats.listed([asset.number for asset in assets], named)
