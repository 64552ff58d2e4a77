"""An invoice before it is kept: what a form or a file gives, and what saving takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.models.money_codes import InvoiceKind, InvoiceSource, LineKind


@dataclass(frozen=True, slots=True)
class DraftLine:
    """In the units of `models.InvoiceLine`: thousandths, ten-thousandths of a euro, cents, hundredths of percent."""

    label: str
    net: int
    kind: LineKind = LineKind.CONTRACT
    vat_rate: int = 2000
    quantity: int = 1000
    unit: str | None = None
    unit_price: int | None = None
    account: str | None = None
    asset_id: int | None = None
    licence_id: int | None = None
    period_start: date | None = None
    period_end: date | None = None


@dataclass(frozen=True, slots=True)
class DraftVat:
    """The VAT of one rate (hundredths of a percent), in cents, as the invoice states it."""

    rate: int
    base: int
    vat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """`vat` empty: worked out from the lines. `due_on` None: by the terms of the contract. Amounts in cents."""

    number: str
    provider_id: int
    invoiced_on: date
    lines: Sequence[DraftLine]
    vat: Sequence[DraftVat] = ()
    kind: InvoiceKind = InvoiceKind.INVOICE
    source: InvoiceSource = InvoiceSource.HAND
    contract_id: int | None = None
    corrects_id: int | None = None
    subject: str | None = None
    received_on: date | None = None
    due_on: date | None = None
    period_start: date | None = None
    period_end: date | None = None
    contract_reference: str | None = None
    order_reference: str | None = None
    prepaid: int = 0
    notes: str | None = None
