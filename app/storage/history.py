"""Reading the history: what happened to a record, what was written outside the program."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import History
from app.storage.schema import OUTSIDE, record_classes, row_json, table_of
from app.storage.sealing import verify_chain
from app.storage.undo import BOOKKEEPING, undo

__all__ = ["Change", "Outside", "changes", "outside_changes", "undo", "verify_chain"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one record. `kind` is insert, update or delete; `fields` maps a column to (before, after), as
    stored (codes, cents, ISO dates). `at` is a UTC time as stored."""

    at: str
    who: str
    kind: str
    label: str
    action_id: int | None
    clock_doubtful: bool
    fields: dict[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Outside:
    """A record whose state is not what its history says."""

    table: str
    record_id: int


def changes(session: Session, table: str, record_id: int, limit: int = 100) -> list[Change]:
    """The last changes of a record, the latest first; what only touched its date is left out."""
    rows = session.connection().exec_driver_sql(
        "SELECT h.at, h.who, h.kind, coalesce(a.label, '') AS label, h.action_id, h.clock_doubtful, h.before, h.after "
        "FROM history AS h LEFT JOIN action AS a ON a.id = h.action_id "
        "WHERE h.table_name = ? AND h.record_id = ? ORDER BY h.seq DESC LIMIT ?",
        (table, record_id, limit),
    )
    read = (
        Change(r.at, r.who, r.kind, r.label, r.action_id, bool(r.clock_doubtful), _differences(r.before, r.after))
        for r in rows
    )
    return [change for change in read if change.fields or change.kind != "update"]


def _differences(before: str | None, after: str | None) -> dict[str, tuple[Any, Any]]:
    old: dict[str, Any] = json.loads(before or "{}")
    new: dict[str, Any] = json.loads(after or "{}")
    names = sorted((old.keys() | new.keys()) - BOOKKEEPING)
    return {name: (old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)}


def outside_changes(session: Session) -> list[Outside]:
    """Records that a program wrote to without the triggers: their state differs from the last entry on them."""
    return [Outside(table_of(one).name, row) for one in record_classes() for row in _strays(session, one)]


def writes_by_others(session: Session) -> int:
    """How many entries the triggers wrote for another program."""
    counted = session.connection().exec_driver_sql("SELECT count(*) FROM history WHERE who = ?", (OUTSIDE,))
    return int(counted.scalar_one())


def _strays(session: Session, one: type[Any]) -> list[int]:
    table = table_of(one)
    state = row_json([column.name for column in table.columns], "t")
    last = (
        "SELECT record_id, max(seq) AS seq FROM history WHERE table_name = ? GROUP BY record_id"  # one entry a record
    )
    rows = session.connection().exec_driver_sql(
        f'SELECT t.id, h.kind, h.after, {state} AS state FROM "{table.name}" AS t '
        f"LEFT JOIN ({last}) AS l ON l.record_id = t.id LEFT JOIN history AS h ON h.seq = l.seq "
        "WHERE h.after IS NOT state",
        (table.name,),
    )
    changed = [row.id for row in rows if row.kind in (None, "delete") or not _same(row.after, row.state)]
    gone = session.connection().exec_driver_sql(
        f"SELECT l.record_id FROM ({last}) AS l JOIN history AS h ON h.seq = l.seq "
        f"WHERE h.kind <> 'delete' AND l.record_id NOT IN (SELECT id FROM \"{table.name}\")",
        (table.name,),
    )
    return [*changed, *gone.scalars()]


def _same(after: str | None, state: str) -> bool:
    """Whether the columns that both know are equal: a migration adds columns, an erasure empties the entry."""
    if after is None:
        return True
    kept, now = json.loads(after), json.loads(state)
    return all(now[name] == value for name, value in kept.items() if name in now and name not in BOOKKEEPING)


def last_change(session: Session) -> int:
    """The number of the last entry: equal for two moments between which no record changed."""
    return session.scalar(select(func.max(History.seq))) or 0
