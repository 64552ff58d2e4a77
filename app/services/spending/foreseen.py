"""Spending that no invoice says: what contracts foresee, acts not billed yet, the prices written on records."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.fields import day
from app.models import Asset, Contract, FixedAsset, HourPurchase, Intervention, Invoice, InvoiceLine, Licence
from app.models.codes import Charge, ContractStatus, LicenceKind, Ownership
from app.models.money_codes import BudgetPurpose, LineKind
from app.rules.notice import add_months
from app.rules.sharing import by_month
from app.services.billing import acts
from app.services.billing.acts import Act
from app.services.billing.expected import Kind, without_acts
from app.services.billing.expected import Line as DueLine
from app.services.spending.lines import Costing, Line, Origin

Covered = Mapping[tuple[int, LineKind], frozenset[date]]
SAYING: Mapping[Kind, tuple[LineKind, ...]] = {
    "fee": (LineKind.CONTRACT, LineKind.HOURS),
    "units": (LineKind.CONTRACT,),
    "overrun": (LineKind.REPAIR, LineKind.HOURS),
    "hours": (LineKind.HOURS, LineKind.CONTRACT),
}
"""The lines of an invoice that say what a contract makes due; acts are read apart, each with its own invoice."""
AROUND = (-1, 0, 1, 2)
"""Months about a purchase of hours in which its invoice may stand."""
PAID_APART = (Charge.BILLABLE, Charge.COUNTED)


@dataclass(frozen=True, slots=True)
class Asked:
    """Months from `first` to `last`, both by their first day; `covered` are those that invoices say, by contract.
    Invoices made after `known` say nothing yet."""

    session: Session
    first: date
    last: date
    costing: Costing
    covered: Covered
    known: date = date.max

    @property
    def end(self) -> date:
        """The last day of the last month."""
        return (self.last + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    def within(self, month: date) -> bool:
        return self.first <= month <= self.last

    def said(self, contract_id: int | None, kinds: Sequence[LineKind], month: date) -> bool:
        """Whether an invoice of that contract says that month."""
        return any(month in self.covered.get((contract_id or 0, kind), ()) for kind in kinds)


def of_contracts(ask: Asked, *which: ColumnElement[bool]) -> Iterator[Line]:
    """What each contract makes due, in the months that no invoice of it says; `which` are conditions on Contract."""
    rows = ask.session.execute(
        select(Contract.id, Contract.number, Contract.subject, Contract.vat_rate)
        .where(
            Contract.deleted_at.is_(None),
            Contract.status != ContractStatus.DRAFT,
            Contract.starts_on <= ask.end,
            *which,
        )
        .order_by(Contract.id)
    )
    bought = _hours_invoiced(ask)
    for row in rows.all():
        for due in without_acts(ask.session, row.id, ask.first, ask.end).lines:
            if due.kind in SAYING and not (due.entity == "hour_purchase" and due.record_id in bought):
                yield from _due(ask, row, due)


def _hours_invoiced(ask: Asked) -> set[int]:
    billed = select(HourPurchase.id).join(Invoice, Invoice.id == HourPurchase.invoice_id)
    return set(ask.session.scalars(billed.where(Invoice.invoiced_on <= ask.known)))


def _due(ask: Asked, contract: Any, due: DueLine) -> Iterator[Line]:
    purpose = BudgetPurpose.REPAIRS if due.kind == "overrun" else BudgetPurpose.CONTRACTS
    bearer = "contract", contract.id
    cents = ask.costing.cents(due.cents, contract.vat_rate)
    if due.kind == "hours":  # used as they go, billed about the day they were bought
        near = [add_months(due.start.replace(day=1), by) for by in AROUND]
        parts = [] if any(ask.said(contract.id, SAYING["hours"], one) for one in near) else [(near[1], cents)]
    else:
        parts = by_month(cents, due.start, due.end)
    for month, cents in parts:
        if cents and ask.within(month) and not ask.said(contract.id, SAYING[due.kind], month):
            yield Line(
                month, cents, purpose, Origin.CONTRACT, contract.subject, f"{contract.number}, {due.label}",
                "contract", contract.id, contract.id, bearer,
            )  # fmt: skip


def of_acts(ask: Asked) -> Iterator[Line]:
    """What was done and is to be paid apart, without its invoice."""
    later = select(Invoice.id).where(Invoice.invoiced_on > ask.known)
    unbilled = or_(Intervention.invoice_id.is_(None), Intervention.invoice_id.in_(later))
    which = (Intervention.charge.in_(PAID_APART), unbilled)
    for one in acts.value(ask.session, *acts.begun(ask.first, ask.end), *which):
        month, cents = one.on.replace(day=1), known(one)
        if cents and not ask.said(one.contract_id, (LineKind.REPAIR,), month):
            yield Line(
                month, ask.costing.cents(cents), BudgetPurpose.REPAIRS, Origin.ACT, one.subject,
                f"{one.number} du {day(one.on)}", "intervention", one.intervention_id, one.contract_id, _borne(one),
            )  # fmt: skip


def known(act: Act) -> int:
    """What is to be paid for it, or the part of it that can be told: its parts and its journey."""
    return act.parts + act.travel if act.cents is None else act.cents


def _borne(one: Act) -> tuple[str, int] | None:
    if one.asset_id:
        return "asset", one.asset_id
    return ("contract", one.contract_id) if one.contract_id else None


def of_assets(ask: Asked) -> Iterator[Line]:
    """Assets bought, by the price of their sheet, where no invoice recorded is theirs."""
    on = func.coalesce(Asset.purchased_on, Asset.commissioned_on)
    rows = ask.session.execute(
        select(Asset.id, Asset.number, Asset.brand, Asset.model, Asset.price, Asset.supplier, Asset.invoice, on)
        .where(
            Asset.deleted_at.is_(None), Asset.price > 0, Asset.ownership == Ownership.OWNED,
            on >= ask.first, on <= ask.end, *by_sheet_only(),
        )
        .order_by(on, Asset.id)
    )  # fmt: skip
    for row in rows:
        what = " ".join(part for part in (row.number, row.brand, row.model) if part)
        bill = f"facture {row.invoice}" if row.invoice else "prix de la fiche"
        whence = f"{row.supplier}, {bill}" if row.supplier else bill[0].upper() + bill[1:]
        yield Line(
            row[-1].replace(day=1), ask.costing.cents(row.price), BudgetPurpose.EQUIPMENT, Origin.SHEET, what,
            f"{whence}, {day(row[-1])}", "asset", row.id, None, ("asset", row.id),
        )  # fmt: skip


def by_sheet_only() -> tuple[ColumnElement[bool], ...]:
    """Conditions on Asset: no line of an invoice buys it, no invoice has the number written on it, and its line of the
    register has none. A line that costs less than half of it is a part of it, not itself."""
    line = (
        select(InvoiceLine.id)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(
            InvoiceLine.asset_id == Asset.id, InvoiceLine.kind.in_((LineKind.EQUIPMENT, LineKind.SMALL)),
            2 * InvoiceLine.net >= Asset.price, InvoiceLine.deleted_at.is_(None), Invoice.deleted_at.is_(None),
        )
    )  # fmt: skip
    named = select(Invoice.number).where(Invoice.deleted_at.is_(None))
    registered = select(FixedAsset.id).where(FixedAsset.invoice_id.is_not(None), FixedAsset.deleted_at.is_(None))
    return (
        ~line.exists(),
        or_(Asset.invoice.is_(None), Asset.invoice.not_in(named)),
        or_(Asset.fixed_asset_id.is_(None), Asset.fixed_asset_id.not_in(registered)),
    )


def of_licences(ask: Asked) -> Iterator[Line]:
    """Licences bought, by the price of their sheet; a subscription over the months that it was paid for."""
    rows = ask.session.scalars(
        select(Licence)
        .where(Licence.deleted_at.is_(None), Licence.price > 0, Licence.purchased_on.is_not(None))
        .where(Licence.purchased_on <= ask.end, ~invoiced_licence())
        .order_by(Licence.purchased_on, Licence.id)
    )
    for row in rows:
        first, last = paid_for(row)
        for month, cents in by_month(ask.costing.cents(row.price or 0), first, last):
            if ask.within(month):
                yield Line(
                    month, cents, BudgetPurpose.SOFTWARE, Origin.SHEET, f"{row.number} {row.name}",
                    f"{row.supplier or 'Prix de la fiche'}, {day(row.purchased_on)}", "licence", row.id, None,
                    ("licence", row.id),
                )  # fmt: skip


def invoiced_licence() -> ColumnElement[bool]:
    """Whether an invoice bears the licence: a condition on Licence."""
    lines = select(InvoiceLine.id).join(Invoice, Invoice.id == InvoiceLine.invoice_id)
    return lines.where(
        InvoiceLine.licence_id == Licence.id, InvoiceLine.deleted_at.is_(None), Invoice.deleted_at.is_(None)
    ).exists()


def paid_for(licence: Licence) -> tuple[date, date]:
    """The days that its price pays for: a subscription until its end, a purchase on its day."""
    bought = licence.purchased_on
    assert bought is not None  # noqa: S101 - asked for by who reads it
    runs = licence.kind == LicenceKind.SUBSCRIPTION and licence.expires_on is not None and licence.expires_on > bought
    return bought, licence.expires_on if runs and licence.expires_on else bought


SOURCES: tuple[Callable[[Asked], Iterator[Line]], ...] = (of_contracts, of_acts, of_assets, of_licences)
