"""Any list, out: as text, as plain values, as a workbook or a CSV file."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.entities import ENTITIES, Entity
from app.errors import Refused
from app.fields import Count, Day, Derived, Field, Flag, Minutes, Moment, Money, Number, fold, this_day
from app.jobs import Job, Progress
from app.services import families, listing, records, setup
from app.services.listing import Query, Row
from app.storage import Store

BATCH = 500
NARROWEST, WIDEST = 8, 60
"""Of a column, in characters."""


def entity_named(name: str) -> Entity:
    """« biens », « bien », « asset »: the entity a person names; « budgets » too, if one list alone has that word."""
    wanted = _words(name)
    for entity in ENTITIES.values():
        if name == entity.key or wanted in {_words(entity.one), _words(entity.many)}:
            return entity
    close = [entity for entity in ENTITIES.values() if wanted and wanted <= _words(entity.many)]
    if len(close) == 1:
        return close[0]
    known = ", ".join(entity.many.lower() for entity in close or ENTITIES.values())
    raise Refused(f"Je ne connais pas la liste «\u00a0{name}\u00a0». Listes connues\u00a0: {known}.")


def _words(name: str) -> frozenset[str]:
    """Its words without accents nor plurals: « Achats d’heures » and « achats-d-heures » have the same."""
    return frozenset(word.removesuffix("s") for word in re.findall(r"[a-z0-9]+", fold(name)))


def _query(entity: Entity, text: str) -> Query:
    whole = records.whole_list(entity)
    return Query(whole.columns, whole.sort, whole.descending, text)


def batches(session: Session, entity: Entity, query: Query) -> Iterator[list[Row]]:
    """All the rows of a query, in order, a few hundred at a time."""
    wanted = listing.ids(session, entity, query)
    for start in range(0, len(wanted), BATCH):
        yield listing.rows(session, entity, query.columns, wanted[start : start + BATCH], query.on)


def text_rows(session: Session, entity: Entity, text: str = "") -> tuple[list[str], list[list[str]]]:
    """Heads and cells of the list as the window first shows it."""
    query = Query(entity.shown, entity.order_by, entity.descending, text)
    fields = [entity.field(name) for name in query.columns]
    found = [
        [field.format(value) for field, value in zip(fields, row.values, strict=True)]
        for batch in batches(session, entity, query)
        for row in batch
    ]
    return [field.label for field in fields], found


def plain_rows(session: Session, entity: Entity, text: str = "") -> list[dict[str, Any]]:
    """Every column by its name: amounts in cents, durations in minutes, dates and times in ISO 8601."""
    query = _query(entity, text)
    return [
        {"id": row.id} | {n: _plain(v) for n, v in zip(query.columns, row.values, strict=True)}
        for batch in batches(session, entity, query)
        for row in batch
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def kind_of(field: Field) -> str:
    """The kind of a column in a workbook."""
    kinds: dict[type[Field], str] = {
        Day: "day", Moment: "moment", Money: "money", Count: "number", Number: "plain", Minutes: "duration",
        Flag: "flag",
    }  # fmt: skip
    if isinstance(field, Derived):
        return "text" if field.options else "money" if field.money else "moment" if field.moment else "number"
    if isinstance(field, Count) and not field.grouped:
        return "plain"
    decimal = isinstance(field, Count) and field.places > 0
    return "decimal" if decimal else kinds.get(type(field), "text")


def cell(field: Field, value: Any) -> Any:
    """A value as a workbook takes it: typed where its kind is, else the text shown."""
    if value is not None and isinstance(field, Count) and not field.grouped:
        return Decimal(value)
    if value is not None and isinstance(field, Count) and field.places:
        return value / 10**field.places
    if value is None or kind_of(field) != "text":
        return value
    return field.format(value)


def list_job(
    store: Store,
    entity: Entity,
    path: Path,
    text: str = "",
    query: Query | None = None,
    *,
    title: str = "",
    notes: tuple[str, ...] = (),
) -> Job[int]:
    """Write the list as shown to `path` (.xlsx or .csv); gives the number of rows. `title` and `notes` say what these
    rows are, where the name of the list does not."""
    from app.reports import table_csv, workbook  # noqa: PLC0415 - openpyxl is read when a workbook is asked for

    wanted = query or _query(entity, text)
    with store.read() as session:
        own = families.columns(session, entity, _families(entity, query))
        fields = [*(entity.field(name) for name in wanted.columns), *(column.field for column in own)]
        total = listing.count(session, entity, wanted)
        yield Progress(0, total, "Lecture de la liste")
        read = (families.with_own(session, rows, own) if own else rows for rows in batches(session, entity, wanted))
        first = next(read, [])
        wide = widths(fields, first)
        columns = [workbook.Column(f.label, kind_of(f), w, f.total) for f, w in zip(fields, wide, strict=True)]
        cells = (
            tuple(cell(field, value) for field, value in zip(fields, row.values, strict=True))
            for row in chain(first, chain.from_iterable(read))
        )
        if path.suffix.lower() == ".csv":
            yield from table_csv.write_list(path, columns, cells, total)
        else:
            told = (*notes, *_filters(entity, wanted))
            about = workbook.About(title or entity.many, setup.company(session).name, this_day(), told)
            yield from workbook.write_list(path, about, columns, cells, total)
    return total


def _families(entity: Entity, query: Query | None) -> list[int] | None:
    """Those whose own fields are columns too: all (None) of a whole list, else those that the list is filtered by."""
    if query is None:
        return None
    return [v for f in query.filters if f.field == entity.more_from for v in f.values]


def widths(fields: Sequence[Field], rows: Sequence[Row]) -> list[int]:
    """Characters wide enough for the heading and for what the first rows hold."""
    columns = zip(*(row.values for row in rows), strict=True) if rows else [()] * len(fields)
    longest = (
        max((len(field.format(value)) for value in values), default=0)
        for field, values in zip(fields, columns, strict=True)
    )
    return [
        min(WIDEST, max(NARROWEST, len(field.label) + 4, length + 2))
        for field, length in zip(fields, longest, strict=True)
    ]


def _filters(entity: Entity, query: Query) -> tuple[str, ...]:
    """The filters of a list, in words, for the page that goes with it."""
    told = [f"Contient «\u00a0{query.text}\u00a0»"] if query.text else []
    for wanted in query.filters:
        field = entity.field(wanted.field)
        told.append(f"{field.label}\u00a0: {', '.join(field.format(v) for v in wanted.values)}")
    return tuple(told)
