"""What the home page counts, by few statements: an asset is « kept » while it is not retired nor in the bin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, true
from sqlalchemy.orm import Session

from app.fields import PARIS
from app.kpi import REGISTRY, Cohort, Measure
from app.models import (
    Asset,
    Company,
    Contract,
    CoveredAsset,
    Family,
    Handled,
    Intervention,
    IssuedPaper,
    Loan,
    Person,
    Site,
    Ticket,
)
from app.models.codes import AssetStatus, ContractStatus
from app.models.deadline_codes import DeadlineKind
from app.rules import notice
from app.services import preferences, pricing
from app.services.amendments import all_on_day
from app.services.contracts import levels_of, terms_of
from app.services.deadlines import LEADS, of_kind, unhandled
from app.services.journal import STILL_OPEN
from app.services.remembered import remembered

Condition = ColumnElement[bool]
KEPT = (Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED)
IN_SERVICE = (Asset.deleted_at.is_(None), Asset.status == AssetStatus.IN_SERVICE)
IDENTIFIED = or_(Asset.serial.is_not(None), and_(Asset.brand.is_not(None), Asset.model.is_not(None)))
PLACED = or_(
    Asset.person_id.is_not(None), Asset.service.is_not(None), Asset.site_id.is_not(None), Asset.room.is_not(None)
)
STATIONS = select(Family.id).where(Family.is_workstation)


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment of the page: `now` is aware, `today` its day in Paris, `midnight` the end of that day."""

    now: datetime

    @property
    def today(self) -> date:
        return self.now.astimezone(PARIS).date()

    @property
    def midnight(self) -> datetime:
        return datetime.combine(self.today + timedelta(days=1), time(), PARIS)


@dataclass(frozen=True, slots=True)
class Fleet:
    """Counts of assets. `ended` are kept under a system no longer supported; `unsafe` are those of them that nobody
    dealt with in the échéancier, since `ended_since` at the earliest; `ending` will be within the warned days, from
    `ending_on`; `warranty` likewise for the guarantee. In service, `unprotected` have neither guarantee nor contract,
    `uncovered` are the workstations without contract."""

    all: int
    kept: int
    in_service: int
    identified: int
    placed: int
    ended: int
    unsafe: int
    ended_since: date | None
    ending: int
    ending_on: date | None
    warranty: int
    warranty_on: date | None
    unprotected: int
    uncovered: int


@dataclass(frozen=True, slots=True)
class Agreements:
    """Contracts in force that day; `yearly` in cents, None if none has a fee; `prices` are those of each, by id."""

    ids: tuple[int, ...]
    numbers: tuple[str, ...]
    drafts: int
    yearly: int | None
    with_levels: int
    prices: Mapping[int, int | None]


@dataclass(frozen=True, slots=True)
class Desk:
    """Tickets still open, and those of them past a deadline."""

    open: int
    late: int


@dataclass(frozen=True, slots=True)
class Known:
    """All that is counted once for the page; `restored` are the restorations of the last twelve months."""

    fleet: Fleet
    deals: Agreements
    desk: Desk
    restored: Measure


def warned_until(session: Session, clock: Clock, kind: DeadlineKind = DeadlineKind.WARRANTY) -> date:
    """The last day that is told of beforehand."""
    return clock.today + timedelta(days=int(preferences.get(session, LEADS[kind])))


def still(session: Session, kind: DeadlineKind) -> Condition:
    """Of what nobody dealt with in the échéancier: every record, mostly, and then nothing is asked of each."""
    return unhandled(kind) if some_handled(session, kind) else true()


def some_handled(session: Session, kind: DeadlineKind) -> bool:
    wanted = select(Handled.id).where(of_kind(kind), Handled.deleted_at.is_(None)).limit(1)
    return session.scalar(wanted) is not None


def _among(condition: Condition) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _first(condition: Condition, day: ColumnElement[date]) -> ColumnElement[date | None]:
    return func.min(case((condition, day)), type_=day.type)


def fleet(session: Session, clock: Clock, contracts: tuple[int, ...]) -> Fleet:
    """Of the inventory, with the contracts in force; counted once while nothing has changed."""
    until = tuple(warned_until(session, clock, kind) for kind in (DeadlineKind.SUPPORT, DeadlineKind.WARRANTY))
    key = ("fleet", clock.today, until, contracts)
    return remembered(session, key, lambda: _fleet(session, clock, contracts))


def _fleet(session: Session, clock: Clock, contracts: tuple[int, ...]) -> Fleet:
    """One reading of the inventory; the guarantees by their index, and the covers asked once for each asset."""
    today = clock.today
    kept = Asset.status != AssetStatus.RETIRED
    serving = Asset.status == AssetStatus.IN_SERVICE
    ended = and_(kept, Asset.support_end < today)
    unsafe = and_(ended, still(session, DeadlineKind.SUPPORT))
    ending = and_(kept, ending_by(session, clock))
    own = Asset.__table__.c
    whole: Sequence[Any] = session.execute(
        select(
            func.count(),
            _among(kept),
            _among(serving),
            _among(and_(kept, IDENTIFIED)),
            _among(and_(serving, PLACED)),
            _among(ended),
            _among(unsafe),
            _first(unsafe, own.support_end),
            _among(ending),
            _first(ending, own.support_end),
        ).where(Asset.deleted_at.is_(None))
    ).one()
    guaranteed: Sequence[Any] = session.execute(
        select(func.count(), func.min(own.warranty_end, type_=own.warranty_end.type)).where(
            *KEPT, guaranteed_by(session, clock)
        )
    ).one()
    over, station = Asset.warranty_end < today, Asset.family_id.in_(STATIONS)
    bare: Sequence[Any] = session.execute(
        select(_among(over), _among(station)).where(*IN_SERVICE, or_(over, station), ~covered(clock, contracts))
    ).one()
    return Fleet(*whole, *guaranteed, *bare)


def ending_by(session: Session, clock: Clock) -> Condition:
    """Whose system will lose its updates within the warned days, and that nobody dealt with."""
    until = warned_until(session, clock, DeadlineKind.SUPPORT)
    return and_(Asset.support_end.between(clock.today, until), still(session, DeadlineKind.SUPPORT))


def guaranteed_by(session: Session, clock: Clock) -> Condition:
    """The same of the guarantees."""
    until = warned_until(session, clock)
    return and_(Asset.warranty_end.between(clock.today, until), still(session, DeadlineKind.WARRANTY))


def agreements(session: Session, clock: Clock) -> Agreements:
    kept = session.scalars(select(Contract).where(Contract.deleted_at.is_(None)).order_by(Contract.number))
    found = all_on_day(session, kept, clock.today)
    drafts = [one for one in found if one.status == ContractStatus.DRAFT]
    binding = [one for one in found if one not in drafts and notice.in_force(terms_of(one), clock.today)]
    prices = {one: year.cents for one, year in pricing.yearly_of(session, binding, clock.today).items()}
    fees = [cents for cents in prices.values() if cents is not None]
    ids = tuple(one.id for one in binding)
    levels = sum(_promises(session, one, clock.today) for one in ids)
    numbers = tuple(one.number for one in binding)
    return Agreements(ids, numbers, len(drafts), sum(fees) if fees else None, levels, prices)


def _promises(session: Session, contract_id: int, today: date) -> bool:
    return any(one.restore is not None for one in levels_of(session, contract_id, today).values())


def under_way() -> tuple[Condition, ...]:
    return (Ticket.status.in_(STILL_OPEN), Ticket.deleted_at.is_(None))


def late_to_restore(clock: Clock) -> Condition:
    return Ticket.restore_due_at < clock.now


def late_to_take(clock: Clock) -> Condition:
    return and_(Ticket.taken_at.is_(None), Ticket.take_due_at < clock.now)


def late(clock: Clock) -> Condition:
    """Past one of its deadlines: the clock of a ticket that waits has none (services.journal)."""
    return or_(late_to_restore(clock), late_to_take(clock))


def due_today(clock: Clock) -> Condition:
    """In time still, and due before midnight in Paris."""
    restore = Ticket.restore_due_at < clock.midnight
    take = and_(Ticket.taken_at.is_(None), Ticket.take_due_at < clock.midnight)
    past = and_(
        or_(Ticket.restore_due_at.is_(None), Ticket.restore_due_at >= clock.now),
        or_(Ticket.taken_at.is_not(None), Ticket.take_due_at.is_(None), Ticket.take_due_at >= clock.now),
    )
    return and_(past, or_(restore, take))


def helpdesk(session: Session, clock: Clock) -> Desk:
    row = session.execute(select(func.count(), _among(late(clock))).where(*under_way())).one()
    return Desk(*row)


def year(session: Session, clock: Clock, *, detail: bool = False) -> Cohort:
    """The twelve months that end today."""
    start = notice.add_months(clock.today, -12) + timedelta(days=1)
    return Cohort(session, start, clock.today, clock.now, detail=detail)


def known(session: Session, clock: Clock, fleet: Fleet, deals: Agreements) -> Known:
    return Known(
        fleet,
        deals,
        helpdesk(session, clock),
        REGISTRY["gtr"].compute(year(session, clock)),
    )


def has_tickets(session: Session) -> bool:
    return session.scalar(select(Ticket.id).where(Ticket.deleted_at.is_(None)).limit(1)) is not None


def has_interventions(session: Session) -> bool:
    return session.scalar(select(Intervention.id).where(Intervention.deleted_at.is_(None)).limit(1)) is not None


def covered(clock: Clock, contracts: tuple[int, ...]) -> Condition:
    """Covered that day by one of the contracts."""
    return exists().where(
        CoveredAsset.asset_id == Asset.id,
        CoveredAsset.contract_id.in_(contracts),
        CoveredAsset.deleted_at.is_(None),
        CoveredAsset.since <= clock.today,
        or_(CoveredAsset.until.is_(None), CoveredAsset.until >= clock.today),
    )


def uncovered(clock: Clock, contracts: tuple[int, ...]) -> Select[int]:
    return select(Asset.id).where(*IN_SERVICE, Asset.family_id.in_(STATIONS), ~covered(clock, contracts))


def unprotected(clock: Clock, contracts: tuple[int, ...]) -> Select[int]:
    """The guarantee is over and no contract covers it: a breakdown is at the company's cost."""
    return select(Asset.id).where(*IN_SERVICE, Asset.warranty_end < clock.today, ~covered(clock, contracts))


def orphaned(clock: Clock) -> Select[int]:
    """Assets still given or lent to a person who has left."""
    gone = select(Person.id).where(Person.left_on < clock.today)
    lent = select(Loan.asset_id).where(Loan.person_id.in_(gone), Loan.returned_on.is_(None), Loan.deleted_at.is_(None))
    return select(Asset.id).where(*KEPT, or_(Asset.person_id.in_(gone), Asset.id.in_(lent)))


def how_many(session: Session, wanted: Select[int]) -> int:
    """Without their order, which would have the whole table walked through."""
    return session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0


def sites(session: Session) -> int:
    return session.scalar(select(func.count()).where(Site.deleted_at.is_(None))) or 0


def company(session: Session) -> Company | None:
    return session.scalar(select(Company).where(Company.deleted_at.is_(None)).limit(1))


def last_paper(session: Session, *kinds: str) -> IssuedPaper | None:
    statement = select(IssuedPaper).where(IssuedPaper.kind.in_(kinds), IssuedPaper.deleted_at.is_(None))
    return session.scalar(statement.order_by(IssuedPaper.issued_at.desc(), IssuedPaper.number.desc()).limit(1))
