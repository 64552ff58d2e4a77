"""A verified copy of a base through SQLite's backup: never a plain copy of the file (reliability.md 0.5)."""

import sqlite3
from contextlib import closing
from pathlib import Path

from app.errors import StoreDamaged, StoreError
from app.storage import engines
from app.storage.errors import DAMAGED, explained
from app.storage.files import discard, replace_safely


def copy_base(source: Path, target: Path) -> None:
    """One state of `source`, checked, under the name `target` once it is whole and on the disk."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        snapshot(source, part)
        with closing(engines.connect(part)) as copy:
            if not is_sound(copy):
                raise StoreDamaged(DAMAGED)
        replace_safely(part, target)
    finally:
        discard(part)


def snapshot(source: Path, target: Path, *, read_only: bool = False) -> None:
    """One state of `source` in the new file `target`, for its owner only; not yet checked, nor synced."""
    target.touch(mode=0o600, exist_ok=False)
    try:
        with (
            closing(engines.connect(source, "ro" if read_only else "rw")) as live,
            closing(engines.connect(target)) as copy,
        ):
            live.backup(copy)
    except sqlite3.Error as error:
        discard(target)
        raise explained(error) or StoreError(str(error)) from error


def is_sound(connection: sqlite3.Connection) -> bool:
    """Whether SQLite finds the base whole, its links included."""
    try:
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()
        return found == ("ok",) and connection.execute("PRAGMA foreign_key_check").fetchone() is None
    except sqlite3.DatabaseError:  # its very schema cannot be read
        return False
