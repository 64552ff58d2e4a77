"""Which assets bear what was spent, and how much each: a few statements for all of them.

What a contract costs is borne by what it covered, by value and months (services.expertises.facts.Fee tells why).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Text, cast, func, or_, select
from sqlalchemy.orm import Session

from app.models import Asset, CoveredAsset, FixedAsset, Intervention, Invoice, LicenceSeat, Ticket
from app.models.money_codes import BudgetPurpose
from app.rules.sharing import shared
from app.services.spending.lines import Bearer, Line, Origin

Weights = Mapping[Bearer, Sequence[tuple[int, int]]]
"""Assets and what each weighs, in the order of their ids."""
Pool = tuple[BudgetPurpose, Origin]
"""What is shared as one sum, so that a figure and the list behind it are the same to the cent."""


@dataclass(frozen=True, slots=True)
class Borne:
    """`assets`: cents by asset, purpose and origin; `loose` are the lines that no asset
    bears; `by_bearer` the lines of each bearer that is shared, and the weights they are shared by."""

    assets: Mapping[int, Mapping[Pool, int]]
    loose: tuple[Line, ...]
    by_bearer: Mapping[Bearer, tuple[Line, ...]]
    weights: Weights


def borne(session: Session, lines: Iterable[Line], first: date, end: date) -> Borne:
    """Share these lines, of a time between two days."""
    by_bearer: dict[Bearer, list[Line]] = defaultdict(list)
    loose: list[Line] = []
    for line in lines:
        (by_bearer[line.bearer] if line.bearer else loose).append(line)
    weights = weights_of(session, by_bearer, first, end)
    assets: dict[int, dict[Pool, int]] = defaultdict(lambda: defaultdict(int))
    for bearer, own in by_bearer.items():
        members = weights.get(bearer)
        if not members:
            loose += own
            continue
        for pool, cents in pools(own).items():
            for (asset_id, _), share in zip(members, shared(cents, [weight for _, weight in members]), strict=True):
                assets[asset_id][pool] += share
    kept = {bearer: tuple(own) for bearer, own in by_bearer.items() if weights.get(bearer)}
    return Borne(assets, tuple(loose), kept, weights)


def pools(lines: Iterable[Line]) -> dict[Pool, int]:
    """Cents by purpose and origin."""
    found: dict[Pool, int] = defaultdict(int)
    for line in lines:
        found[line.purpose, line.origin] += line.cents
    return found


def weights_of(session: Session, bearers: Iterable[Bearer], first: date, end: date) -> Weights:
    ids: dict[str, set[int]] = defaultdict(set)
    for kind, record_id in bearers:
        ids[kind].add(record_id)
    found: dict[Bearer, list[tuple[int, int]]] = {("asset", one): [(one, 1)] for one in ids["asset"]}
    found |= _weighed("contract", session.execute(covered(first, end, ids["contract"])))
    found |= _weighed("licence", session.execute(_seats(ids["licence"], first, end)))
    found |= _weighed("acts", session.execute(_repaired(ids["acts"])))
    found |= _weighed("bought", session.execute(_bought(ids["bought"])))
    return found


def _weighed(kind: str, rows: Any) -> dict[Bearer, list[tuple[int, int]]]:
    """Rows of (record, asset, value or None, times): one without value weighs the mean of the others."""
    by_record: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_record[row[0]].append(row)
    found: dict[Bearer, list[tuple[int, int]]] = {}
    for record_id, own in by_record.items():
        known = [row[2] for row in own if row[2]]
        mean = round(sum(known) / len(known)) if known else 1
        found[kind, record_id] = [(row[1], (row[2] or mean) * row[3]) for row in own]
    return found


def covered(first: date, end: date, contracts: Iterable[int]) -> Select[Any]:
    """Contract, asset, its value, the months of these days during which it was covered."""
    value: Any = func.coalesce(func.nullif(Asset.replacement_value, 0), Asset.price)
    since = func.max(cast(CoveredAsset.since, Text), first.isoformat())
    until = func.min(func.coalesce(cast(CoveredAsset.until, Text), end.isoformat()), end.isoformat())
    times: Any = func.sum(_month(until) - _month(since) + 1)
    return (
        select(CoveredAsset.contract_id, CoveredAsset.asset_id, value, times)
        .join(Asset, Asset.id == CoveredAsset.asset_id)
        .where(
            CoveredAsset.contract_id.in_(contracts),
            CoveredAsset.deleted_at.is_(None),
            Asset.deleted_at.is_(None),
            CoveredAsset.since <= end,
            or_(CoveredAsset.until.is_(None), CoveredAsset.until >= first),
        )
        .group_by(CoveredAsset.contract_id, CoveredAsset.asset_id)
    )


def _month(text: ColumnElement[Any]) -> ColumnElement[int]:
    """The months since the year 0."""
    return 12 * cast(func.substr(text, 1, 4), Integer) + cast(func.substr(text, 6, 2), Integer)


def _seats(licences: Iterable[int], first: date, end: date) -> Select[Any]:
    one: Any = func.count()
    return (
        select(LicenceSeat.licence_id, LicenceSeat.asset_id, one, one)
        .where(
            LicenceSeat.licence_id.in_(licences),
            LicenceSeat.asset_id.is_not(None),
            LicenceSeat.deleted_at.is_(None),
            or_(LicenceSeat.assigned_on.is_(None), LicenceSeat.assigned_on <= end),
            or_(LicenceSeat.released_on.is_(None), LicenceSeat.released_on >= first),
        )
        .group_by(LicenceSeat.licence_id, LicenceSeat.asset_id)
    )


def _repaired(invoices: Iterable[int]) -> Select[Any]:
    """By the time spent on each."""
    minutes: Any = func.sum(func.coalesce(Intervention.repair_minutes, 0))
    return (
        select(Intervention.invoice_id, Ticket.asset_id, minutes, 1)
        .join(Ticket, Ticket.id == Intervention.ticket_id)
        .where(
            Intervention.invoice_id.in_(invoices),
            Ticket.asset_id.is_not(None),
            Intervention.deleted_at.is_(None),
            Ticket.deleted_at.is_(None),
        )
        .group_by(Intervention.invoice_id, Ticket.asset_id)
    )


def _bought(invoices: Iterable[int]) -> Select[Any]:
    """By the price written on each asset that names the invoice, or whose line of the register does."""
    registered = select(FixedAsset.invoice_id).where(FixedAsset.id == Asset.fixed_asset_id).scalar_subquery()
    return (
        select(Invoice.id, Asset.id, Asset.price, 1)
        .join(Asset, or_(Asset.invoice == Invoice.number, registered == Invoice.id))
        .where(Invoice.id.in_(invoices), Asset.deleted_at.is_(None))
        .order_by(Asset.id)
    )
