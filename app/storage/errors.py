"""SQLite's faults turned into sentences, in one place: both engines send every error of the driver here."""

import sqlite3

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from app.errors import AppError, StoreDamaged, StoreError, StoreReadOnly

BUSY = "Le fichier est occupé par une autre opération. Rien n’a été modifié\u00a0: réessayez dans un instant."
FULL = "Le disque est plein\u00a0: rien n’a été enregistré. Libérez de la place, puis enregistrez à nouveau."
READ_ONLY = "Ce fichier est ouvert en lecture seule\u00a0: rien n’a été modifié."
DISK = (
    "Le disque a refusé une lecture ou une écriture\u00a0: rien n’a été enregistré. Vérifiez le disque, puis réessayez."
)
GONE = "Le fichier ne peut pas être ouvert\u00a0: il a été déplacé, ou l’accès est refusé."
DAMAGED = "Ce fichier est abîmé. Il n’a pas été modifié\u00a0: restaurez la dernière sauvegarde vérifiée."

_SENTENCES: dict[int, tuple[type[AppError], str]] = {
    sqlite3.SQLITE_BUSY: (StoreError, BUSY),
    sqlite3.SQLITE_LOCKED: (StoreError, BUSY),
    sqlite3.SQLITE_FULL: (StoreError, FULL),
    sqlite3.SQLITE_READONLY: (StoreReadOnly, READ_ONLY),
    sqlite3.SQLITE_IOERR: (StoreError, DISK),
    sqlite3.SQLITE_CANTOPEN: (StoreError, GONE),
    sqlite3.SQLITE_CORRUPT: (StoreDamaged, DAMAGED),
    sqlite3.SQLITE_NOTADB: (StoreDamaged, DAMAGED),
}


def explained(error: BaseException | None) -> AppError | None:
    """The fault of the disk or of the file that `error` tells of; None for a bug or a broken constraint."""
    kind, sentence = _SENTENCES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, (None, ""))
    return kind(sentence) if kind else None


def behind(error: BaseException | None) -> StoreError | None:
    """The fault of the file that `error` came after: who cleans up after a fault often raises a second one."""
    while error is not None and not isinstance(error, StoreError):
        error = error.__context__
    return error


def explain_errors(engine: Engine) -> None:
    """From now on the faults of the file leave `engine` as AppError, the driver's error being their cause."""

    def on_error(context: ExceptionContext) -> None:
        error = explained(context.original_exception)
        if error:
            raise error from context.original_exception

    event.listen(engine, "handle_error", on_error)
