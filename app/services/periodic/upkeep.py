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
from app.rules.notice import add_months
from app.services import deliverables
from app.services.deliverables import Delivery
from app.services.periodic.asked import Asked

LOOKED_BACK = 12
"""Months before the period: what was due earlier and never came is told no more."""

# Documents


def documents(asked: Asked) -> tuple[Share, tuple[Paper, ...]]:
    """« remis à temps ÷ attendus échus » of the period, and those that came late or had not come by its end."""
    start, after = asked.period.start, add_months(asked.period.start, -LOOKED_BACK)
    found = deliverables.found(asked.session, asked.today, asked.contract_id, after=after, known=asked.last)
    owed = [one for one in found if one.state != DeliveryState.WAIVED]
    due = [one for one in owed if start <= one.due_on <= asked.last and (one.due_on < asked.today or one.is_received)]
    in_time = sum(one.is_received and not one.late_days for one in due)
    late = (one for one in owed if _is_late(one, start, asked.today))
    return Share(in_time, len(due)), tuple(_paper(one, asked.today) for one in late)


def _is_late(one: Delivery, start: date, today: date) -> bool:
    """Come late in the period; or not come at its end, whenever it was due."""
    if one.is_received:
        return one.received_on is not None and one.received_on > one.due_on and one.received_on >= start
    return one.due_on < today


def _paper(one: Delivery, today: date) -> Paper:
    came = one.received_on if one.is_received else None
    days = ((came or today) - one.due_on).days
    return Paper(one.label, one.told, one.contract, one.due_on, came, days, one.is_refused)


# Planned visits


def visits(asked: Asked) -> tuple[Share, tuple[Stop, ...]]:
    """« fait dans sa fenêtre ÷ prévu » of the visits whose window closes in the period, and those missed or late."""
    told = [(row, _standing(row, asked)) for row in _rows(asked)]
    kept = [(row, state) for row, state in told if state]
    missed = tuple(_stop(row, asked) for row, state in kept if state != "in_time")
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


def _standing(row: Any, asked: Asked) -> str:
    """« in_time », « late », « missed »; empty while nothing is told."""
    if _done(row, asked):
        early = row.earliest_on is not None and row.done_on < row.earliest_on
        return "late" if early or row.done_on > row.latest else "in_time"
    return "missed" if row.until < asked.today else ""


def _done(row: Any, asked: Asked) -> bool:
    return row.status == VisitStatus.DONE and row.done_on is not None and row.done_on <= asked.last


def _stop(row: Any, asked: Asked) -> Stop:
    done = row.done_on if _done(row, asked) else None
    days = ((done or asked.today) - row.latest).days
    return Stop(row.id, row.number, row.label, joined(row.asset, row.site, by=", "), row.latest, done, days)
