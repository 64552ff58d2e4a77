"""What the base knows of the columns of lists: the fields that families of assets have of their own, and what was
told of a list of the same headings."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import fold
from app.models import FamilyField
from app.models.codes import FieldKind
from app.services.importing.memory import Memory, remembered

OWN = "+"
"""A target that begins so is the field of that name of the asset's family: « +ports »."""


@dataclass(frozen=True, slots=True)
class OwnField:
    """One field of one family; two families may have one of the same name."""

    uuid: str
    family_id: int
    label: str
    kind: FieldKind
    options: tuple[str, ...] = ()

    @property
    def target(self) -> str:
        return OWN + fold(self.label)


@dataclass(frozen=True, slots=True)
class Known:
    own: tuple[OwnField, ...] = ()
    recall: Callable[[Sequence[str]], Memory | None] = lambda _: None


NOTHING = Known()


def known_by(session: Session) -> Known:
    return Known(_own_fields(session), lambda headings: remembered(session, headings))


def _own_fields(session: Session) -> tuple[OwnField, ...]:
    found = session.scalars(select(FamilyField).where(FamilyField.deleted_at.is_(None)).order_by(FamilyField.rank))
    return tuple(
        OwnField(one.uuid, one.family_id, one.label, one.kind, tuple((one.options or "").splitlines())) for one in found
    )


def by_target(fields: Iterable[OwnField]) -> dict[str, OwnField]:
    """One field for each target: the first of those that share a name tells its label."""
    found: dict[str, OwnField] = {}
    for one in fields:
        found.setdefault(one.target, one)
    return found
