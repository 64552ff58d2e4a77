"""What a task bears on: one asset, a family, a site, or all that a contract covers; on which days people work."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from app.models import Asset, BackupPlan, Company, CoveredAsset, MaintenanceTask, Site
from app.models.codes import AssetStatus, Zone
from app.models.upkeep_codes import TaskKind
from app.rules.worktime import Calendar, is_worked
from app.services.contracts import USUAL_HOURS, calendar_of

Worked = Callable[[int | None, int | None, date], bool]


def _kept(task: MaintenanceTask, on: date) -> list[ColumnElement[bool]]:
    kept = [Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED]
    if task.contract_id is not None:
        covered = exists().where(
            CoveredAsset.contract_id == task.contract_id,
            CoveredAsset.asset_id == Asset.id,
            CoveredAsset.deleted_at.is_(None),
            CoveredAsset.since <= on,
            or_(CoveredAsset.until.is_(None), CoveredAsset.until >= on),
        )
        kept.append(covered)
    return kept


def assets(task: MaintenanceTask, on: date, site_id: int | None = None, *, here: bool = False) -> Select[int]:
    """Ids of the assets that the task bears on that day, by number; with `here`, those of that site only (None: of no
    site). None at all for a task that bears on no asset: a training, the check of a backup of no asset."""
    if task.asset_id is not None:
        return select(Asset.id).where(Asset.id == task.asset_id)
    if task.kind != TaskKind.MAINTENANCE:
        plan = select(BackupPlan.asset_id).where(BackupPlan.id == task.backup_plan_id)
        return select(Asset.id).where(Asset.id == plan.scalar_subquery())
    wanted = _kept(task, on)
    wanted += [Asset.family_id == task.family_id] if task.family_id is not None else []
    wanted += [Asset.site_id == task.site_id] if task.site_id is not None else []
    wanted += [Asset.site_id == site_id if site_id is not None else Asset.site_id.is_(None)] if here else []
    return select(Asset.id).where(*wanted).order_by(Asset.number)


def sites(session: Session, task: MaintenanceTask, on: date) -> list[int | None]:
    """Where a visit is made each time: once on each site that has some of the assets, the one of no site last. A task
    that bears on no asset is done once; one on a family that nobody has, nowhere."""
    if task.asset_id is not None or task.kind != TaskKind.MAINTENANCE:
        own = select(Asset.site_id).where(Asset.id.in_(assets(task, on)))
        return [task.site_id if task.site_id is not None else session.scalar(own)]
    places = select(Asset.site_id).where(Asset.id.in_(assets(task, on).order_by(None))).distinct()
    found = sorted(session.scalars(places), key=lambda one: (one is None, one or 0))
    return found or ([] if task.family_id is not None else [task.site_id])


def working_days(session: Session) -> Worked:
    """Whether people work on a day for a contract at a site: by the hours, closings and holidays of the contract, and
    the public holidays of the zone where the site is. Read once for each."""
    zone_of = cache(lambda site_id: _zone(session, site_id))
    told = cache(lambda contract_id, year: calendar_of(session, contract_id, date(year, 1, 1)))

    @cache
    def calendars(contract_id: int | None, site_id: int | None, year: int) -> tuple[Calendar, ...]:
        if contract_id is None:
            return (Calendar(USUAL_HOURS, zone_of(site_id)),)
        known: Calendar = told(contract_id, year)
        week = replace(known, slots=USUAL_HOURS, round_the_clock=False) if known.round_the_clock else known
        return week, replace(week, zone=zone_of(site_id))

    return lambda contract_id, site_id, day: all(
        is_worked(one, day) for one in calendars(contract_id, site_id, day.year)
    )


def _zone(session: Session, site_id: int | None) -> str:
    own = session.scalar(select(Site.zone).where(Site.id == site_id)) if site_id is not None else None
    company = session.scalar(select(Company.zone).where(Company.deleted_at.is_(None)).limit(1))
    return (own or company or Zone.METROPOLE).value


def followed() -> ColumnElement[bool]:
    """Tasks that make visits."""
    return and_(MaintenanceTask.active, MaintenanceTask.deleted_at.is_(None))
