"""What the base knows of the columns of lists: the fields that families of assets have of their own, and what was
told of a list of the same headings."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.fields import Field, Number, fold
from app.models import FamilyField
from app.services import families
from app.services.importing.memory import Memory, remembered

OWN = "+"
"""A target that begins so is the field of that name of the asset's family: « +ports »."""


@dataclass(frozen=True, slots=True)
class OwnField:
    """One field of one family; two families may have one of the same name and unit, which one column fills."""

    uuid: str
    family_id: int
    field: Field

    @property
    def target(self) -> str:
        return OWN + fold(self.label)

    @property
    def label(self) -> str:
        """With its unit, as our workbooks head it."""
        unit = self.field.unit if isinstance(self.field, Number) else ""
        return f"{self.field.label} ({unit})" if unit else self.field.label


@dataclass(frozen=True, slots=True)
class Known:
    own: tuple[OwnField, ...] = ()
    recall: Callable[[Sequence[str]], Memory | None] = lambda _: None


NOTHING = Known()


def known_by(session: Session) -> Known:
    return Known(own_fields(session), lambda headings: remembered(session, headings))


def own_fields(session: Session) -> tuple[OwnField, ...]:
    asset = ENTITIES["asset"]
    having = select(FamilyField.family_id).where(FamilyField.deleted_at.is_(None)).distinct()
    return tuple(
        OwnField(field.name.removeprefix(families.PREFIX), family, field)
        for family in session.scalars(having)
        for field in families.own_fields(session, asset, {asset.more_from: family})
    )


def by_target(fields: Iterable[OwnField]) -> dict[str, OwnField]:
    """One field for each target: the first of those that share a name tells its label."""
    found: dict[str, OwnField] = {}
    for one in fields:
        found.setdefault(one.target, one)
    return found


def by_heading(fields: Iterable[OwnField]) -> dict[str, str]:
    """Heading -> target; a name without its unit is enough where nothing else has that name."""
    listed = list(fields)
    found = {one.label: one.target for one in listed}
    for one in listed:
        found.setdefault(one.field.label, one.target)
    return found
