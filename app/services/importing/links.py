"""The records that a line names: found in the base, or to be made with it."""

from typing import Any

from app.entities import ENTITIES
from app.fields import Ref
from app.services.importing.books import Books, Item
from app.services.importing.entries import Entry, Named
from app.services.importing.matching import Clash, person_named
from app.services.importing.numbers import family_prefix
from app.services.reading import families

MADE = {"site": 80, "provider": 120, "family": 60, "person": 80, "software": 160}
"""What may be made from its name alone, with the width of that name."""


def found(books: Books, field: Ref, named: Named) -> Item | None:
    """None if it is to be made; Clash if it cannot be."""
    try:
        item = _person(books, named) if field.target == "person" else _by_name(books, field, named)
    except Clash as clash:
        raise Clash(field.name, f"«\u00a0{named.shown}\u00a0»\u00a0: {clash}") from clash
    if item and item.in_bin:
        raise Clash(field.name, f"«\u00a0{named.shown}\u00a0» est dans la corbeille\u00a0: restaurez cette fiche.")
    if item is None:
        _makeable(field, named)
    return item


def _makeable(field: Ref, named: Named) -> None:
    if field.target not in MADE:
        entity = ENTITIES[field.target]
        unknown = "inconnue" if entity.gender == "f" else "inconnu"
        raise Clash(field.name, f"{entity.one} {unknown}\u00a0: «\u00a0{named.shown[:60]}\u00a0».")
    most = MADE[field.target]
    if len(named.text or named.last) > most:
        raise Clash(
            field.name, f"«\u00a0{named.shown[:40]}…\u00a0» est trop long\u00a0: {most}\u00a0caractères au plus."
        )
    if field.target == "person" and not named.last:
        raise Clash(field.name, f"«\u00a0{named.shown}\u00a0» est inconnu, et son nom manque pour créer sa fiche.")


def _by_name(books: Books, field: Ref, named: Named) -> Item | None:
    """By its key, by its number, or by what our own lists show of it."""
    book = books[field.target]
    number = (book.entity.numbering.field,) if book.entity.numbering else ()
    for key in (*book.entity.natural_key, *number):
        if items := book.find(key, named.text):
            return next((item for item in items if not item.in_bin), items[0])
    return book.titled(named.text)


def _person(books: Books, named: Named) -> Item | None:
    """By address, by names, by the part of the address before the @, by a surname that only one person has."""
    book = books["person"]
    if items := book.find("email", named.email):
        return items[0]
    if item := person_named(book, named.first, named.last, named.email):
        return item
    if named.first or named.email:
        return None
    lone = book.find("mailbox", named.last) or book.find("surname", named.last)
    return lone[0] if len(lone) == 1 else None


def make(books: Books, target: str, named: Named) -> Item:
    if target == "person":
        first = named.first[:80] if named.first else None
        names = {"first_name": first, "last_name": named.last, "email": named.email}
        return books.new(target, _defaults(target) | {k: v for k, v in names.items() if v})
    values = _defaults(target) | {"name": named.text}
    if target == "family":
        values["prefix"] = family_prefix(books, named.text)
    return books.new(target, values)


def _defaults(key: str) -> dict[str, Any]:
    return {field.name: field.default for field in ENTITIES[key].fields if field.default is not None}


def family(books: Books, entry: Entry, is_new: bool) -> Named | None:
    """The family that the line says: one of the base by its very name, else by known words, else a new one.

    What was only guessed never takes the place of the family of an asset already known.
    """
    said = entry.links.get("family_id")
    if not said:
        return Named(entry.guess) if is_new and entry.guess else None
    if books["family"].find("name", said.text):
        return said
    if told := families.from_words(said.text):
        return Named(told)
    if entry.guess:
        return Named(entry.guess) if is_new else None
    return said
