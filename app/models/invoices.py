"""What the company is billed, what it claims back, what it plans to spend (domain.md C.4 to C.7)."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record, code, day, ref, within
from app.models.money_codes import (
    BudgetPurpose,
    ClaimState,
    InvoiceKind,
    InvoiceSource,
    InvoiceStatus,
    LineKind,
    Treatment,
)


class Invoice(Record, Base):
    """An invoice or a credit note of a provider, under the number that the provider gave it.

    Amounts in cents; those of a credit note are positive, and count against the others by its kind. `net`, `vat` and
    `gross` are the sums of its lines and of its VAT by rate, made again by services.invoices at each saving; `prepaid`
    was paid before it. `corrects_id` is the invoice that a credit note corrects. `contract_reference` and
    `order_reference` are what was written on it (BT-12, BT-13). The file it was read from is an attached document.
    """

    __tablename__ = "invoice"
    __title__ = ("number", "subject")
    __searched__ = ("number", "subject", "contract_reference", "order_reference", "dispute", "notes")

    number: Mapped[str]
    kind: Mapped[InvoiceKind] = code(InvoiceKind, default=InvoiceKind.INVOICE)
    provider_id: Mapped[int] = ref("provider")
    contract_id: Mapped[int | None] = ref("contract")
    corrects_id: Mapped[int | None] = ref("invoice")
    subject: Mapped[str | None]
    status: Mapped[InvoiceStatus] = code(InvoiceStatus, default=InvoiceStatus.TO_CHECK)
    source: Mapped[InvoiceSource] = code(InvoiceSource, default=InvoiceSource.HAND)
    invoiced_on: Mapped[date] = day()
    received_on: Mapped[date | None] = day()
    due_on: Mapped[date | None] = day()
    period_start: Mapped[date | None] = day()
    period_end: Mapped[date | None] = day()
    contract_reference: Mapped[str | None]
    order_reference: Mapped[str | None]
    net: Mapped[int] = mapped_column(default=0)
    vat: Mapped[int] = mapped_column(default=0)
    gross: Mapped[int] = mapped_column(default=0)
    prepaid: Mapped[int] = mapped_column(default=0)
    approved_on: Mapped[date | None] = day()
    approved_by: Mapped[str | None]
    disputed_on: Mapped[date | None] = day()
    dispute: Mapped[str | None]
    paid_on: Mapped[date | None] = day()
    payment: Mapped[str | None]
    notes: Mapped[str | None]

    __table_args__ = (Index("ix_invoice_invoiced_on", "invoiced_on"), Index("ix_invoice_due_on", "due_on"))


class InvoiceLine(Record, Base):
    """One line. `quantity` in thousandths, `unit_price` in ten-thousandths of a euro (e-invoices have four places),
    `net` in cents, `vat_rate` in hundredths of a percent. Its period, where it has its own, wins over the invoice's.

    `treatment` and `fixed_asset_id` are of equipment or software that is no asset nor licence of the inventory: where
    the line names one, that one bears them. Without treatment nobody decided, or there is nothing to decide.
    """

    __tablename__ = "invoice_line"
    __title__ = ("label",)
    __searched__ = ("label",)

    invoice_id: Mapped[int] = ref("invoice")
    rank: Mapped[int] = mapped_column(default=0)
    label: Mapped[str]
    kind: Mapped[LineKind] = code(LineKind, default=LineKind.CONTRACT)
    quantity: Mapped[int] = mapped_column(default=1000)
    unit: Mapped[str | None]
    unit_price: Mapped[int | None]
    net: Mapped[int]
    vat_rate: Mapped[int] = mapped_column(default=2000)
    account: Mapped[str | None]
    asset_id: Mapped[int | None] = ref("asset")
    licence_id: Mapped[int | None] = ref("licence")
    treatment: Mapped[Treatment | None] = code(Treatment)
    fixed_asset_id: Mapped[int | None] = ref("fixed_asset")
    period_start: Mapped[date | None] = day()
    period_end: Mapped[date | None] = day()


class InvoiceVat(Record, Base):
    """The VAT of one rate as the invoice states it, in cents; `rate` in hundredths of a percent."""

    __tablename__ = "invoice_vat"

    invoice_id: Mapped[int] = ref("invoice")
    rate: Mapped[int]
    base: Mapped[int]
    vat: Mapped[int]


class HourPurchase(Record, Base):
    """Hours bought in advance beyond those that the contract was signed with (domain.md C.6). `price` in cents HT."""

    __tablename__ = "hour_purchase"
    __title__ = ("label",)

    contract_id: Mapped[int] = ref("contract")
    bought_on: Mapped[date] = day()
    label: Mapped[str | None]
    minutes: Mapped[int]
    price: Mapped[int | None]
    valid_until: Mapped[date | None] = day()
    invoice_id: Mapped[int | None] = ref("invoice")
    notes: Mapped[str | None]


class PenaltyClaim(Record, Base):
    """The penalties of one month of a contract, once claimed (domain.md C.7). `month` is its first day, `amount` in
    cents; `invoice_id` the credit note, or the invoice they were taken off."""

    __tablename__ = "penalty_claim"

    contract_id: Mapped[int] = ref("contract")
    month: Mapped[date] = day()
    amount: Mapped[int]
    state: Mapped[ClaimState] = code(ClaimState, default=ClaimState.CLAIMED)
    claimed_on: Mapped[date] = day()
    settled_on: Mapped[date | None] = day()
    invoice_id: Mapped[int | None] = ref("invoice")
    notes: Mapped[str | None]


class SemesterRate(Record, Base):
    """The rates that late payments ask for (domain.md C.5), in hundredths of a percent: the legal rate between
    professionals, and the ECB's main rate on the first day of the half-year."""

    __tablename__ = "semester_rate"

    year: Mapped[int]
    half: Mapped[int]
    legal: Mapped[int | None]
    ecb: Mapped[int | None]
    source: Mapped[str | None]

    __table_args__ = (within("half", 1, 2),)


class Budget(Record, Base):
    """What the company plans to spend in a financial year, named by the calendar year of its last day. Cents HT."""

    __tablename__ = "budget"

    year: Mapped[int]
    purpose: Mapped[BudgetPurpose] = code(BudgetPurpose)
    contract_id: Mapped[int | None] = ref("contract")
    amount: Mapped[int]
    notes: Mapped[str | None]
