"""What an asset has cost since it was bought, each amount with the record it comes from (domain.md A.7, C.6).

Amounts are cents HT, or TTC where the company does not recover VAT. Invoices come first: a price written on a record
counts where none says it. What is known to have been paid but whose price nobody can tell is told, and counts for
nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.fields import NBSP, amount, counted
from app.jobs import Job, Progress
from app.models import Asset, Intervention, Licence, LicenceSeat, Retirement
from app.models.codes import Charge
from app.models.money_codes import BudgetPurpose
from app.rules.expertise import cost_ratio
from app.rules.sharing import part
from app.services import done_for
from app.services.billing import acts
from app.services.expertises.facts import PAID, known
from app.services.spending import of_asset
from app.services.spending.foreseen import by_sheet_only, invoiced_licence
from app.services.spending.foreseen import known as known_cents
from app.services.spending.lines import Costing, Source
from app.storage import Store

Kind = Literal["purchase", "work", "licence", "contract", "sale"]
KINDS: dict[Kind, str] = {
    "purchase": "Achat",
    "work": "Pièces et interventions",
    "licence": "Licences",
    "contract": "Part de contrat",
    "sale": "Revente",
}

OF_PURPOSE: Mapping[BudgetPurpose, Kind] = {
    BudgetPurpose.EQUIPMENT: "purchase",
    BudgetPurpose.SOFTWARE: "licence",
}
"""The kind of a line of an invoice; the others are work."""


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
    share of the contracts; `ratio` is M, that over the replacement value. `words`: HT, or TTC where VAT is not
    recovered."""

    lines: tuple[CostLine, ...]
    years: tuple[YearOfCosts, ...]
    total: int | None
    unpriced: int
    value: int | None
    maintenance: int
    ratio: Decimal | None
    words: str


def sheet(session: Session, asset_id: int, today: date) -> CostSheet:
    """All that is known of the costs of one asset until today."""
    asset = session.get_one(Asset, asset_id)
    costing = Costing.of(session)
    invoices = of_asset.of_invoices(session, asset_id, today, costing)
    lines = sorted(
        (
            *_bought(session, asset, costing), *map(_invoiced, invoices), *_work(session, asset, invoices, costing),
            *_licences(session, asset, costing), *_contracts(session, asset, today, costing), *_sold(session, asset),
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
        words=costing.words,
    )


def sheet_job(store: Store, asset_id: int, today: date) -> Job[CostSheet]:
    """`sheet`, off the thread of the window."""
    yield Progress(0, 0, "Lecture des coûts")
    with store.read() as session:
        return sheet(session, asset_id, today)


def _year(year: int, lines: Sequence[CostLine]) -> YearOfCosts:
    kinds: dict[Kind, int | None] = {
        kind: summed(line for line in lines if (line.year, line.kind) == (year, kind)) for kind in KINDS
    }
    return YearOfCosts(year, kinds, sum(cents for cents in kinds.values() if cents is not None))


def summed(lines: Iterator[CostLine]) -> int | None:
    """The sum of what is priced; None when nothing is."""
    priced = [line.cents for line in lines if line.cents is not None]
    return sum(priced) if priced else None


def _bought(session: Session, asset: Asset, costing: Costing) -> Iterator[CostLine]:
    """By the price of its sheet, unless an invoice that was recorded says it."""
    alone = session.scalar(select(Asset.id).where(Asset.id == asset.id, *by_sheet_only()))
    on = asset.purchased_on or asset.commissioned_on
    if asset.price is not None and alone:
        bill = f"Facture {asset.invoice}" if asset.invoice else f"Prix {costing.words} de la fiche"
        cents = costing.cents(asset.price)
        yield CostLine("purchase", on.year if on else 0, on, asset.supplier or "Achat", cents, bill, "asset", asset.id)


def _invoiced(one: Source) -> CostLine:
    kind = OF_PURPOSE.get(one.purpose, "work")
    return CostLine(kind, one.first.year, None, one.label, one.cents, one.why, one.entity, one.record_id)


def _work(session: Session, asset: Asset, invoices: Sequence[Source], costing: Costing) -> Iterator[CostLine]:
    """Interventions billed or counted down that no invoice above says: what each is worth, or what is known of it."""
    said = {one.record_id for one in invoices if one.purpose == BudgetPurpose.REPAIRS}
    for act in acts.value(session, done_for.on_assets(asset.id), Intervention.charge.in_(PAID)):
        cents = known_cents(act)
        if act.invoice_id in said or (not cents and act.charge != Charge.BILLABLE):
            continue
        why = f"{act.number}{NBSP}: {act.how}" if cents else f"{act.number}, facturable{NBSP}: {act.how}"
        paid = costing.cents(cents) if cents or act.cents == 0 else None
        yield CostLine("work", act.on.year, act.on, act.subject, paid, why, "intervention", act.intervention_id)


def _licences(session: Session, asset: Asset, costing: Costing) -> Iterator[CostLine]:
    """The price of a licence over its seats, or over those given when it has no limit, where no invoice says it."""
    every = aliased(LicenceSeat)
    given = (
        select(func.count(every.id)).where(every.licence_id == Licence.id, every.deleted_at.is_(None)).scalar_subquery()
    )
    rows = session.execute(
        select(Licence, LicenceSeat.assigned_on, given)
        .join(LicenceSeat, LicenceSeat.licence_id == Licence.id)
        .where(
            LicenceSeat.asset_id == asset.id, LicenceSeat.deleted_at.is_(None), Licence.deleted_at.is_(None),
            ~invoiced_licence(),
        )
    )  # fmt: skip
    for licence, assigned, others in rows:
        on = licence.purchased_on or assigned
        if licence.price is not None and on:
            seats = licence.seats or others
            price = costing.cents(licence.price)
            why = f"{amount(price)} pour {counted(seats, 'poste')}"
            yield CostLine("licence", on.year, on, licence.name, part(price, 1, seats), why, "licence", licence.id)


def _contracts(session: Session, asset: Asset, today: date, costing: Costing) -> Iterator[CostLine]:
    for one in of_asset.of_contracts(session, asset.id, today, costing):
        yield CostLine("contract", one.year, None, one.subject, one.cents, one.how, "contract", one.contract_id)


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
