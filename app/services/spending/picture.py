"""A financial year read whole: its lines, those of the year before, who bears them, and the names to show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import joined
from app.jobs import Job, Progress, drain
from app.models import Asset, Contract, Family, Person, Site
from app.models.codes import AssetStatus
from app.services.spending import gather
from app.services.spending.bearing import Borne, borne
from app.services.spending.gather import Spending

STEPS = 4


@dataclass(frozen=True, slots=True)
class Thing:
    """An asset, as the groups need it. `value` is what replacing it costs, None once it has left."""

    title: str
    person: str
    site_id: int | None
    family_id: int
    is_station: bool
    value: int | None


@dataclass(frozen=True, slots=True)
class Names:
    contracts: Mapping[int, str]
    sites: Mapping[int, str]
    families: Mapping[int, str]
    things: Mapping[int, Thing]


@dataclass(frozen=True, slots=True)
class Picture:
    """A financial year, the one before, and who bears what of both until today."""

    now: Spending
    before: Spending
    borne: Borne
    borne_before: Borne
    names: Names


def read(session: Session, year: int, today: date) -> Picture:
    return drain(reading(session, year, today))


def reading(session: Session, year: int, today: date) -> Job[Picture]:
    """In steps, so that a window that closes need not wait for the end."""
    spent = []
    for done, one in enumerate((year, year - 1), 1):
        spent.append(gather.read(session, one, today))
        yield Progress(done, STEPS, "Lecture des coûts")
    shared = []
    for done, known in enumerate(spent, 3):
        shared.append(_borne(session, known))
        yield Progress(done, STEPS, "Répartition des coûts")
    return Picture(spent[0], spent[1], shared[0], shared[1], _names(session))


def _borne(session: Session, of: Spending) -> Borne:
    first, _ = gather.bounds(of.year)
    return borne(session, of.to_date, first, of.year.end)


def _names(session: Session) -> Names:
    contracts = session.execute(select(Contract.id, Contract.number, Contract.subject))
    sites = session.execute(select(Site.id, Site.name))
    families = session.execute(select(Family.id, Family.name))
    things = session.execute(
        select(
            Asset.id, Asset.number, Asset.brand, Asset.model, Asset.site_id, Asset.family_id, Asset.replacement_value,
            Asset.price, Asset.status, Family.is_workstation, Person.first_name, Person.last_name,
        )
        .join(Family, Family.id == Asset.family_id)
        .outerjoin(Person, Person.id == Asset.person_id)
    )  # fmt: skip
    return Names(
        {row[0]: f"{row[1]} {row[2]}" for row in contracts},
        {row[0]: row[1] for row in sites},
        {row[0]: row[1] for row in families},
        {row[0]: _thing(row) for row in things},
    )


def _thing(row: Any) -> Thing:
    value = None if row.status == AssetStatus.RETIRED else row.replacement_value or row.price
    return Thing(
        joined(row.number, row.brand, row.model, by=" "), joined(row.first_name, row.last_name, by=" "), row.site_id,
        row.family_id, bool(row.is_workstation), value,
    )  # fmt: skip
