"""Connections to the file: the pragmas of reliability.md 2.3, each read back, and one engine to read, one to write."""

import sqlite3
from contextlib import closing, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from app.errors import StoreError
from app.fields import fold
from app.storage.errors import DISK, explain_errors

BUSY_MS = 10_000
_FOLDED = 2**15  # texts kept folded: the titles that many rows share
_SAFE = {
    "busy_timeout": BUSY_MS,
    "foreign_keys": 1,
    "synchronous": 3,  # EXTRA: the folder is synced too (reliability.md 2.1)
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
    "cell_size_check": 1,
    "secure_delete": 1,
    "recursive_triggers": 1,  # else INSERT OR REPLACE hides a deletion from the history
    "mmap_size": 0,
}
# A page written before the commit would take the exclusive lock, and shut the readers out for a whole import.
# Its triggers fill the full-text tables, which SQLite before 3.41 allows to a trusted schema only: the opening checks
# that the triggers are ours before anything is written.
_WRITER = _SAFE | {"cache_spill": 0, "trusted_schema": 1}
_READER = _SAFE | {"query_only": 1, "trusted_schema": 0}


def connect(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """A bare connection without the driver's own transactions; `mode` is « ro », « rw » or « rwc »."""
    address = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000)


def take(connection: sqlite3.Connection, pragma: str, value: str | int) -> None:
    """Set a pragma, and refuse to go on if it was not taken."""
    connection.execute(f"PRAGMA {pragma}={value}")
    taken = connection.execute(f"PRAGMA {pragma}").fetchone()
    if taken is None or taken[0] != value:
        raise StoreError(f"Ce poste ne permet pas d’enregistrer sûrement (réglage «\u00a0{pragma}\u00a0» refusé).")


@lru_cache(maxsize=_FOLDED)
def _fold(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value


def reader_connection(path: Path, *, read_only: bool) -> sqlite3.Connection:
    return _set_up(connect(path, "ro" if read_only else "rw"), _READER)


def writer_connection(path: Path, mode: str = "rw") -> sqlite3.Connection:
    connection = _set_up(connect(path, mode), _WRITER)
    take(connection, "journal_mode", "truncate")
    return connection


def _set_up(connection: sqlite3.Connection, pragmas: dict[str, int]) -> sqlite3.Connection:
    try:
        for pragma, value in pragmas.items():
            take(connection, pragma, value)
        connection.create_function("fold", 1, _fold, deterministic=True)  # the order of French words, for lists
    except BaseException:
        connection.close()
        raise
    return connection


def reader(path: Path, *, read_only: bool) -> Engine:
    """Snapshots: each transaction sees one state of the file, and cannot write."""
    engine = create_engine(
        "sqlite://", creator=lambda: reader_connection(path, read_only=read_only), poolclass=QueuePool
    )
    return _begin_by(engine, "BEGIN")


def writer(path: Path) -> Engine:
    """Each transaction takes the write lock at once: a deferred one loses updates or locks up (reliability.md 2.4)."""
    engine = create_engine("sqlite://", creator=lambda: writer_connection(path), poolclass=QueuePool)
    return _begin_by(engine, "BEGIN IMMEDIATE")


def migrator(path: Path) -> Engine:
    """One that does not enforce links while tables are made again, for it would delete what hangs on them."""

    def connection() -> sqlite3.Connection:
        made = writer_connection(path)
        take(made, "foreign_keys", 0)
        return made

    return _begin_by(create_engine("sqlite://", creator=connection, poolclass=QueuePool), "BEGIN IMMEDIATE")


def _begin_by(engine: Engine, statement: str) -> Engine:
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    event.listen(engine, "begin", on_begin)
    event.listen(engine, "before_cursor_execute", _refuse_alone, named=True)
    explain_errors(engine)
    return engine


def _refuse_alone(conn: Connection, statement: str, **_: Any) -> None:
    """After some faults SQLite rolls back by itself; whoever went on would then save each statement for itself."""
    driver = conn.connection.driver_connection
    if driver is not None and not driver.in_transaction and not statement.startswith("BEGIN"):
        raise StoreError(DISK)


def leave(engine: Engine) -> None:
    """Close for good, and take away the empty journal that TRUNCATE keeps beside the file, if that can be done."""
    with suppress(StoreError, sqlite3.Error), closing(engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA journal_mode=DELETE")
    engine.dispose()
