"""One record of any entity: read, check, save, put in the bin, restore, change many at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.entities import ENTITIES, Entity
from app.errors import AppError, InvalidFields, NotFound, Refused, StaleRecord
from app.fields import Field, Joined, Ref, Text, clean_line, clean_text
from app.jobs import Job, Progress
from app.models import Asset, Intervention, Invoice, MaintenanceTask, Record
from app.services import cover_rules, families
from app.services.listing import Query, default_query, folded, ids, title_of
from app.services.numbering import next_number
from app.services.planning import generation

MANDATORY = "Ce champ est obligatoire."


@dataclass(frozen=True, slots=True)
class Sheet:
    """One record as a form or a pane shows it. `titles` gives the text of each link, `fields` those of its entity and
    of its family."""

    id: int
    version: int
    title: str
    values: dict[str, Any]
    titles: dict[str, str]
    icon: str
    in_bin: bool
    updated_at: datetime
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act on many records did: those done, and for those refused their title and the reason."""

    done: tuple[int, ...]
    refused: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Records of `entity` that point to this one by their field `via`; `here`: added and corrected in this tab."""

    entity: str
    via: str
    label: str
    count: int
    here: bool = False


def _found(session: Session, entity: Entity, record_id: int) -> Record:
    record = session.get(entity.model, record_id)
    if record is None:
        raise NotFound(f"Cet élément n’existe plus ({entity.one.lower()})")
    return record


def title(session: Session, entity: Entity, record_id: int) -> str:
    own = entity.model.__table__
    if not entity.model.__title__:
        return entity.one
    return session.scalar(select(title_of(entity.model, own)).where(own.c.id == record_id)) or ""


def get(session: Session, entity: Entity, record_id: int) -> Sheet:
    record = _found(session, entity, record_id)
    own = [f for f in entity.fields if not isinstance(f, Joined)]
    values = {f.name: getattr(record, f.name) for f in own}
    kept = getattr(record, "extra", {})
    more = families.own_fields(session, entity, values, kept)
    values |= families.read(more, kept)
    titles = {
        f.name: title(session, ENTITIES[f.target], values[f.name])
        for f in own
        if isinstance(f, Ref) and values[f.name] is not None
    }
    return Sheet(
        record_id,
        record.version,
        title(session, entity, record_id),
        values,
        titles,
        _icon(session, entity, record),
        record.deleted_at is not None,
        record.updated_at,
        families.placed(entity, more),
    )


def _icon(session: Session, entity: Entity, record: Record) -> str:
    name = next((f.icon_from for f in entity.fields if isinstance(f, Joined) and f.icon_from), "")
    if not name:
        return entity.icon
    field = entity.field(name)
    if not isinstance(field, Ref):
        return str(getattr(record, name))
    linked = session.get(ENTITIES[field.target].model, getattr(record, name))
    return str(getattr(linked, "icon", "")) or entity.icon


def defaults(entity: Entity) -> dict[str, Any]:
    return {f.name: f.default for f in entity.form_fields}


def duplicate(session: Session, entity: Entity, record_id: int) -> dict[str, Any]:
    """Values to start a new record from: all but what is unique to the first."""
    own = {*entity.unique, *((entity.numbering and (entity.numbering.field,)) or ())}
    sheet = get(session, entity, record_id)
    copied = {f.name for f in sheet.fields if f.in_form and not f.read_only} - own
    return {f.name: None for f in entity.form_fields} | {name: sheet.values[name] for name in copied}


def _cleaned(field: Field, value: Any) -> Any:
    if isinstance(value, str) and isinstance(field, Text):
        return (clean_text(value) if field.multiline else clean_line(value)) or None
    return value


def _problem(session: Session, entity: Entity, field: Field, value: Any, record_id: int | None) -> str | None:
    """Why this value cannot be kept, beyond what its kind says."""
    if value is None:
        numbered = entity.numbering is not None and entity.numbering.field == field.name
        return MANDATORY if field.required and not numbered else None
    if isinstance(field, Ref):
        target = session.get(ENTITIES[field.target].model, value)
        if target is None:
            return "Choisissez dans la liste."
    if field.name in entity.unique:
        own = entity.model.__table__
        other = session.scalar(
            select(own.c.id).where(own.c[field.name] == value, own.c.deleted_at.is_(None), own.c.id != (record_id or 0))
        )
        if other is not None:
            return f"Déjà porté par {title(session, entity, other)}."
    return None


def checked(
    session: Session, entity: Entity, values: Mapping[str, Any], record_id: int | None = None
) -> dict[str, Any]:
    """The values in their normal form; InvalidFields with a sentence for each that is refused."""
    kept: dict[str, Any] = {}
    problems: dict[str, str] = {}
    before = get(session, entity, record_id).values if record_id else defaults(entity)
    fields = _fields(session, entity, {**before, **values}, record_id)
    for name, value in values.items():
        if families.is_own(name) and name not in fields:
            problems[name] = families.NOT_OF_FAMILY
            continue
        field = fields[name]
        try:
            kept[name] = field.check(_cleaned(field, value))
        except ValueError as error:
            problems[name] = str(error)
            continue
        if sentence := _problem(session, entity, field, kept[name], record_id):
            problems[name] = sentence
    for name, sentence in entity.check({**before, **kept}).items():
        problems.setdefault(name, sentence)
    if problems:
        raise InvalidFields(problems)
    return kept


def own_fields(
    session: Session, entity: Entity, values: Mapping[str, Any], record_id: int | None = None
) -> tuple[Field, ...]:
    """The further fields of a record, were its values these."""
    kept = getattr(_found(session, entity, record_id), "extra", {}) if record_id else {}
    return families.own_fields(session, entity, values, kept)


def _fields(session: Session, entity: Entity, values: Mapping[str, Any], record_id: int | None) -> dict[str, Field]:
    return {f.name: f for f in (*entity.fields, *own_fields(session, entity, values, record_id))}


def _columns(session: Session, entity: Entity, kept: Mapping[str, Any], record_id: int | None = None) -> dict[str, Any]:
    """The values by column: those of the family's fields together."""
    own = {name: value for name, value in kept.items() if families.is_own(name)}
    if not own:
        return dict(kept)
    before = _found(session, entity, record_id) if record_id else None
    family = {entity.more_from: getattr(before, entity.more_from, None), **kept}
    fields = _fields(session, entity, family, record_id)
    rest = {name: value for name, value in kept.items() if name not in own}
    return rest | {"extra": families.written(fields, getattr(before, "extra", {}), own)}


def _number(session: Session, entity: Entity, values: Mapping[str, Any]) -> dict[str, str]:
    rule = entity.numbering
    if rule is None or values.get(rule.field):
        return {}
    prefix = rule.prefix
    if rule.prefix_from:
        source = entity.field(rule.prefix_from)
        target = ENTITIES[source.target].model if isinstance(source, Ref) else entity.model
        prefix = str(getattr(session.get(target, values[rule.prefix_from]), "prefix", prefix))
    if rule.yearly:
        prefix = f"{prefix}-{datetime.now(UTC).year}"
    return {rule.field: next_number(session, prefix, rule.width)}


def create(session: Session, entity: Entity, values: Mapping[str, Any]) -> int:
    """A new record; the fields not given take their default."""
    kept = checked(session, entity, {**defaults(entity), **values})
    record = entity.model(**{**_columns(session, entity, kept), **_number(session, entity, kept)})
    session.add(record)
    session.flush()
    _follow(session, entity, record.id)
    return record.id


def _follow(session: Session, entity: Entity, record_id: int, before: Mapping[str, Any] | None = None) -> None:
    """An asset that comes, moves or leaves enters and leaves the perimeters that rules tell; a task makes its visits.
    `before`: what was there of the fields that changed; None: the record comes, or comes back."""
    if entity.model is Asset and (before is None or cover_rules.NAMES.intersection(before)):
        cover_rules.follow(session, [record_id])
    if entity.model is MaintenanceTask:
        generation.follow(session, record_id, before or {})


def update(
    session: Session, entity: Entity, record_id: int, values: Mapping[str, Any], version: int | None = None
) -> None:
    """Change the fields given. `version` is the one that was read: StaleRecord if another act came between."""
    record = _found(session, entity, record_id)
    if version is not None and record.version != version:
        raise StaleRecord(
            "Cette fiche a été modifiée pendant que vous l’aviez ouverte. Rien n’a été écrit\u00a0: "
            "votre saisie est gardée, rouvrez la fiche pour comparer."
        )
    kept = checked(session, entity, values, record_id)
    columns = _columns(session, entity, kept, record_id)
    before = {name: getattr(record, name) for name, value in columns.items() if getattr(record, name) != value}
    for name in before:
        setattr(record, name, columns[name])
    session.flush()
    _follow(session, entity, record_id, before)


def to_bin(session: Session, entity: Entity, wanted: Iterable[int], reason: str = "") -> int:
    """Put records in the bin; what points to them stays as it is. Gives how many were put there."""
    done = 0
    for record_id in wanted:
        record = _found(session, entity, record_id)
        if record.deleted_at is None:
            record.deleted_at = datetime.now(UTC)
            record.deleted_by = session.info.get("who")
            record.deleted_reason = reason or None
            _let_go(session, record)
            done += 1
            if entity.model is MaintenanceTask:
                _follow(session, entity, record_id, {})
    session.flush()
    return done


def _let_go(session: Session, record: Record) -> None:
    """An invoice in the bin pays no intervention any more: they wait for the one that takes its place."""
    if isinstance(record, Invoice):
        for paid in session.scalars(select(Intervention).where(Intervention.invoice_id == record.id)):
            paid.invoice_id = None


def restore(session: Session, entity: Entity, wanted: Iterable[int]) -> int:
    """Take records out of the bin, unless another took their unique value meanwhile."""
    done = 0
    for record_id in wanted:
        record = _found(session, entity, record_id)
        for name in entity.unique:
            value = getattr(record, name)
            if value is not None and (sentence := _problem(session, entity, entity.field(name), value, record_id)):
                raise Refused(f"{title(session, entity, record_id)} ne peut pas être restauré. {sentence}")
        record.deleted_at = record.deleted_by = record.deleted_reason = None
        session.flush()
        _follow(session, entity, record_id)
        done += 1
    session.flush()
    return done


def bulk_fields(session: Session, entity: Entity, wanted: Sequence[int]) -> list[Field]:
    """What can be given to all of these records: the fields of their family too when it is the same."""
    found = [field for field in entity.fields if field.bulk]
    if entity.more_from:
        told = entity.model.__table__.c[entity.more_from]
        same = session.scalars(select(told).where(entity.model.__table__.c.id.in_(wanted)).distinct().limit(2)).all()
        found += own_fields(session, entity, {entity.more_from: same[0]}) if len(same) == 1 else ()
    return found


def bulk_edit(session: Session, entity: Entity, wanted: Sequence[int], values: Mapping[str, Any]) -> Job[Outcome]:
    """Give the same values to many records. A record that refuses them is left as it was, and told."""
    done: list[int] = []
    refused: list[tuple[str, str]] = []
    for position, record_id in enumerate(wanted, 1):
        try:
            update(session, entity, record_id, values)
            done.append(record_id)
        except AppError as error:
            refused.append((title(session, entity, record_id), str(error)))
        if position % 50 == 0 or position == len(wanted):
            yield Progress(position, len(wanted), "Modification en cours")
    return Outcome(tuple(done), tuple(refused))


def choices(session: Session, key: str, text: str = "", limit: int = 30) -> list[tuple[int, str]]:
    """(id, title) of the records of an entity that match what was typed, in the order of their titles."""
    entity = ENTITIES[key]
    own = entity.model.__table__
    query = Query((), entity.order_by, text=text)
    wanted = ids(session, entity, query, 0, limit)
    shown = title_of(entity.model, own)
    statement = select(own.c.id, shown).where(own.c.id.in_(wanted)).order_by(folded(shown))
    return [(record_id, text) for record_id, text in session.execute(statement)]


def suggestions(session: Session, entity: Entity, name: str, limit: int = 300) -> list[str]:
    """Values already used in a text field, the most frequent first."""
    own = entity.model.__table__
    cell = own.c[name]
    statement = (
        select(cell)
        .where(cell.is_not(None), own.c.deleted_at.is_(None))
        .group_by(cell)
        .order_by(func.count().desc(), cell)
        .limit(limit)
    )
    return list(session.scalars(statement))


def links(session: Session, entity: Entity, record_id: int) -> list[Link]:
    """What points to this record, by entity."""
    found = []
    for declared in entity.linked:
        target = ENTITIES[declared.entity]
        own = target.model.__table__
        statement = select(func.count()).where(own.c[declared.via] == record_id, own.c.deleted_at.is_(None))
        label = declared.label or target.many
        found.append(Link(declared.entity, declared.via, label, session.scalar(statement) or 0, declared.here))
    return found


def whole_list(entity: Entity) -> Query:
    """Every column of the list, for an export meant to be read again."""
    query = default_query(entity)
    return Query(tuple(f.name for f in entity.columns if not isinstance(f, Joined)), query.sort, query.descending)
