"""What an import would do, line by line: what the preview shows and what is then written."""

from dataclasses import dataclass, field
from typing import Any, Literal

from app.services.importing.books import Stamp
from app.services.importing.entries import Reject, Source
from app.services.importing.seen import Seen

Outcome = Literal["created", "changed", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Change:
    """One field as texts: « Affecté à : Claire Bonnin → Karim Haddad ». `old` is « – » where nothing was kept."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Line:
    """`detail` says in French what is made or why it is refused; `number` is that of the record, given or kept; `seen`
    what an inventory adds beside: « + 214 logiciels, 3 composants »."""

    source: str
    line: int | None
    entity: str
    outcome: Outcome
    number: str
    title: str
    detail: str
    changes: tuple[Change, ...] = ()
    rejects: tuple[Reject, ...] = ()
    notes: tuple[str, ...] = ()
    seen: str = ""


@dataclass(slots=True)
class Plan:
    """`lines` has the refused first, then the order of the files; the fields after `notes` are for `apply`.

    `created` and `updated` map an entity to ids (negative for what is to be made) to the columns to write.
    """

    files: tuple[Source, ...]
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    created: dict[str, dict[int, dict[str, Any]]] = field(default_factory=dict)
    updated: dict[str, dict[int, dict[str, Any]]] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        return sum(1 for line in self.lines if line.outcome == outcome)

    @property
    def size(self) -> int:
        """How many lines were read."""
        return len(self.lines)

    @property
    def fields_changed(self) -> int:
        return sum(len(line.changes) for line in self.lines if line.outcome == "changed")

    @property
    def writes(self) -> int:
        """Lines that importing would write."""
        return self.count("created") + self.count("changed")

    @property
    def rejects(self) -> list[Reject]:
        return [reject for line in self.lines for reject in line.rejects]
