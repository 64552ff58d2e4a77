"""Reading, comparing and writing a list of tickets, as one long task and one act."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.errors import Refused
from app.jobs import Job, Progress
from app.services.importing.child import Reader
from app.services.importing.entries import Reject, TableView
from app.services.importing.memory import remember
from app.services.importing.options import Options
from app.services.importing.tables import Table
from app.services.ticket_import import applying, columns, reading
from app.services.ticket_import.outcome import Outcome
from app.services.ticket_import.reading import Told
from app.storage import Store

SHOWN = 20
"""Rows that the screen of columns shows."""


def table_job(store: Store, path: Path, options: Options | None = None) -> Job[TableView]:
    """The columns of a list, and what they are taken for; whatever is still missing is told by the screen."""
    asked = options or Options()
    table = yield from _read(path, asked)
    with store.read() as session:
        layout = columns.understood(session, table, asked)
    rows = tuple(row.cells for row in table.rows[:SHOWN])
    targets = layout.targets(len(table.headers))
    return TableView(columns.ENTITY, table.headers, rows, targets, layout.origin, table.sheets, table.sheet)


def import_job(
    store: Store, paths: Sequence[Path], options: Options | None = None, dry_run: bool = False
) -> Job[Outcome]:
    """Add the tickets of these lists, and what is new of those known; with `dry_run` only say what would be done."""
    asked = options or Options()
    tables: list[tuple[str, Table]] = []
    for path in paths:
        table = yield from _read(path, asked)
        tables.append((path.name, table))
    what = paths[0].name if len(paths) == 1 else f"{len(paths)} listes"
    with store.read() if dry_run else store.begin(f"Import de tickets\u00a0: {what}") as session:
        told, refused = _understood(session, tables, asked, remembering=not dry_run)
        plan = applying.planned(session, told)
        for done in () if dry_run else applying.write(session, plan):
            yield Progress(min(done, len(plan.new)), len(plan.new), "Enregistrement des tickets")
    notes = dict.fromkeys(note for _, table in tables for note in table.notes)
    remarks = (*notes, *reading.remarks_of(plan.new))
    return Outcome(len(plan.new), len(plan.more), plan.same, remarks, tuple(refused))


def _understood(
    session: Session, tables: Sequence[tuple[str, Table]], asked: Options, *, remembering: bool
) -> tuple[list[Told], list[Reject]]:
    """The tickets of all the lists, one of each number; and the lines refused, with their list if there are several."""
    found: list[Told] = []
    refused: list[Reject] = []
    for name, table in tables:
        layout = columns.laid_out(session, table, name, asked)
        told, wrong = reading.read(table, layout, datetime.now(UTC))
        found += told
        refused += [replace(one, source=name) for one in wrong] if len(tables) > 1 else wrong
        if layout.origin == "told" and remembering:
            remember(session, table.headers, columns.ENTITY, layout.targets(len(table.headers)))
    return reading.one_of_each(found), refused


def _read(path: Path, asked: Options) -> Job[Table]:
    with Reader() as reader:
        found = yield from reader.read(path, asked.sheet, False, Progress(0, 1, f"Lecture de {path.name}"))
    if not isinstance(found, Table):
        raise Refused(f"«\u00a0{path.name}\u00a0» n’est pas une liste\u00a0: exportez les tickets en CSV ou en Excel.")
    return found
