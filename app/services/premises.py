"""The rooms of each site and the services of the company, renamed or joined everywhere at once.

They are words kept on assets, persons and needs, and stay so: nothing has to be declared before an asset can be placed
(docs/ARCHITECTURE.md).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from app.errors import InvalidFields
from app.fields import clean_line, fold
from app.models import Asset, Need, Person, Record, Site
from app.models.codes import AssetStatus

LONGEST = 80
NO_SITE = "Sans site"
HERE = (Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED)


@dataclass(frozen=True, slots=True)
class Room:
    """A room of a site (None: assets without site), and how many assets stand there."""

    site_id: int | None
    site: str
    name: str
    assets: int


@dataclass(frozen=True, slots=True)
class Service:
    """A service, how many assets and people it has, and the needs it stated."""

    name: str
    assets: int
    people: int
    needs: int


def rooms(session: Session) -> list[Room]:
    """By site then by name, those without site last."""
    found = session.execute(
        select(Asset.site_id, Site.name, Asset.room, func.count())
        .outerjoin(Site, Site.id == Asset.site_id)
        .where(Asset.room.is_not(None), *HERE)
        .group_by(Asset.site_id, Asset.room)
    )
    made = [Room(site_id, site or NO_SITE, room, count) for site_id, site, room, count in found if room]
    return sorted(made, key=lambda one: (one.site_id is None, fold(one.site), fold(one.name), one.name))


def services(session: Session) -> list[Service]:
    """By name; those who have left are not counted."""
    assets = _counts(session, Asset.service, *HERE)
    people = _counts(session, Person.service, Person.deleted_at.is_(None), Person.left_on.is_(None))
    needs = _counts(session, Need.service, Need.deleted_at.is_(None))
    names = sorted({*assets, *people, *needs}, key=lambda name: (fold(name), name))
    return [Service(name, assets[name], people[name], needs[name]) for name in names]


def _counts(session: Session, cell: Any, *conditions: ColumnElement[bool]) -> Counter[str]:
    found = session.execute(select(cell, func.count()).where(cell.is_not(None), *conditions).group_by(cell))
    return Counter({name: count for name, count in found if name})


def rename_rooms(session: Session, site_id: int | None, names: Iterable[str], new: str) -> int:
    """Call these rooms of a site by one name: a new one, or that of another room, which they join.

    Gives how many assets follow, those gone and in the bin included.
    """
    name = _checked(new)
    place = Asset.site_id == site_id if site_id is not None else Asset.site_id.is_(None)
    return _rename(session, Asset, "room", names, name, place)


def rename_services(session: Session, names: Iterable[str], new: str) -> int:
    """The same for services, on assets, persons and needs. Gives how many records follow."""
    name, old = _checked(new), list(names)
    return sum(_rename(session, model, "service", old, name) for model in (Asset, Person, Need))


def _checked(new: str) -> str:
    name = clean_line(new)
    if not name:
        raise InvalidFields({"name": "Écrivez le nouveau nom."})
    if len(name) > LONGEST:
        raise InvalidFields({"name": f"{LONGEST} caractères au plus\u00a0: il y en a {len(name)}."})
    return name


def _rename(
    session: Session, model: type[Record], column: str, names: Iterable[str], new: str, *more: ColumnElement[bool]
) -> int:
    """One statement: the history is written row by row by its triggers."""
    own = model.__table__
    wanted = [name for name in names if name != new]
    statement = update(model).where(own.c[column].in_(wanted), *more).values({column: new})
    done = session.execute(statement, execution_options={"synchronize_session": "fetch"})
    session.flush()
    return int(done.rowcount)  # type: ignore[attr-defined]  # of a cursor result
