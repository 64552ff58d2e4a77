"""Writing a plan, whole, in the caller's transaction: statements of many rows, not one per record."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.entities import ENTITIES, Entity
from app.errors import StaleRecord
from app.fields import Ref, number
from app.models import Component, Counter, Installation, Survey
from app.models.base import new_uuid
from app.services import cover_rules
from app.services.importing.books import ORDER, stamp
from app.services.importing.entries import Reject
from app.services.importing.plans import Plan
from app.services.importing.seen import Seen

_BATCH = 500
_MANY = 10_000
SOFTWARE_KEPT = 2
"""Surveys of a machine whose list of software is kept."""


@dataclass(frozen=True, slots=True)
class Result:
    """Numbers of lines. `notes` are French sentences on what was left aside in the files."""

    created: int
    changed: int
    unchanged: int
    rejects: tuple[Reject, ...]
    notes: tuple[str, ...] = ()

    def sentence(self, dry_run: bool = False) -> str:
        """« 12 créés, 31 modifiés, 102 inchangés, 3 refusés. »"""
        refused = len({(r.source, r.line or index) for index, r in enumerate(self.rejects)})
        counted = {"créé": self.created, "modifié": self.changed, "inchangé": self.unchanged, "refusé": refused}
        told = ", ".join(f"{number(n)}\u00a0{word}{'s' if n > 1 else ''}" for word, n in counted.items())
        return f"Rien n’a été écrit. L’import donnerait\u00a0: {told}." if dry_run else f"{told}."

    def as_json(self) -> dict[str, Any]:
        return {
            "crees": self.created,
            "modifies": self.changed,
            "inchanges": self.unchanged,
            "rejets": [reject.as_json() for reject in self.rejects],
        }


def foreseen(plan: Plan) -> Result:
    """What applying the plan gives."""
    return Result(
        plan.count("created"),
        plan.count("changed"),
        plan.count("unchanged"),
        tuple(plan.rejects),
        tuple(plan.notes),
    )


def apply(session: Session, plan: Plan) -> Result:
    """StaleRecord, and nothing written, if the base changed since the plan was made: a plan is applied once."""
    session.flush()
    for key, seen in plan.stamps.items():
        if stamp(session, ENTITIES[key]) != seen:
            raise StaleRecord("La base a changé depuis cet aperçu. Rien n’a été importé\u00a0: refaites l’aperçu.")
    real: dict[tuple[str, int], int] = {}
    for key in ORDER:
        entity = ENTITIES[key]
        _insert(session, entity, plan.created.get(key, {}), real)
        _update(session, entity, plan.updated.get(key, {}), real)
    _write_seen(session, plan.seen, real)
    _count(session, plan.counters)
    session.expire_all()
    if plan.created.get("asset") or plan.updated.get("asset"):
        cover_rules.follow(session)
    return foreseen(plan)


def _linker(entity: Entity, real: dict[tuple[str, int], int]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Puts the true ids of the records made just before into values."""
    refs = {field.name: field.target for field in entity.fields if isinstance(field, Ref)}

    def linked(values: dict[str, Any]) -> dict[str, Any]:
        passing = {n: real[refs[n], v] for n, v in values.items() if n in refs and (refs[n], v) in real}
        return values | passing if passing else values

    return linked


def _insert(
    session: Session, entity: Entity, created: dict[int, dict[str, Any]], real: dict[tuple[str, int], int]
) -> None:
    if not created:
        return
    own = entity.model.__table__
    empty: dict[str, Any] = dict.fromkeys(name for values in created.values() for name in values)
    uuids = {passing: new_uuid() for passing in created}
    linked = _linker(entity, real)
    rows = [empty | linked(values) | {"uuid": uuids[passing]} for passing, values in created.items()]
    ids = _inserted(session, own, rows)
    real.update({(entity.key, passing): ids[uuid] for passing, uuid in uuids.items()})


def _inserted(session: Session, own: Any, rows: list[dict[str, Any]]) -> dict[str, int]:
    """The id that each new row was given, by its uuid."""
    last = session.scalar(select(func.coalesce(func.max(own.c.id), 0)))
    for start in range(0, len(rows), _BATCH):
        session.execute(insert(own), rows[start : start + _BATCH])
    return {row.uuid: row.id for row in session.execute(select(own.c.uuid, own.c.id).where(own.c.id > last))}


def _write_seen(session: Session, plan: list[Seen], real: dict[tuple[str, int], int]) -> None:
    """Surveys, then what they saw: one statement for each kind of rows."""
    surveys: list[dict[str, Any]] = []
    installed: list[tuple[str, Seen]] = []
    added: list[dict[str, Any]] = []
    for seen in plan:
        asset = real.get(("asset", seen.asset), seen.asset)
        if seen.survey is not None:
            surveys.append({**seen.survey, "uuid": new_uuid(), "asset_id": asset})
            installed.append((surveys[-1]["uuid"], seen))
        added += [{**part, "uuid": new_uuid(), "asset_id": asset, "from_tool": True} for part in seen.added]
    if surveys:
        ids = _inserted(session, Survey.__table__, surveys)
        _install(session, [(ids[uuid], seen) for uuid, seen in installed], real)
        _forget_software(session, min(ids.values()))
    if added:
        _inserted(session, Component.__table__, added)
    for names, rows in (
        (("label", "size", "serial"), [part for seen in plan for part in seen.changed]),
        (("removed_on",), [part for seen in plan for part in seen.removed]),
    ):
        _write_parts(session, names, rows)


def _install(session: Session, surveys: list[tuple[int, Seen]], real: dict[tuple[str, int], int]) -> None:
    rows = [
        (survey, real.get(("software", software), software), version, day)
        for survey, seen in surveys
        for software, (version, day) in seen.installed.items()
    ]
    names = ("survey_id", "software_id", "version", "installed_on")
    for start in range(0, len(rows), _MANY):
        batch = [dict(zip(names, row, strict=True)) for row in rows[start : start + _MANY]]
        session.execute(insert(Installation), batch)


def _forget_software(session: Session, first: int) -> None:
    """Of the machines surveyed from that survey on, keep the software of the last two: the list in force, and the one
    that an undone import brings back. A fleet read every week would else add millions of rows a year."""
    own = Survey
    place = func.row_number().over(partition_by=own.asset_id, order_by=(own.taken_at.desc(), own.id.desc()))
    read = select(own.asset_id).where(own.id >= first)
    ranked = select(own.id, place.label("place")).where(own.asset_id.in_(read)).subquery()
    old = select(ranked.c.id).where(ranked.c.place > SOFTWARE_KEPT)
    session.execute(delete(Installation).where(Installation.survey_id.in_(old)))


def _write_parts(session: Session, names: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    own: Any = Component.__table__
    if not rows:
        return
    new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    new |= {"version": own.c.version + 1, "updated_at": datetime.now(UTC)}
    values = [{"of": row["id"]} | {f"new_{name}": row[name] for name in names} for row in rows]
    session.execute(update(own).where(own.c.id == bindparam("of")).values(new), values)


def _update(
    session: Session, entity: Entity, updated: dict[int, dict[str, Any]], real: dict[tuple[str, int], int]
) -> None:
    """Rows that change the same columns go in one statement."""
    own = entity.model.__table__
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    linked = _linker(entity, real)
    for record_id, values in updated.items():
        alike[tuple(sorted(values))].append({"of": record_id} | {f"new_{n}": v for n, v in linked(values).items()})
    now = datetime.now(UTC)
    for names, rows in alike.items():
        new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
        new |= {"version": own.c.version + 1, "updated_at": now}
        session.execute(update(own).where(own.c.id == bindparam("of")).values(new), rows)


def _count(session: Session, counters: dict[str, int]) -> None:
    for prefix, last in counters.items():
        row = session.get(Counter, prefix) or Counter(prefix=prefix, last=0)
        row.last = max(row.last, last)
        session.add(row)
    session.flush()
