"""Importing files as long tasks: read, compare, and, when asked, write in one act."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType

from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import Refused
from app.jobs import Job, Progress
from app.services.importing.applying import Result, apply, foreseen
from app.services.importing.child import Read, Reader
from app.services.importing.columns import Target, laid_out, targets_of, unknown_view, view
from app.services.importing.entries import Entry, Source, TableView, UnknownColumns
from app.services.importing.known import NOTHING, Known, known_by
from app.services.importing.mapping import map_table
from app.services.importing.memory import remember
from app.services.importing.options import Options
from app.services.importing.planning import plan_steps
from app.services.importing.plans import Plan
from app.services.importing.surveys import surveyed
from app.services.importing.tables import Table
from app.services.reading.einvoice_data import Einvoice
from app.storage import Store

MAX_FILES = 5000
INVOICE = "«\u00a0{}\u00a0» est une facture\u00a0: importez-la par «\u00a0Importer une facture…\u00a0»."
Own = Mapping[Path, Options]
"""Options of some of the files, in place of those of the whole import."""


def mapped(found: Read, path: Path, options: Options, known: Known = NOTHING) -> Source:
    """What the child read, as lines of an entity. An invoice is no list: it has its own screen and its own job."""
    if isinstance(found, Einvoice):
        raise Refused(INVOICE.format(path.name))
    if isinstance(found, Table):
        return map_table(found, path.name, options, known)
    written = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    return surveyed(found, path.name, min(written, datetime.now(UTC)))


def table_job(store: Store, path: Path, options: Options | None = None) -> Job[TableView]:
    """The columns of a file, for the screen that maps them; Refused if it is no table."""
    asked = options or Options()
    with Reader() as reader:
        found = yield from reader.read(path, asked.sheet, asked.last_user, Progress(0, 1, f"Lecture de {path.name}"))
    if not isinstance(found, Table):
        what = "une facture" if isinstance(found, Einvoice) else "un inventaire"
        raise Refused(f"«\u00a0{path.name}\u00a0» est {what}\u00a0: il n’a pas de colonnes.")
    with store.read() as session:
        try:
            layout = laid_out(found, path.name, asked, known_by(session))
        except UnknownColumns:
            return unknown_view(found)
    return view(found, layout)


def targets(session: Session, key: str) -> tuple[Target, ...]:
    """What the columns of a list of this entity may fill."""
    return targets_of(ENTITIES[key], known_by(session).own)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Thousands of lines are made and all are kept: looking for garbage among them is a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _sources(store: Store, paths: Sequence[Path], options: Options, own: Own) -> Job[list[Source]]:
    """A file that cannot be read is refused; among several it is a refused line, and the others go on."""
    read: list[Source] = []
    with store.read() as session, Reader() as reader:
        known = known_by(session)
        for done, path in enumerate(files := spread(paths)):
            step = Progress(done, len(files), f"Lecture de {path.name}")
            yield step
            asked = own.get(path, options)
            try:
                found = yield from reader.read(path, asked.sheet, asked.last_user, step)
                read.append(mapped(found, path, asked, known))
            except Refused as refusal:
                if len(files) == 1:
                    raise
                read.append(_unread(path.name, asked.entity or "asset", str(refusal)))
            read[-1].path = path
    return _apart(read)


def _unread(name: str, entity: str, sentence: str) -> Source:
    return Source(name, entity, [Entry(None, problems=[("", sentence)])])


def spread(paths: Sequence[Path]) -> list[Path]:
    """The files themselves, and those that the folders hold: inventories are collected in one."""
    found = (sorted(_files(path)) if path.is_dir() else [path] for path in paths)
    return list(chain.from_iterable(found))


def _files(folder: Path) -> list[Path]:
    found = [one for one in islice(folder.rglob("*"), MAX_FILES) if one.is_file() and not one.name.startswith(".")]
    if not found:
        raise Refused(f"Le dossier «\u00a0{folder.name}\u00a0» ne contient aucun fichier.")
    return found


def _apart(sources: list[Source]) -> list[Source]:
    """Two files of the same name, from two folders, stay two files."""
    seen: dict[str, int] = {}
    for index, source in enumerate(sources):
        seen[source.name] = seen.get(source.name, 0) + 1
        if seen[source.name] > 1:
            sources[index] = replace(source, name=f"{source.name} ({seen[source.name]})")
    return sources


def plan_job(
    store: Store, paths: Sequence[Path], options: Options | None = None, own: Own = MappingProxyType({})
) -> Job[Plan]:
    """The preview: nothing is written."""
    with _without_collector():
        sources = yield from _sources(store, paths, options or Options(), own)
        with store.read() as session:
            return (yield from plan_steps(session, sources))


def apply_job(store: Store, plan: Plan) -> Job[Result]:
    """Write a plan that was looked at, and remember the columns that a person told."""
    yield Progress(0, plan.writes, "Enregistrement")
    with store.begin(_label([source.name for source in plan.files])) as session:
        result = apply(session, plan)
        _remember(session, plan.files)
    yield Progress(plan.writes, plan.writes, "Import terminé")
    return result


def import_job(
    store: Store, paths: Sequence[Path], options: Options | None = None, dry_run: bool = False
) -> Job[Result]:
    """Read, compare and write at once; with `dry_run` only say what would be done."""
    if dry_run:
        return foreseen((yield from plan_job(store, paths, options)))
    with _without_collector():
        sources = yield from _sources(store, paths, options or Options(), {})
    with _without_collector(), store.begin(_label([source.name for source in sources])) as session:
        made = yield from plan_steps(session, sources)
        _remember(session, made.files)
        return apply(session, made)


def _remember(session: Session, files: Sequence[Source]) -> None:
    for table in (source.table for source in files):
        if table is not None and table.origin == "told":
            remember(session, table.headings, table.entity, table.targets)


def _label(names: Sequence[str]) -> str:
    return f"Import de {names[0]}" if len(names) == 1 else f"Import de {len(names)}\u00a0fichiers"
