"""A table of texts to lines of an entity: which entity its headers tell, and each cell read by its kind of field."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.entities import ENTITIES, Entity
from app.errors import Refused
from app.fields import Choice, Count, Day, Field, Moment, Money, Ref, clean_line
from app.services.importing import cells, families, synonyms
from app.services.importing.csv_reader import Row, Table
from app.services.importing.entries import Entry, Named, Source, listed
from app.services.importing.facts import known, known_serial, known_uuid
from app.services.importing.source import ACCEPTED

IMPORTED = ("asset", "person", "site", "provider", "family", "contract")
MAX_NEW_FAMILIES = 20
_IDENTITY = {
    "asset": {"serial", "number", "hostname", "mac", "machine_uuid", "model", "name", synonyms.MACHINE_NAME},
    "person": {"last_name", synonyms.PERSON_FULL, "email"},
}
_HOST = re.compile(r"[A-Za-z0-9][\w.]*[-\d][\w.-]*")
_KNOWN: dict[str, Callable[[str], str | None]] = {
    "serial": known_serial,
    "number": known,
    "machine_uuid": known_uuid,
    "brand": known,
    "model": known,
}


@dataclass(frozen=True, slots=True)
class Layout:
    """`taken` maps a target to the column that feeds it."""

    entity: Entity
    taken: dict[str, int]
    order: cells.Order


def map_table(table: Table, name: str, entity_key: str = "", notes: tuple[str, ...] = ()) -> Source:
    """Refused if its headers tell nothing that is kept here. `entity_key` says what it holds when the user did."""
    if what := synonyms.unkept(table.headers):
        raise Refused(f"«\u00a0{name}\u00a0» est {what}\u00a0: le programme ne les tient pas encore. Rien n’a été lu.")
    entity = ENTITIES[entity_key] if entity_key else _told(table, name)
    found, doubles = _taken(table, entity)
    layout = Layout(entity, found, _order(table, entity, found))
    columns = _columns(table, entity, found)
    entries = [_entry(layout, row) for row in table.rows]
    remarks = (*notes, *_remarks(layout, columns, doubles), *_too_many_families(entries))
    return Source(name, entity.key, entries, columns, remarks, table.bad)


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


def _told(table: Table, name: str) -> Entity:
    """The entity with most columns recognised, among those whose identity is there."""
    scores = [(len(taken), key) for key in IMPORTED if _identified(key, taken := _taken(table, ENTITIES[key])[0])]
    best = max(scores, key=lambda score: score[0], default=(0, ""))
    if not best[1]:
        raise Refused(
            f"Les colonnes de «\u00a0{name}\u00a0» ne sont pas reconnues ({listed([h for h in table.headers if h])}). "
            f"La première ligne doit porter des titres comme «\u00a0N° de série\u00a0», «\u00a0Modèle\u00a0», "
            f"«\u00a0Nom\u00a0». {ACCEPTED}"
        )
    return ENTITIES[best[1]]


def _identified(key: str, taken: dict[str, int]) -> bool:
    """A lone column names nothing but a serial number."""
    identity = _IDENTITY.get(key, set(ENTITIES[key].natural_key))
    return bool(identity & set(taken)) and (len(taken) > 1 or "serial" in taken)


def _taken(table: Table, entity: Entity) -> tuple[dict[str, int], list[str]]:
    """Target -> column. Of two columns for one target the first that has any text is kept, the other named."""
    known_heads = synonyms.targets(entity)
    found: dict[str, int] = {}
    doubles: list[str] = []
    for column, header in enumerate(table.headers):
        target = known_heads.get(synonyms.plain(header))
        if target is None:
            continue
        if target not in found:
            found[target] = column
        else:
            doubles.append(header)
            if not _filled(table, found[target]):
                found[target] = column
    return found, doubles


def _filled(table: Table, column: int) -> bool:
    return any(not cells.is_nothing(row.cells[column]) for row in table.rows)


def _columns(table: Table, entity: Entity, taken: dict[str, int]) -> tuple[tuple[str, str | None], ...]:
    by_column = {column: synonyms.label(entity, target) for target, column in taken.items()}
    return tuple((header, by_column.get(column)) for column, header in enumerate(table.headers))


def _order(table: Table, entity: Entity, taken: dict[str, int]) -> cells.Order:
    dated = [c for t, c in taken.items() if not t.startswith("@") and isinstance(entity.field(t), Day | Moment)]
    return cells.date_order([row.cells[column] for row in table.rows] for column in dated)


def _remarks(layout: Layout, columns: tuple[tuple[str, str | None], ...], doubles: list[str]) -> list[str]:
    unread = [header for header, target in columns if target is None and header and header not in doubles]
    remarks = [f"Colonnes non reprises\u00a0: {listed(unread)}."] if unread else []
    if doubles:
        remarks.append(f"Colonnes en double, lues une fois\u00a0: {listed(doubles)}.")
    if layout.order == "mdy":
        remarks.append("Dates lues dans l’ordre américain (mois/jour/année).")
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
