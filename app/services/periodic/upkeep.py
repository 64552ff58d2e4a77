"""What the provider had to hand over and to do by itself in a period: its documents, its planned visits (A.5, B.2)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from app.fields import joined
from app.models import Asset, Site, Visit
from app.models.upkeep_codes import DeliveryState, TaskKind, VisitStatus
from app.models.visit_state import given_until, latest
from app.reports.periodic_data import Paper, Share, Stop
from app.services import deliverables
from app.services.deliverables import Delivery
from app.services.periodic.asked import Asked

# Documents


def documents(asked: Asked) -> tuple[Share, tuple[Paper, ...]]:
    """« remis à temps ÷ attendus échus » of the period, and those that came late or had not come by its end."""
    owed = [one for one in deliverables.found(asked.session, asked.last, asked.contract_id) if _counts(one)]
    due = [one for one in owed if asked.period.start <= one.due_on <= asked.last and _is_told(one, asked.last)]
    in_time = [one for one in due if (came := _came(one, asked.last)) is not None and came <= one.due_on]
    late = (one for one in owed if _is_late(one, asked.period.start, asked.last))
    return Share(len(in_time), len(due)), tuple(_paper(one, asked.last) for one in late)


def _counts(one: Delivery) -> bool:
    return one.state != DeliveryState.WAIVED


def _came(one: Delivery, last: date) -> date | None:
    """The day it was accepted, if that was by then."""
    known = one.is_received and one.received_on is not None and one.received_on <= last
    return one.received_on if known else None


def _is_told(one: Delivery, last: date) -> bool:
    """Its day is past, or it came sooner."""
    return one.due_on < last or _came(one, last) is not None


def _is_late(one: Delivery, start: date, last: date) -> bool:
    """Due in the period and come late; or not come at its end, whenever it was due."""
    came = _came(one, last)
    if came is None:
        return one.due_on < last
    return came > one.due_on and came >= start


def _paper(one: Delivery, last: date) -> Paper:
    came = _came(one, last)
    days = ((came or last) - one.due_on).days
    return Paper(one.label, one.told, one.contract, one.due_on, came, days, one.is_refused)


# Planned visits


def visits(asked: Asked) -> tuple[Share, tuple[Stop, ...]]:
    """« fait dans sa fenêtre ÷ prévu » of the visits whose window closes in the period, and those missed or late."""
    told = [(row, _standing(row, asked.last)) for row in _rows(asked)]
    kept = [(row, state) for row, state in told if state]
    missed = tuple(_stop(row, asked.last) for row, state in kept if state != "in_time")
    return Share(sum(state == "in_time" for _, state in kept), len(kept)), missed


def _rows(asked: Asked) -> Sequence[Any]:
    own = Visit.__table__
    wanted = [Visit.contract_id == asked.contract_id] if asked.contract_id is not None else []
    return asked.session.execute(
        select(
            Visit.id, Visit.number, Visit.label, Visit.status, Visit.done_on, Visit.earliest_on,
            latest(own).label("latest"), given_until(own).label("until"), Asset.number.label("asset"),
            Site.name.label("site"),
        )
        .outerjoin(Asset, Asset.id == Visit.asset_id)
        .outerjoin(Site, Site.id == Visit.site_id)
        .where(
            Visit.deleted_at.is_(None), Visit.kind == TaskKind.MAINTENANCE, Visit.status != VisitStatus.CANCELLED,
            latest(own).between(asked.period.start, asked.period.end),
            or_(Visit.status == VisitStatus.DONE, latest(own) <= asked.last), *wanted,
        )
        .order_by(latest(own), Visit.id)
    ).all()  # fmt: skip


def _standing(row: Any, last: date) -> str:
    """« in_time », « late », « missed »; empty while nothing is told."""
    if row.status == VisitStatus.DONE and row.done_on <= last:
        early = row.earliest_on is not None and row.done_on < row.earliest_on
        return "late" if early or row.done_on > row.latest else "in_time"
    return "missed" if row.until < last else ""


def _stop(row: Any, last: date) -> Stop:
    done = row.done_on if row.status == VisitStatus.DONE and row.done_on <= last else None
    days = ((done or last) - row.latest).days
    return Stop(row.id, row.number, row.label, joined(row.asset, row.site, by=", "), row.latest, done, days)
