"""The assets in service over a period: what was required of them, when they failed (domain.md B.2).

What many periods ask is read once: assets that nothing tells apart are counted together.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Text, cast, func, or_, select
from sqlalchemy.orm import Session

from app.kpi import Base, Cohort, Scope
from app.kpi.facts import Failure, Fleet
from app.kpi.scoping import of_asset
from app.models import Asset, Contract, CoveredAsset
from app.models.codes import AssetStatus
from app.rules.availability import clipped, merged, outside
from app.services.facts.service_time import ONE_DAY, Cover, Piece, ServiceTime, midnight, spent
from app.services.facts.stops import Stop, stops

LOWEST = 1
"""The weight of an asset of which nobody told how many people depend on it, nor its criticality."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Assets in service on the same days, under the same covers."""

    first: date
    last: date
    covers: tuple[Cover, ...]
    count: int
    weight: int


@dataclass(frozen=True, slots=True)
class Population:
    """What was read for the days from `first` to `last`, both included; `single` are the assets that stopped, each
    alone, by id."""

    first: date
    last: date
    groups: Sequence[Alike]
    single: Mapping[int, Alike]
    stopped: Mapping[int, Sequence[Stop]]
    contracts: frozenset[int] | None


def read(cohort: Cohort, first: date, last: date) -> Population:
    """The assets of the scope over these days, and all their stops, as of `cohort.now`."""
    session, scope = cohort.session, cohort.scope
    end = min(midnight(last + ONE_DAY), cohort.now)
    stopped = stops(cohort, midnight(first), end)
    rows = session.execute(_grouped(scope, first, last))
    groups = [Alike(*_days(row), _covers(row.covers, first, last), row.assets, row.weight) for row in rows]
    alone = session.execute(_each(scope, first, last).where(Asset.id.in_(list(stopped))))
    single = {row.id: Alike(*_days(row), _covers(row.covers, first, last), 1, row.weight) for row in alone}
    return Population(first, last, groups, single, stopped, _contracts(session, scope))


def _days(row: Any) -> tuple[date, date]:
    return date.fromisoformat(row.since), date.fromisoformat(row.until)


def _covers(told: str | None, first: date, last: date) -> tuple[Cover, ...]:
    """« 12,2026-01-01,2026-12-31;… » back as covers, the one that prevails first."""
    found = []
    for one in (told or "").split(";") if told else ():
        contract, since, until = one.split(",")
        found.append((int(contract), date.fromisoformat(since), date.fromisoformat(until)))
    found.sort(key=lambda cover: cover[1], reverse=True)
    return tuple((contract, max(since, first), min(until, last)) for contract, since, until in found)


def in_service(first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    """Conditions on Asset: in service on one of these days at least (B.2)."""
    began = func.coalesce(Asset.commissioned_on, Asset.purchased_on)
    return (
        Asset.deleted_at.is_(None),
        or_(began.is_(None), began <= last),
        or_(Asset.retired_on.is_(None), Asset.retired_on >= first),
        ~_away(),
    )


def _away() -> ColumnElement[bool]:
    """In stock, or gone without anybody knowing when."""
    gone = (Asset.status == AssetStatus.RETIRED) & Asset.retired_on.is_(None)
    return or_(Asset.status == AssetStatus.IN_STOCK, gone)


def _each(scope: Scope, first: date, last: date) -> Select[Any]:
    """Each asset of the scope: the days in service, within those asked for, its weight and its covers in a text."""
    began = func.coalesce(cast(Asset.commissioned_on, Text), cast(Asset.purchased_on, Text), first.isoformat())
    gone = func.coalesce(cast(Asset.retired_on, Text), last.isoformat())
    over = func.coalesce(cast(CoveredAsset.until, Text), last.isoformat())
    told = cast(CoveredAsset.contract_id, Text) + "," + cast(CoveredAsset.since, Text) + "," + over
    # Of two that begin on one day the last one told prevails: it comes first, and the sort that follows keeps it so.
    covers = (
        select(CoveredAsset.asset_id, told.label("told"))
        .where(
            CoveredAsset.deleted_at.is_(None),
            CoveredAsset.since <= last,
            or_(CoveredAsset.until.is_(None), CoveredAsset.until >= first),
        )
        .order_by(CoveredAsset.asset_id, CoveredAsset.since.desc(), CoveredAsset.id.desc())
        .subquery()
    )
    joined = select(covers.c.asset_id, func.group_concat(covers.c.told, ";").label("covers"))
    by_asset = joined.group_by(covers.c.asset_id).subquery()
    since: ColumnElement[str] = func.max(began, first.isoformat(), type_=Text)
    until: ColumnElement[str] = func.min(gone, last.isoformat(), type_=Text)
    weight: ColumnElement[int] = func.coalesce(Asset.user_count, cast(Asset.criticality, Integer), LOWEST)
    return (
        select(Asset.id, since.label("since"), until.label("until"), by_asset.c.covers, weight.label("weight"))
        .outerjoin(by_asset, by_asset.c.asset_id == Asset.id)
        .where(*in_service(first, last), *of_asset(scope, Asset.id))
    )


def _grouped(scope: Scope, first: date, last: date) -> Select[Any]:
    one = _each(scope, first, last).subquery().c
    same = one.since, one.until, one.covers
    return select(*same, func.count().label("assets"), func.sum(one.weight).label("weight")).group_by(*same)


def ids(cohort: Cohort) -> list[int]:
    """The assets of the scope in service on a day of the period; those of a contract, covered by it."""
    wanted = select(Asset.id).where(*in_service(cohort.start, cohort.last_day), *of_asset(cohort.scope, Asset.id))
    contracts = _contracts(cohort.session, cohort.scope)
    if contracts is not None:
        covered = select(CoveredAsset.asset_id).where(
            CoveredAsset.contract_id.in_(contracts), CoveredAsset.deleted_at.is_(None),
            CoveredAsset.since <= cohort.last_day,
            or_(CoveredAsset.until.is_(None), CoveredAsset.until >= cohort.start),
        )  # fmt: skip
        wanted = wanted.where(Asset.id.in_(covered))
    return list(cohort.session.scalars(wanted.order_by(Asset.id)))


def unstarted(cohort: Cohort) -> int:
    """The assets of the scope that are in stock, or gone without a day."""
    wanted = select(func.count()).select_from(Asset).where(
        Asset.deleted_at.is_(None), _away(), *of_asset(cohort.scope, Asset.id)
    )  # fmt: skip
    return cohort.session.scalar(wanted) or 0


def _contracts(session: Session, scope: Scope) -> frozenset[int] | None:
    """Those that the scope keeps; None: all, and what no contract covers."""
    if scope.contract_id is None and scope.provider_id is None:
        return None
    wanted = select(Contract.id)
    if scope.contract_id is not None:
        wanted = wanted.where(Contract.id == scope.contract_id)
    if scope.provider_id is not None:
        wanted = wanted.where(Contract.provider_id == scope.provider_id)
    return frozenset(session.scalars(wanted))


class _Count:
    """The sums of a fleet over one period."""

    def __init__(self, cohort: Cohort, hours: ServiceTime, of: Population) -> None:
        self.since, self.end = cohort.since, cohort.cutoff
        self.start, self.last = cohort.start, cohort.last_day
        self.working = cohort.scope.base == Base.WORKING
        self.hours, self.of = hours, of
        self.assets = self.weights = self.required = 0
        self.lost = self.weighed = Fraction(0)
        self.failures: list[Failure] = []
        self.down: dict[int, int] = defaultdict(int)
        self.parts: dict[int, Fraction] = {}
        self.service: Callable[[tuple[Piece, ...]], int] = cache(lambda some: self.spent(some, self.since, self.end))

    def pieces(self, one: Alike) -> tuple[Piece, ...]:
        """Its days in service within the period, those of the contracts asked about."""
        found, only = (
            self.hours.within(max(one.first, self.start), min(one.last, self.last), one.covers),
            self.of.contracts,
        )
        return found if only is None else tuple(piece for piece in found if piece.contract_id in only)

    def spent(self, pieces: Sequence[Piece], start: datetime, end: datetime) -> int:
        return spent(pieces, max(start, self.since), min(end, self.end), working=self.working)

    def all(self) -> None:
        """Every asset as if none had stopped, then what stops take away."""
        for one in self.of.groups:
            minutes = self.service(self.pieces(one))
            if minutes:
                self.assets += one.count
                self.weights += one.weight
                self.required += one.count * minutes
        for asset_id, one in self.of.single.items():
            touching = [stop for stop in self.of.stopped[asset_id] if stop.start < self.end and stop.end >= self.since]
            if touching:
                self._stopped(asset_id, one, touching)

    def _stopped(self, asset_id: int, one: Alike, told: Sequence[Stop]) -> None:
        pieces = self.pieces(one)
        planned = merged(stop.span for stop in told if not stop.failure)
        service = self.service(pieces)
        away = sum(self.spent(pieces, *span) for span in planned)
        for stop in told:
            if stop.failure and any(clipped([stop.span], *piece.span) for piece in pieces):
                minutes = sum(self.spent(pieces, *span) for span in outside([stop.span], planned))
                self.failures.append(Failure(stop.ticket_id, asset_id, minutes))
                self.down[asset_id] += minutes
        self._weigh(asset_id, one.weight, service, away)

    def _weigh(self, asset_id: int, weight: int, service: int, away: int) -> None:
        """Its part of the availability of the fleet."""
        required = service - away
        self.required -= away
        if required > 0:
            share = Fraction(self.down.get(asset_id, 0), required)
            self.lost += share
            self.weighed += weight * share
            if asset_id in self.down:
                self.parts[asset_id] = 1 - share
        elif service:
            self.assets -= 1
            self.weights -= weight


def count(cohort: Cohort, hours: ServiceTime, of: Population) -> Fleet:
    """The fleet of a cohort, from a population read for its days and others."""
    sums = _Count(cohort, hours, of)
    sums.all()
    return Fleet(
        sums.assets,
        sums.weights,
        sums.required,
        sums.assets - sums.lost,
        sums.weights - sums.weighed,
        tuple(sums.failures),
        dict(sums.down),
        sums.parts,
        ids(cohort) if cohort.detail else (),
        unstarted(cohort) if cohort.detail else 0,
    )
