"""What the paper and the workbook of the replacement plan say."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.fields import PARIS, joined, listed, this_day
from app.models import Asset
from app.reports.identity import Stamp
from app.reports.replacements_data import Line, Point, ReplacementPlan
from app.services.company_card import company_card
from app.services.replacements.plan import Remark, plan
from app.services.replacements.reading import Item

PREFIX = "PR"
NAMED = 4
"""Assets named under something to look at."""


def paper(session: Session, _record_id: int | None, stamp: Stamp) -> ReplacementPlan:
    """As it stands on the day of the stamp."""
    today = stamp.data_at.astimezone(PARIS).date() if stamp.data_at else this_day()
    found = plan(session, today)
    return ReplacementPlan(
        company=company_card(session),
        stamp=stamp,
        years=found.years,
        words=found.words,
        lines=tuple(_line(one) for one in found.items),
        by_year=found.by_year,
        total=found.total,
        families=found.by_family,
        aside=tuple(_line(one) for one in (*found.later, *found.kept)),
        points=tuple(_point(session, one) for one in found.remarks),
        inventoried=session.scalar(select(func.count(Asset.id)).where(Asset.deleted_at.is_(None))) or 0,
    )


def decision(one: Item) -> str:
    """« Reporté », « Gardé », « Budget fixé »; empty for what stands as proposed."""
    if one.choice is None:
        return ""
    if one.choice == "replace":
        moved = one.proposed is None or one.year != max(one.proposed, one.today).year
        told = joined("année choisie" if moved else "", "budget fixé" if one.basis == "decided" else "", by=", ")
        return told.capitalize()
    return one.choice.label


def _line(one: Item) -> Line:
    return Line(
        number=one.number,
        label=one.label,
        family=one.family,
        site=one.site,
        holder=one.holder,
        since=one.case.since,
        year=one.year or 0,
        on=one.on,
        why=one.why,
        cents=one.cents,
        basis=one.basis.label,
        decision=decision(one),
        reason=one.reason,
    )


def _point(session: Session, one: Remark) -> Point:
    named = [session.get_one(Asset, asset_id).number for asset_id in one.ids[:NAMED]]
    return Point(one.tone, one.title, one.why, listed([*named, *[""] * (len(one.ids) - len(named))], NAMED))
