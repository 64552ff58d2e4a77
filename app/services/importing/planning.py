"""What an import would do, line by line, before anything is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy.orm import Session

from app.entities import ENTITIES, Entity
from app.fields import Field, Moment, Ref
from app.fields.formats import MISSING
from app.jobs import Job, Progress, drain
from app.services.importing import links
from app.services.importing.books import ORDER, Book, Books, Item, Stamp
from app.services.importing.entries import Entry, Named, Reject, Source, listed
from app.services.importing.matching import Clash, match, refuse_double
from app.services.importing.numbers import give_numbers
from app.services.records import MANDATORY

Outcome = Literal["created", "changed", "unchanged", "refused"]
_ONCE = {"number", "finding"}
"""Given when the record is made; no file takes them back from the manager."""
_STEP = 250
_TITLES: dict[str, tuple[tuple[str, ...], ...]] = {
    "asset": (("brand", "model"), ("name",), ("hostname",), ("serial",)),
    "person": (("first_name", "last_name"), ("email",)),
}
_IDENTITY = ("serial", "number", "hostname", "mac", "machine_uuid", "name", "model")


@dataclass(frozen=True, slots=True)
class Change:
    """One field as texts: « Affecté à : Claire Bonnin → Karim Haddad ». `old` is « – » where nothing was kept."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Line:
    """`detail` says in French what is made or why it is refused; `number` is that of the record, given or kept."""

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

    def count(self, outcome: Outcome) -> int:
        return sum(1 for line in self.lines if line.outcome == outcome)

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


@dataclass(slots=True)
class _Draft:
    """A line before the numbers are known."""

    source: Source
    entry: Entry
    outcome: Outcome
    item: Item | None = None
    changes: tuple[Change, ...] = ()
    problems: list[tuple[str, str]] = field(default_factory=list)


def plan(session: Session, sources: Sequence[Source]) -> Plan:
    return drain(plan_steps(session, sources))


def plan_steps(session: Session, sources: Sequence[Source]) -> Job[Plan]:
    books = Books(session)
    drafts: list[_Draft] = []
    total = sum(len(source.entries) for source in sources)
    for source in sorted(sources, key=lambda source: ORDER.index(source.entity)):
        drafts += [_Draft(source, Entry(line), "refused", problems=[("", text)]) for line, text in source.bad]
        for entry in source.entries:
            if len(drafts) % _STEP == 0:
                yield Progress(len(drafts), total, f"Comparaison avec la base\u00a0: {source.name}")
            drafts.append(_drafted(books, source, entry))
    yield Progress(total, total, "Comparaison terminée")
    return _finished(Plan(tuple(sources)), books, drafts)


def _drafted(books: Books, source: Source, entry: Entry) -> _Draft:
    if entry.problems:
        return _Draft(source, entry, "refused", problems=entry.problems)
    try:
        item = match(books[source.entity], entry, source.name, _known_links(books, source.declared, entry))
        if item and item.read_from(source.name):
            refuse_double(item.places[-1])
        draft = _changed(books, source, entry, item) if item else _created(books, source, entry)
    except Clash as clash:
        label = source.declared.field(clash.field).label if clash.field else ""
        return _Draft(source, entry, "refused", problems=[(label, str(clash))])
    if draft.item:
        draft.item.places.append((source.name, entry.line))
    return draft


def _linked(books: Books, entity: Entity, entry: Entry, is_new: bool) -> dict[str, Item | Named]:
    """Records found for the links of a line, and the names of those to make. Nothing is made yet."""
    named = dict(entry.links)
    if entity.key == "asset":
        named.pop("family_id", None)
        if kind := links.family(books, entry, is_new):
            named["family_id"] = kind
    return {name: links.found(books, _ref(entity, name), one) or one for name, one in named.items()}


def _known_links(books: Books, entity: Entity, entry: Entry) -> dict[str, int | None]:
    """What an entity without key is known by, besides its values."""
    if entity.key in {"asset", "person"} or entity.natural_key:
        return {}
    linked = _linked(books, entity, entry, is_new=False)
    return {name: one.id if isinstance(one, Item) else None for name, one in linked.items()}


def _ref(entity: Entity, name: str) -> Ref:
    return next(field for field in entity.fields if isinstance(field, Ref) and field.name == name)


def _made(books: Books, entity: Entity, linked: dict[str, Item | Named]) -> dict[str, int]:
    """The id of each record linked, those that were missing now made."""
    items = (
        (n, links.make(books, _ref(entity, n).target, t) if isinstance(t, Named) else t) for n, t in linked.items()
    )
    return {name: item.id for name, item in items}


def _created(books: Books, source: Source, entry: Entry) -> _Draft:
    entity = source.declared
    if entry.partial:
        raise Clash("", "Relevé partiel d’une machine inconnue\u00a0: importez d’abord son relevé complet.")
    linked = _linked(books, entity, entry, is_new=True)
    values = {f.name: f.default for f in entity.fields if f.default is not None} | entry.values
    if entry.from_tool and books[entity.key].find("number", values.get("number")):
        del values["number"]
    if problems := list(_missing(entity, values, linked)) or _checked(entity, values):
        return _Draft(source, entry, "refused", problems=problems)
    _not_taken(books[entity.key], values, None)
    return _Draft(source, entry, "created", books.new(entity.key, values | _made(books, entity, linked)))


def _missing(entity: Entity, values: dict[str, Any], linked: dict[str, Item | Named]) -> Iterator[tuple[str, str]]:
    given = entity.numbering.field if entity.numbering else ""
    if entity.key == "asset" and not any(values.get(name) for name in _IDENTITY):
        yield "N° de série", "Rien n’identifie ce bien\u00a0: indiquez au moins un numéro, un nom ou un modèle."
    for each in entity.fields:
        if each.required and each.name != given and values.get(each.name) is None and each.name not in linked:
            vague = each.name != "family_id"
            yield each.label, MANDATORY if vague else "Famille vide\u00a0: indiquez par exemple «\u00a0Écran\u00a0»."


def _checked(entity: Entity, values: dict[str, Any]) -> list[tuple[str, str]]:
    return [(entity.field(name).label, sentence) for name, sentence in entity.check(values).items()]


def _changed(books: Books, source: Source, entry: Entry, item: Item) -> _Draft:
    """Only what the file fills in overwrites; an older survey overwrites nothing."""
    entity, book = source.declared, books[source.entity]
    if _is_older(entry, item):
        entry.notes.append("Relevé plus ancien que le dernier connu\u00a0: rien n’est repris.")
        return _Draft(source, entry, "unchanged", item)
    linked = _linked(books, entity, entry, is_new=False)
    told = {n: v for n, v in entry.values.items() if n not in _ONCE}
    read = {n: v for n, v in told.items() if not _same(entity.field(n), item.values.get(n), v)}
    _not_taken(book, read, item)
    if problems := _checked(entity, item.values | read) if read else []:
        return _Draft(source, entry, "refused", item, problems=problems)
    new = read | {n: i for n, i in _made(books, entity, linked).items() if item.values.get(n) != i}
    changes = tuple(_change(books, entity, name, item.values.get(name), value) for name, value in new.items())
    _remember_number(entry, item)
    item.changed |= new.keys()
    item.values.update(new)
    book.index(item)
    return _Draft(source, entry, "changed" if new else "unchanged", item, changes)


def _not_taken(book: Book, values: dict[str, Any], own: Item | None) -> None:
    for name in book.entity.unique:
        if other := next((o for o in book.find(name, values.get(name)) if o is not own), None):
            raise Clash(name, f"Déjà porté par {book.title(other.id)}.")


def _same(field: Field, kept: Any, read: Any) -> bool:
    """A list gives times without their seconds."""
    return kept == read or (isinstance(field, Moment) and kept is not None and field.format(kept) == field.format(read))


def _is_older(entry: Entry, item: Item) -> bool:
    mine, known = entry.values.get("inventoried_at"), item.values.get("inventoried_at")
    return entry.from_tool and bool(mine and known and mine < known)


def _remember_number(entry: Entry, item: Item) -> None:
    told, kept = entry.values.get("number"), item.values.get("number")
    if told and kept and told != kept and not entry.from_tool:
        entry.notes.append(f"N° gardé\u00a0: {kept} (le fichier dit {told}).")


def _change(books: Books, entity: Entity, name: str, old: Any, new: Any) -> Change:
    of = entity.field(name)
    if isinstance(of, Ref):
        return Change(of.label, books[of.target].title(old) or MISSING, books[of.target].title(new))
    return Change(of.label, of.format(old), of.format(new))


def _finished(made: Plan, books: Books, drafts: list[_Draft]) -> Plan:
    """New numbers are given last, once all those that the files bring are known."""
    for key in ORDER:
        if key in books.opened:
            items = books[key].items.values()
            new = {item.id: item.values for item in items if item.is_new}
            give_numbers(books, ENTITIES[key], new.values())
            made.created[key] = new
            made.updated[key] = {i.id: {n: i.values[n] for n in i.changed} for i in items if i.changed and not i.is_new}
    made.stamps, made.counters = books.stamps, books.last
    places = {source.name: place for place, source in enumerate(made.files)}
    made.lines = [_line(books, draft) for draft in drafts]
    made.lines.sort(key=lambda line: (line.outcome != "refused", places[line.source], line.line or 0))
    made.notes = [*_file_notes(made.files), *_made_along(books)]
    return made


def _file_notes(files: Sequence[Source]) -> Iterator[str]:
    for source in files:
        yield from (f"{source.name}\u00a0: {note}" if len(files) > 1 else note for note in source.notes)


def _made_along(books: Books) -> Iterator[str]:
    """Records that no line speaks of, made because a line names them."""
    for key, book in books.opened.items():
        along = [book.title(item.id) for item in book.items.values() if item.is_new and not item.places]
        if along:
            yield f"À créer aussi\u00a0: {ENTITIES[key].counted(len(along))} ({listed(along)})."


def _line(books: Books, draft: _Draft) -> Line:
    entry, source = draft.entry, draft.source
    values = draft.item.values if draft.item else entry.values
    rejects = tuple(Reject(entry.line, label, text, source.name) for label, text in draft.problems)
    return Line(
        source.name,
        entry.line,
        source.entity,
        draft.outcome,
        str(values.get("number") or "") if draft.item else "",
        _title(source.entity, values),
        _detail(books, draft, values),
        draft.changes,
        rejects,
        tuple(entry.notes),
    )


def _title(key: str, values: dict[str, Any]) -> str:
    """What a person calls it: make and model before the number that stands in its own column."""
    ways = {
        "asset": (("brand", "model"), ("name",), ("hostname",), ("serial",)),
        "person": (("first_name", "last_name"),),
    }
    for names in ways.get(key, (("name",), ("object",), ("number",))):
        if shown := " ".join(str(values[n]) for n in names if values.get(n)):
            return shown
    return ""


def _detail(books: Books, draft: _Draft, values: dict[str, Any]) -> str:
    entity = draft.source.declared
    if draft.outcome == "refused":
        return " ".join(
            f"{label}\u00a0: {text}" if label and label not in text else text for label, text in draft.problems
        )
    if draft.outcome != "created":
        return " ".join(draft.entry.notes)
    site = books["site"].title(values.get("site_id")) if "site_id" in values else ""
    made = f"{'Nouvelle' if entity.gender == 'f' else 'Nouveau'} {entity.one.lower()}"
    return ", ".join(part for part in (made, site, str(values.get("room") or "")) if part)
