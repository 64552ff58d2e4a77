"""A table of texts to lines of an entity: which entity its headers tell, and each cell read by its kind of field."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.entities import ENTITIES
from app.fields import Choice, Count, Day, Field, Moment, Money, Ref, clean_line, lowered
from app.services.importing import cells, synonyms
from app.services.importing.columns import Layout, label_of, laid_out, view
from app.services.importing.entries import NO_RESULT, Entry, Named, Source, listed
from app.services.importing.known import NOTHING, OWN, Known, OwnField
from app.services.importing.options import Options
from app.services.importing.tables import Table
from app.services.reading import families
from app.services.reading.rows import UNCOMPUTED, Row
from app.services.reading.words import known as meant
from app.services.reading.words import known_serial, known_uuid

MAX_NEW_FAMILIES = 20
_HOST = re.compile(r"[A-Za-z0-9][\w.]*[-\d][\w.-]*")
_KNOWN: dict[str, Callable[[str], str | None]] = {
    "serial": known_serial,
    "number": meant,
    "machine_uuid": known_uuid,
    "brand": meant,
    "model": meant,
}


def map_table(table: Table, name: str, options: Options, known: Known = NOTHING) -> Source:
    """Refused if its headers tell nothing that is kept here."""
    layout = laid_out(table, name, options, known)
    columns = _columns(table, layout, known.own)
    entries = list(_entries(layout, table.rows))
    remarks = (*table.notes, *_remarks(layout, columns), *_too_many_families(entries))
    return Source(name, layout.entity.key, entries, columns, remarks, table.bad, view(table, layout))


def _too_many_families(entries: list[Entry]) -> list[str]:
    """A column of so many unknown words does not hold kinds of assets: they are not made families."""
    said = {e.links["family_id"].text for e in entries if "family_id" in e.links}
    unknown = [text for text in said if not families.from_words(text)]
    if len(unknown) <= MAX_NEW_FAMILIES:
        return []
    for entry in entries:
        entry.guess = entry.guess or families.OTHER
    return [
        f"{len(unknown)}\u00a0catégories inconnues\u00a0: ces biens sont rangés dans «\u00a0{families.OTHER}\u00a0»."
    ]


def _columns(table: Table, layout: Layout, own: Sequence[OwnField]) -> tuple[tuple[str, str | None], ...]:
    by_column = {column: label_of(layout.entity, target, own) for target, column in layout.taken.items()}
    return tuple((header, by_column.get(column)) for column, header in enumerate(table.headers))


def _remarks(layout: Layout, columns: tuple[tuple[str, str | None], ...]) -> list[str]:
    unread = [header for header, target in columns if target is None and header and header not in layout.doubles]
    remarks = [f"Colonnes non reprises\u00a0: {listed(unread)}."] if unread else []
    if layout.doubles:
        remarks.append(f"Colonnes en double, lues une fois\u00a0: {listed(layout.doubles)}.")
    if layout.order == "mdy":
        remarks.append("Dates lues dans l’ordre américain (mois/jour/année).")
    if layout.origin == "remembered":
        remarks.append("Colonnes lues comme la dernière fois.")
    return remarks


def _entries(layout: Layout, rows: Sequence[Row]) -> Iterator[Entry]:
    """Cells repeat: each text of a column is read once."""
    readers = [(column, target, _reader(layout, target)) for target, column in layout.taken.items()]
    seen: list[dict[str, _Read]] = [{} for _ in readers]
    for row in rows:
        entry = Entry(row.line)
        pieces: dict[str, str] = {}
        for (column, target, read), known in zip(readers, seen, strict=True):
            cell = row.cells[column]
            if not cell:
                continue
            found = known.get(cell)
            if found is None:
                found = known[cell] = _told(layout, target, cell, read)
            _put(entry, pieces, target, found)
        _assemble(layout, entry, pieces)
        yield entry


@dataclass(frozen=True, slots=True)
class _Read:
    """What a cell gives: a value, a link, a text for later, or why it is refused."""

    value: Any = None
    link: Named | None = None
    room: str = ""
    piece: str = ""
    problem: tuple[str, str] | None = None


_Reader = Callable[[str], _Read]


def _reader(layout: Layout, target: str) -> _Reader:
    if target.startswith(("@", OWN)):
        return lambda cell: _Read(piece=cell)
    field = layout.entity.field(target)
    if isinstance(field, Ref):
        return lambda cell: _link(field, cell)
    unit = layout.units.get(target, "") if isinstance(field, Count) else ""
    return lambda cell: _value(field, f"{cell} {unit}" if unit and cells.is_whole(cell) else cell, layout.order)


def _told(layout: Layout, target: str, cell: str, read: _Reader) -> _Read:
    if cell == UNCOMPUTED:
        label = "" if target.startswith(OWN) else synonyms.label(layout.entity, target)
        return _Read(problem=(label, NO_RESULT))
    return _Read() if cells.is_nothing(cell) else read(cell)


def _put(entry: Entry, pieces: dict[str, str], target: str, found: _Read) -> None:
    if found.value is not None:
        entry.values[target] = found.value
    elif found.link is not None:
        entry.links[target] = found.link
        if found.room:
            entry.values.setdefault("room", found.room)
    elif found.piece:
        (entry.own if target.startswith(OWN) else pieces)[target] = found.piece
    elif found.problem:
        entry.problems.append(found.problem)


def _value(field: Field, cell: str, order: cells.Order) -> _Read:
    try:
        return _Read(value=field.check(field.read(_prepared(field, cell, order))))
    except ValueError as error:
        told = str(error)
        if not told.startswith("«"):  # a date that does not exist is already quoted
            told = f"«\u00a0{clean_line(cell)[:60]}\u00a0»\u00a0: {lowered(told)}"
        return _Read(problem=(field.label, told))


def _prepared(field: Field, cell: str, order: cells.Order) -> str:  # noqa: PLR0911 - one return per kind
    if field.name in _KNOWN:
        return _KNOWN[field.name](cell) or ""
    if field.name in {"mac", "ip"}:
        return cells.first_of(cell)
    match field:
        case Day():
            return cells.day_text(cell, order)
        case Moment():
            return cells.moment_text(cell, order)
        case Money():
            return cells.cents_text(cell)
        case Choice():
            return synonyms.choice(field.name, cell)
        case Count(unit="Mo"):
            return cells.megabytes_text(cell)
        case Count(unit="Go"):
            return cells.gigabytes_text(cell)
    return cell


def _link(field: Ref, cell: str) -> _Read:
    words, room = clean_line(cell), ""
    if field.target == "site":
        words, room = cells.place_parts(words)
    if field.target == "person":
        first, last = cells.split_name(words)
        named = Named(first=first, last=last)
    else:
        named = Named(words)
    return _Read(link=named, room=room[:80]) if named.shown else _Read()


def _assemble(layout: Layout, entry: Entry, pieces: dict[str, str]) -> None:
    first, last = clean_line(pieces.get(synonyms.PERSON_FIRST, "")), clean_line(pieces.get(synonyms.PERSON_LAST, ""))
    if not last and (full := pieces.get(synonyms.PERSON_FULL)):
        split_first, last = cells.split_name(full)
        first = first or split_first or ""
    if layout.entity.key == "person":
        _name_person(entry, first, last)
    elif layout.entity.key == "asset":
        _complete_asset(layout, entry, pieces, Named(first=first or None, last=last, email=_email(pieces)))


def _name_person(entry: Entry, first: str, last: str) -> None:
    for name, found in (("first_name", first), ("last_name", last)):
        if found:
            entry.values.setdefault(name, found[:80])


def _email(pieces: dict[str, str]) -> str | None:
    field = ENTITIES["person"].field("email")
    try:
        found: Any = field.check(field.read(pieces.get(synonyms.PERSON_EMAIL, "")))
    except ValueError:
        return None
    return str(found) if found else None


def _complete_asset(layout: Layout, entry: Entry, pieces: dict[str, str], holder: Named) -> None:
    if holder.shown:
        entry.links.setdefault("person_id", holder)
    if machine := clean_line(pieces.get(synonyms.MACHINE_NAME, "")):
        is_host = bool(_HOST.fullmatch(machine)) and "hostname" not in layout.taken
        field = layout.entity.field("hostname" if is_host else "name")
        if field.name not in entry.values:
            _put(entry, {}, field.name, _value(field, machine, layout.order))
    _warranty(entry, pieces.get(synonyms.WARRANTY_MONTHS, ""))
    _guess_family(layout, entry)


def _warranty(entry: Entry, months: str) -> None:
    """A warranty told as a length runs from the purchase."""
    found = re.match(r"\s*(\d{1,3})\s*(ans?|years?|y)?", months)
    bought = entry.values.get("purchased_on")
    if not found or not bought or "warranty_end" in entry.values:
        return
    entry.values["warranty_end"] = _months_later(bought, int(found[1]) * (12 if found[2] else 1))


def _months_later(start: Any, months: int) -> Any:
    """The same day of the month, or its last."""
    import calendar  # noqa: PLC0415 - read when a length of warranty is met

    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return start.replace(year=year, month=month + 1, day=min(start.day, calendar.monthrange(year, month + 1)[1]))


def _guess_family(layout: Layout, entry: Entry) -> None:
    """What a new asset is, when its category says nothing that we know; without such a column it is « Autre »."""
    guessed = families.from_words(entry.values.get("model"), entry.values.get("name"))
    entry.guess = guessed or ("" if "family_id" in layout.taken else families.OTHER)
