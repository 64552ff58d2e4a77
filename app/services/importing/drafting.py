"""One line of a file against the base: the record it makes or changes, or why it is refused."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from app.entities import ENTITIES, Entity
from app.fields import PARIS, Field, Moment, Ref
from app.fields.formats import MISSING
from app.models.codes import AssetStatus
from app.services import families
from app.services.importing import links
from app.services.importing.books import Book, Books, Item
from app.services.importing.entries import Entry, Named, Source
from app.services.importing.known import OwnField, own_fields
from app.services.importing.matching import Clash, match, refuse_double
from app.services.importing.plans import Change, Outcome
from app.services.importing.seen import Seen, States
from app.services.records import MANDATORY
from app.services.support import support_end_for

_ONCE = {"number", "finding"}
"""Given when the record is made; no file takes them back from the manager."""
NO_JOURNAL = (
    "Aucun ticket d’ici n’a ce numéro. Pour reprendre ceux d’un autre outil, avec leurs délais\u00a0: "
    "«\u00a0Importer des tickets…\u00a0»."
)
OLDER = "Relevé plus ancien que le dernier connu"
BY_ITS_ACT = "un bien sort du parc, ou y revient, depuis sa fiche."
_IDENTITY = ("serial", "number", "hostname", "mac", "machine_uuid", "name", "model")


@dataclass(slots=True)
class Draft:
    """A line before the numbers are known."""

    source: Source
    entry: Entry
    outcome: Outcome
    item: Item | None = None
    changes: tuple[Change, ...] = ()
    problems: list[tuple[str, str]] = field(default_factory=list)
    seen: Seen | None = None
    before: dict[str, Any] = field(default_factory=dict)
    """The system that was kept before this line."""


class Drafter:
    """Takes the lines one after the other: each sees what those before it make."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._states = States(books)
        self._own = {(one.family_id, one.target): one for one in own_fields(books.session)}
        self._labels = {one.target: one.label for one in self._own.values()}

    def draft(self, source: Source, entry: Entry) -> Draft:
        if entry.problems:
            return Draft(source, entry, "refused", problems=entry.problems)
        books = self._books
        try:
            item = match(books[source.entity], entry, source.name, _known_links(books, source.declared, entry))
            if item and item.read_from(source.name):
                refuse_double(item.places[-1])
            draft = _changed(books, source, entry, item) if item else _created(books, source, entry)
        except Clash as clash:
            label = source.declared.field(clash.field).label if clash.field else ""
            return Draft(source, entry, "refused", problems=[(label, str(clash))])
        if draft.item and draft.outcome != "refused":
            draft.item.places.append((source.name, entry.line))
            self._complete(draft, draft.item)
        return draft

    def _complete(self, draft: Draft, item: Item) -> None:
        """What goes with an asset: fields of its family, end of its system's support, what an inventory saw."""
        entry = draft.entry
        if entry.own:
            self._fill_own(draft, item)
        if entry.values.keys() & {"system", "system_version"}:
            self._support_end(draft, item)
        if entry.machine and not any(note.startswith(OLDER) for note in entry.notes):
            draft.seen = self._states.seen(entry, item)
            self._date(draft, item)
        if draft.outcome == "unchanged" and (draft.changes or draft.seen):
            draft.outcome = "changed"

    def _date(self, draft: Draft, item: Item) -> None:
        """A survey that does not say its date has that of its file, where it brings anything."""
        survey = draft.seen.survey if draft.seen else None
        if survey and "inventoried_at" not in draft.entry.values:
            _set(item, {"inventoried_at": survey["taken_at"]})

    def _fill_own(self, draft: Draft, item: Item) -> None:
        """A column may be of several families: a line fills the field of its own."""
        kept: dict[str, str] = item.values.get("extra") or {}
        told: dict[str, Any] = {}
        fields: dict[str, Field] = {}
        for target, cell in draft.entry.own.items():
            one = self._own.get((item.values["family_id"], target))
            if one is None:
                draft.entry.notes.append(f"{self._labels[target]}\u00a0: ce bien n’est pas d’une famille qui l’a.")
                continue
            value, sentence = _own_value(one, cell)
            if sentence:
                draft.entry.notes.append(f"{one.label} laissé de côté. {sentence}")
            fields[one.field.name], told[one.field.name] = one.field, value
        after = families.written(fields, kept, {name: value for name, value in told.items() if value is not None})
        if after != kept:
            changed = [f for f in fields.values() if after.get(_uuid(f)) != kept.get(_uuid(f))]
            _set(item, {"extra": after, "extra_words": " ".join(after.values()) or None})
            if not item.is_new:
                draft.changes += tuple(_own_change(field, kept, after) for field in changed)

    def _support_end(self, draft: Draft, item: Item) -> None:
        """An empty date is filled from the table; one that came from it follows the system."""
        values = item.values
        end = support_end_for(self._books.session, values.get("system"), values.get("system_version"))
        kept = values.get("support_end")
        if end is None or end == kept or "support_end" in draft.entry.values:
            return
        before = draft.before
        if kept is None or kept == support_end_for(
            self._books.session, before.get("system"), before.get("system_version")
        ):
            _set(item, {"support_end": end})
            if not item.is_new:
                draft.changes += (_change(self._books, draft.source.declared, "support_end", kept, end),)


def _set(item: Item, values: dict[str, Any]) -> None:
    item.values.update(values)
    if not item.is_new:
        item.changed |= values.keys()


def _uuid(field: Field) -> str:
    return field.name.removeprefix(families.PREFIX)


def _own_value(one: OwnField, cell: str) -> tuple[Any, str]:
    """The value of a cell, or why it is left aside."""
    try:
        return one.field.check(one.field.read(cell)), ""
    except ValueError as error:
        return None, str(error)


def _own_change(field: Field, kept: dict[str, str], after: dict[str, str]) -> Change:
    old, new = (families.value_of(field, texts.get(_uuid(field))) for texts in (kept, after))
    return Change(field.label, field.format(old), field.format(new))


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


@cache
def _refs(key: str) -> dict[str, Ref]:
    return {field.name: field for field in ENTITIES[key].fields if isinstance(field, Ref)}


def _ref(entity: Entity, name: str) -> Ref:
    return _refs(entity.key)[name]


def _made(books: Books, entity: Entity, linked: dict[str, Item | Named]) -> dict[str, int]:
    """The id of each record linked, those that were missing now made."""
    items = (
        (n, links.make(books, _ref(entity, n).target, t) if isinstance(t, Named) else t) for n, t in linked.items()
    )
    return {name: item.id for name, item in items}


def _created(books: Books, source: Source, entry: Entry) -> Draft:
    entity = source.declared
    if entity.key == "ticket":
        raise Clash("", NO_JOURNAL)
    if entry.partial:
        raise Clash("", "Relevé partiel d’une machine inconnue\u00a0: importez d’abord son relevé complet.")
    linked = _linked(books, entity, entry, is_new=True)
    _gone_already(entity, entry)
    values = {f.name: f.default for f in entity.fields if f.default is not None} | entry.values
    if entry.from_tool and books[entity.key].find("number", values.get("number")):
        del values["number"]
    if problems := list(_missing(entity, values, linked)) or _checked(entity, values | linked):
        return Draft(source, entry, "refused", problems=problems)
    _not_taken(books[entity.key], values, None)
    return Draft(source, entry, "created", books.new(entity.key, values | _made(books, entity, linked)))


def _gone_already(entity: Entity, entry: Entry) -> None:
    """A list of another program names assets that left before ours: the day is all that it does not say. One that held
    personal data leaves with its proofs only (domain.md F.3)."""
    if entity.key == "asset" and entry.values.get("status") == AssetStatus.RETIRED and "retired_on" not in entry.values:
        if entry.values.get("personal_data"):
            raise Clash("status", UNPROVED)
        entry.values["retired_on"] = datetime.now(PARIS).date()
        entry.notes.append("Déjà sorti du parc\u00a0: la date de sortie, inconnue, est celle de cet import.")


UNPROVED = (
    "Sorti avec des données personnelles, sans preuve de leur effacement\u00a0: importez ce bien en service, puis "
    "sortez-le par «\u00a0Sortir du parc…\u00a0»."
)


def _keep_status(entity: Entity, entry: Entry, item: Item) -> None:
    """An asset leaves the fleet, or comes back, by the act that keeps the proof of it: no list does it."""
    told = entry.values.get("status")
    if entity.key != "asset" or told is None or "retired_on" in entry.values:
        return
    if (told == AssetStatus.RETIRED) != (item.values.get("status") == AssetStatus.RETIRED):
        shown = entity.field("status").format(told)
        entry.notes.append(f"Statut «\u00a0{shown}\u00a0» laissé de côté\u00a0: {BY_ITS_ACT}")
        del entry.values["status"]


def _missing(entity: Entity, values: dict[str, Any], linked: dict[str, Item | Named]) -> Iterator[tuple[str, str]]:
    given = entity.numbering.field if entity.numbering else ""
    if entity.key == "asset" and not any(values.get(name) for name in _IDENTITY):
        yield "N° de série", "Rien n’identifie ce bien\u00a0: indiquez au moins un numéro, un nom ou un modèle."
    for each in entity.fields:
        if each.required and each.name != given and values.get(each.name) is None and each.name not in linked:
            vague = each.name != "family_id"
            yield each.label, MANDATORY if vague else "Famille vide\u00a0: indiquez par exemple «\u00a0Écran\u00a0»."


def _checked(entity: Entity, values: dict[str, Any]) -> list[tuple[str, str]]:
    """What is wrong of the whole; a record named by the line stands for its id, which may not be given yet."""
    return [(entity.field(name).label, sentence) for name, sentence in entity.check(values).items()]


def _changed(books: Books, source: Source, entry: Entry, item: Item) -> Draft:
    """Only what the file fills in overwrites; an older survey overwrites nothing."""
    entity, book = source.declared, books[source.entity]
    if _is_older(entry, item):
        entry.notes.append(f"{OLDER}\u00a0: rien n’est repris.")
        return Draft(source, entry, "unchanged", item)
    before = {name: item.values.get(name) for name in ("system", "system_version")}
    linked = _linked(books, entity, entry, is_new=False)
    _keep_status(entity, entry, item)
    told = {n: v for n, v in entry.values.items() if n not in _ONCE}
    read = {n: v for n, v in told.items() if not _same(entity.field(n), item.values.get(n), v)}
    _not_taken(book, read, item)
    if problems := _checked(entity, item.values | linked | read) if read else []:
        return Draft(source, entry, "refused", item, problems=problems)
    new = read | {n: i for n, i in _made(books, entity, linked).items() if item.values.get(n) != i}
    changes = tuple(_change(books, entity, name, item.values.get(name), value) for name, value in new.items())
    _remember_number(entry, item)
    item.changed |= new.keys()
    item.values.update(new)
    book.index(item)
    return Draft(source, entry, "changed" if new else "unchanged", item, changes, before=before)


def _not_taken(book: Book, values: dict[str, Any], own: Item | None) -> None:
    for name in book.entity.unique:
        if other := next((o for o in book.find(name, values.get(name)) if o is not own), None):
            raise Clash(name, f"Déjà porté par {book.title(other.id)}.")


def _same(field: Field, kept: Any, read: Any) -> bool:
    """A list gives times without their seconds."""
    return kept == read or (isinstance(field, Moment) and kept is not None and field.format(kept) == field.format(read))


def _is_older(entry: Entry, item: Item) -> bool:
    mine, known = entry.values.get("inventoried_at") or entry.written_at, item.values.get("inventoried_at")
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
