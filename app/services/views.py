"""Named views: the filters, columns and order of a list, kept under a name."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import Entity
from app.errors import InvalidFields
from app.fields import Choice, clean_line
from app.models import SavedView
from app.services.listing import Filter, Query


def names(session: Session, entity: Entity) -> list[str]:
    statement = select(SavedView.name).where(SavedView.entity == entity.key, SavedView.deleted_at.is_(None))
    return sorted(session.scalars(statement), key=str.casefold)


def save(session: Session, entity: Entity, name: str, query: Query) -> str:
    """Keep a view under this name, in place of the one that bore it. Gives the cleaned name."""
    cleaned = clean_line(name)
    if not cleaned or len(cleaned) > 60:  # noqa: PLR2004 - what a button can show
        raise InvalidFields({"name": "Donnez un nom de 60 caractères au plus."})
    view = _named(session, entity, cleaned) or SavedView(entity=entity.key, name=cleaned, layout="")
    view.deleted_at = None
    view.layout = to_text(query)
    session.add(view)
    session.flush()
    return cleaned


def load(session: Session, entity: Entity, name: str) -> Query | None:
    view = _named(session, entity, name)
    return from_text(entity, view.layout) if view else None


def remove(session: Session, entity: Entity, name: str) -> None:
    view = _named(session, entity, name)
    if view:
        session.delete(view)


def _named(session: Session, entity: Entity, name: str) -> SavedView | None:
    return session.scalar(select(SavedView).where(SavedView.entity == entity.key, SavedView.name == name))


def to_text(query: Query) -> str:
    """A layout as JSON: only names and plain values."""
    filters = [
        {"field": f.field, "values": [_plain(v) for v in f.values], "low": _plain(f.low), "high": _plain(f.high)}
        for f in query.filters
    ]
    layout = {"columns": query.columns, "sort": query.sort, "descending": query.descending, "filters": filters}
    return json.dumps({**layout, "text": query.text}, ensure_ascii=False)


def from_text(entity: Entity, text: str) -> Query | None:
    """The layout, without what the entity no longer has; None if it cannot be read."""
    try:
        layout = json.loads(text)
        known = {f.name for f in entity.columns}
        columns = tuple(name for name in layout["columns"] if name in known) or entity.shown
        filters = tuple(_filter(entity, f) for f in layout["filters"] if f["field"] in known)
        sort = layout["sort"] if layout["sort"] in known else entity.order_by
        return Query(columns, sort, bool(layout["descending"]), str(layout.get("text", "")), filters)
    except (ValueError, KeyError, TypeError):
        return None


def _filter(entity: Entity, kept: Mapping[str, Any]) -> Filter:
    name = str(kept["field"])
    values = tuple(_typed(entity, name, v) for v in kept["values"])
    return Filter(name, values, _typed(entity, name, kept["low"]), _typed(entity, name, kept["high"]))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _typed(entity: Entity, name: str, value: Any) -> Any:
    """A kept value as the field's own type."""
    field = entity.field(name)
    if value is None:
        return None
    if isinstance(field, Choice):
        return field.options.of(value)
    if type(field).__name__ == "Day":
        return date.fromisoformat(value)
    if type(field).__name__ == "Moment":
        return datetime.fromisoformat(value)
    return value
