"""What one asset bears of what the company pays: of the contracts that cover it, and of invoices."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.fields import NBSP, amount, counted
from app.models import Asset, Contract, CoveredAsset, Intervention, Invoice, InvoiceLine, LicenceSeat
from app.models.codes import ContractStatus
from app.rules.sharing import part
from app.services import done_for
from app.services.spending import foreseen, invoiced
from app.services.spending.bearing import Bearing, Weights, pools, sort_out, weights_of
from app.services.spending.foreseen import Asked
from app.services.spending.lines import Costing, Line, Origin, Source, source_of


@dataclass(frozen=True, slots=True)
class YearShare:
    """What the asset bears of a contract in a calendar year, in cents, and how that is got."""

    contract_id: int
    subject: str
    year: int
    cents: int
    how: str


def of_contracts(session: Session, asset_id: int, today: date, costing: Costing) -> Iterator[YearShare]:
    """Each year of each contract that ever covered it, until today: what was invoiced, else what it foresees."""
    rows = session.execute(
        select(Contract.id, Contract.subject, func.min(CoveredAsset.since))
        .join(CoveredAsset, CoveredAsset.contract_id == Contract.id)
        .where(
            CoveredAsset.asset_id == asset_id, CoveredAsset.deleted_at.is_(None), CoveredAsset.since <= today,
            Contract.deleted_at.is_(None), Contract.status != ContractStatus.DRAFT,
        )
        .group_by(Contract.id)
        .order_by(Contract.id)
    ).all()  # fmt: skip
    for contract_id, subject, since in rows:
        first = date.fromisoformat(str(since)).replace(day=1)
        lines = _lines(session, contract_id, first, today, costing)
        weights = weights_of(session, {("contract", contract_id)}, first, today)
        for year, own in sorted(_by_year(lines).items()):
            borne = _borne(own, weights, asset_id)
            if borne.cents:
                how = _how(session, asset_id, borne)
                yield YearShare(contract_id, subject, year, borne.cents, how)


def _lines(session: Session, contract_id: int, first: date, today: date, costing: Costing) -> list[Line]:
    """Those that the covered assets bear together, until the month of today."""
    last = today.replace(day=1)
    theirs = (Invoice.contract_id == contract_id, InvoiceLine.asset_id.is_(None), InvoiceLine.licence_id.is_(None))
    found = invoiced.read(session, first, last, costing, *theirs)
    ask = Asked(session, first, last, costing, found.covered)
    every = [*found.lines, *foreseen.of_contracts(ask, Contract.id == contract_id)]
    return [line for line in every if line.bearer == ("contract", contract_id)]


LONG_AGO = date(1990, 1, 1)


def of_invoices(session: Session, asset_id: int, today: date, costing: Costing) -> list[Source]:
    """What invoices say of it apart from contracts, by calendar year: its purchase, its repairs, its licences. What is
    shared by several assets counts for its part."""
    seats = select(LicenceSeat.licence_id).where(LicenceSeat.asset_id == asset_id, LicenceSeat.deleted_at.is_(None))
    billed = Intervention.invoice_id.is_not(None)
    acts = select(Intervention.invoice_id).where(done_for.on_assets(asset_id), billed)
    bought = select(invoiced.buying(Asset.id == asset_id).subquery().c.id)
    which = or_(
        InvoiceLine.asset_id == asset_id,
        InvoiceLine.licence_id.in_(seats),
        Invoice.id.in_(acts),
        Invoice.id.in_(bought),
    )
    found = invoiced.read(session, LONG_AGO, today.replace(day=1), costing, which)
    lines = [line for line in found.lines if line.bearer and line.bearer[0] != "contract"]
    weights = weights_of(session, {line.bearer for line in lines if line.bearer}, LONG_AGO, today)
    sources = []
    for bearing, own in sort_out(lines, weights)[0].items():
        place = _place(weights[bearing], asset_id)
        for same in _alike(bearing, own).values():
            cents = place.of(sum(line.cents for line in same))
            if cents:
                sources.append(_told(bearing, source_of(same, cents), same))
    return sources


def _alike(bearing: Bearing, lines: Iterable[Line]) -> dict[tuple[int, int, str], list[Line]]:
    """By year; of the asset alone by invoice and words, of the repairs or the purchase of several by invoice, of a
    licence all together."""
    kind = bearing[0][0]
    found: dict[tuple[int, int, str], list[Line]] = defaultdict(list)
    for line in lines:
        record = 0 if kind == "licence" else line.record_id
        found[line.month.year, record, line.label if kind == "asset" else ""].append(line)
    return found


def _told(bearing: Bearing, one: Source, same: Sequence[Line]) -> Source:
    """What is made of several lines says so; of several invoices, it is the licence that opens."""
    kind, record_id = bearing[0]
    bills = len({line.record_id for line in same})
    if bills > 1:
        return replace(one, why=counted(bills, "facture"), entity=kind, record_id=record_id)
    labels = len({line.label for line in same})
    return (
        one
        if labels == 1
        else replace(one, label=f"{one.label} et {counted(labels - 1, 'autre ligne', 'autres lignes')}")
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an asset stands among those that share: what weighs before it, itself, and all together."""

    before: int
    mine: int
    total: int

    def of(self, cents: int) -> int:
        """Its share, as when all is shared at once; 0 for one that is not among them."""
        return part(cents, self.before + self.mine, self.total) - part(cents, self.before, self.total)


def _place(members: Sequence[tuple[int, int]], asset_id: int) -> _Place:
    before = sum(weight for one, weight in members if one < asset_id)
    mine = next((weight for one, weight in members if one == asset_id), 0)
    return _Place(before, mine, sum(weight for _, weight in members))


def _by_year(lines: Iterable[Line]) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.month.year].append(line)
    return found


@dataclass(slots=True)
class _Borne:
    cents: int = 0
    whole: int = 0
    unbilled: int = 0
    assets: int = 0
    months: int = 0


def _borne(lines: Sequence[Line], weights: Weights, asset_id: int) -> _Borne:
    """Shared as the page of costs does: by purpose and origin, over the months in which the same assets are covered."""
    found = _Borne()
    for bearing, own in sort_out(lines, weights)[0].items():
        place = _place(weights[bearing], asset_id)
        if place.mine:
            found.cents += sum(map(place.of, pools(own).values()))
            found.whole += sum(line.cents for line in own)
            found.unbilled += sum(line.cents for line in own if line.origin != Origin.INVOICED)
            found.months += len({line.month for line in own})
            found.assets = len(weights[bearing])
    return found


def _how(session: Session, asset_id: int, borne: _Borne) -> str:
    """« 660,00 € pour 2 biens, selon leur valeur ; 11 mois, dont 120,00 € sans facture »."""
    row: Any = session.execute(select(Asset.replacement_value, Asset.price).where(Asset.id == asset_id)).one()
    by = "selon leur valeur" if row[0] or row[1] else "à parts égales"
    months = counted(borne.months, "mois", "mois")
    said = f"{amount(borne.whole)} pour {counted(borne.assets, 'bien')}, {by}{NBSP}; {months}"
    if borne.unbilled == borne.whole:
        return f"{said}, sans facture"
    return f"{said}, dont {amount(borne.unbilled)} sans facture" if borne.unbilled else said
