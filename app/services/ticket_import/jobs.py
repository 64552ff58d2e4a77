"""Reading, comparing and writing lists of tickets, as long tasks; writing is one act."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from sqlalchemy.orm import Session

from app.errors import Refused
from app.jobs import Job, Progress
from app.services.importing.child import Reader
from app.services.importing.entries import Entry, Reject, Source, TableView
from app.services.importing.memory import remember
from app.services.importing.options import Options
from app.services.importing.tables import Table
from app.services.ticket_import import applying, columns, reading
from app.services.ticket_import.outcome import Outcome
from app.services.ticket_import.plans import TicketPlan, plan_of
from app.services.ticket_import.reading import Told
from app.storage import Store

Own = Mapping[Path, Options]
"""Options of some of the files, in place of those of the whole import."""


def table_job(store: Store, path: Path, options: Options | None = None) -> Job[TableView]:
    """The columns of a list, and what they are taken for; whatever is still missing is told by the screen."""
    asked = options or Options()
    with Reader() as reader:
        table = yield from _table(reader, path, asked)
    with store.read() as session:
        return columns.view(table, columns.understood(session, table, asked))


def plan_job(
    store: Store, paths: Sequence[Path], options: Options | None = None, own: Own = MappingProxyType({})
) -> Job[TicketPlan]:
    """The preview: nothing is written. A list that cannot be read is refused; among several it is a refused line."""
    files: list[Source] = []
    told: list[Told] = []
    refused: list[Reject] = []
    with Reader() as reader:
        for path in paths:
            try:
                source, found, wrong = yield from _list(store, reader, path, own.get(path, options or Options()))
            except Refused as refusal:
                if len(paths) == 1:
                    raise
                wrong = [Reject(None, "", str(refusal), path.name)]
                unread = Entry(None, problems=[("", str(refusal))])
                source, found = Source(path.name, columns.ENTITY, [unread], path=path), []
            files.append(source)
            told += found
            refused += wrong
    told = reading.one_of_each(told)
    with store.read() as session:
        plan = yield from applying.planned(session, told)
    return plan_of(files, told, refused, plan)


def apply_job(store: Store, made: TicketPlan) -> Job[Outcome]:
    """Write what was looked at, compared once more with what is kept; the columns that a person told are remembered."""
    with store.begin(_label(made.files)) as session:
        plan = yield from applying.planned(session, made.told)
        yield from applying.write(session, plan)
        _remember(session, made.files)
    known = len(made.rejects) - len(made.plan.refused)
    return plan_of(made.files, made.told, made.rejects[:known], plan).outcome


def import_job(
    store: Store, paths: Sequence[Path], options: Options | None = None, dry_run: bool = False
) -> Job[Outcome]:
    """Add the tickets of these lists, and what is new of those known; with `dry_run` only say what would be done."""
    plan = yield from plan_job(store, paths, options)
    return plan.outcome if dry_run else (yield from apply_job(store, plan))


def _list(
    store: Store, reader: Reader, path: Path, asked: Options
) -> Job[tuple[Source, Sequence[Told], Sequence[Reject]]]:
    table = yield from _table(reader, path, asked)
    with store.read() as session:
        layout = columns.laid_out(session, table, path.name, asked)
    told, refused = yield from reading.read(table, layout, datetime.now(UTC), path.name)
    return columns.source(table, layout, path), told, refused


def _remember(session: Session, files: Sequence[Source]) -> None:
    for table in (source.table for source in files):
        if table is not None and table.origin == "told":
            remember(session, table.headings, columns.ENTITY, table.targets)


def _table(reader: Reader, path: Path, asked: Options) -> Job[Table]:
    found = yield from reader.read(path, asked.sheet, False, Progress(0, 1, f"Lecture de {path.name}"))
    if not isinstance(found, Table):
        raise Refused(f"«\u00a0{path.name}\u00a0» n’est pas une liste\u00a0: exportez les tickets en CSV ou en Excel.")
    return found


def _label(files: Sequence[Source]) -> str:
    what = files[0].name if len(files) == 1 else f"{len(files)} listes"
    return f"Import de tickets\u00a0: {what}"
