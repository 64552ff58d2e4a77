"""Software seen by the inventories: on which machines, in which version, and whether licences cover them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import Asset, Installation, Licence, Person, Software, Survey
from app.models.codes import LicenceNeed, SoftwareCover
from app.services import software_use, surveys
from app.services.listing import title_of

MOST_MACHINES = 500
"""Told one by one in a pane; the list of assets shows them all."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A software of one machine."""

    software: int
    name: str
    publisher: str | None
    version: str | None
    need: LicenceNeed


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine that has a software; `person` may be empty."""

    asset: int
    title: str
    person: str
    version: str | None


@dataclass(frozen=True, slots=True)
class Usage:
    """Machines, licences in force (number and name), and how many machines these leave without."""

    machines: int
    licences: tuple[tuple[int, str], ...]
    missing: int
    cover: SoftwareCover | None


def of_asset(session: Session, asset_id: int) -> tuple[Installed, ...]:
    """What the survey in force saw on this asset, in alphabetical order."""
    statement = (
        select(Software.id, Software.name, Software.publisher, Installation.version, Software.need)
        .join(Installation, Installation.software_id == Software.id)
        .where(Installation.survey_id == _survey_of(asset_id), Software.deleted_at.is_(None))
        .order_by(func.fold(Software.name))
    )
    return tuple(Installed(*row) for row in session.execute(statement))


def count_of_asset(session: Session, asset_id: int) -> int | None:
    """How many; None when the asset was never surveyed."""
    survey = session.scalar(select(_survey_of(asset_id)))
    if survey is None:
        return None
    counted = (
        select(func.count())
        .select_from(Installation)
        .join(Software, Software.id == Installation.software_id)
        .where(Installation.survey_id == survey, Software.deleted_at.is_(None))
    )
    return session.scalar(counted) or 0


def _survey_of(asset_id: int) -> Any:
    return select(surveys.of_row()).select_from(Asset).where(Asset.id == asset_id).scalar_subquery()


def _on_machines(software_id: int) -> Any:
    return (Installation.software_id == software_id, Installation.survey_id.in_(surveys.in_force()))


def machines_of(session: Session, software_id: int, most: int = MOST_MACHINES) -> tuple[Machine, ...]:
    """The machines where it is, by their number."""
    who = title_of(Person, Person.__table__)
    statement = (
        select(Asset.id, title_of(Asset, Asset.__table__), who, Installation.version)
        .join(Survey, Survey.id == Installation.survey_id)
        .join(Asset, Asset.id == Survey.asset_id)
        .outerjoin(Person, Person.id == Asset.person_id)
        .where(*_on_machines(software_id))
        .order_by(Asset.number)
        .limit(most)
    )
    return tuple(Machine(asset, title, who or "", version) for asset, title, who, version in session.execute(statement))


def asset_ids(session: Session, software_id: int) -> tuple[int, ...]:
    """All of them, for the list of assets."""
    statement = select(Survey.asset_id).join(Installation, Installation.survey_id == Survey.id)
    return tuple(session.scalars(statement.where(*_on_machines(software_id))))


def usage(session: Session, software_id: int, on: date) -> Usage:
    """NotFound when the software is in the bin."""
    found = software_use.of_software(on).subquery()
    row = session.execute(select(found).where(found.c.id == software_id)).one_or_none()
    if row is None:
        raise NotFound("Ce logiciel n’existe plus.")
    held = select(Licence.id, title_of(Licence, Licence.__table__)).where(
        Licence.software_id == software_id, software_use.in_force(on)
    )
    licences = tuple((one, title) for one, title in session.execute(held.order_by(Licence.number)))
    return Usage(row.machines, licences, row.missing if row.cover else 0, row.cover)


def uncovered(session: Session, on: date) -> tuple[int, ...]:
    """« Vus sans licence »: software seen on more machines than its licences cover."""
    found = software_use.of_software(on).subquery()
    statement = select(found.c.id).where(found.c.cover == SoftwareCover.MISSING).order_by(found.c.missing.desc())
    return tuple(session.scalars(statement))
