"""Incidents that came again on the same asset, as « récurrence » counts them (domain.md B.2)."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select

from app.fields import PARIS, joined
from app.kpi import REGISTRY
from app.models import Asset
from app.reports.periodic_data import Repeated
from app.services.periodic.asked import Asked

CODE = "recurrence"
NO_CATEGORY = "sans catégorie"


def repeated(asked: Asked) -> tuple[Repeated, ...]:
    """The most frequent first."""
    measure = REGISTRY[CODE].compute(asked.cohorts.cohort(asked.period, detail=True))
    again = [one for one, row in measure.rows.items() if row.hit]
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in _rows(asked, again):
        groups[row.asset or "", row.category or NO_CATEGORY].append(row)
    found = [_repeated(key, rows) for key, rows in groups.items()]
    return tuple(sorted(found, key=lambda one: (-one.times, one.asset, one.category)))


def _rows(asked: Asked, wanted: list[int]) -> list[Any]:
    of = asked.cohorts.cohort(asked.period).tickets
    statement = (
        select(of.id, of.number, of.category, of.opened_at, Asset.number.label("asset"), Asset.model)
        .select_from(asked.cohorts.tickets)
        .outerjoin(Asset, Asset.id == of.asset_id)
        .order_by(of.opened_at, of.id)
    )
    size = 10_000
    parts = (wanted[start : start + size] for start in range(0, len(wanted), size))
    return [row for part in parts for row in asked.session.execute(statement.where(of.id.in_(part)))]


def _repeated(key: tuple[str, str], rows: list[Any]) -> Repeated:
    asset, category = key
    last = rows[-1].opened_at.astimezone(PARIS).date()
    title = joined(asset, rows[0].model, by=" ") or "sans bien"
    return Repeated(title, category, len(rows), tuple(row.number for row in rows), last, tuple(row.id for row in rows))
