"""The lines of invoices as they are booked: signed, with VAT, account and period (domain.md E.2, E.8)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session, aliased

from app.models import Asset, Contract, FixedAsset, Invoice, InvoiceLine, InvoiceVat, Licence, Provider
from app.models.money_codes import FixedKind, InvoiceKind, InvoiceStatus, LineKind, Treatment
from app.rules import sharing, vat
from app.rules.capitalise import may_expense
from app.services.accounting.chart import OF_FIXED, OF_LINE, Chart
from app.services.fixed_assets.limits import Limits, limits

FIXED_KINDS = {LineKind.EQUIPMENT: FixedKind.HARDWARE, LineKind.SOFTWARE: FixedKind.SOFTWARE}
"""Lines that may be capitalised."""


@dataclass(frozen=True, slots=True)
class Bill:
    """One line of one invoice. Cents, below zero for a credit note; `cost` is what the company bears of it.

    `fixed`: booked to an account of fixed assets; `undecided`: nobody said so yet, its price did.
    """

    invoice_id: int
    number: str
    is_credit: bool
    status: InvoiceStatus
    invoiced_on: date
    due_on: date | None
    paid_on: date | None
    provider: str
    contract_id: int | None
    contract: str | None
    kind: LineKind
    label: str
    account: str
    fixed: bool
    undecided: bool
    start: date | None
    end: date | None
    net: int
    rate: int
    vat: int
    cost: int

    @property
    def gross(self) -> int:
        return self.net + self.vat

    @property
    def title(self) -> str:
        return f"{'Avoir' if self.is_credit else 'Facture'} {self.number}, {self.provider}"


def read(session: Session, chart: Chart) -> tuple[Bill, ...]:
    """Every line of every invoice, in the order of their dates."""
    rows = session.execute(_statement()).all()
    taxes = _taxes(session, rows)
    bounds = limits(session)
    return tuple(_bill(row, taxes[row.id], chart, bounds) for row in rows)


def _statement() -> Select[*tuple[Any, ...]]:
    corrected = aliased(Invoice)
    fixed_id = func.coalesce(Asset.fixed_asset_id, Licence.fixed_asset_id, InvoiceLine.fixed_asset_id)
    return (
        select(
            InvoiceLine.id, InvoiceLine.invoice_id, InvoiceLine.kind, InvoiceLine.label, InvoiceLine.account,
            InvoiceLine.quantity, InvoiceLine.net, InvoiceLine.vat_rate,
            Invoice.number, Invoice.kind.label("paper"), Invoice.status, Invoice.invoiced_on, Invoice.due_on,
            Invoice.paid_on, Invoice.contract_id, Contract.number.label("contract"), Provider.name.label("provider"),
            func.coalesce(InvoiceLine.period_start, Invoice.period_start, corrected.period_start).label("start"),
            func.coalesce(InvoiceLine.period_end, Invoice.period_end, corrected.period_end).label("end"),
            func.coalesce(Asset.treatment, Licence.treatment, InvoiceLine.treatment).label("treatment"),
            FixedAsset.id.label("fixed_id"), FixedAsset.kind.label("fixed_kind"),
            FixedAsset.account.label("fixed_account"),
        )
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .join(Provider, Provider.id == Invoice.provider_id)
        .outerjoin(Contract, Contract.id == Invoice.contract_id)
        .outerjoin(corrected, corrected.id == Invoice.corrects_id)
        .outerjoin(Asset, Asset.id == InvoiceLine.asset_id)
        .outerjoin(Licence, Licence.id == InvoiceLine.licence_id)
        .outerjoin(FixedAsset, (FixedAsset.id == fixed_id) & FixedAsset.deleted_at.is_(None))
        .where(InvoiceLine.deleted_at.is_(None), Invoice.deleted_at.is_(None))
        .order_by(Invoice.invoiced_on, Invoice.number, Invoice.id, InvoiceLine.rank, InvoiceLine.id)
    )  # fmt: skip


def _taxes(session: Session, rows: Sequence[Row[Any]]) -> dict[int, int]:
    """The VAT of each line, so that those of one rate make what the invoice states of it to the cent."""
    stated = {
        (invoice, rate): cents
        for invoice, rate, cents in session.execute(
            select(InvoiceVat.invoice_id, InvoiceVat.rate, InvoiceVat.vat).where(InvoiceVat.deleted_at.is_(None))
        )
    }
    groups: dict[tuple[int, int], list[Row[Any]]] = defaultdict(list)
    for row in rows:
        groups[row.invoice_id, row.vat_rate].append(row)
    found: dict[int, int] = {}
    for key, lines in groups.items():
        nets = [line.net for line in lines]
        whole = stated.get(key, vat.tax(sum(nets), key[1]))
        found |= dict(zip([line.id for line in lines], sharing.shared(whole, nets), strict=True))
    return found


def _bill(row: Row[Any], tax: int, chart: Chart, bounds: Limits) -> Bill:
    sign = -1 if row.paper == InvoiceKind.CREDIT else 1
    net, tax = sign * row.net, sign * tax
    fixed, undecided = _capitalised(row, bounds.net)
    return Bill(
        row.invoice_id, row.number, row.paper == InvoiceKind.CREDIT, row.status, row.invoiced_on, row.due_on,
        row.paid_on, row.provider, row.contract_id, row.contract, row.kind, row.label, _account(row, fixed, chart),
        fixed, undecided, row.start, row.end, net, row.vat_rate, tax, net if bounds.recovered else net + tax,
    )  # fmt: skip


def _capitalised(row: Row[Any], limit: int) -> tuple[bool, bool]:
    """Whether it is a fixed asset, and whether nobody decided it: its unit price then tells (domain.md E.2)."""
    treatment = Treatment.of(row.treatment) if row.treatment else None
    if row.kind not in FIXED_KINDS or row.fixed_id is not None or treatment == Treatment.CAPITALISED:
        return row.kind in FIXED_KINDS, False
    if treatment == Treatment.EXPENSED or (row.start is not None and row.end is not None):
        return False, False
    unit = abs(row.net) * 1_000 // max(1, abs(row.quantity))
    return not may_expense(unit, limit), True


def _account(row: Row[Any], fixed: bool, chart: Chart) -> str:
    if row.account:
        return str(row.account)
    if not fixed:
        return chart[OF_LINE[row.kind]].number
    kind = row.fixed_kind or FIXED_KINDS[row.kind]
    return str(row.fixed_account or chart[OF_FIXED[kind].asset].number)


def within(bills: Iterable[Bill], start: date, end: date) -> list[Bill]:
    """Those invoiced between these days, both included."""
    return [bill for bill in bills if start <= bill.invoiced_on <= end]
