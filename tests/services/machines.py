"""Machines as an agent described them, the software on them, the licences held."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.models import Installation, Survey
from app.models.codes import LicenceNeed
from app.services import records

LICENCE, SOFTWARE, ASSET = (ENTITIES[key] for key in ("licence", "software", "asset"))


def product(session: Session, name: str = "AutoCAD", need: LicenceNeed = LicenceNeed.REQUIRED) -> int:
    return records.create(session, SOFTWARE, {"name": name, "publisher": "Autodesk", "need": need})


def machine(session: Session, *installed: int, day: int = 10, **values: Any) -> int:
    """An asset, and the survey that saw these software."""
    made = records.create(session, ASSET, {"family_id": 1, **values})
    seen(session, made, *installed, day=day)
    return made


def seen(session: Session, asset: int, *installed: int, day: int) -> int:
    one = Survey(asset_id=asset, taken_at=datetime(2026, 11, day, 8, tzinfo=UTC), software_count=len(installed))
    session.add(one)
    session.flush()
    session.add_all(Installation(survey_id=one.id, software_id=what, version="2026.1") for what in installed)
    session.flush()
    return one.id


def licence(session: Session, software_id: int | None = None, seats: int | None = None, **values: Any) -> int:
    return records.create(
        session, LICENCE, {"name": "Une licence", "software_id": software_id, "seats": seats, **values}
    )


def person(session: Session, name: str = "Anne") -> int:
    return records.create(session, ENTITIES["person"], {"last_name": name})
