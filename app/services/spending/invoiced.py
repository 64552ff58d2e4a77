"""Spending that invoices say: each line in the months of its period, else in that of the invoice."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, func, select, union
from sqlalchemy.orm import Session

from app.fields import day
from app.models import Asset, Contract, FixedAsset, Intervention, Invoice, InvoiceLine, InvoiceVat
from app.models.codes import FeePeriod
from app.models.contract_codes import Billing
from app.models.money_codes import BudgetPurpose, InvoiceKind, InvoiceStatus, LineKind
from app.rules.notice import add_months
from app.rules.price import PER_YEAR
from app.rules.sharing import by_month, shared
from app.services.spending.lines import Bearer, Costing, Line, Origin, purpose_of

LONGEST = 60
"""Months that a line may pay for: an invoice older than that says nothing of today."""
AT_ONCE = {LineKind.EQUIPMENT, LineKind.SMALL, LineKind.SUPPLIES, LineKind.HOURS, LineKind.SOFTWARE}
"""Bought on the day of the invoice, whatever period its head bears; a period of the line itself is followed."""
LATE_IN_MONTH = 25
"""An invoice in arrears made from that day on is of its own month."""


@dataclass(frozen=True, slots=True)
class Span:
    """What a line pays for; `told` says it when the program supposed it."""

    first: date
    last: date
    told: str = ""


@dataclass(frozen=True, slots=True)
class Invoiced:
    """`covered` are the (contract, first of month) that an invoice bills, by kind of line: nothing is foreseen there
    any more."""

    lines: tuple[Line, ...]
    covered: Mapping[tuple[int, LineKind], frozenset[date]]


_COLUMNS = (
    InvoiceLine.id, InvoiceLine.label, InvoiceLine.kind, InvoiceLine.net, InvoiceLine.vat_rate, InvoiceLine.asset_id,
    InvoiceLine.licence_id, InvoiceLine.period_start, InvoiceLine.period_end, Invoice.id.label("invoice_id"),
    Invoice.number, Invoice.kind.label("nature"), Invoice.status, Invoice.invoiced_on, Invoice.contract_id,
    Invoice.period_start.label("starts"), Invoice.period_end.label("ends"), Contract.fee_period, Contract.billing,
)  # fmt: skip


def read(session: Session, first: date, last: date, costing: Costing, *which: ColumnElement[bool]) -> Invoiced:
    """The lines whose months stand between these two, both told by their first day; `which` are conditions on Invoice
    and InvoiceLine."""
    rows = _rows(session, first, last, which)
    amounts = _amounts(session, rows, costing)
    bearers = _bearers(session, rows)
    lines: list[Line] = []
    covered: dict[tuple[int, LineKind], set[date]] = defaultdict(set)
    for row in rows:
        span = span_of(row)
        bearer = bearers(row)
        for month, cents in by_month(_signed(row, amounts[row.id]), span.first, span.last):
            if row.contract_id and row.nature == InvoiceKind.INVOICE:
                covered[row.contract_id, row.kind].add(month)
            if first <= month <= last:
                lines.append(_line(row, span, month, cents, bearer))
    return Invoiced(tuple(lines), {key: frozenset(months) for key, months in covered.items()})


def _rows(session: Session, first: date, last: date, which: Iterable[ColumnElement[bool]]) -> Sequence[Any]:
    starts = func.coalesce(InvoiceLine.period_start, Invoice.period_start, Invoice.invoiced_on)
    ends = func.coalesce(InvoiceLine.period_end, Invoice.period_end, Invoice.invoiced_on)
    return session.execute(
        select(*_COLUMNS)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .outerjoin(Contract, Contract.id == Invoice.contract_id)
        .where(
            InvoiceLine.deleted_at.is_(None), Invoice.deleted_at.is_(None),
            Invoice.invoiced_on >= add_months(first, -LONGEST),
            starts <= add_months(last, 12), ends >= add_months(first, -12), *which,
        )
        .order_by(Invoice.invoiced_on, Invoice.id, InvoiceLine.rank, InvoiceLine.id)
    ).all()  # fmt: skip


def span_of(row: Any) -> Span:
    """Its own period, that of the invoice, or for a contract the period that its terms tell."""
    if row.period_start or row.period_end:
        return Span(row.period_start or row.period_end, row.period_end or row.period_start)
    if row.kind in AT_ONCE:
        return Span(row.invoiced_on, row.invoiced_on)
    if row.starts or row.ends:
        return Span(row.starts or row.ends, row.ends or row.starts)
    if row.kind == LineKind.CONTRACT and row.contract_id:
        return _supposed(row.invoiced_on, row.fee_period, row.billing)
    return Span(row.invoiced_on, row.invoiced_on)


def _supposed(on: date, period: FeePeriod, billing: Billing) -> Span:
    """The months that an invoice without period pays for: from its own on, or until it in arrears."""
    months = 12 // PER_YEAR[period.value]
    first = on.replace(day=1)
    if billing == Billing.ARREARS:
        after = add_months(first, 1) if on.day >= LATE_IN_MONTH else first
        first = add_months(after, -months)
    return Span(first, add_months(first, months) - timedelta(days=1), "période supposée")


def _signed(row: Any, cents: int) -> int:
    return -cents if row.nature == InvoiceKind.CREDIT else cents


def _amounts(session: Session, rows: Sequence[Any], costing: Costing) -> dict[int, int]:
    """Cents of each line: HT, or with its part of the VAT that the invoice states, so that lines make its total."""
    if costing.recovered or not rows:
        return {row.id: row.net for row in rows}
    stated = _stated(session, {row.invoice_id for row in rows})
    same: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in rows:
        same[row.invoice_id, row.vat_rate].append(row)
    found: dict[int, int] = {}
    for key, alike in same.items():
        base = sum(row.net for row in alike)
        vat = stated.get(key, costing.cents(base, key[1]) - base)
        taxes = shared(vat, [row.net for row in alike])
        found |= {row.id: row.net + tax for row, tax in zip(alike, taxes, strict=True)}
    return found


def _stated(session: Session, invoices: Iterable[int]) -> dict[tuple[int, int], int]:
    rows = session.execute(
        select(InvoiceVat.invoice_id, InvoiceVat.rate, InvoiceVat.vat).where(
            InvoiceVat.invoice_id.in_(invoices), InvoiceVat.deleted_at.is_(None)
        )
    )
    return {(row.invoice_id, row.rate): row.vat for row in rows}


def _bearers(session: Session, rows: Sequence[Any]) -> Callable[[Any], Bearer | None]:
    """What says the bearer of a line."""
    ids = {row.invoice_id for row in rows}
    acts = set(session.scalars(select(Intervention.invoice_id).where(Intervention.invoice_id.in_(ids)).distinct()))
    bought = set(session.scalars(buying(Invoice.id.in_(ids))))

    def bearer(row: Any) -> Bearer | None:
        if row.asset_id or row.licence_id:
            return ("asset", row.asset_id) if row.asset_id else ("licence", row.licence_id)
        if row.kind == LineKind.REPAIR and row.invoice_id in acts:
            return "acts", row.invoice_id
        if purpose_of(row.kind) == BudgetPurpose.EQUIPMENT and row.invoice_id in bought:
            return "bought", row.invoice_id
        return ("contract", row.contract_id) if row.contract_id else None

    return bearer


def buying(*which: ColumnElement[bool]) -> CompoundSelect[Any]:
    """Invoices that assets name as theirs, by the number written on the asset or by their line of the register; `which`
    are conditions on Invoice and Asset."""
    by_number = select(Invoice.id).join(Asset, Asset.invoice == Invoice.number)
    by_register = (
        select(Invoice.id)
        .join(FixedAsset, FixedAsset.invoice_id == Invoice.id)
        .join(Asset, Asset.fixed_asset_id == FixedAsset.id)
        .where(FixedAsset.deleted_at.is_(None))
    )
    kept = (Invoice.deleted_at.is_(None), Asset.deleted_at.is_(None), *which)
    return union(*(one.where(*kept) for one in (by_number, by_register)))


def _line(row: Any, span: Span, month: date, cents: int, bearer: Bearer | None) -> Line:
    return Line(
        month, cents, purpose_of(row.kind), Origin.INVOICED, row.label, _why(row, span), "invoice", row.invoice_id,
        row.contract_id, bearer,
    )  # fmt: skip


def _why(row: Any, span: Span) -> str:
    """« Facture F-12 du 02/03/2026 », « Avoir A-3 du 02/03/2026, en litige »."""
    told = f"{row.nature.label} {row.number} du {day(row.invoiced_on)}"
    if span.told:
        told += f", {span.told}"
    return f"{told}, en litige" if row.status == InvoiceStatus.DISPUTED else told
