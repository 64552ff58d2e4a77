"""A table of texts to lines of an entity: which entity its headers tell, and each cell read by its kind of field."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from app.entities import ENTITIES
from app.fields import Choice, Count, Day, Field, Moment, Money, Ref, clean_line
from app.services.importing import cells, families, synonyms
from app.services.importing.columns import Layout, label_of, laid_out, view
from app.services.importing.csv_reader import Row, Table
from app.services.importing.entries import Entry, Named, Source, listed
from app.services.importing.facts import known as meant
from app.services.importing.facts import known_serial, known_uuid
from app.services.importing.known import NOTHING, OWN, Known, OwnField
from app.services.importing.options import Options

MAX_NEW_FAMILIES = 20
_HOST = re.compile(r"[A-Za-z0-9][\w.]*[-\d][\w.-]*")
_KNOWN: dict[str, Callable[[str], str | None]] = {
    "serial": known_serial,
    "number": meant,
    "machine_uuid": known_uuid,
    "brand": meant,
    "model": meant,
}


def map_table(table: Table, name: str, options: Options, known: Known = NOTHING, notes: tuple[str, ...] = ()) -> Source:
    """Refused if its headers tell nothing that is kept here."""
    layout = laid_out(table, name, options, known)
    columns = _columns(table, layout, known.own)
    entries = [_entry(layout, row) for row in table.rows]
    remarks = (*notes, *_remarks(layout, columns), *_too_many_families(entries))
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


def _entry(layout: Layout, row: Row) -> Entry:
    entry = Entry(row.line)
    pieces: dict[str, str] = {}
    for target, column in layout.taken.items():
        cell = row.cells[column]
        if cells.is_nothing(cell):
            continue
        if target.startswith("@"):
            pieces[target] = cell
        elif target.startswith(OWN):
            entry.own[target] = cell
        else:
            _read(entry, layout.entity.field(target), cell, layout.order)
    _assemble(layout, entry, pieces)
    return entry


def _read(entry: Entry, field: Field, cell: str, order: cells.Order) -> None:
    """Put the value of a cell, or its link, or why it is refused."""
    if isinstance(field, Ref):
        _link(entry, field, cell)
        return
    try:
        value = field.check(field.read(_prepared(field, cell, order)))
    except ValueError as error:
        told = str(error)
        if not told.startswith("«"):  # a date that does not exist is already quoted
            told = f"«\u00a0{clean_line(cell)[:60]}\u00a0»\u00a0: {told}"
        entry.problems.append((field.label, told))
        return
    if value is not None:
        entry.values[field.name] = value


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
            return cells.amount_text(cell)
        case Choice():
            return synonyms.choice(field.name, cell)
        case Count(unit="Mo"):
            return cells.megabytes_text(cell)
        case Count(unit="Go"):
            return cells.gigabytes_text(cell)
    return cell


def _link(entry: Entry, field: Ref, cell: str) -> None:
    words = clean_line(cell)
    if field.target == "site":
        words, room = cells.place_parts(words)
        if room:
            entry.values.setdefault("room", room[:80])
    first, last = cells.split_name(words)
    named = Named(first=first, last=last) if field.target == "person" else Named(words)
    if named.shown:
        entry.links[field.name] = named


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
            _read(entry, field, machine, layout.order)
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
