"""Which record a line speaks of. A key that another key contradicts proves nothing."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NoReturn

from app.fields import clean_line, fold
from app.services.importing.books import Book, Item, look
from app.services.importing.cells import same_name
from app.services.importing.entries import Entry

_LEGAL = re.compile(
    r"\b(inc|incorporated|corp|corporation|company|co|ltd|limited|gmbh|ag|sa|sas|sarl|computers?"
    r"|electronics|technologies|technology|international|group)\b"
)
_ALIASES = {"hewlett packard": "hp", "hewlett packard enterprise": "hp", "hpe": "hp", "asustek": "asus",
            "samsung electric": "samsung", "microsoft surface": "microsoft"}  # fmt: skip
_ALIKE = {
    "licence": ("name", "reference", "purchased_on"),
    "support_end": ("product", "cycle", "edition"),
    "need": ("statement", "stated_on"),
    "index_value": ("index_name", "series", "month"),
    "semester_rate": ("year", "half"),
}
"""What tells records apart where a list has no number."""
_STRONG = ("serial", "machine_uuid", "mac", "number")
BY_NAME = "Reconnu à son seul nom\u00a0: vérifiez que c’est bien ce bien-là."


class Clash(Exception):
    """The line contradicts what is kept, or could speak of several records: (name of the field, French sentence)."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def maker(brand: str | None) -> str:
    """« Dell Inc. », « DELL » -> « dell »; « Hewlett-Packard » -> « hp »."""
    words = re.sub(r"[^a-z0-9]+", " ", fold(brand or ""))
    bare = clean_line(_LEGAL.sub(" ", words))
    return _ALIASES.get(bare, bare)


def match(book: Book, entry: Entry, source: str, links: Mapping[str, int | None] = MappingProxyType({})) -> Item | None:
    """None when the record is to be made; Clash when the line must be refused. `links` are the records that it names,
    by field (None: one to be made)."""
    if book.entity.key == "asset":
        item = _asset(book, entry, source)
    elif book.entity.key == "company":
        item = next(iter(book.items.values()), None)
    elif book.entity.key == "person":
        item = _person(book, entry)
    else:
        told = entry.values | dict(links)
        item = _by_natural_key(book, entry) or (None if None in links.values() else _alike_all(book, told, source))
    if item and item.in_bin:
        shown = book.title(item.id)
        raise Clash("", f"{shown} est dans la corbeille\u00a0: restaurez ou purgez cette fiche avant d’importer.")
    return item


def _by_natural_key(book: Book, entry: Entry) -> Item | None:
    for name in _keys(book):
        if found := book.find(name, entry.values.get(name)):
            return _one(found, name)
    return None


def _keys(book: Book) -> tuple[str, ...]:
    number = book.entity.numbering
    return (*book.entity.natural_key, *((number.field,) if number else ()))


def _alike_all(book: Book, told: Mapping[str, Any], source: str) -> Item | None:
    """For lists without key, or lines without number: a record alike in all that the line says, each taken once."""
    if not told or any(told.get(name) for name in _keys(book)):
        return None
    alike = _ALIKE.get(book.entity.key)
    usual = {name: book.entity.field(name).default for name in alike or ()}
    spare = book.alike(source, {name: told.get(name) or usual[name] for name in alike} if alike else told)
    return spare.pop(0) if spare else None


def _one(found: list[Item], name: str) -> Item:
    """Records in the bin give way to those that are not."""
    alive = [item for item in found if not item.in_bin]
    if len(alive) > 1:
        raise Clash(name, f"{len(alive)}\u00a0fiches portent déjà cette valeur\u00a0: impossible de choisir.")
    return (alive or found)[0]


def _differ(entry: Entry, item: Item, *names: str) -> bool:
    """Whether both know one of these and do not agree."""
    pairs = ((entry.values.get(name), item.values.get(name)) for name in names)
    return any(mine and theirs and fold(mine) != fold(theirs) for mine, theirs in pairs)


def _asset(book: Book, entry: Entry, source: str) -> Item | None:
    return (
        _by_uuid(book, entry)
        or _by_serial(book, entry)
        or _by_mac(book, entry)
        or _by_number(book, entry)
        or _by_host(book, entry)
        or _by_name(book, entry, source)
    )


def _by_uuid(book: Book, entry: Entry) -> Item | None:
    found = [i for i in book.find("machine_uuid", entry.values.get("machine_uuid")) if not _differ(entry, i, "serial")]
    return _one(found, "machine_uuid") if found else None


def _by_serial(book: Book, entry: Entry) -> Item | None:
    found = book.find("serial", entry.values.get("serial"))
    if not found:
        return None
    mine = maker(entry.values.get("brand"))
    same = [i for i in found if not mine or maker(i.values.get("brand")) in {"", mine}]
    if same:
        return _one(same, "serial")
    other = found[0]
    raise Clash(
        "serial",
        f"Déjà porté par {book.title(other.id)}, d’une autre marque ({other.values['serial']})",
    )


def _by_mac(book: Book, entry: Entry) -> Item | None:
    """A network adapter passes from one machine to another: only a lone and uncontradicted owner counts."""
    found = book.find("mac", entry.values.get("mac"))
    owners = [i for i in found if not i.in_bin and not _differ(entry, i, "serial", "machine_uuid")]
    return owners[0] if len(owners) == 1 else None


def _by_number(book: Book, entry: Entry) -> Item | None:
    """The tag that the BIOS gives (from_tool) was typed by a maker: it decides nothing."""
    found = [] if entry.from_tool else book.find("number", entry.values.get("number"))
    if found and _differ(entry, found[0], "serial"):
        kept = found[0].values["serial"]
        raise Clash("number", f"{found[0].values['number']} est déjà un bien de n° de série {kept}.")
    return found[0] if found else None


def _by_host(book: Book, entry: Entry) -> Item | None:
    host = entry.values.get("hostname")
    found = book.find("hostname", host or entry.values.get("name"))
    held = ("serial", "machine_uuid") if entry.from_tool else ("serial", "machine_uuid", "number")
    likely = [i for i in found if not i.in_bin and not _differ(entry, i, *held)]
    if len(likely) > 1 and not any(entry.values.get(name) for name in _STRONG):
        raise Clash("hostname", f"{len(likely)}\u00a0biens s’appellent {host}\u00a0: ajoutez leur n° de série.")
    if len(likely) != 1:
        return None
    if any(entry.values.get(name) and not likely[0].values.get(name) for name in _STRONG[:-1]):
        entry.notes.append(BY_NAME)
    return likely[0]


def _by_name(book: Book, entry: Entry, source: str) -> Item | None:
    """For lines that nothing identifies: the asset of that name if it is alone, else one alike in every value, each
    taken once, so that three mice listed twice stay three mice."""
    if any(entry.values.get(name) for name in (*_STRONG, "hostname")):
        return None
    name = entry.values.get("name")
    named = book.spare(source, "name", name) if name else []
    if len(named) == 1 and not _differ(entry, named[0], "brand", "model"):
        return named[0]
    pool = named or ([] if name else book.spare(source, "look", look(entry.values)))
    return next((i for i in pool if _alike(entry, i)), None)


def _alike(entry: Entry, item: Item) -> bool:
    return all(item.values.get(name) == value for name, value in entry.values.items())


def _person(book: Book, entry: Entry) -> Item | None:
    values = entry.values
    if found := book.find("email", values.get("email")):
        return _one(found, "email")
    if "last_name" not in values and "first_name" in values:
        values["last_name"] = values.pop("first_name")  # all that the list says of their name
    return person_named(book, values.get("first_name"), values.get("last_name") or "", values.get("email"))


def person_named(book: Book, first: str | None, last: str, email: str | None) -> Item | None:
    """Someone of that name whose address, if both are known, is not another's."""
    found = book.find("person", same_name(first, last)) if last else []
    likely = [i for i in found if not (email and i.values.get("email") and fold(email) != fold(i.values["email"]))]
    return _one(likely, "last_name") if likely else None


def refuse_double(place: tuple[str, int | None]) -> NoReturn:
    line = f"que la ligne {place[1]}" if place[1] else "plus haut dans le fichier"
    raise Clash("", f"Même fiche {line}\u00a0: cette ligne n’a pas été reprise.")
