"""Search over everything: the full-text index of each entity, accents and case ignored."""

from dataclasses import dataclass

from sqlalchemy import column, literal, select, table
from sqlalchemy.orm import Session

from app.entities import ENTITIES, Entity
from app.services.listing import title_of
from app.storage.search import match_expression


@dataclass(frozen=True, slots=True)
class Hit:
    entity: str
    id: int
    title: str
    kind: str
    icon: str


def everywhere(session: Session, text: str, each: int = 6) -> list[Hit]:
    """The best answers of each entity, newest first within one; empty when nothing searchable was typed."""
    expression = match_expression(text)
    if expression is None:
        return []
    searched = [entity for entity in ENTITIES.values() if entity.model.__searched__]
    return [hit for entity in searched for hit in _in_one(session, entity, expression, each)]


def _in_one(session: Session, entity: Entity, expression: str, limit: int) -> list[Hit]:
    own = entity.model.__table__
    index = table(f"{entity.key}_fts", column("rowid"), column(f"{entity.key}_fts"))
    found = select(index.c.rowid).where(index.c[f"{entity.key}_fts"].op("MATCH")(literal(expression)))
    statement = (
        select(own.c.id, title_of(entity.model, own))
        .where(own.c.id.in_(found), own.c.deleted_at.is_(None))
        .order_by(own.c.id.desc())
        .limit(limit)
    )
    return [Hit(entity.key, i, title, entity.one, entity.icon) for i, title in session.execute(statement)]
