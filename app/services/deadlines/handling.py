"""Dealing with deadlines: an act with its reason, which can be undone, and what it leaves to read."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import InvalidFields, Refused
from app.fields import clean_line
from app.models import Handled
from app.services import records
from app.services.deadlines.of_fleet import DAYS, of_lot
from app.services.deadlines.words import Deadline
from app.services.listing import Query, default_query

NO_REASON = "Dites ce qui a été fait\u00a0: c’est ce que vous relirez."


def handle(session: Session, chosen: Sequence[Deadline], on: date, reason: str) -> int:
    """Note that these were dealt with; gives how many lines. Refused for what was dealt with already."""
    told = clean_line(reason)
    if not told:
        raise InvalidFields({"reason": NO_REASON})
    done = [one for one in chosen if one.handled_on is None]
    if not done:
        raise Refused("Choisissez d’abord des échéances qui ne sont pas encore traitées.")
    session.execute(insert(Handled), [row for one in done for row in written(session, one, on, told)])
    return len(done)


def written(session: Session, one: Deadline, on: date, reason: str) -> list[dict[str, Any]]:
    """The rows that note it. One an asset of a lot: one that joins it later is not dealt with by them."""
    marks = [(one.record_id, one.mark)] if one.lot is None else session.execute(of_lot(one.kind, one.lot)).all()
    own = {
        "line": one.mark, "kind": one.kind, "label": clean_line(one.title), "due_on": one.due, "entity": one.entity,
        "handled_on": on, "reason": reason,
    }  # fmt: skip
    return [{**own, "record_id": record, "mark": mark} for record, mark in marks]


def handled(session: Session) -> list[Deadline]:
    """What was dealt with, the last first: the assets of one lot are one line."""
    day = Handled.__table__.c.handled_on
    rows = session.execute(
        select(
            Handled.kind, Handled.line, Handled.label, Handled.due_on, Handled.entity,
            func.min(Handled.record_id), func.count(), day, Handled.reason,
        )
        .where(Handled.deleted_at.is_(None))
        .group_by(Handled.line, Handled.kind, Handled.label, Handled.due_on, Handled.entity, day, Handled.reason)
        .order_by(day.desc(), Handled.due_on.desc(), func.min(Handled.id))
    )  # fmt: skip
    return [
        Deadline(kind, mark, label, "", due, 0, entity, record_id, count=count, handled_on=on, reason=reason)
        for kind, mark, label, due, entity, record_id, count, on, reason in rows
    ]


def reopen(session: Session, chosen: Sequence[Deadline]) -> int:
    """Take back « traitée »: they stand again in the list. Gives how many lines."""
    done = [one for one in chosen if one.handled_on is not None]
    for one in done:
        records.to_bin(session, ENTITIES["handled"], _rows_of(session, one))
    return len(done)


def _rows_of(session: Session, one: Deadline) -> list[int]:
    same = (
        Handled.line == one.mark, Handled.label == clean_line(one.title), Handled.handled_on == one.handled_on,
        Handled.reason == one.reason, Handled.deleted_at.is_(None),
    )  # fmt: skip
    return list(session.scalars(select(Handled.id).where(*same)))


def behind(session: Session, one: Deadline) -> Query | None:
    """The list behind a line that tells several assets, or none but a list; None when it opens one record."""
    if one.entity not in ENTITIES or (one.record_id and one.count == 1):
        return None
    whole = default_query(ENTITIES[one.entity])
    if one.handled_on is not None:
        kept = select(Handled.record_id).where(Handled.id.in_(_rows_of(session, one)))
        return Query(whole.columns, whole.sort, whole.descending, ids=tuple(session.scalars(kept)))
    if one.lot is not None:
        ids = tuple(session.scalars(of_lot(one.kind, one.lot)))
        return Query(whole.columns, DAYS[one.kind].key, ids=ids)
    return whole
