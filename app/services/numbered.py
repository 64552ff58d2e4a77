"""A record named by its number, as the command line and the papers do."""

from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.entities import ENTITIES, Entity
from app.errors import NotFound, Refused
from app.storage.schema import table_of


def by_number(key: str) -> Callable[[Session, str | None], int]:
    """What gives the id of the record of that entity which bears a number."""
    return lambda session, number: record_named(session, ENTITIES[key], number)


def record_named(session: Session, entity: Entity, number: str | None) -> int:
    """Refused if no number was given, NotFound if nothing outside the bin bears it."""
    table = table_of(entity.model)
    kept = table.c.deleted_at.is_(None)
    if not number:
        known = session.scalar(select(func.max(table.c.number)).where(kept))
        told = f", par exemple {known}" if known else ""
        raise Refused(f"Donnez un numéro de {entity.one.lower()}{told}.")
    found: int | None = session.scalar(select(table.c.id).where(table.c.number == number, kept))
    if found is None:
        none = "Aucune" if entity.gender == "f" else "Aucun"
        raise NotFound(f"{none} {entity.one.lower()} ne porte le numéro «\u00a0{number}\u00a0».")
    return found
