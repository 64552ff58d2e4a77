"""What an inventory saw of a machine, beside the values of its record: survey, software, parts (models.Survey).

A survey is written whole, and never changed: what a file does not speak of starts from the one in force, where the file
is partial, or, for software, always.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from app.entities import ENTITIES
from app.fields import PARIS, fold, number
from app.models import Component, Installation, Software, Survey
from app.models.codes import ComponentKind
from app.services.importing.books import Books, Item, stamp
from app.services.importing.entries import Entry
from app.services.reading.machine import Machine, Piece, Program

FACTS = (
    "tool", "antivirus", "antivirus_on", "antivirus_current", "firewall_on", "disk_total_gb", "disk_free_gb",
    "disk_encrypted", "battery_health",
)  # fmt: skip
Installed = dict[int, tuple[str | None, date | None]]
"""Software (negative when it is to be made) -> version and day."""


@dataclass(slots=True)
class State:
    """What is kept of a machine, or is going to be once the lines before are written."""

    taken_at: datetime | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    installed: Installed = field(default_factory=dict)
    parts: list["Part"] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Part:
    """A component that is in place; `row` are the columns of one that is still to be written."""

    id: int | None
    kind: str
    piece: Piece
    from_tool: bool = True
    row: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Seen:
    """What one line writes beside its asset; each of the three may be nothing."""

    asset: int
    survey: dict[str, Any] | None = None
    installed: Installed = field(default_factory=dict)
    added: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    removed: list[dict[str, Any]] = field(default_factory=list)
    programs: tuple[int, int] = (0, 0)
    """How many software came and went since the survey before."""

    @property
    def is_something(self) -> bool:
        return bool(self.survey or self.added or self.changed or self.removed)

    def told(self) -> str:
        """« + 214 logiciels, 3 composants » ; « − 2 logiciels »."""
        came, gone = self.programs
        plus = [_counted(came, "logiciel"), _counted(len(self.added), "composant")]
        minus = [_counted(gone, "logiciel"), _counted(len(self.removed), "composant")]
        signed = ((sign, ", ".join(filter(None, words))) for sign, words in (("+", plus), ("\u2212", minus)))
        return "\u00a0; ".join(f"{sign}\u00a0{words}" for sign, words in signed if words)


def _counted(count: int, one: str) -> str:
    return f"{number(count)}\u00a0{one}{'s' if count > 1 else ''}" if count else ""


class States:
    """Of each machine that the files speak of, read from the base when it is first met."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._states: dict[int, State] = {}
        self._software: dict[str, int] | None = None

    def seen(self, entry: Entry, item: Item) -> Seen | None:
        """None when the file adds nothing to what is kept."""
        machine = entry.machine
        if machine is None or not machine.is_surveyed:
            return None
        state = self._state(item)
        taken_at = entry.values.get("inventoried_at")
        moment = taken_at or entry.written_at or datetime.now(UTC)
        if state.taken_at and moment < state.taken_at:
            return None
        found = Seen(item.id)
        self._survey(found, machine, state, taken_at, moment)
        self._parts(found, machine, state, moment.astimezone(PARIS).date())
        return found if found.is_something else None

    def _state(self, item: Item) -> State:
        if item.id not in self._states:
            self._states[item.id] = State() if item.is_new else self._read(item.id)
        return self._states[item.id]

    def _read(self, asset: int) -> State:
        session = self._books.session
        for key in ("survey", "component"):
            self._books.stamps.setdefault(key, stamp(session, ENTITIES[key]))
        kept = session.execute(
            select(Survey.__table__)
            .where(Survey.asset_id == asset, Survey.deleted_at.is_(None))
            .order_by(Survey.taken_at.desc(), Survey.id.desc())
            .limit(1)
        ).first()
        parts = session.execute(
            select(Component.__table__).where(
                Component.asset_id == asset, Component.deleted_at.is_(None), Component.removed_on.is_(None)
            )
        )
        state = State(parts=[_part(row) for row in parts])
        if kept is not None:
            state.taken_at, state.facts = kept.taken_at, {name: getattr(kept, name) for name in FACTS}
            state.installed = self._installed(kept.id)
        return state

    def _installed(self, survey: int) -> Installed:
        own = Installation
        found = self._books.session.execute(
            select(own.software_id, own.version, own.installed_on)
            .join(Software, Software.id == own.software_id)
            .where(own.survey_id == survey)
        )
        return {row.software_id: (row.version, row.installed_on) for row in found}

    def _survey(self, found: Seen, machine: Machine, state: State, taken_at: datetime | None, moment: datetime) -> None:
        start = state.facts if machine.partial else {}
        facts = {name: machine.survey.get(name, start.get(name)) for name in FACTS}
        told = machine.programs
        installed = state.installed if told is None else self._numbered(told)
        same = facts == state.facts and installed == state.installed
        if same and state.taken_at and taken_at in {None, state.taken_at}:
            return
        found.survey = {**facts, "taken_at": moment, "software_count": len(installed)}
        found.installed = installed
        found.programs = (len(installed.keys() - state.installed), len(state.installed.keys() - installed))
        state.taken_at, state.facts, state.installed = moment, facts, installed

    def _numbered(self, programs: Iterable[Program]) -> Installed:
        """Each software by its name; those that nobody had yet are made."""
        book = self._books["software"]
        if self._software is None:
            self._software = {fold(str(item.values["name"])): item.id for item in book.items.values()}
        installed: Installed = {}
        for program in programs:
            name = fold(program.name)
            if name not in self._software:
                made = self._books.new("software", {"name": program.name, "publisher": program.publisher})
                self._software[name] = made.id
            _publish(book.items[self._software[name]], program)
            day = date.fromisoformat(program.installed_on) if program.installed_on else None
            installed[self._software[name]] = (program.version, day)
        return installed

    def _parts(self, found: Seen, machine: Machine, state: State, day: date) -> None:
        since = day if state.parts else None
        for kind, pieces in machine.pieces.items():
            own = [part for part in state.parts if part.kind == kind]
            gone = {id(part) for part in own if part.from_tool}
            for piece, part in _paired(pieces, own):
                if part is None:
                    kept = {"kind": ComponentKind.of(kind), "installed_on": since, "removed_on": None}
                    found.added.append({**piece._asdict(), **kept})
                    state.parts.append(Part(None, kind, piece, row=found.added[-1]))
                    continue
                gone.discard(id(part))
                if part.from_tool and part.piece != piece:
                    _put(found.changed, part, piece._asdict())
                    part.piece = piece
            removed = [part for part in own if id(part) in gone]
            for part in removed:
                _put(found.removed, part, {"removed_on": day})
            state.parts = [part for part in state.parts if part not in removed]


def _put(changes: list[dict[str, Any]], part: Part, values: dict[str, Any]) -> None:
    """A part that a line before brought is not written yet: it changes where it waits."""
    if part.id is None:
        part.row.update(values)
    else:
        changes.append({"id": part.id, **values})


def _publish(item: Item, program: Program) -> None:
    """Who publishes a software is learnt from the first file that says it."""
    if program.publisher and not item.values.get("publisher"):
        item.values["publisher"] = program.publisher
        item.changed.add("publisher")


def _part(row: Any) -> Part:
    return Part(row.id, row.kind.value, Piece(row.label, row.size, row.serial), row.from_tool)


def _paired(pieces: Iterable[Piece], own: list[Part]) -> Iterator[tuple[Piece, Part | None]]:
    """Each piece that was seen, with the component it is: by its serial number, else by its label and its size."""
    waiting = list(own)
    later: list[Piece] = []
    for piece in pieces:
        match = next((part for part in waiting if piece.serial and part.piece.serial == piece.serial), None)
        if match is None:
            later.append(piece)
        else:
            waiting.remove(match)
            yield piece, match
    alike: dict[tuple[str, str | None], list[Part]] = defaultdict(list)
    for part in waiting:
        alike[part.piece.label, part.piece.size].append(part)
    for piece in later:
        same = [one for one in alike[piece.label, piece.size] if not (piece.serial and one.piece.serial)]
        if same:
            alike[piece.label, piece.size].remove(same[0])
        yield piece, same[0] if same else None
