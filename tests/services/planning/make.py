"""Sites, assets and tasks, as they stood on 1 June 2026, a Monday."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.models import Asset, Family, MaintenanceTask, Site, Visit
from app.services import records
from app.services.planning import generation

TODAY = date(2026, 6, 1)
YEAR_ON = date(2027, 6, 1)
TASK, VISIT, PERSON = ENTITIES["maintenance_task"], ENTITIES["visit"], ENTITIES["person"]


def site(session: Session, name: str = "Dijon", **values: Any) -> int:
    made = Site(name=name, **values)
    session.add(made)
    session.flush()
    return made.id


def family(session: Session, name: str = "Ordinateur portable") -> int:
    return session.scalars(select(Family.id).where(Family.name == name)).one()


def asset(session: Session, number: str, site_id: int | None = None, **values: Any) -> int:
    given = {"family_id": family(session), **values}
    made = Asset(number=number, site_id=site_id, **given)
    session.add(made)
    session.flush()
    return made.id


def task(session: Session, label: str = "Dépoussiérage", **values: Any) -> int:
    """Written as by an import: its visits are made by `generate`."""
    number = f"MP-{len(session.scalars(select(MaintenanceTask)).all()) + 1:04d}"
    given = {"first_on": TODAY, "number": number, "label": label, **values}
    made = MaintenanceTask(**given)
    session.add(made)
    session.flush()
    return made.id


def generate(session: Session, until: date = YEAR_ON, today: date = TODAY, **more: Any) -> tuple[int, int]:
    made = generation.generate(session, until, today, **more)
    return made.added, made.removed


def visits(session: Session, **wanted: Any) -> list[Visit]:
    """Outside the bin, by day."""
    session.expire_all()
    kept = select(Visit).where(Visit.deleted_at.is_(None)).filter_by(**wanted)
    return list(session.scalars(kept.order_by(Visit.planned_on, Visit.id)))


def save(session: Session, task_id: int, **values: Any) -> None:
    records.update(session, TASK, task_id, values)
