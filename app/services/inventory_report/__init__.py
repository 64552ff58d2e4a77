"""The data of the « rapport d’inventaire et d’expertise technique », gathered chapter by chapter (domain.md A.7)."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from app.fields import PARIS
from app.reports.identity import Stamp
from app.reports.inventory.data import InventoryReport
from app.services import expertises
from app.services.company_card import company_card
from app.services.expertises.lot import limits
from app.services.inventory_report import (
    annexes,
    changes,
    choices,
    needs,
    plan,
    rows,
    safety,
    scope,
    sheets,
    software,
    synthesis,
)
from app.services.inventory_report.choices import Choices
from app.services.inventory_report.rows import Fleet

TITLE = "Rapport d’inventaire et\u00a0d’expertise technique"
"""Once something was judged."""


def inventory_report(session: Session, stamp: Stamp, chosen: Choices | None = None) -> InventoryReport:
    """The park as it stands, in the register's order; every figure at the day of the stamp.

    Without `chosen`, the choices are those of the last time. What is not printed is not read.
    """
    asked = chosen or choices.last(session)
    today = stamp.data_at.astimezone(PARIS).date() if stamp.data_at else date.max
    judged = expertises.latest(session, today)
    fleet = Fleet(rows.read(session, asked.sites), judged.by_asset, today)
    faults = safety.found(session, fleet)
    lot = sheets.lot(judged, fleet, limits(session), whole=not asked.sites)
    todo = plan.plan(fleet, faults)
    register = rows.sections(fleet)
    photos, photos_left = annexes.photos(session, fleet) if "photos" in asked.sections else ((), 0)
    return InventoryReport(
        company=company_card(session),
        stamp=replace(stamp, title=TITLE) if lot else stamp,
        subtitle=scope.subtitle(fleet),
        perimeter=scope.perimeter(fleet, asked),
        redactor=scope.redactor(session, asked),
        participants=asked.participants,
        diffusion=asked.diffusion,
        provider=scope.provider(session),
        scope=scope.scope(fleet, asked),
        sites=register,
        synthesis=synthesis.synthesis(fleet, lot, todo, faults),
        reserves=scope.reserves(fleet),
        sections=asked.sections,
        site_ids=asked.sites,
        expertise=sheets.expertise(fleet, judged) if "expertise" in asked.sections else None,
        software=software.software(session, today),
        safety=safety.safety(session, fleet, faults),
        needs=needs.needs(session),
        lot=lot,
        plan=todo.horizons,
        gaps=annexes.gaps(session, fleet, asked.sites, stamp),
        photos=photos,
        photos_left=photos_left,
        failures=annexes.failures(session, fleet) if "pannes" in asked.sections else (),
        changes=changes.changes(session, register, asked.sites),
    )
