"""What a contract says: its hours, its service levels, its perimeter, its periods and notice (domain.md C and D)."""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import PARIS, time_of_day
from app.models import ClosingDay, Company, Contract, CoverageSlot, CoveredAsset, ServiceLevel
from app.models.codes import ContractStatus, Zone
from app.rules import notice
from app.rules.service_level import Targets
from app.rules.worktime import Calendar, Slots, weekly
from app.services import amendments
from app.services.amendments import on_day

USUAL_HOURS = weekly((day, 9 * 60, 18 * 60) for day in range(5))
"""Domain.md D.1, 5 days of 7 from 9 to 18: when nobody said otherwise."""
Read = TypeVar("Read")
WEEK = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")


def calendar_of(session: Session, contract_id: int | None, day: date) -> Calendar:
    """The hours that the contract has that day; the usual ones, with the company's holidays, out of contract or where
    none is told."""
    if contract_id is None:
        return Calendar(USUAL_HOURS, _company_zone(session))
    contract = on_day(session, contract_id, day)
    _, amendment = amendments.latest(session, contract_id, day)
    slots = session.execute(
        select(CoverageSlot.weekday, CoverageSlot.opens, CoverageSlot.closes).where(
            CoverageSlot.contract_id == contract_id,
            CoverageSlot.amendment_id.is_(amendment),
            CoverageSlot.deleted_at.is_(None),
        )
    )
    closings = session.execute(
        select(ClosingDay.first_day, ClosingDay.last_day)
        .where(ClosingDay.contract_id == contract_id, ClosingDay.deleted_at.is_(None))
        .order_by(ClosingDay.first_day)
    )
    hours = weekly((row.weekday, row.opens, row.closes) for row in slots)
    return Calendar(
        hours if any(hours) else USUAL_HOURS,
        contract.zone.value,
        tuple((row.first_day, row.last_day) for row in closings),
        contract.round_the_clock,
        contract.pentecost_worked,
    )


def _company_zone(session: Session) -> str:
    zone = session.scalar(select(Company.zone).where(Company.deleted_at.is_(None)).limit(1))
    return (zone or Zone.METROPOLE).value


def levels_of(session: Session, contract_id: int | None, day: date) -> Mapping[str, Targets]:
    """Priority -> what the contract promises for it that day."""
    if contract_id is None:
        return {}
    amendment, _ = amendments.latest(session, contract_id, day)
    rows = session.execute(
        select(
            ServiceLevel.priority,
            ServiceLevel.take_minutes,
            ServiceLevel.on_site_minutes,
            ServiceLevel.restore_minutes,
        ).where(
            ServiceLevel.contract_id == contract_id,
            ServiceLevel.amendment_id.is_(amendment),
            ServiceLevel.deleted_at.is_(None),
        )
    )
    return {row.priority.value: Targets(row.take_minutes, row.on_site_minutes, row.restore_minutes) for row in rows}


def opening_day(opened_at: datetime) -> date:
    """The day, in Paris, whose terms judge a ticket opened then."""
    return opened_at.astimezone(PARIS).date()


def read_once(
    session: Session, read: Callable[[Session, int | None, date], Read]
) -> Callable[[int | None, date], Read]:
    """`calendar_of` or `levels_of` for many tickets: each is read once between two changes of its contract."""
    steps = cache(lambda contract_id: amendments.steps(session, contract_id))
    known = cache(lambda contract_id, since: read(session, contract_id, since))

    def of(contract_id: int | None, day: date) -> Read:
        days = steps(contract_id) if contract_id else []
        before = bisect_right(days, day)
        return known(contract_id, days[before - 1] if before else date.min)

    return of


def hours_text(calendar: Calendar) -> str:
    """« lun-ven 9 h-18 h », « lun-jeu 9 h-12 h 30, 14 h-18 h ; ven 9 h-12 h », « 24 h/24, 7 j/7 »."""
    if calendar.round_the_clock:
        return "24\u00a0h/24, 7\u00a0j/7"
    return "\u00a0; ".join(f"{days} {_slots_text(slots)}" for days, slots in _alike(calendar.slots))


def _alike(week: Slots) -> list[tuple[str, tuple[tuple[int, int], ...]]]:
    """Days that follow each other with the same slots, as one."""
    groups: list[tuple[int, int]] = []
    for day, slots in enumerate(week):
        if groups and groups[-1][1] == day - 1 and week[groups[-1][0]] == slots:
            groups[-1] = (groups[-1][0], day)
        elif slots:
            groups.append((day, day))
    return [(WEEK[a] if a == b else f"{WEEK[a]}-{WEEK[b]}", week[a]) for a, b in groups]


def _slots_text(slots: tuple[tuple[int, int], ...]) -> str:
    return ", ".join(f"{time_of_day(opens)}-{time_of_day(closes)}" for opens, closes in slots)


def cover_of(session: Session, asset_id: int | None, day: date) -> int | None:
    """The contract in force that covers the asset that day, the latest cover first; None: out of contract."""
    rows = session.execute(
        select(CoveredAsset.contract_id, CoveredAsset.until)
        .where(
            CoveredAsset.asset_id == asset_id,
            CoveredAsset.deleted_at.is_(None),
            CoveredAsset.since <= day,
        )
        .order_by(CoveredAsset.since.desc(), CoveredAsset.id.desc())
    )
    for contract_id, until in rows:
        if (until is None or day <= until) and binds(on_day(session, contract_id, day), day):
            return int(contract_id)
    return None


def cover_once(session: Session) -> Callable[[int, date], int | None]:
    """`cover_of` for many tickets: the covers are read once, and the terms of a contract once between two changes."""
    rows = session.execute(
        select(CoveredAsset.asset_id, CoveredAsset.contract_id, CoveredAsset.since, CoveredAsset.until)
        .where(CoveredAsset.deleted_at.is_(None))
        .order_by(CoveredAsset.since.desc(), CoveredAsset.id.desc())
    )
    known: dict[int, list[tuple[int, date, date | None]]] = {}
    for asset_id, contract_id, since, until in rows:
        known.setdefault(asset_id, []).append((contract_id, since, until))
    terms = read_once(session, _on_day)
    binding = cache(lambda contract_id, day: binds(terms(contract_id, day), day))

    def of(asset_id: int, day: date) -> int | None:
        held = (
            contract_id
            for contract_id, since, until in known.get(asset_id, ())
            if since <= day and (until is None or day <= until) and binding(contract_id, day)
        )
        return next(held, None)

    return of


def _on_day(session: Session, contract_id: int | None, day: date) -> Contract:
    return on_day(session, contract_id or 0, day)


def covers(session: Session, day: date) -> dict[int, int]:
    """Each asset covered that day -> its contract, chosen as `cover_of` does."""
    rows = session.execute(
        select(CoveredAsset.asset_id, CoveredAsset.contract_id, CoveredAsset.until)
        .where(CoveredAsset.deleted_at.is_(None), CoveredAsset.since <= day)
        .order_by(CoveredAsset.since.desc(), CoveredAsset.id.desc())
    )
    binding: dict[int, bool] = {}
    kept: dict[int, int] = {}
    for asset_id, contract_id, until in rows:
        if asset_id in kept or (until is not None and until < day):
            continue
        if contract_id not in binding:
            binding[contract_id] = binds(on_day(session, contract_id, day), day)
        if binding[contract_id]:
            kept[asset_id] = contract_id
    return kept


def binds(contract: Contract, day: date) -> bool:
    """Whether the contract, with its terms of that day, is in force then."""
    kept = contract.deleted_at is None and contract.status != ContractStatus.DRAFT
    return kept and notice.in_force(terms_of(contract), day)


def terms_of(contract: Contract) -> notice.Terms:
    return notice.Terms(
        starts_on=contract.starts_on,
        initial_months=contract.initial_months,
        renewal=contract.renewal.value,
        renewal_months=contract.renewal_months,
        max_renewals=contract.max_renewals,
        notice_value=contract.notice_value,
        notice_unit=contract.notice_unit.value,
        reference=contract.notice_reference.value,
        margin=notice.margin_of(contract.postal_margin, contract.notice_moment.value),
        zone=contract.zone.value,
        denounced_on=contract.denounced_on,
    )
