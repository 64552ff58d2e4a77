"""The last records opened here or changed by hand, to take up again what one was doing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.fields import PARIS, brief_moment
from app.services import records

KINDS = (
    "ticket", "asset", "contract", "intervention", "invoice", "provider", "meeting", "consultation", "visit",
    "expertise", "campaign", "person", "licence", "scorecard", "period_review", "satisfaction_survey", "evaluation",
)  # fmt: skip
"""What one works on; their parts are theirs."""
SHOWN = 6
LOOKED_AT = 400
"""Entries of the history read back."""
BY_HAND = 12
"""Records of one act, at most: an import is not what somebody was doing to each."""
_LAST = "SELECT action_id, at, table_name, record_id FROM history WHERE +table_name IN ({}) ORDER BY seq DESC LIMIT ?"


@dataclass(frozen=True, slots=True)
class Opened:
    """A record whose page was shown on this workstation."""

    entity: str
    record_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Recent:
    """`key` is answered by `leads.lead`; `note` says what was done of it, and when."""

    key: str
    icon: str
    title: str
    note: str


def recent(session: Session, opened: Iterable[Opened], now: datetime) -> tuple[Recent, ...]:
    """The newest first, each record once; those in the bin are left out."""
    told: dict[tuple[str, int], tuple[datetime, str]] = {}
    for how, found in (("vu", [one for one in opened if one.entity in KINDS]), ("modifié", list(_changed(session)))):
        for one in found:
            key = (one.entity, one.record_id)
            if key not in told or one.at > told[key][0]:
                told[key] = (one.at, how)
    newest = sorted(told.items(), key=lambda pair: pair[1][0], reverse=True)
    return tuple(_first(_shown(session, newest, now), SHOWN))


def _first(found: Iterator[Recent], count: int) -> Iterator[Recent]:
    for _, one in zip(range(count), found, strict=False):
        yield one


def _shown(session: Session, newest: Sequence[Any], now: datetime) -> Iterator[Recent]:
    for (key, record_id), (at, how) in newest:
        entity = ENTITIES[key]
        own = entity.model.__table__.c
        if session.scalar(select(own.id).where(own.id == record_id, own.deleted_at.is_(None))) is None:
            continue
        e = "e" if entity.gender == "f" else ""
        note = f"{entity.one}, {how}{e} {_when(at, now)}"
        yield Recent(f"{key}:{record_id}", entity.icon, records.title(session, entity, record_id), note)


def _when(at: datetime, now: datetime) -> str:
    local, today = at.astimezone(PARIS), now.astimezone(PARIS).date()
    return f"à {local:%H:%M}" if local.date() == today else f"le {brief_moment(at, today)}"


def _changed(session: Session) -> Iterator[Opened]:
    """By acts on few records."""
    marks = ", ".join("?" * len(KINDS))
    rows = session.connection().exec_driver_sql(_LAST.format(marks), (*KINDS, LOOKED_AT)).all()
    acts: dict[Any, set[tuple[str, int]]] = {}
    for row in rows:
        acts.setdefault(row.action_id, set()).add((row.table_name, row.record_id))
    for row in rows:
        if row.action_id is not None and len(acts[row.action_id]) <= BY_HAND:
            yield Opened(row.table_name, row.record_id, datetime.fromisoformat(row.at))
