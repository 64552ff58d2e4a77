"""Which assets bear what was spent, and how much each: a few statements for all of them.

What a contract costs is borne month after month by what it covers then, by value, so that a small thing is not crushed
(as services.expertises.facts.Fee does).
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Text, cast, func, or_, select
from sqlalchemy.orm import Session

from app.models import Asset, CoveredAsset, FixedAsset, Intervention, Invoice, LicenceSeat
from app.models.money_codes import BudgetPurpose
from app.rules.sharing import shared
from app.services import done_for
from app.services.spending.lines import Bearer, Line, Origin

Bearing = tuple[Bearer, int]
"""A bearer over a time in which it is the same assets: the first month of that time, counted from the year 0."""
Weights = Mapping[Bearing, Sequence[tuple[int, int]]]
"""Assets and what each weighs, in the order of their ids."""
Pool = tuple[BudgetPurpose, Origin]
"""What is shared as one sum, so that a figure and the list behind it are the same to the cent."""
ALWAYS = 0


@dataclass(frozen=True, slots=True)
class Borne:
    """`assets`: cents by asset, purpose and origin; `loose` are the lines that no asset bears; `lines` those of each
    bearer, and `weights` what they are shared by."""

    assets: Mapping[int, Mapping[Pool, int]]
    loose: tuple[Line, ...]
    lines: Mapping[Bearing, tuple[Line, ...]]
    weights: Weights


def borne(session: Session, lines: Iterable[Line], first: date, end: date) -> Borne:
    """Share these lines, of a time between two days."""
    known = list(lines)
    weights = weights_of(session, {line.bearer for line in known if line.bearer}, first, end)
    by_bearing, loose = sort_out(known, weights)
    return Borne(_shares(by_bearing, weights), tuple(loose), by_bearing, weights)


def sort_out(lines: Iterable[Line], weights: Weights) -> tuple[dict[Bearing, tuple[Line, ...]], list[Line]]:
    """The lines of each bearer and time, and those that no asset bears."""
    begins: dict[Bearer, list[int]] = defaultdict(list)
    for bearer, begun in sorted(weights):
        begins[bearer].append(begun)
    found: dict[Bearing, list[Line]] = defaultdict(list)
    loose: list[Line] = []
    for line in lines:
        known = begins.get(line.bearer, []) if line.bearer else []
        at = bisect_right(known, number_of(line.month))
        if line.bearer and at and weights[line.bearer, known[at - 1]]:
            found[line.bearer, known[at - 1]].append(line)
        else:
            loose.append(line)
    return {bearing: tuple(own) for bearing, own in found.items()}, loose


def _shares(by_bearing: Mapping[Bearing, Sequence[Line]], weights: Weights) -> dict[int, dict[Pool, int]]:
    assets: dict[int, dict[Pool, int]] = defaultdict(lambda: defaultdict(int))
    for bearing, own in by_bearing.items():
        members = weights[bearing]
        parts = [weight for _, weight in members]
        for pool, cents in pools(own).items():
            for (asset_id, _), share in zip(members, shared(cents, parts), strict=True):
                assets[asset_id][pool] += share
    return assets


def number_of(month: date) -> int:
    """Months since the year 0."""
    return 12 * month.year + month.month


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
    found: dict[Bearing, list[tuple[int, int]]] = {(("asset", one), ALWAYS): [(one, 1)] for one in ids["asset"]}
    found |= _weighed("licence", session.execute(_seats(ids["licence"], first, end)))
    found |= _weighed("acts", session.execute(_repaired(ids["acts"])))
    found |= _weighed("bought", session.execute(_bought(ids["bought"])))
    for contract, rows in _by_record(session.execute(covers(first, end, ids["contract"]))).items():
        for begun, members in _times(rows):
            found[("contract", contract), begun] = _by_value(members)
    return found


def _by_record(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


def _weighed(kind: str, rows: Any) -> dict[Bearing, list[tuple[int, int]]]:
    return {((kind, record_id), ALWAYS): _by_value(own) for record_id, own in _by_record(rows).items()}


def _by_value(rows: Sequence[Any]) -> list[tuple[int, int]]:
    """Rows of (record, asset, value or None): one without value weighs the mean of the others; each asset once."""
    known = [row[2] for row in rows if row[2]]
    mean = round(sum(known) / len(known)) if known else 1
    return sorted({row[1]: row[2] or mean for row in rows}.items())


def _times(rows: Sequence[Any]) -> Iterator[tuple[int, list[Any]]]:
    """The covers of a contract cut where one of them begins or ends: the first month of each part, and who is in."""
    cuts = sorted({row[3] for row in rows} | {row[4] + 1 for row in rows})
    for begun in cuts:
        yield begun, [row for row in rows if row[3] <= begun <= row[4]]


def covers(first: date, end: date, contracts: Iterable[int]) -> Select[Any]:
    """Contract, asset, its value, the first and the last month of these days during which it was covered."""
    value: Any = func.coalesce(func.nullif(Asset.replacement_value, 0), Asset.price)
    since: Any = _month(func.max(cast(CoveredAsset.since, Text), first.isoformat()))
    until: Any = _month(func.min(func.coalesce(cast(CoveredAsset.until, Text), end.isoformat()), end.isoformat()))
    return (
        select(CoveredAsset.contract_id, CoveredAsset.asset_id, value, since, until)
        .join(Asset, Asset.id == CoveredAsset.asset_id)
        .where(
            CoveredAsset.contract_id.in_(contracts),
            CoveredAsset.deleted_at.is_(None),
            Asset.deleted_at.is_(None),
            CoveredAsset.since <= end,
            or_(CoveredAsset.until.is_(None), CoveredAsset.until >= first),
        )
    )


def _month(text: ColumnElement[Any]) -> ColumnElement[int]:
    """The months since the year 0."""
    return 12 * cast(func.substr(text, 1, 4), Integer) + cast(func.substr(text, 6, 2), Integer)


def _seats(licences: Iterable[int], first: date, end: date) -> Select[Any]:
    one: Any = func.count()
    return (
        select(LicenceSeat.licence_id, LicenceSeat.asset_id, one)
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
    asset = done_for.asset()
    found: Select[Any] = (
        done_for.beside(select(Intervention.invoice_id, asset, minutes).select_from(Intervention))
        .where(Intervention.invoice_id.in_(invoices), asset.is_not(None), *done_for.kept())
        .group_by(Intervention.invoice_id, asset)
    )
    return found


def _bought(invoices: Iterable[int]) -> Select[Any]:
    """By the price written on each asset that names the invoice, or whose line of the register does."""
    price: Any = Asset.price
    registered = select(FixedAsset.invoice_id).where(FixedAsset.id == Asset.fixed_asset_id).scalar_subquery()
    return (
        select(Invoice.id, Asset.id, price)
        .join(Asset, or_(Asset.invoice == Invoice.number, registered == Invoice.id))
        .where(Invoice.id.in_(invoices), Asset.deleted_at.is_(None))
        .order_by(Asset.id)
    )
