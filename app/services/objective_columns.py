"""What the list of objectives shows that no column keeps: the indicators that serve each of them today."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, case, exists, func, or_, select, tuple_

from app.fields import this_day
from app.kpi import REGISTRY
from app.models import Contract, IndicatorTarget

EVER = "0001-01-01"


def served(own: FromClause) -> ColumnElement[Any]:
    """« Rétablissements dans le délai, Récurrence (CT-2026-01) »: by the targets in force, not by those replaced."""
    now, later = IndicatorTarget.__table__.alias("aim"), IndicatorTarget.__table__.alias("later")
    newer = exists().where(
        later.c.indicator == now.c.indicator,
        later.c.contract_id.is_not_distinct_from(now.c.contract_id),
        *_begun(later),
        tuple_(func.coalesce(later.c.starts_on, EVER), later.c.id)
        > tuple_(func.coalesce(now.c.starts_on, EVER), now.c.id),
    )
    labels = case({code: kpi.label for code, kpi in REGISTRY.items()}, value=now.c.indicator, else_=now.c.indicator)
    words = labels + func.coalesce(" (" + Contract.number + ")", "")
    return (
        select(func.group_concat(words, ", "))
        .select_from(now.outerjoin(Contract, Contract.id == now.c.contract_id))
        .where(and_(now.c.objective_id == own.c.id, now.c.value.is_not(None), *_begun(now), ~newer))
        .correlate(own)
        .scalar_subquery()
    )


def _begun(of: Any) -> list[ColumnElement[bool]]:
    return [of.c.deleted_at.is_(None), or_(of.c.starts_on.is_(None), of.c.starts_on <= this_day())]
