"""Importing files as long tasks: read, compare, and, when asked, write in one act."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from app.errors import Refused
from app.jobs import Job, Progress
from app.services.importing.applying import Result, apply, foreseen
from app.services.importing.csv_reader import read_table
from app.services.importing.entries import Entry, Source
from app.services.importing.glpi_json import entries_of
from app.services.importing.mapping import map_table
from app.services.importing.planning import Plan, plan_steps
from app.services.importing.source import load
from app.storage import Store


@dataclass(frozen=True, slots=True)
class Options:
    """`entity` says what a list holds when its headers must not decide. The last user's name is personal data:
    it is read only when asked for."""

    entity: str = ""
    last_user: bool = False


def read_file(path: Path, options: Options) -> Source:
    content = load(path)
    if content.kind == "csv":
        return map_table(read_table(content.text, content.name), content.name, options.entity, content.notes)
    return Source(content.name, "asset", entries_of(content.data, options.last_user))


def _sources(paths: Sequence[Path], options: Options) -> Job[list[Source]]:
    """A file that cannot be read is refused; among several it is a refused line, and the others go on."""
    read: list[Source] = []
    for done, path in enumerate(paths):
        yield Progress(done, len(paths), f"Lecture de {path.name}")
        try:
            read.append(read_file(path, options))
        except Refused as refusal:
            if len(paths) == 1:
                raise
            entity = options.entity or "asset"
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


def plan_files(session: Session, paths: Sequence[Path], options: Options) -> Job[Plan]:
    sources = yield from _sources(paths, options)
    return (yield from plan_steps(session, sources))


def plan_job(store: Store, paths: Sequence[Path], options: Options | None = None) -> Job[Plan]:
    """The preview: nothing is written."""
    with store.read() as session:
        return (yield from plan_files(session, paths, options or Options()))


def apply_job(store: Store, plan: Plan) -> Job[Result]:
    """Write a plan that was looked at."""
    yield Progress(0, plan.writes, "Enregistrement")
    with store.begin(_label([source.name for source in plan.files])) as session:
        result = apply(session, plan)
    yield Progress(plan.writes, plan.writes, "Import terminé")
    return result


def import_job(
    store: Store, paths: Sequence[Path], options: Options | None = None, dry_run: bool = False
) -> Job[Result]:
    """Read, compare and write at once; with `dry_run` only say what would be done."""
    if dry_run:
        return foreseen((yield from plan_job(store, paths, options)))
    with store.begin(_label([path.name for path in paths])) as session:
        made = yield from plan_files(session, paths, options or Options())
        return apply(session, made)


def _label(names: Sequence[str]) -> str:
    return f"Import de {names[0]}" if len(names) == 1 else f"Import de {len(names)}\u00a0fichiers"
