"""Numbers of the records that an import makes: those of the file are kept, the others follow the counters."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from app.entities import ENTITIES, Entity, Numbering
from app.fields import Ref, fold
from app.services.importing.books import Books

_GIVEN = re.compile(r"(.+)-(\d{1,6})")


def give_numbers(books: Books, entity: Entity, rows: Iterable[dict[str, Any]]) -> None:
    """Fill the number of each row that has none; `books.last` is raised so that none will ever come twice."""
    rule = entity.numbering
    if rule is None:
        return
    made = list(rows)
    known = {_prefix(books, entity, rule, row) for row in made} | _all_prefixes(books, rule)
    for row in made:
        _pass_over(books, known, row.get(rule.field))
    for row in made:
        if not row.get(rule.field):
            row[rule.field] = _next(books, entity, rule, _prefix(books, entity, rule, row))


def _pass_over(books: Books, prefixes: set[str], number: str | None) -> None:
    """A file that brings PC-0007 moves the counter: the program will go on from PC-0008."""
    found = _GIVEN.fullmatch(number or "")
    if found and found[1] in prefixes:
        books.last[found[1]] = max(books.last.get(found[1], 0), int(found[2]))


def _next(books: Books, entity: Entity, rule: Numbering, prefix: str) -> str:
    while True:
        books.last[prefix] = books.last.get(prefix, 0) + 1
        number = f"{prefix}-{books.last[prefix]:0{rule.width}d}"
        if not books[entity.key].find(rule.field, number):
            return number


def _all_prefixes(books: Books, rule: Numbering) -> set[str]:
    return {item.values["prefix"] for item in books["family"].items.values()} if rule.prefix_from else set()


def _prefix(books: Books, entity: Entity, rule: Numbering, row: dict[str, Any]) -> str:
    prefix = rule.prefix
    if rule.prefix_from:
        source = entity.field(rule.prefix_from)
        target = books[source.target] if isinstance(source, Ref) else books[entity.key]
        prefix = str(target.items[row[rule.prefix_from]].values["prefix"])
    return f"{prefix}-{datetime.now(UTC).year}" if rule.yearly else prefix


def family_prefix(books: Books, name: str) -> str:
    """Three letters of the name, or two and a figure: never a prefix already used."""
    letters = (re.sub(r"[^a-z]", "", fold(name)).upper() or "FAM")[:3]
    used = {str(item.values["prefix"]).upper() for item in books[ENTITIES["family"].key].items.values()}
    ways = [letters, *(f"{letters}{n}" for n in range(2, 1000))]
    return next(way for way in ways if way not in used)
