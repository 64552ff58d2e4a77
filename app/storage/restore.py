"""Restoring a backup: into a new file, checked, which then takes the place of the old one; the old one is kept."""

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from app.errors import StoreDamaged, StoreError
from app.jobs import Job
from app.storage import archive, engines
from app.storage.files import discard, replace_safely
from app.storage.header import check_header
from app.storage.lock import take_lock
from app.storage.verify import verify

DIFFERENT = "Cette sauvegarde n’est pas telle que son manifeste la décrit. Rien n’a été modifié."
NOT_WRITTEN = "La restauration n’a pas pu être écrite ({reason}). Rien n’a été modifié."


def restore(path: Path, base: Path) -> Job[Path | None]:
    """Put the base of the archive `path` in the place of the closed file `base`.

    Returns where the old file was kept, « …avant-restauration-1.parc », or None if there was none.
    """
    try:
        return (yield from _replace(path, base))
    except OSError as error:
        raise StoreError(NOT_WRITTEN.format(reason=error.strerror or error)) from error


def _replace(path: Path, base: Path) -> Job[Path | None]:
    base.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    release = take_lock(base)
    part = base.with_name(f"{base.name}.restauration")
    try:
        part.unlink(missing_ok=True)
        manifest = yield from archive.unpack(path, part)
        yield from _check(part, manifest)
        kept = keep_aside(base)
        replace_safely(part, base)
    finally:
        discard(part)
        release()
    return kept


def _check(part: Path, manifest: archive.Manifest) -> Job[None]:
    """The bytes are those saved: what they hold must be sound too, for the archive may have been made by anybody."""
    check_header(part)
    report = yield from verify(part)
    if report.damage:
        raise StoreDamaged(report.damage[0])
    if (report.counts, report.head) != (manifest.counts, manifest.head):
        raise StoreDamaged(DIFFERENT)


def keep_aside(base: Path) -> Path | None:
    """A copy of a closed file as it is, even damaged, under the first free name."""
    if not base.exists():
        _forget_journals(base)
        return None
    _settle(base)
    number = 1
    while (kept := base.with_name(f"{base.stem}.avant-restauration-{number}{base.suffix}")).exists():
        number += 1
    part = kept.with_name(f"{kept.name}.part")
    shutil.copyfile(base, part)  # nobody has it open: we hold its lock
    part.chmod(0o600)
    for journal in _journals(base):
        shutil.copyfile(journal, kept.with_name(journal.name.replace(base.name, kept.name)))
    replace_safely(part, kept)
    _forget_journals(base)
    return kept


def _settle(base: Path) -> None:
    """Let SQLite roll back what a crash left; a file too damaged for that is kept with its journal."""
    with suppress(sqlite3.Error), closing(engines.connect(base)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute("PRAGMA journal_mode=DELETE")


def _journals(base: Path) -> list[Path]:
    beside = (base.with_name(f"{base.name}{end}") for end in ("-journal", "-wal"))
    return [path for path in beside if path.exists()]


def _forget_journals(base: Path) -> None:
    """A journal of the old file would be played into the new one."""
    for journal in _journals(base):
        journal.unlink()
