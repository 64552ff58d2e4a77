"""Small parks, and what their expertises, tickets and inventories say of them."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Asset, Expertise, ExpertiseSheet, Family, Site
from app.models.codes import Condition, SheetState, Verdict
from app.reports.identity import Stamp
from app.reports.inventory.data import InventoryReport
from app.services import expertises, setup
from app.services.inventory_report import inventory_report, rows
from app.services.inventory_report.choices import Choices
from app.services.inventory_report.rows import Fleet

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
TODAY = date(2026, 11, 20)
STAMP = Stamp("Rapport", "RIE-2026-001", 1, NOW)


def add_asset(session: Session, number: str, **values: Any) -> int:
    """Of the family that its number begins with."""
    setup.ensure(session)
    family = session.scalars(select(Family.id).where(Family.prefix == number.split("-", maxsplit=1)[0])).one()
    asset = Asset(number=number, family_id=family, **values)
    session.add(asset)
    session.flush()
    return asset.id


def add_site(session: Session, name: str, **values: Any) -> int:
    site = Site(name=name, **values)
    session.add(site)
    session.flush()
    return site.id


def add_expertise(session: Session, number: str = "EXP-2026-001", **values: Any) -> int:
    usual: dict[str, Any] = {"title": "Avant contrat", "held_on": date(2026, 11, 6)}
    expertise = Expertise(number=number, **(usual | values))
    session.add(expertise)
    session.flush()
    return expertise.id


def judge(session: Session, expertise_id: int, asset_id: int, verdict: str, **values: Any) -> None:
    """A sheet that is done; `override` is the verdict of the expert."""
    usual: dict[str, Any] = {
        "condition": Condition.GOOD, "age_note": 1, "support_note": 1, "failures_note": 2, "parts_note": 2,
        "fit_note": 3, "repair_cost": 0, "replacement_value": 90_000, "maintenance_cost": 0,
        "score_hundredths": 4875, "rule": "Score de 48,75, inférieur à 60", "state": SheetState.DONE,
    }  # fmt: skip
    ruled, override = Verdict.of(verdict), values.get("override")
    session.add(
        ExpertiseSheet(
            expertise_id=expertise_id, asset_id=asset_id, verdict=ruled, final_verdict=override or ruled,
            **(usual | values),
        )
    )  # fmt: skip
    session.flush()


def fleet_of(session: Session, *sites: int) -> Fleet:
    return Fleet(rows.read(session, sites), expertises.latest(session, TODAY).by_asset, TODAY)


def report_of(session: Session, **chosen: Any) -> InventoryReport:
    return inventory_report(session, STAMP, Choices(**chosen))
