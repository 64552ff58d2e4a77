"""Writing a plan, whole, in the caller's transaction: statements of many rows, not one per record."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from app.entities import ENTITIES, Entity
from app.errors import StaleRecord
from app.fields import Ref, number
from app.models import Counter
from app.models.base import new_uuid
from app.services.importing.books import ORDER, stamp
from app.services.importing.entries import Reject
from app.services.importing.links import MADE
from app.services.importing.planning import Plan

_BATCH = 500


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
    _count(session, plan.counters)
    session.expire_all()
    return foreseen(plan)


def _linked(entity: Entity, values: dict[str, Any], real: dict[tuple[str, int], int]) -> dict[str, Any]:
    """The values with the true ids of the records made just before."""
    refs = {field.name: field.target for field in entity.fields if isinstance(field, Ref)}
    return {n: real.get((refs[n], v), v) if n in refs else v for n, v in values.items()}


def _insert(
    session: Session, entity: Entity, created: dict[int, dict[str, Any]], real: dict[tuple[str, int], int]
) -> None:
    if not created:
        return
    own = entity.model.__table__
    columns = sorted({name for values in created.values() for name in values})
    uuids = {passing: new_uuid() for passing in created}
    rows = [
        {name: _linked(entity, values, real).get(name) for name in columns} | {"uuid": uuids[passing]}
        for passing, values in created.items()
    ]
    for start in range(0, len(rows), _BATCH):
        session.execute(insert(own), rows[start : start + _BATCH])
    if entity.key in MADE:
        ids: dict[str, int] = {row.uuid: row.id for row in session.execute(select(own.c.uuid, own.c.id))}
        real.update({(entity.key, passing): ids[uuid] for passing, uuid in uuids.items()})


def _update(
    session: Session, entity: Entity, updated: dict[int, dict[str, Any]], real: dict[tuple[str, int], int]
) -> None:
    """Rows that change the same columns go in one statement."""
    own = entity.model.__table__
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for record_id, values in updated.items():
        linked = _linked(entity, values, real)
        alike[tuple(sorted(values))].append({"of": record_id} | {f"new_{n}": v for n, v in linked.items()})
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
