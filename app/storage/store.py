"""The company's file as the rest of the program sees it: acts that write, snapshots that read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import ExecutionContext
from sqlalchemy.orm import Session

from app.errors import StoreError, StoreReadOnly
from app.jobs import Job, Progress
from app.storage import engines
from app.storage.errors import DAMAGED, READ_ONLY
from app.storage.history import outside_changes
from app.storage.sealing import Act, close_act, open_act

Listener = Callable[[frozenset[str]], None]
Release = Callable[[], None]

SAVED_AFTER_ALL = (
    "Le disque a signalé une erreur pendant l’enregistrement, qui a bien été fait. "
    "Vérifiez le disque et faites une sauvegarde."
)
CHANGED_OUTSIDE = "{count} fiche(s) ont été modifiées hors de l’application, sans passer par l’historique."
UNKNOWN = (
    "Le disque ne répond plus\u00a0: il est impossible de savoir si l’enregistrement a été fait. "
    "Rouvrez le fichier et vérifiez la dernière saisie."
)


class Store:
    """One file, open. `notices` are French sentences to tell once; sessions belong to the thread that asked."""

    def __init__(self, path: Path, *, read_only: bool, who: str, notices: list[str], release: Release) -> None:
        self.path = path
        self.read_only = read_only
        self.who = who
        self.notices = notices
        self.last_saved_at: datetime | None = None
        self.last_action_id: int | None = None
        self._listeners: list[Listener] = []
        self._release = release
        self._reader = engines.reader(path, read_only=read_only)
        self._writer = engines.writer(path)
        event.listen(self._writer, "after_cursor_execute", _note_table, named=True)

    @contextmanager
    def begin(self, label: str = "Modification") -> Iterator[Session]:
        """A write unit: all or nothing, one Action with its history, sealed and committed at the exit."""
        if self.read_only:
            raise StoreReadOnly(READ_ONLY)
        act: Act | None = None
        try:
            with Session(self._writer) as session, session.begin():
                open_act(session, label, self.who)
                yield session
                act = close_act(session)
        except StoreError:
            if act is None or not self._arrived(act):
                raise
            self.notices.append(SAVED_AFTER_ALL)
        self._saved(act)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One state of the file, which cannot be written to."""
        with Session(self._reader) as session:
            yield session

    def on_change(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with the names of the changed tables after each commit, in the thread that committed.

        Returns the function that ends it.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def check(self) -> Job[list[str]]:
        """French sentences on what a quick check finds; the opening leaves that of a large file to the window."""
        yield Progress(0, 0, "Contrôle du fichier")
        with self.read() as session:
            found = session.connection().exec_driver_sql("PRAGMA quick_check(20)").scalars().all()
            strays = outside_changes(session) if list(found) == ["ok"] else []
        return [DAMAGED] * (list(found) != ["ok"]) + [CHANGED_OUTSIDE.format(count=len(strays))] * bool(strays)

    def close(self) -> None:
        """Leave nothing but the file. Sessions still open are cut off."""
        self._reader.dispose()
        if not self.read_only:
            engines.leave(self._writer)
        self._release()

    def _saved(self, act: Act) -> None:
        self.last_action_id = act.action_id or self.last_action_id
        if act.tables:
            self.last_saved_at = act.at
            for listener in list(self._listeners):
                listener(act.tables)

    def _arrived(self, act: Act) -> bool:
        """After an error at the commit, whether the act is in the file all the same (reliability.md 0.7)."""
        try:
            with self.read() as session:
                head = session.connection().exec_driver_sql("SELECT hash FROM history ORDER BY seq DESC LIMIT 1")
                return act.action_id is not None and head.scalar() == act.head
        except StoreError as error:
            raise StoreError(UNKNOWN) from error


def _note_table(conn: Connection, context: ExecutionContext | None, **_: Any) -> None:
    """Tables without triggers (settings, counters, contents) are seen here; the others in the history."""
    compiled = getattr(context, "compiled", None)
    if compiled is not None and getattr(compiled.statement, "is_dml", False):
        conn.info["tables"].add(compiled.statement.table.name)
