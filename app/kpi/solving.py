"""Indicators of how well a trouble is solved: at the first contact, for good, once (domain.md B.2)."""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, Text, and_, func, or_, select, type_coerce

from app.kpi import reasons
from app.kpi.delays import incident
from app.kpi.registry import Cohort, Good, Measure, Row, Unit, counted, kpi
from app.kpi.tickets import Condition, cancelled, how_many, ids, opened, ratio, resolved, share, undone
from app.models import Intervention, Ticket
from app.models.codes import TicketKind, TicketStatus

ONE = 1
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
"""How the base keeps a moment."""


@kpi(
    "fcr",
    label="Résolution au premier contact",
    unit=Unit.RATIO,
    good=Good.UP,
    target=Decimal("0.40"),
    formula="incidents résolus au premier contact ÷ incidents rétablis",
    definition="Part des incidents résolus par la personne qui les a pris, sans second échange, transfert, nouvelle "
    "intervention ni réouverture (FCR).",
    cohort="Incidents dont le dernier rétablissement est dans la période, la prise en charge étant connue.",
    base="Sans durée",
)
def fcr(cohort: Cohort) -> Measure:
    told = cohort.tickets.taken_at.is_not(None)
    whole = [*resolved(cohort), incident(cohort)]
    measure = share(cohort, [*whole, told], _at_first_contact(cohort))
    if not cohort.detail:
        return measure
    return replace(
        measure,
        included=_split(measure, reasons.FIRST_CONTACT, reasons.LATER_CONTACT),
        excluded=counted({
            reasons.UNRESTORED: how_many(cohort, [*undone(cohort, cohort.tickets.resolved_at), incident(cohort)]),
            reasons.NOT_INCIDENTS: how_many(cohort, [*resolved(cohort), ~incident(cohort)]),
            reasons.UNTOLD_TAKING: how_many(cohort, [*whole, ~told]),
            reasons.CANCELLED: cancelled(cohort),
        }),
    )  # fmt: skip


def _at_first_contact(cohort: Cohort) -> Condition:
    """The same rule as app.rules.first_contact, on the columns."""
    of = cohort.tickets
    again = select(Intervention.ticket_id).where(
        Intervention.ticket_id == of.id,
        Intervention.deleted_at.is_(None),
        Intervention.started_at > of.taken_at,
        Intervention.started_at < cohort.now,
    )
    return and_(of.contacts <= ONE, of.transfers == 0, of.reopenings == 0, ~again.exists())


def _split(measure: Measure, hit: str, missed: str) -> dict[str, int]:
    hits = sum(bool(row.hit) for row in measure.rows.values())
    return counted({hit: hits, missed: measure.n - hits})


@kpi(
    "recurrence",
    label="Récurrence",
    unit=Unit.RATIO,
    good=Good.DOWN,
    target=Decimal("0.10"),
    formula="incidents qui en répètent un autre ÷ incidents ouverts",
    definition="Part des incidents précédés, sur le même bien et dans la même catégorie, d’un incident rétabli peu "
    "avant\u00a0: 90 jours, ou le nombre fixé dans les réglages.",
    cohort="Incidents ouverts dans la période.",
    base="Jours calendaires entre le rétablissement et le retour",
)
def recurrence(cohort: Cohort) -> Measure:
    whole = [*opened(cohort), incident(cohort)]
    if not cohort.detail:
        return ratio(_how_many_repeated(cohort, whole), how_many(cohort, whole))
    of = cohort.tickets
    hits = _hits(cohort, whole)
    rows = {one: Row(hit=one in hits) for one in ids(cohort, whole)}
    unplaced = how_many(cohort, [*whole, or_(of.asset_id.is_(None), of.category.is_(None))])
    return replace(
        ratio(len(hits), len(rows)),
        rows=rows,
        included=counted({
            reasons.REPEATED: len(hits), reasons.ALONE: len(rows) - len(hits) - unplaced,
            reasons.UNPLACED: unplaced,
        }),
        excluded=counted({
            reasons.NOT_INCIDENTS: how_many(cohort, [*opened(cohort), ~incident(cohort)]),
            reasons.CANCELLED: cancelled(cohort),
        }),
    )  # fmt: skip


def _how_many_repeated(cohort: Cohort, whole: list[Condition]) -> int:
    if cohort.source is not Ticket.__table__:
        return len(_hits(cohort, whole))
    once = func.count(cohort.tickets.id.distinct())
    return cohort.session.scalar(_repeated(cohort, whole).with_only_columns(once)) or 0


def _hits(cohort: Cohort, whole: list[Condition]) -> set[int]:
    """Those of `_repeated`. As they stood at a past moment, the two sides have no index to be joined by, and SQLite
    would compare each with each: they are read once and joined here."""
    if cohort.source is Ticket.__table__:
        return set(cohort.session.scalars(_repeated(cohort, whole)))
    of = cohort.tickets
    placed = of.asset_id.is_not(None), of.category.is_not(None)
    restored = select(of.asset_id, of.category, of.id, type_coerce(of.resolved_at, Text))
    earlier: dict[tuple[int, str], list[tuple[int, str]]] = defaultdict(list)
    for asset, category, one, at in cohort.session.execute(restored.where(*placed, *_earlier(cohort, of))):
        earlier[asset, category].append((one, at))
    limit = func.strftime(MOMENT, of.opened_at, f"-{cohort.means.recurrence_days} days")
    back = select(of.id, of.asset_id, of.category, type_coerce(of.opened_at, Text), limit).where(*whole, *placed)
    return {
        one
        for one, asset, category, opened_at, least in cohort.session.execute(back)
        if any(other != one and least <= at <= opened_at for other, at in earlier[asset, category])
    }


def _earlier(cohort: Cohort, of: Any) -> list[Condition]:
    """Incidents that those of the period may repeat."""
    window = timedelta(days=cohort.means.recurrence_days)
    return [
        of.kind == TicketKind.INCIDENT, of.status != TicketStatus.CANCELLED, of.deleted_at.is_(None),
        of.resolved_at >= cohort.since - window, of.resolved_at < cohort.until,
    ]  # fmt: skip


def _repeated(cohort: Cohort, whole: list[Condition]) -> Select[int]:
    """Those that came after another: on the same asset, of the same category, restored few days before. The earlier
    one may be out of the scope but for its asset: of another contract, of another priority."""
    of = cohort.tickets
    past = cohort.source.alias("earlier")
    before = past.c
    limit = func.strftime(MOMENT, of.opened_at, f"-{cohort.means.recurrence_days} days")
    return (
        select(of.id)
        .join_from(cohort.source, past, and_(before.asset_id == of.asset_id, before.category == of.category))
        .where(
            *whole,
            *_earlier(cohort, before),
            before.id != of.id,
            before.resolved_at <= of.opened_at,
            type_coerce(before.resolved_at, Text) >= limit,
        )
    )


@kpi(
    "reouverture",
    label="Taux de réouverture",
    unit=Unit.RATIO,
    good=Good.DOWN,
    target=Decimal("0.05"),
    formula="tickets rouverts ÷ tickets rétablis",
    definition="Part des tickets rétablis qui avaient été rouverts au moins une fois.",
    cohort="Tickets dont le dernier rétablissement est dans la période, toutes natures.",
    base="Sans durée",
)
def reopening(cohort: Cohort) -> Measure:
    measure = share(cohort, resolved(cohort), cohort.tickets.reopenings > 0)
    if not cohort.detail:
        return measure
    return replace(
        measure,
        included=_split(measure, reasons.REOPENED, reasons.NEVER_REOPENED),
        excluded=counted({
            reasons.UNRESTORED: how_many(cohort, undone(cohort, cohort.tickets.resolved_at)),
            reasons.CANCELLED: cancelled(cohort),
        }),
    )  # fmt: skip
