"""The fields that the assets of one family have beside the common ones (domain.md A.7).

Each is a record; its values are texts in `Asset.extra`, by its uuid: « 15.6 », « 2026-11-21 », « oui ». A text that its
field cannot read, because its kind was changed since, is left as it is and comes back with the kind.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import Entity
from app.fields import Day, Field, Flag, Number, OneOf, Text, fold
from app.models import Asset, Family, FamilyField
from app.models.codes import FieldKind
from app.services.listing import Row

PREFIX = "extra."
"""Begins the names of these fields, before the uuid."""
NOTHING: Mapping[str, str] = MappingProxyType({})
YES = {"oui": True, "non": False}
NOT_OF_FAMILY = "Ce champ n’est pas de la famille de ce bien."


def is_own(name: str) -> bool:
    return name.startswith(PREFIX)


def own_fields(
    session: Session, entity: Entity, values: Mapping[str, Any], kept: Mapping[str, str] = NOTHING
) -> tuple[Field, ...]:
    """The further fields of a record that has these values, under the name of its family; none for most entities.

    `kept` is its `extra`: a choice taken off its list since stays among the options of the record that has it.
    """
    if not entity.more_from:
        return ()
    family = values.get(entity.more_from)
    found = session.execute(
        select(FamilyField, Family.name)
        .join(Family, Family.id == FamilyField.family_id)
        .where(FamilyField.family_id == family, FamilyField.deleted_at.is_(None))
        .order_by(FamilyField.rank, FamilyField.id)
    )
    return tuple(_field(told, name, kept.get(told.uuid)) for told, name in found)


def _field(told: FamilyField, group: str, kept: str | None = None) -> Field:
    common: dict[str, Any] = {"name": PREFIX + told.uuid, "label": told.label, "group": group, "bulk": True}
    match told.kind:
        case FieldKind.NUMBER:
            return Number(**common, unit=told.unit or "")
        case FieldKind.DAY:
            return Day(**common)
        case FieldKind.FLAG:
            return Flag(**common)
        case FieldKind.CHOICE:
            lines = dict.fromkeys([*(told.options or "").splitlines(), *([kept] if kept else [])])
            return OneOf(**common, options=tuple((line, line) for line in lines if line.strip()))
    return Text(**common)


def placed(entity: Entity, own: Sequence[Field]) -> tuple[Field, ...]:
    """All the fields of a record, its family's own after those that tell the family."""
    if not own:
        return entity.fields
    group = entity.field(entity.more_from).group
    at = max(i for i, field in enumerate(entity.fields) if field.group == group) + 1
    return (*entity.fields[:at], *own, *entity.fields[at:])


def read(own: Iterable[Field], kept: Mapping[str, str]) -> dict[str, Any]:
    """The value of each of these fields, by its name; None for what is not told or cannot be read."""
    return {field.name: value_of(field, kept.get(field.name.removeprefix(PREFIX))) for field in own}


def value_of(field: Field, text: str | None) -> Any:
    if text is None:
        return None
    with suppress(ValueError, ArithmeticError):
        match field:
            case Number():
                return Decimal(text)
            case Day():
                return date.fromisoformat(text)
            case Flag():
                return YES.get(text)
            case _:
                return text
    return None


def text_of(value: Any) -> str:
    """The value as it is kept."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def written(fields: Mapping[str, Field], kept: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, str]:
    """`extra` once these values, by name of field, are in it; None takes the text away.

    A text that its field cannot read is left alone while nothing is told in its place.
    """
    after = dict(kept)
    for name, value in values.items():
        uuid = name.removeprefix(PREFIX)
        if value is not None:
            after[uuid] = text_of(value)
        elif value_of(fields[name], kept.get(uuid)) is not None:
            del after[uuid]
    return after


def named(session: Session, uuid: str) -> Field | None:
    """The field of that uuid, were it in the bin: the history still names it."""
    told = session.scalar(select(FamilyField).where(FamilyField.uuid == uuid))
    return _field(told, "") if told else None


# -- as columns of a workbook -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """Fields of several families that bear one name are one column: `field` is how it is written, `told` the fields by
    their uuid."""

    field: Field
    told: Mapping[str, Field]

    def value(self, kept: Mapping[str, str]) -> Any:
        """What an asset with this `extra` has in the column."""
        for uuid, field in self.told.items():
            if (value := value_of(field, kept.get(uuid))) is not None:
                return value if type(self.field) is type(field) else field.format(value)
        return None


def columns(session: Session, entity: Entity, families: Sequence[int] | None = None) -> list[OwnColumn]:
    """The fields of these families, or of all that have assets, in the order of the families and their fields."""
    if not entity.more_from:
        return []
    wanted = select(Asset.family_id).where(Asset.deleted_at.is_(None)) if families is None else families
    found = session.scalars(
        select(FamilyField)
        .where(FamilyField.family_id.in_(wanted), FamilyField.deleted_at.is_(None))
        .order_by(FamilyField.family_id, FamilyField.rank, FamilyField.id)
    )
    alike: dict[str, list[FamilyField]] = defaultdict(list)
    for told in found:
        alike[fold(_heading(told))].append(told)
    return [_column(told) for told in alike.values()]


def _heading(told: FamilyField) -> str:
    return f"{told.label} ({told.unit})" if told.unit else told.label


def _column(alike: list[FamilyField]) -> OwnColumn:
    fields = {told.uuid: _field(told, "") for told in alike}
    one_kind = len({type(field) for field in fields.values()}) == 1
    kind: Any = type(fields[alike[0].uuid]) if one_kind else Text
    more: Any = {"options": ()} if kind is OneOf else {}
    return OwnColumn(kind(name=PREFIX + alike[0].uuid, label=_heading(alike[0]), **more), fields)


def with_own(session: Session, rows: Sequence[Row], own: Sequence[OwnColumn]) -> list[Row]:
    """The rows of assets, with those columns after theirs."""
    wanted = [row.id for row in rows]
    kept = {row.id: row.extra for row in session.execute(select(Asset.id, Asset.extra).where(Asset.id.in_(wanted)))}
    return [replace(row, values=(*row.values, *(one.value(kept[row.id]) for one in own))) for row in rows]
