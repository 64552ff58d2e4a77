"""What an asset has cost since it was bought, each amount with the record it comes from (domain.md A.7, C.6).

Amounts are cents HT. What is known to have been paid but whose price nobody wrote is told, and counts for nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from app.fields import NBSP, PARIS, amount, counted
from app.models import Asset, Contract, CoveredAsset, Intervention, Licence, LicenceSeat, Part, Retirement, Ticket
from app.models.codes import Charge, ContractStatus
from app.models.contract_codes import PriceModel
from app.rules import notice, price
from app.rules.expertise import cost_ratio
from app.rules.months import months_by_year
from app.services import pricing
from app.services.amendments import on_day, steps
from app.services.contracts import terms_of
from app.services.expertises.facts import PAID, Fee, known
from app.services.pricing import EVERY

Kind = Literal["purchase", "work", "licence", "contract", "sale"]
KINDS: dict[Kind, str] = {
    "purchase": "Achat",
    "work": "Pièces et interventions",
    "licence": "Licences",
    "contract": "Part de contrat",
    "sale": "Revente",
}


@dataclass(frozen=True, slots=True)
class CostLine:
    """One amount, the day and the year it counts in (0: nobody wrote when), the record it comes from, and how it was
    got. `cents` is None when the price was not written; a sale is negative."""

    kind: Kind
    year: int
    day: date | None
    label: str
    cents: int | None
    why: str
    entity: str
    record_id: int


@dataclass(frozen=True, slots=True)
class YearOfCosts:
    """The sum of each kind that year, None when it has no known amount; `total` sums what is known."""

    year: int
    kinds: dict[Kind, int | None]
    total: int


@dataclass(frozen=True, slots=True)
class CostSheet:
    """`lines` newest first. `maintenance` are the twelve months that end today: parts and interventions paid, and the
    share of the contracts; `ratio` is M, that over the replacement value."""

    lines: tuple[CostLine, ...]
    years: tuple[YearOfCosts, ...]
    total: int | None
    unpriced: int
    value: int | None
    maintenance: int
    ratio: Decimal | None


def sheet(session: Session, asset_id: int, today: date) -> CostSheet:
    """All that is known of the costs of one asset until today."""
    asset = session.get_one(Asset, asset_id)
    lines = sorted(
        (
            *_bought(asset), *_work(session, asset), *_licences(session, asset), *_contracts(session, asset, today),
            *_sold(session, asset),
        ),
        key=lambda line: (line.year, line.day or date.max),
        reverse=True,
    )  # fmt: skip
    facts = known(session, today, Asset.id == asset_id)[0]
    priced = [line.cents for line in lines if line.cents is not None]
    return CostSheet(
        lines=tuple(lines),
        years=tuple(_year(year, lines) for year in sorted({line.year for line in lines}, reverse=True)),
        total=sum(priced) if priced else None,
        unpriced=len(lines) - len(priced),
        value=facts.replacement_value,
        maintenance=facts.maintenance_cost,
        ratio=cost_ratio(facts.maintenance_cost, facts.replacement_value),
    )


def _year(year: int, lines: Sequence[CostLine]) -> YearOfCosts:
    kinds: dict[Kind, int | None] = {
        kind: summed(line for line in lines if (line.year, line.kind) == (year, kind)) for kind in KINDS
    }
    return YearOfCosts(year, kinds, sum(cents for cents in kinds.values() if cents is not None))


def summed(lines: Iterator[CostLine]) -> int | None:
    """The sum of what is priced; None when nothing is."""
    priced = [line.cents for line in lines if line.cents is not None]
    return sum(priced) if priced else None


def _bought(asset: Asset) -> Iterator[CostLine]:
    on = asset.purchased_on or asset.commissioned_on
    if asset.price is not None:
        bill = f"Facture {asset.invoice}" if asset.invoice else "Prix HT de la fiche"
        yield CostLine(
            "purchase", on.year if on else 0, on, asset.supplier or "Achat", asset.price, bill, "asset", asset.id
        )


def _work(session: Session, asset: Asset) -> Iterator[CostLine]:
    """Interventions that are billed or counted down: their parts, or an amount nobody wrote."""
    parts = func.coalesce(func.group_concat(Part.label, ", "), "")
    rows = session.execute(
        select(Intervention, Ticket.subject, func.sum(Part.quantity * Part.unit_price), parts)
        .join(Ticket, Ticket.id == Intervention.ticket_id)
        .outerjoin(Part, (Part.intervention_id == Intervention.id) & Part.deleted_at.is_(None))
        .where(
            Ticket.asset_id == asset.id,
            Intervention.charge.in_(PAID),
            Intervention.deleted_at.is_(None),
            Ticket.deleted_at.is_(None),
        )
        .group_by(Intervention.id)
    )
    for done, subject, cents, told in rows:
        if cents is None and done.charge != Charge.BILLABLE:
            continue
        on = done.started_at.astimezone(PARIS).date()
        why = (
            f"{done.number}{NBSP}: {told}" if cents is not None else f"{done.number}, facturable{NBSP}: prix non saisi"
        )
        yield CostLine("work", on.year, on, subject, cents, why, "intervention", done.id)


def _licences(session: Session, asset: Asset) -> Iterator[CostLine]:
    """The price of a licence over its seats, or over those given when it has no limit."""
    every = aliased(LicenceSeat)
    given = (
        select(func.count(every.id)).where(every.licence_id == Licence.id, every.deleted_at.is_(None)).scalar_subquery()
    )
    rows = session.execute(
        select(Licence, LicenceSeat.assigned_on, given)
        .join(LicenceSeat, LicenceSeat.licence_id == Licence.id)
        .where(LicenceSeat.asset_id == asset.id, LicenceSeat.deleted_at.is_(None), Licence.deleted_at.is_(None))
    )
    for licence, assigned, others in rows:
        on = licence.purchased_on or assigned
        if licence.price is not None and on:
            seats = licence.seats or others
            why = f"{amount(licence.price)} pour {counted(seats, 'poste')}"
            cents = round(Decimal(licence.price) / seats)
            yield CostLine("licence", on.year, on, licence.name, cents, why, "licence", licence.id)


def _contracts(session: Session, asset: Asset, today: date) -> Iterator[CostLine]:
    """For each year of each cover, its months at the share that the asset's value has in what is covered; what an
    amendment changes counts from its day."""
    covers = session.execute(
        select(Contract.id, CoveredAsset.since, CoveredAsset.until)
        .join(CoveredAsset, CoveredAsset.contract_id == Contract.id)
        .where(
            CoveredAsset.asset_id == asset.id, CoveredAsset.deleted_at.is_(None),
            Contract.deleted_at.is_(None), Contract.status != ContractStatus.DRAFT,
        )
    )  # fmt: skip
    for contract_id, since, until in covers:
        now = on_day(session, contract_id, today)
        ends = min(day for day in (today, until, notice.last_day(terms_of(now))) if day is not None)
        for first, last in _spans(max(since, now.starts_on), ends, steps(session, contract_id)):
            yield from _covered(session, asset, on_day(session, contract_id, last), first, last)


def _spans(first: date, last: date, days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """That time cut on each of these days; nothing if it ends before it begins."""
    for day in [*(day for day in days if first < day <= last), last + timedelta(days=1)]:
        if first < day:
            yield first, day - timedelta(days=1)
        first = day


def _covered(session: Session, asset: Asset, contract: Contract, first: date, last: date) -> Iterator[CostLine]:
    fee = _fee(session, contract, last)
    if fee is None:
        return
    share = fee.share(asset.replacement_value or asset.price)
    for year, months in months_by_year(first, last).items():
        why = _how(contract, fee, asset, months)
        cents = price.over(share, months)
        yield CostLine("contract", year, None, contract.subject, cents, why, "contract", contract.id)


def _fee(session: Session, contract: Contract, on: date) -> Fee | None:
    """The yearly cost of the contract and what it covered that day; None if nothing is known of its price."""
    cents = pricing.yearly(session, contract.id, on).cents
    if cents is None:
        return None
    value = func.coalesce(func.nullif(Asset.replacement_value, 0), Asset.price)
    row: Any = session.execute(
        select(func.count(), func.avg(value))
        .join(CoveredAsset, CoveredAsset.asset_id == Asset.id)
        .where(
            CoveredAsset.contract_id == contract.id, CoveredAsset.deleted_at.is_(None),
            CoveredAsset.since <= on,
            or_(CoveredAsset.until.is_(None), CoveredAsset.until >= on),
        )
    ).one()  # fmt: skip
    mean = Decimal(str(row[1])) if row[1] else None
    return Fee(contract.number, cents, max(1, row[0]), mean)


def _how(contract: Contract, fee: Fee, asset: Asset, months: int) -> str:
    """« 450,00 € par mois pour 54 biens, selon leur valeur ; 11 mois »."""
    by = "selon leur valeur" if fee.mean and (asset.replacement_value or asset.price) else "à parts égales"
    flat = contract.price_model == PriceModel.FLAT
    every = f"{amount(contract.fee)} {EVERY[contract.fee_period]}" if flat else f"{amount(fee.cents)} par an"
    return f"{every} pour {counted(fee.assets, 'bien')}, {by}{NBSP}; {counted(months, 'mois', 'mois')}"


def _sold(session: Session, asset: Asset) -> Iterator[CostLine]:
    rows = session.scalars(
        select(Retirement).where(
            Retirement.asset_id == asset.id, Retirement.deleted_at.is_(None), Retirement.price.is_not(None)
        )
    )
    for out in rows:
        why = f"{out.number}, {out.kind.label.lower()}"
        label = out.recipient or "Sortie du parc"
        yield CostLine("sale", out.retired_on.year, out.retired_on, label, -(out.price or 0), why, "retirement", out.id)
