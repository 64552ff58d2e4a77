"""A verified copy of a base through SQLite's backup: never a plain copy of the file (reliability.md 0.5)."""

import sqlite3
from contextlib import closing
from pathlib import Path

from app.errors import StoreDamaged, StoreError
from app.storage import engines
from app.storage.errors import DAMAGED, explained
from app.storage.files import replace_safely


def copy_base(source: Path, target: Path) -> None:
    """One state of `source`, checked, under the name `target` once it is whole and on the disk."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    try:
        with closing(engines.connect(source)) as live, closing(engines.connect(part)) as copy:
            live.backup(copy)
            problems = integrity(copy)
    except sqlite3.Error as error:
        part.unlink(missing_ok=True)
        raise explained(error) or StoreError(str(error)) from error
    if problems:
        part.unlink(missing_ok=True)
        raise StoreDamaged(DAMAGED)
    replace_safely(part, target)


def integrity(connection: sqlite3.Connection) -> list[str]:
    """What SQLite finds wrong in a base, its links included; none when it is sound."""
    found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
    orphans = connection.execute("PRAGMA foreign_key_check").fetchmany(20)
    return [line for line in found if line != "ok"] + [
        f"{table} {row} -> {parent}" for table, row, parent, _ in orphans
    ]
