"""What an entity declares, once: its list, form, search, import and export all read it from here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from app.fields import Choice, Field, counted
from app.models import Record

Problems = dict[str, str]
Gender = Literal["m", "f"]


@dataclass(frozen=True, kw_only=True)
class Numbering:
    """Numbers given by the program and never used again.

    The prefix is written here, or read from the column `prefix` of the record that the field `prefix_from` names;
    `yearly` puts the year after it: « PC-0001 », « T-2026-0001 ».
    """

    field: str = "number"
    prefix: str = ""
    prefix_from: str = ""
    yearly: bool = False
    width: int = 4


@dataclass(frozen=True)
class Linked:
    """Records of `entity` that point to this one by their Ref field `via`: a tab of the record, under `label` if the
    name of that entity does not suit. `here`: they are added, corrected and taken away in that tab."""

    entity: str
    via: str
    label: str = ""
    here: bool = False


@dataclass(frozen=True, kw_only=True)
class Entity:
    """`model` is the mapped class; `key` its table. `own_page`: opened on a hand-written page, not in the side pane."""

    model: type[Record]
    one: str
    many: str
    icon: str
    fields: tuple[Field, ...]
    order_by: str
    then_by: str = ""
    """The field that orders those that are equal; without one, the order in which they came."""
    gender: Gender = "m"
    descending: bool = False
    numbering: Numbering | None = None
    badge: str = ""
    subtitle: tuple[str, ...] = ()
    summary: str = ""
    natural_key: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()
    """Fields of which no two records outside the bin may share a value."""
    first_columns: tuple[str, ...] = ()
    """The list's columns in their order, where the order of the form does not suit."""
    brief: tuple[str, ...] = ()
    """The columns that a narrow list keeps, where the first two and the badge do not suit."""
    chips: tuple[str, ...] = ()
    """Fields whose filter is always in sight; the others are under « Autre critère »."""
    check: Callable[[Mapping[str, Any]], Problems] = lambda _: {}
    linked: tuple[Linked, ...] = ()
    more_from: str = ""
    """The Ref whose record tells further fields, kept together in the column `extra` (services.families)."""
    own_page: bool = False
    editable: bool = True
    opened_apart: bool = False
    """A new one is opened by a screen of its own, never by the bare form that the « + » of a field shows."""
    from_lists: bool = True
    """May be filled from a CSV or Excel list; a part of a record, that means nothing without it, may not."""

    @property
    def key(self) -> str:
        return str(self.model.__table__.name)

    def field(self, name: str) -> Field:
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    @property
    def columns(self) -> tuple[Field, ...]:
        """Fields that may stand in the list."""
        return tuple(f for f in self.fields if f.column != "never")

    @property
    def shown(self) -> tuple[str, ...]:
        """Columns of the list before the user chose any."""
        return self.first_columns or tuple(f.name for f in self.fields if f.column == "shown")

    def kept_when_narrow(self, via: str) -> tuple[str, ...]:
        """Columns of a list of what is linked by `via` that stay in sight however narrow it is."""
        others = [name for name in self.brief or self.shown if name not in {via, self.badge}]
        kept = {*(others if self.brief else others[:2]), self.badge}
        return tuple(name for name in self.shown if name in kept)

    @property
    def form_fields(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.in_form and not f.read_only)

    @property
    def badge_field(self) -> Choice | None:
        field = self.field(self.badge) if self.badge else None
        return field if isinstance(field, Choice) else None

    def counted(self, n: int) -> str:
        """« 1 bien », « 148 biens »."""
        return counted(n, self.one.lower(), self.many.lower())
