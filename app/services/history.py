"""What changed on a record, in the user's words."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES, Entity
from app.fields import MISSING, Field, Joined, Ref
from app.models import Action
from app.services import families, records
from app.storage import history as journal

KINDS = {"insert": "Création", "update": "Modification", "delete": "Effacement"}


@dataclass(frozen=True, slots=True)
class Change:
    """One act: its title, and for each field its name, the text before and the text after."""

    at: datetime
    who: str
    title: str
    fields: tuple[tuple[str, str, str], ...]


def of_record(session: Session, entity: Entity, record_id: int, limit: int = 100) -> list[Change]:
    """Newest first."""
    return [
        Change(datetime.fromisoformat(change.at), change.who, _title(session, change), _told(session, entity, change))
        for change in journal.changes(session, entity.key, record_id, limit)
    ]


def _title(session: Session, change: journal.Change) -> str:
    label = session.scalar(select(Action.label).where(Action.id == change.action_id)) if change.action_id else None
    if "deleted_at" in change.fields:
        return "Mise à la corbeille" if change.fields["deleted_at"][1] else "Restauration"
    return label or KINDS[change.kind]


def _told(session: Session, entity: Entity, change: journal.Change) -> tuple[tuple[str, str, str], ...]:
    fields: dict[str, Field] = {f.name: f for f in entity.fields if not isinstance(f, Joined)}
    told = [
        (field.label, _text(session, field, before), _text(session, field, after))
        for field, (before, after) in ((f, change.fields[name]) for name, f in fields.items() if name in change.fields)
    ]
    return (*told, *_own(session, *change.fields.get("extra", (None, None))))


def _own(session: Session, before: str | None, after: str | None) -> Iterator[tuple[str, str, str]]:
    """What changed in the fields of the family, whose texts are kept together."""
    old, new = (json.loads(kept or "{}") for kept in (before, after))
    for uuid in {**old, **new}:
        field = families.named(session, uuid)
        if field is not None and old.get(uuid) != new.get(uuid):
            values = [families.value_of(field, kept.get(uuid)) for kept in (old, new)]
            yield field.label, field.format(values[0]), field.format(values[1])


def _text(session: Session, field: Field, kept: object) -> str:
    """A value of the history, which is JSON, as the field shows it."""
    if kept is None:
        return MISSING
    if isinstance(field, Ref):
        return records.title(session, ENTITIES[field.target], int(str(kept))) or MISSING
    kind = type(field).__name__
    if kind == "Day":
        return field.format(datetime.fromisoformat(str(kept)).date())
    if kind == "Moment":
        return field.format(datetime.fromisoformat(str(kept)))
    return field.format(bool(kept) if kind == "Flag" else kept)
