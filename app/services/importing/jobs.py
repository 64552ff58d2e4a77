"""Importing files as long tasks: read, compare, and, when asked, write in one act."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import Refused
from app.jobs import Job, Progress
from app.services.importing.applying import Result, apply, foreseen
from app.services.importing.columns import Target, laid_out, targets_of, unknown_view, view
from app.services.importing.csv_reader import read_table
from app.services.importing.entries import Entry, Source, TableView, UnknownColumns
from app.services.importing.glpi_json import entries_of
from app.services.importing.known import NOTHING, Known, known_by
from app.services.importing.mapping import map_table
from app.services.importing.memory import remember
from app.services.importing.options import Options
from app.services.importing.planning import Plan, plan_steps
from app.services.importing.source import load
from app.storage import Store

Own = Mapping[Path, Options]
"""Options of some of the files, in place of those of the whole import."""


def read_file(path: Path, options: Options, known: Known = NOTHING) -> Source:
    content = load(path)
    if content.kind == "csv":
        table = read_table(content.text, content.name)
        return map_table(table, content.name, options, known, content.notes)
    return Source(content.name, "asset", entries_of(content.data, options.last_user))


def table_job(store: Store, path: Path, options: Options | None = None) -> Job[TableView]:
    """The columns of a file, for the screen that maps them; Refused if it is no table."""
    yield Progress(0, 1, f"Lecture de {path.name}")
    content = load(path)
    if content.kind != "csv":
        raise Refused(f"«\u00a0{path.name}\u00a0» est un inventaire\u00a0: il n’a pas de colonnes.")
    table = read_table(content.text, content.name)
    with store.read() as session:
        known = known_by(session)
        try:
            layout = laid_out(table, path.name, options or Options(), known)
        except UnknownColumns:
            return unknown_view(table)
    return view(table, layout)


def targets(session: Session, key: str) -> tuple[Target, ...]:
    """What the columns of a list of this entity may fill."""
    return targets_of(ENTITIES[key], known_by(session).own)


def _sources(session: Session, paths: Sequence[Path], options: Options, own: Own) -> Job[list[Source]]:
    """A file that cannot be read is refused; among several it is a refused line, and the others go on."""
    read: list[Source] = []
    known = known_by(session)
    for done, path in enumerate(paths):
        yield Progress(done, len(paths), f"Lecture de {path.name}")
        asked = own.get(path, options)
        try:
            read.append(read_file(path, asked, known))
        except Refused as refusal:
            if len(paths) == 1:
                raise
            entity = asked.entity or "asset"
            read.append(Source(path.name, entity, [Entry(None, problems=[("", str(refusal))])]))
    return _apart(read)


def _apart(sources: list[Source]) -> list[Source]:
    """Two files of the same name, from two folders, stay two files."""
    seen: dict[str, int] = {}
    for index, source in enumerate(sources):
        seen[source.name] = seen.get(source.name, 0) + 1
        if seen[source.name] > 1:
            sources[index] = replace(source, name=f"{source.name} ({seen[source.name]})")
    return sources


def plan_files(session: Session, paths: Sequence[Path], options: Options, own: Own) -> Job[Plan]:
    sources = yield from _sources(session, paths, options, own)
    return (yield from plan_steps(session, sources))


def plan_job(
    store: Store, paths: Sequence[Path], options: Options | None = None, own: Own = MappingProxyType({})
) -> Job[Plan]:
    """The preview: nothing is written."""
    with store.read() as session:
        return (yield from plan_files(session, paths, options or Options(), own))


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
    with store.begin(_label([path.name for path in paths])) as session:
        made = yield from plan_files(session, paths, options or Options(), {})
        _remember(session, made.files)
        return apply(session, made)


def _remember(session: Session, files: Sequence[Source]) -> None:
    for table in (source.table for source in files):
        if table is not None and table.origin == "told":
            remember(session, table.headings, table.entity, table.targets)


def _label(names: Sequence[str]) -> str:
    return f"Import de {names[0]}" if len(names) == 1 else f"Import de {len(names)}\u00a0fichiers"
