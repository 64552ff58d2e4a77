"""What maintenance cost over twelve months, and what replacing the assets in service would cost (domain.md B.2)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import func, or_, select

from app.fields import PARIS
from app.kpi import Cohort
from app.kpi.facts import Costs
from app.kpi.scoping import of_asset, of_contract
from app.kpi.upkeep import of_work
from app.models import Asset, Contract, CoveredAsset, Intervention, Invoice, InvoiceLine
from app.models.codes import Charge, Ownership
from app.models.money_codes import BudgetPurpose
from app.rules.notice import add_months
from app.services import done_for
from app.services.facts import fleet
from app.services.facts.service_time import ONE_DAY, midnight
from app.services.spending import foreseen, invoiced
from app.services.spending.bearing import borne
from app.services.spending.foreseen import Asked
from app.services.spending.lines import PURPOSES, Costing, Line

MONTHS = 12
UPKEEP = (BudgetPurpose.CONTRACTS, BudgetPurpose.REPAIRS)
HOUR = 60


@dataclass(frozen=True, slots=True)
class Spent:
    """Lines of maintenance of the scope, whole months; `internal` minutes of people of the company by month."""

    lines: Sequence[Line]
    costing: Costing
    internal: Mapping[date, int]


def read(cohort: Cohort, first: date, last: date) -> Spent:
    """What is known at `cohort.now` of the twelve months that end with each of these days."""
    session, known = cohort.session, cohort.known_day
    begins, over = add_months(first.replace(day=1), -MONTHS), last.replace(day=1)
    costing = Costing.of(session)
    which = (
        Invoice.invoiced_on <= known,
        InvoiceLine.kind.in_([kind for kind, of in PURPOSES.items() if of in UPKEEP]),
    )
    found = invoiced.read(session, begins, over, costing, *which)
    ask = Asked(session, begins, over, costing, found.covered, known)
    every = [*found.lines, *foreseen.of_contracts(ask), *foreseen.of_acts(ask)]
    contracts = _contracts(cohort)
    kept = [one for one in every if one.purpose in UPKEEP and (contracts is None or one.contract_id in contracts)]
    return Spent(kept, costing, _internal(cohort, begins, over))


def _contracts(cohort: Cohort) -> set[int] | None:
    conditions = of_contract(cohort.scope, Contract.id)
    return set(cohort.session.scalars(select(Contract.id).where(*conditions))) if conditions else None


def months(cohort: Cohort) -> tuple[date, date]:
    """The first and last day of the twelve whole months that end last, when the period does."""
    after = min(cohort.end, cohort.known_day) + ONE_DAY
    end = after.replace(day=1)
    return add_months(end, -MONTHS), end - ONE_DAY


def count(cohort: Cohort, of: Spent) -> Costs:
    """The costs of a cohort, from lines read for its months and others."""
    first, last = months(cohort)
    lines = [one for one in of.lines if first <= one.month <= last]
    parts = _of_assets(cohort, lines, first, last)
    contracts: dict[int | None, int] = defaultdict(int)
    for (purpose, contract), cents in parts.items():
        if purpose == BudgetPurpose.CONTRACTS:
            contracts[contract] += cents
    acts = sum(cents for (purpose, _), cents in parts.items() if purpose == BudgetPurpose.REPAIRS)
    minutes = sum(spent for month, spent in of.internal.items() if first <= month <= last)
    rate = cohort.means.internal_rate
    work = int((Decimal(minutes * rate) / HOUR).quantize(Decimal(1), ROUND_HALF_UP)) if rate is not None else 0
    value, assets, unvalued = _value(cohort, last)
    return Costs(
        first, last, dict(contracts), acts, work, minutes if rate is None else 0, of.costing.cents(value), assets,
        unvalued,
    )  # fmt: skip


Pool = tuple[BudgetPurpose, int | None]


def _of_assets(cohort: Cohort, lines: Sequence[Line], first: date, last: date) -> Mapping[Pool, int]:
    """Cents by purpose and contract; what the assets of the site or the family bear of them."""
    found: dict[Pool, int] = defaultdict(int)
    wanted = of_asset(cohort.scope, Asset.id)
    members = set(cohort.session.scalars(select(Asset.id).where(*wanted))) if wanted else None
    for contract, own in _by_contract(lines).items():
        if members is None:
            for line in own:
                found[line.purpose, contract] += line.cents
            continue
        shared = borne(cohort.session, own, first, last).assets
        for asset_id in members & shared.keys():
            for (purpose, _), cents in shared[asset_id].items():
                found[purpose, contract] += cents
    return found


def _by_contract(lines: Iterable[Line]) -> Mapping[int | None, list[Line]]:
    found: dict[int | None, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.contract_id].append(line)
    return found


def _internal(cohort: Cohort, first: date, last: date) -> dict[date, int]:
    """Minutes that people of the company spent: out of any contract, and that nobody bills."""
    columns = Intervention.started_at, func.coalesce(done_for.minutes(), 0)
    wanted = done_for.beside(select(*columns).select_from(Intervention)).where(
        *done_for.kept(), done_for.contract().is_(None), Intervention.charge == Charge.INCLUDED,
        Intervention.invoice_id.is_(None), Intervention.started_at >= midnight(first),
        Intervention.started_at < midnight(add_months(last, 1)), *of_work(cohort.scope),
    )  # fmt: skip
    found: dict[date, int] = defaultdict(int)
    for at, minutes in cohort.session.execute(wanted):
        found[at.astimezone(PARIS).date().replace(day=1)] += minutes
    return found


def _value(cohort: Cohort, on: date) -> tuple[int, int, int]:
    """What replacing the assets in service that day would cost, of how many it is told, and of how many it is not."""
    told = func.coalesce(func.nullif(Asset.replacement_value, 0), func.nullif(Asset.price, 0))
    conditions = [
        *fleet.in_service(on, on), *of_asset(cohort.scope, Asset.id), Asset.ownership != Ownership.THIRD_PARTY,
    ]  # fmt: skip
    if contracts := of_contract(cohort.scope, CoveredAsset.contract_id):
        covered = select(CoveredAsset.asset_id).where(
            *contracts, CoveredAsset.deleted_at.is_(None), CoveredAsset.since <= on,
            or_(CoveredAsset.until.is_(None), CoveredAsset.until >= on),
        )  # fmt: skip
        conditions.append(Asset.id.in_(covered))
    every: Any = func.count()
    row = cohort.session.execute(select(func.sum(told), func.count(told), every).where(*conditions)).one()
    return row[0] or 0, row[1], row[2] - row[1]
