"""An act: its context, which the triggers read, and its seal, which chains its entries (reliability.md 4.1).

The context is emptied before the commit: what another program writes is then marked « hors de l’application ».
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app import __version__
from app.storage.schema import CONTEXT

FIRST = ""  # what the first entry is chained to
CLOCK_SLACK = timedelta(minutes=5)

_LAST_SEALED = "SELECT seq, hash FROM history WHERE hash IS NOT NULL ORDER BY seq DESC LIMIT 1"
_TOUCHED = "SELECT DISTINCT +table_name FROM history WHERE seq > ?"
"""The plus keeps the index of the names out of it: SQLite would walk the whole history by it."""
_ENTRIES = (
    "SELECT seq, at, who, table_name, record_uuid, kind, before, after, salt, commitment, prev, hash FROM history"
)


@dataclass(frozen=True, slots=True)
class Act:
    """What a transaction did: `action_id` is None when no record changed; `head` is the hash of the last entry."""

    action_id: int | None
    tables: frozenset[str]
    head: str
    at: datetime


def digest(*parts: object) -> str:
    """SHA-256 of the parts as compact JSON, so that no two lists of parts read alike."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def commitment_of(salt: str, before: str | None, after: str | None) -> str:
    return digest(salt, before, after)


def hash_of(prev: str, entry: Row[Any], commitment: str) -> str:
    who, table, kind = entry.who, entry.table_name, entry.kind
    return digest(prev, entry.seq, entry.at, who, table, entry.record_uuid, kind, commitment)


def open_act(session: Session, label: str, who: str) -> None:
    """Begin the transaction and tell the triggers who acts. An action undone is named in `session.info`."""
    run = session.connection().exec_driver_sql
    now = datetime.now(UTC)
    last_at = run("SELECT at FROM history ORDER BY seq DESC LIMIT 1").scalar()
    doubtful = last_at is not None and now < datetime.fromisoformat(last_at) - CLOCK_SLACK
    action_id = run("SELECT coalesce(max(id), 0) + 1 FROM action").scalar_one()
    session.info.update(label=label, who=who, action_id=action_id, at=now, undoes=None)
    session.connection().info["tables"] = set()
    session.info["start"] = run("SELECT coalesce(max(seq), 0) FROM history").scalar_one()
    run(
        f"UPDATE {CONTEXT} SET action_id = ?, at = ?, who = ?, app_version = ?, clock_doubtful = ?",
        (action_id, _text(now), who, __version__, int(doubtful)),
    )


def close_act(session: Session) -> Act:
    """Write the action if a record changed, seal what is not sealed, and empty the context."""
    session.flush()
    run = session.connection().exec_driver_sql
    info = session.info
    records = set(run(_TOUCHED, (info["start"],)).scalars())
    if records:
        run(
            "INSERT INTO action (id, at, who, label, undoes) VALUES (?, ?, ?, ?, ?)",
            (info["action_id"], _text(info["at"]), info["who"], info["label"], info["undoes"]),
        )
    head = seal(session)
    run(f"UPDATE {CONTEXT} SET action_id = NULL, at = NULL, who = NULL, app_version = NULL, clock_doubtful = 0")
    tables = frozenset(records | session.connection().info["tables"])
    return Act(info["action_id"] if records else None, tables, head, info["at"])


def seal(session: Session) -> str:
    """Chain the entries that follow the last sealed one, those of other programs too; return the last hash."""
    connection = session.connection()
    last = connection.exec_driver_sql(_LAST_SEALED).first()
    seq, prev = (last.seq, last.hash) if last else (0, FIRST)
    seals = list(_seals(connection.exec_driver_sql(f"{_ENTRIES} WHERE seq > ? ORDER BY seq", (seq,)), prev))
    if seals:
        connection.exec_driver_sql("UPDATE history SET salt=?, commitment=?, prev=?, hash=? WHERE seq=?", seals)
        return seals[-1][3]
    return prev


def _seals(entries: Iterable[Row[Any]], prev: str) -> Iterator[tuple[str, str, str, str, int]]:
    for entry in entries:
        salt = secrets.token_hex(16)
        commitment = commitment_of(salt, entry.before, entry.after)
        sealed = hash_of(prev, entry, commitment)
        yield salt, commitment, prev, sealed, entry.seq
        prev = sealed


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def verify_chain(session: Session) -> list[str]:
    """French sentences on what breaks the chain; none when the history is whole. Erased values leave it whole."""
    found: list[str] = []
    seq, prev = 0, FIRST
    for entry in session.connection().exec_driver_sql(f"{_ENTRIES} ORDER BY seq"):
        seq += 1
        problem = _problem(entry, seq, prev)
        if problem:
            found.append(f"Historique, entrée {entry.seq}\u00a0: {problem}.")
        seq, prev = entry.seq, entry.hash or prev
    return found


def _problem(entry: Row[Any], seq: int, prev: str) -> str | None:
    if entry.seq != seq:
        return "des entrées manquent avant elle"
    if entry.hash is None:
        return "elle n’est pas scellée"
    if entry.prev != prev or entry.hash != hash_of(prev, entry, entry.commitment):
        return "elle a été modifiée, ou ne suit pas la précédente"
    if entry.salt is not None and entry.commitment != commitment_of(entry.salt, entry.before, entry.after):
        return "ses valeurs ont été modifiées"
    return None
