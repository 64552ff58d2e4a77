"""What the company's file already knows of the assets on the day of an expertise: a few statements for all of them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from app.fields import PARIS
from app.models import Asset, Contract, CoveredAsset, Family, Intervention, Part, Ticket
from app.models.codes import Charge, Condition, ContractStatus, Finding, TicketStatus
from app.rules import expertise as rules
from app.rules.notice import add_months
from app.services import done_for, pricing
from app.services.amendments import all_on_day

MONTHS = 12
"""Over which failures and costs are counted."""
RECENT_MONTHS = 6
"""A condition seen longer ago than that is asked again."""
PARTS_UNDER_WARRANTY = 4
PAID = (Charge.BILLABLE, Charge.COUNTED)
"""Interventions whose parts are paid apart from the contract's fee."""
IN_FORCE = (ContractStatus.ACTIVE, ContractStatus.TERMINATED)
"""A contract that was denounced runs until its end."""


@dataclass(frozen=True, slots=True)
class Fee:
    """What a contract costs a year, in cents, for so many assets; `mean` is the mean value of those that have one."""

    contract: str
    cents: int
    assets: int
    mean: Decimal | None

    def share(self, value: int | None) -> int:
        """What an asset of that value bears: by its value, so that a small one is not crushed; the mean without it."""
        weight = Decimal(value) / self.mean if value and self.mean else Decimal(1)
        return int((self.cents * weight / self.assets).quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class Known:
    """One asset, that day. Amounts in cents HT; `parts_cost`, and `unpriced` the billable interventions of which no
    price is kept, over 12 months."""

    asset_id: int
    on: date
    commissioned_on: date | None
    purchased_on: date | None
    life_years: int | None
    support_end: date | None
    warranty_end: date | None
    failures: int | None
    networked: bool
    value: int | None
    price: int | None
    parts_cost: int
    unpriced: int
    fees: tuple[Fee, ...]
    condition: Condition | None
    finding: Finding | None
    seen_on: date | None

    @property
    def since(self) -> date | None:
        return self.commissioned_on or self.purchased_on

    @property
    def life_end(self) -> date | None:
        return add_months(self.since, 12 * self.life_years) if self.since and self.life_years else None

    @property
    def replacement_value(self) -> int | None:
        return self.value or self.price

    @property
    def maintenance_cost(self) -> int:
        return self.parts_cost + sum(fee.share(self.replacement_value) for fee in self.fees)

    @property
    def seen_lately(self) -> bool:
        """Whether the condition noted on the asset is recent enough to be taken as known."""
        return self.seen_on is not None and add_months(self.on, -RECENT_MONTHS) <= self.seen_on <= self.on

    @property
    def support_unknown(self) -> bool:
        return self.support_end is None

    @property
    def notes(self) -> rules.Notes:
        """Those that can be told without looking at the asset."""
        seen = self.condition is not None and self.seen_lately
        covered = self.warranty_end is not None and self.warranty_end >= self.on
        return rules.Notes(
            condition=int(self.condition.value) if self.condition is not None and seen else None,
            age=rules.age_note(self.since, self.life_years, self.on) if self.since and self.life_years else None,
            support=rules.support_note(self.support_end, self.on) if self.support_end else rules.UNKNOWN_SUPPORT,
            failures=None if self.failures is None else rules.failures_note(self.failures),
            parts=PARTS_UNDER_WARRANTY if covered else None,
        )


_COLUMNS = (
    Asset.id, Asset.commissioned_on, Asset.purchased_on, Family.life_years, Asset.support_end, Asset.warranty_end,
    Asset.ip, Asset.mac, Asset.hostname, Asset.replacement_value, Asset.price, Asset.condition, Asset.finding,
    Asset.seen_on,
)  # fmt: skip


def known(session: Session, on: date, which: ColumnElement[bool]) -> list[Known]:
    """The assets that a condition on Asset chooses, as they are known on that day."""
    scope = select(Asset.id).where(which)
    failures = {row[0]: row[1] for row in session.execute(failures_of(on, scope))}
    none = 0 if _tickets_are_noted(session, on) else None
    costs = {row[0]: (row[1], row[2]) for row in session.execute(_costs(on, scope))}
    fees = _fees(session, on, scope)
    rows = session.execute(select(*_COLUMNS).join(Family, Family.id == Asset.family_id).where(which))
    return [
        _known(row, on, failures.get(row.id, none), costs.get(row.id, (0, 0)), fees.get(row.id, ())) for row in rows
    ]


def _known(row: Any, on: date, failures: int | None, costs: tuple[int, int], fees: tuple[Fee, ...]) -> Known:
    return Known(
        asset_id=row.id, on=on, commissioned_on=row.commissioned_on, purchased_on=row.purchased_on,
        life_years=row.life_years, support_end=row.support_end, warranty_end=row.warranty_end, failures=failures,
        networked=bool(row.ip or row.mac or row.hostname), value=row.replacement_value, price=row.price,
        parts_cost=costs[0], unpriced=costs[1], fees=fees, condition=row.condition, finding=row.finding,
        seen_on=row.seen_on,
    )  # fmt: skip


def _moment(day: date) -> datetime:
    """Its first instant, in Paris."""
    return datetime.combine(day, time(), PARIS)


def _year(moment: Any, on: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The twelve months that end with that day."""
    return moment >= _moment(add_months(on, -MONTHS)), moment < _moment(on + timedelta(days=1))


def _tickets_are_noted(session: Session, on: date) -> bool:
    """Whether the company noted any ticket in these months: where there is none, no failure is not known to be none."""
    noted = select(Ticket.id).where(Ticket.deleted_at.is_(None), *_year(Ticket.opened_at, on)).limit(1)
    return session.scalar(noted) is not None


def failures_of(on: date, scope: Select[Any]) -> Select[Any]:
    """Tickets marked as failures, by asset; those cancelled were none."""
    counted: list[ColumnElement[Any]] = [Ticket.asset_id.expression, func.count()]
    return (
        select(*counted)
        .where(
            Ticket.is_failure.is_(True),
            Ticket.status != TicketStatus.CANCELLED,
            Ticket.deleted_at.is_(None),
            *_year(Ticket.opened_at, on),
            Ticket.asset_id.in_(scope),
        )
        .group_by(Ticket.asset_id)
    )


def _costs(on: date, scope: Select[Any]) -> Select[Any]:
    """By asset: the price of the parts paid for, and how many billable interventions bear no price at all."""
    priced = (
        select(func.sum(Part.quantity * Part.unit_price))
        .where(Part.intervention_id == Intervention.id, Part.deleted_at.is_(None))
        .scalar_subquery()
    )
    done = (
        done_for.beside(select(done_for.asset().label("asset_id"), Intervention.charge, priced.label("cents")))
        .where(
            Intervention.charge.in_(PAID),
            *done_for.kept(),
            *_year(Intervention.started_at, on),
            done_for.on_assets(scope),
        )
        .subquery()
    )
    bare = (done.c.charge == Charge.BILLABLE) & done.c.cents.is_(None)
    totals: list[ColumnElement[Any]] = [func.coalesce(func.sum(done.c.cents), 0), func.count().filter(bare)]
    return select(done.c.asset_id, *totals).group_by(done.c.asset_id)


def _fees(session: Session, on: date, scope: Select[Any]) -> dict[int, tuple[Fee, ...]]:
    """By asset: the contracts that cover it that day."""
    covered = (
        CoveredAsset.deleted_at.is_(None),
        CoveredAsset.since <= on,
        or_(CoveredAsset.until.is_(None), CoveredAsset.until >= on),
    )
    value = func.coalesce(func.nullif(Asset.replacement_value, 0), Asset.price)
    assets = func.count(Asset.id.distinct())
    contracts: Any = session.execute(
        select(Contract, assets, func.avg(value))
        .join(CoveredAsset, CoveredAsset.contract_id == Contract.id)
        .join(Asset, Asset.id == CoveredAsset.asset_id)
        .where(Contract.deleted_at.is_(None), Contract.status.in_(IN_FORCE), Contract.starts_on <= on, *covered)
        .group_by(Contract.id)
    ).all()
    years = pricing.yearly_of(session, all_on_day(session, [row[0] for row in contracts], on), on)
    fees = {
        one.id: Fee(one.number, cents, count, Decimal(str(mean)) if mean else None)
        for one, count, mean in contracts
        if (cents := years[one.id].cents) is not None
    }
    found: dict[int, set[Fee]] = defaultdict(set)
    pairs = session.execute(
        select(CoveredAsset.asset_id, CoveredAsset.contract_id).where(
            CoveredAsset.contract_id.in_(fees), CoveredAsset.asset_id.in_(scope), *covered
        )
    )
    for asset_id, contract_id in pairs:
        found[asset_id].add(fees[contract_id])
    return {asset_id: tuple(sorted(some, key=lambda fee: fee.contract)) for asset_id, some in found.items()}
