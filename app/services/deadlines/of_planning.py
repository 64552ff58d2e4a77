"""The deadlines of the preventive plan: visits to come, and those missed until they are done, moved or cancelled."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import func, select

from app.fields import counted, day, joined
from app.models import Asset, Site, Visit
from app.models.deadline_codes import DeadlineKind as Kind
from app.models.upkeep_codes import VisitStatus
from app.services.deadlines.asking import Ask
from app.services.deadlines.words import Deadline, mark
from app.services.planning import standing


def visits(ask: Ask) -> Iterator[Deadline]:
    """Of each task and site, the last one missed, with how many before, and the next one to come in sight."""
    own = Visit.__table__
    until = standing.given_until(own)
    gone = standing.missed_on(own, ask.today)
    line = func.coalesce(own.c.task_id, -own.c.id), own.c.site_id, gone
    order = func.row_number().over(partition_by=line, order_by=own.c.planned_on)
    rest = func.count().over(partition_by=line)
    near = ask.today + timedelta(days=ask.lead(Kind.VISIT))
    ranked = (
        select(own.c.id, gone.label("gone"), order.label("place"), rest.label("rest"), until.label("until"))
        .where(own.c.status == VisitStatus.PLANNED, own.c.deleted_at.is_(None), own.c.planned_on <= near)
        .subquery()
    )
    rows = ask.session.execute(
        select(Visit, ranked.c.gone, ranked.c.rest, ranked.c.until, Site.name, Asset.number)
        .join(ranked, ranked.c.id == Visit.id)
        .outerjoin(Site, Site.id == Visit.site_id)
        .outerjoin(Asset, Asset.id == Visit.asset_id)
        .where(ranked.c.place == func.iif(ranked.c.gone, ranked.c.rest, 1))
    )
    for one, missed, count, last, site, asset in rows:
        number, provider = ask.numbers[one.contract_id] if one.contract_id is not None else ("", "")
        yield Deadline(
            Kind.VISIT, mark(Kind.VISIT, one.uuid, last), joined(one.label, asset, site, by=" · "),
            _missed(one, count - 1) if missed else _coming(one), last, ask.lead(Kind.VISIT), "visit", one.id,
            act_by=one.planned_on if one.planned_on < last else None, provider=provider, contract=number,
            reference=one.number,
        )  # fmt: skip


def _missed(one: Visit, before: int) -> str:
    others = f", comme {counted(before, 'autre')} avant elle" if before else ""
    return f"Prévue le {day(one.planned_on)} et manquée{others}\u00a0: faites-la, déplacez-la ou annulez-la."


def _coming(one: Visit) -> str:
    who = f" par {one.technician}" if one.technician else ""
    return f"Prévue le {day(one.planned_on)}{who}\u00a0: prévenez, ou déplacez-la."
