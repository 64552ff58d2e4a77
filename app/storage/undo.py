"""Undoing an action: a new action that brings back the state before, made from the history."""

import json
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Row
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import NotFound, Refused
from app.models import Base, Document, IssuedPaper

_ENTRIES = "SELECT seq, table_name, record_id, kind, before, after FROM history WHERE action_id = ? ORDER BY seq DESC"
# The state that the action left, and the present one, of each of its records that was written to later.
_LATER = """
SELECT mine.after AS left_as, latest.after AS now FROM (
    SELECT table_name, record_id, max(seq) AS seq FROM history WHERE action_id = ? GROUP BY table_name, record_id
) AS last JOIN history AS mine ON mine.seq = last.seq JOIN history AS latest ON latest.seq = (
    SELECT max(seq) FROM history WHERE table_name = last.table_name AND record_id = last.record_id
) WHERE latest.seq > mine.seq"""
BOOKKEEPING = frozenset({"version", "updated_at"})


def undo(session: Session, action_id: int) -> str:
    """Bring back the state before the action, in the open act, and return the label of what was undone.

    Refused when one of its records is no longer as the action left it (so when it was undone already), or when
    something now depends on it.
    """
    run = session.connection().exec_driver_sql
    label = run("SELECT label FROM action WHERE id = ?", (action_id,)).scalar()
    if label is None:
        raise NotFound("Cette action n’existe pas dans l’historique.")
    if any(_content(row.left_as) != _content(row.now) for row in run(_LATER, (action_id,))):
        raise Refused(f"«\u00a0{label}\u00a0» ne peut plus être annulé\u00a0: des fiches ont été modifiées depuis.")
    entries = run(_ENTRIES, (action_id,)).all()
    _refuse_attached(session, entries)
    _refuse_installed(session, label, entries)
    try:
        for (table, kind), group in groupby(entries, key=lambda entry: (entry.table_name, entry.kind)):
            _put_back(session, table, kind, list(group))
    except IntegrityError as error:
        raise Refused(f"«\u00a0{label}\u00a0» ne peut plus être annulé\u00a0: d’autres fiches en dépendent.") from error
    session.expire_all()
    session.info.update(undoes=action_id, label=f"Annulation de «\u00a0{label}\u00a0»")
    return str(label)


def _content(state: str | None) -> dict[str, Any]:
    return {name: value for name, value in json.loads(state or "{}").items() if name not in BOOKKEEPING}


def _put_back(session: Session, table: str, kind: str, entries: list[Row[Any]]) -> None:
    if kind == "insert":
        run = session.connection().exec_driver_sql
        run(f'DELETE FROM "{table}" WHERE id = ?', [(entry.record_id,) for entry in entries])
        return
    act = _update if kind == "update" else _insert
    states = [_state(entry.before, table) for entry in entries]
    for names, same in groupby(states, key=tuple):
        act(session, table, names, list(same))


def _state(before: str | None, table: str) -> dict[str, Any]:
    """The columns that the table still has; the version goes on, so that a form opened before is seen as stale."""
    if before is None:
        raise Refused("Les valeurs d’avant ont été effacées\u00a0: cette action ne peut plus être annulée.")
    known = Base.metadata.tables[table].columns
    return {name: value for name, value in json.loads(before).items() if name in known}


def _update(session: Session, table: str, names: tuple[str, ...], states: list[dict[str, Any]]) -> None:
    moment = session.info["at"].strftime("%Y-%m-%dT%H:%M:%SZ")
    kept = [name for name in names if name not in BOOKKEEPING | {"id"}]
    setters = ", ".join(f'"{name}" = :{name}' for name in kept)
    session.connection().exec_driver_sql(
        f'UPDATE "{table}" SET {setters}, version = version + 1, updated_at = :updated_at WHERE id = :id',
        [state | {"updated_at": moment} for state in states],
    )


def _insert(session: Session, table: str, names: tuple[str, ...], states: list[dict[str, Any]]) -> None:
    columns, values = ", ".join(f'"{name}"' for name in names), ", ".join(f":{name}" for name in names)
    session.connection().exec_driver_sql(
        f'INSERT INTO "{table}" ({columns}) VALUES ({values})',
        [state | {"version": state["version"] + 1} for state in states],
    )


def _refuse_attached(session: Session, entries: Sequence[Row[Any]]) -> None:
    """Documents and papers name their record loosely, so that no foreign key keeps it: we do."""
    created = {(entry.table_name, entry.record_id) for entry in entries if entry.kind == "insert"}
    for loose in (Document, IssuedPaper) if created else ():
        table = loose.__tablename__
        mine = {entry.record_id for entry in entries if entry.table_name == table}
        rows = session.connection().exec_driver_sql(
            f"SELECT id, entity, record_id FROM {table} WHERE deleted_at IS NULL"
        )
        if any((row.entity, row.record_id) in created and row.id not in mine for row in rows):
            raise Refused("Des documents ont été joints depuis à ce qui serait supprimé\u00a0: retirez-les d’abord.")


def _refuse_installed(session: Session, label: str, entries: Sequence[Row[Any]]) -> None:
    """Surveys name software loosely too: what another survey has seen since is not taken away from it."""
    created = {table: _created(entries, table) for table in ("software", "survey")}
    if not created["software"]:
        return
    rows = session.connection().exec_driver_sql(
        "SELECT i.software_id, i.survey_id FROM installation AS i JOIN survey AS s ON s.id = i.survey_id "
        "WHERE i.software_id BETWEEN ? AND ?",
        (min(created["software"]), max(created["software"])),
    )
    if any(row.software_id in created["software"] and row.survey_id not in created["survey"] for row in rows):
        raise Refused(
            f"«\u00a0{label}\u00a0» ne peut plus être annulé\u00a0: d’autres relevés ont vu depuis les mêmes logiciels."
        )


def _created(entries: Sequence[Row[Any]], table: str) -> set[int]:
    return {entry.record_id for entry in entries if entry.kind == "insert" and entry.table_name == table}
