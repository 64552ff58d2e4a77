"""Records with a deadline, entered long before, and what the list says of them."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.models import Asset, Contract, Provider, Record
from app.services import deadlines
from app.services.deadlines import Deadline, DeadlineKind

ENTERED = datetime(2025, 1, 15, 9, tzinfo=UTC)
TODAY = date(2026, 6, 10)


def keep(session: Session, record: Record) -> Any:
    record.created_at = ENTERED
    session.add(record)
    session.flush()
    return record


def provider(session: Session, name: str = "Lumeo Services") -> int:
    made: int = keep(session, Provider(name=name)).id
    return made


def contract(session: Session, **values: Any) -> int:
    """Of 2026, renewed for a year each time, notice of three months."""
    usual = {"number": "CT-2026-01", "subject": "Maintenance", "starts_on": date(2026, 1, 1)}
    given = {"provider_id": provider(session), **usual, **values}
    made: int = keep(session, Contract(**given)).id
    return made


def asset(session: Session, **values: Any) -> int:
    number = f"PC-{session.query(Asset).count() + 1:04d}"
    made: int = keep(session, Asset(number=number, family_id=1, **values)).id
    return made


def told(session: Session, kind: DeadlineKind, today: date = TODAY) -> list[Deadline]:
    return [one for one in deadlines.every(session, today) if one.kind == kind]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")
