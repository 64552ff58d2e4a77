"""The tickets as they stood at a past moment (domain.md B.1): those that nothing has touched since, by the columns of
today, and the few others by their journals read up to then. Indicators read them like the table itself.

A ticket under another contract since was under it from its opening: its delays are counted again from there.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlalchemy import FromClause, Table, TypeDecorator, bindparam, func, select, type_coerce, union_all
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from app.models import Ticket, TicketEvent
from app.models.codes import EventKind
from app.rules.service_level import NOTHING_PROMISED, assess
from app.rules.ticket_course import read
from app.services import journal
from app.services.contracts import calendar_of, levels_of, opening_day, read_once

CHUNK = 10_000
UNREAD = {"uuid", "description", "priority_reason", "contract_reason"}
"""Columns that no indicator reads."""
_TICKET = cast("Table", Ticket.__table__)
_COLUMNS = [column for column in _TICKET.c if column.key not in UNREAD]
_DIALECT = sqlite.dialect()


def tickets(session: Session, now: datetime) -> FromClause:
    """The tickets as their journals told of them at `now`; the table itself when nothing has happened since.

    What was written of the very second of `now` is known; of a whole second, such as midnight, it is not yet.
    """
    seen = now.astimezone(UTC)
    seen = seen.replace(microsecond=0) + timedelta(seconds=seen.microsecond > 0)
    last = session.scalar(select(func.max(Ticket.counted_at)).where(Ticket.deleted_at.is_(None)))
    if last is None or last < seen:
        return _TICKET
    changed = session.scalars(
        select(Ticket.id).where(Ticket.counted_at >= seen, Ticket.opened_at < seen, Ticket.deleted_at.is_(None))
    ).all()
    return _union(seen, [_stored(row) for row in _told_again(session, changed, seen)])


def _union(seen: datetime, again: Sequence[Sequence[Any]]) -> FromClause:
    """Two parts of one subquery: SQLite takes what is asked of it down into each."""
    untouched = select(*_COLUMNS).where(_TICKET.c.opened_at < seen, _TICKET.c.deleted_at.is_(None))
    if not again:
        return untouched.subquery("ticket_then")
    place = next(n for n, column in enumerate(_COLUMNS) if column.key == "id")
    ids = func.json_each(bindparam(None, json.dumps([row[place] for row in again]))).table_valued("value")
    rows = func.json_each(bindparam(None, json.dumps(again))).table_valued("value")
    told = select(
        *(
            type_coerce(func.json_extract(rows.c.value, f"$[{n}]"), column.type).label(column.key)
            for n, column in enumerate(_COLUMNS)
        )
    )
    kept = untouched.where(_TICKET.c.id.not_in(select(ids.c.value)))
    return union_all(kept, told).subquery("ticket_then")


def _stored(row: dict[str, Any]) -> list[Any]:
    """The values of a ticket as the base keeps them."""
    return [_kept(column.type, row[column.key]) for column in _COLUMNS]


def _kept(kind: Any, value: Any) -> Any:
    return kind.process_bind_param(value, _DIALECT) if isinstance(kind, TypeDecorator) else value


def _told_again(session: Session, wanted: Sequence[int], seen: datetime) -> Iterator[dict[str, Any]]:
    levels, calendar = read_once(session, levels_of), read_once(session, calendar_of)
    for start in range(0, len(wanted), CHUNK):
        some = wanted[start : start + CHUNK]
        acts = _acts(session, some)
        for row in session.execute(select(*_COLUMNS).where(_TICKET.c.id.in_(some))).mappings():
            events = [one for one in _events(session, row["id"], acts[row["id"]]) if one.at < seen]
            course = read(events)
            day = opening_day(course.opened_at)
            promised = levels(row["contract_id"], day).get(course.priority or "", NOTHING_PROMISED)
            judged = assess(course, calendar(row["contract_id"], day), promised, max(one.at for one in events))
            told = journal.projected(course, judged, elsewhere=row["source"] is not None)
            yield {**row, "contacts": course.contacts, **told}


def _acts(session: Session, wanted: Sequence[int]) -> dict[int, list[TicketEvent]]:
    found: dict[int, list[TicketEvent]] = defaultdict(list)
    statement = select(TicketEvent).where(TicketEvent.ticket_id.in_(wanted), TicketEvent.deleted_at.is_(None))
    for one in session.scalars(statement.order_by(TicketEvent.at, TicketEvent.id)):
        found[one.ticket_id].append(one)
    return found


def _events(session: Session, ticket_id: int, acts: list[TicketEvent]) -> list[Any]:
    if all(one.kind != EventKind.COVER for one in acts):
        return [journal.event_of(one) for one in acts]
    return journal.events_of(session, session.get_one(Ticket, ticket_id))
