"""What every reader gives: lines of one entity, their values read, their links still words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from app.entities import ENTITIES, Entity
from app.errors import Refused
from app.fields import clean_line, formats
from app.services.reading.machine import Machine

NO_RESULT = (
    "La formule n’a pas de résultat enregistré\u00a0: ouvrez le classeur dans Excel ou LibreOffice, enregistrez-le, "
    "puis recommencez."
)


class UnknownColumns(Refused):
    """The headings of a table tell nothing: a person may say what each column holds, the rest is readable."""


@dataclass(frozen=True, slots=True)
class Reject:
    """Why a line, or one of its fields (by its French label), is refused. `line` is None in a file without lines."""

    line: int | None
    field: str
    message: str
    source: str = ""

    @property
    def sentence(self) -> str:
        """« ligne 9, Achat : ce jour n’existe pas »."""
        place = ", ".join(word for word in (f"ligne {self.line}" if self.line else self.source, self.field) if word)
        return f"{place}\u00a0: {self.message}" if place else self.message

    def as_json(self) -> dict[str, Any]:
        return {"ligne": self.line, "champ": self.field, "message": self.message}


@dataclass(frozen=True, slots=True)
class Named:
    """A record meant by what names it: a text, or the names and address of a person."""

    text: str = ""
    first: str | None = None
    last: str = ""
    email: str | None = None

    @property
    def shown(self) -> str:
        return self.text or clean_line(f"{self.first or ''} {self.last}") or self.email or ""


@dataclass(slots=True)
class Entry:
    """One line. `values` by field name, never empty; `links` by the name of the Ref field; `problems` by label.

    `guess` is the family of a new asset whose file does not name one; `partial` updates create nothing.
    """

    line: int | None
    values: dict[str, Any] = field(default_factory=dict)
    links: dict[str, Named] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    guess: str = ""
    from_tool: bool = False
    partial: bool = False
    own: dict[str, str] = field(default_factory=dict)
    """Texts for the fields that its family has of its own, by target (« +ports »)."""
    machine: Machine | None = None
    """What an inventory saw beside the values."""
    written_at: datetime | None = None
    """When the file was written: the date of a survey that does not say its own."""


Origin = Literal["guessed", "remembered", "told"]


@dataclass(frozen=True, slots=True)
class TableView:
    """A table as the screen of columns shows it. `targets` has one place a heading: what it fills, or None.

    `origin` says whether the program guessed them, remembered them, or was told. `rows` are the first ones.
    """

    entity: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    targets: tuple[str | None, ...]
    origin: Origin = "guessed"
    sheets: tuple[str, ...] = ()
    sheet: str = ""


@dataclass(slots=True)
class Source:
    """One file read. `columns` pairs each header with the label of the field that takes it, or None; `table` is None
    for an inventory, which has no columns."""

    name: str
    entity: str
    entries: list[Entry]
    columns: tuple[tuple[str, str | None], ...] = ()
    notes: tuple[str, ...] = ()
    bad: tuple[tuple[int, str], ...] = ()
    table: TableView | None = None
    path: Path | None = None

    @property
    def declared(self) -> Entity:
        return ENTITIES[self.entity]


_WIDE = 60


def listed(words: Sequence[str], most: int = 6) -> str:
    """« a, b, c et 2 autres », each cut at 60 letters."""
    return formats.listed([word if len(word) <= _WIDE else f"{word[:_WIDE]}…" for word in words], most)
