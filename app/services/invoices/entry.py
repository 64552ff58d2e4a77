"""What helps to type an invoice: the contract of a provider, how a first line begins, the invoice that follows."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import NBSP, month_words
from app.models import Contract
from app.models.codes import ContractStatus
from app.models.money_codes import InvoiceKind, InvoiceSource, LineKind
from app.rules.notice import add_months
from app.rules.vat import OfRate, by_rate, line_net
from app.services.amendments import on_day
from app.services.fixed_assets.limits import limits
from app.services.invoices.draft import Draft
from app.services.invoices.saving import draft_of

__all__ = ["Draft", "OfRate", "Usual", "by_rate", "contract_of", "credit_for", "following", "line_net", "usual"]


@dataclass(frozen=True, slots=True)
class Usual:
    """How the first line of an invoice begins, and who sends it."""

    kind: LineKind
    vat_rate: int
    provider_id: int | None


def usual(session: Session, contract_id: int | None, invoiced_on: date) -> Usual:
    """By the contract, as it stood that day, or without any: then the rate of where the company is."""
    if contract_id is None:
        return Usual(LineKind.REPAIR, limits(session).rate, None)
    contract = on_day(session, contract_id, invoiced_on)
    rate = limits(session).rate if contract.vat_rate is None else contract.vat_rate
    return Usual(LineKind.CONTRACT, rate, contract.provider_id)


def contract_of(session: Session, provider_id: int) -> int | None:
    """The one contract under way with a provider; None if there are none or several."""
    statement = select(Contract.id).where(
        Contract.provider_id == provider_id, Contract.status == ContractStatus.ACTIVE, Contract.deleted_at.is_(None)
    )
    found = session.scalars(statement.limit(2)).all()
    return found[0] if len(found) == 1 else None


def following(session: Session, invoice_id: int, today: date) -> Draft:
    """The invoice of the period after: the same lines, everything that is its own still to be written."""
    before = draft_of(session, invoice_id)
    start, end = _after(before.period_start, before.period_end)
    moved = _month_moved(before.period_start, start)
    lines = tuple(
        replace(one, label=moved(one.label), asset_id=None, licence_id=None, period_start=None, period_end=None)
        for one in before.lines
    )
    subject = moved(before.subject) if before.subject else None
    return replace(
        before, number="", subject=subject, invoiced_on=today, received_on=None, due_on=None, period_start=start,
        period_end=end, corrects_id=None, prepaid=0, notes=None, order_reference=None, lines=lines,
        source=InvoiceSource.HAND,
    )  # fmt: skip


def _month_moved(before: date | None, after: date | None) -> Callable[[str], str]:
    """Words that name the month of a period, for those of the period after: « Forfait, décembre 2026 »."""
    if before is None or after is None:
        return str
    named = re.compile(month_words(before).replace(NBSP, r"\s"))
    return lambda text: named.sub(month_words(after), text)


def credit_for(session: Session, invoice_id: int, today: date) -> Draft:
    """A credit note of the whole invoice: what is not given back is to be taken off it."""
    before = draft_of(session, invoice_id)
    subject = f"Avoir sur {before.number}"
    return replace(
        before, number="", kind=InvoiceKind.CREDIT, corrects_id=invoice_id, invoiced_on=today, received_on=None,
        due_on=None, prepaid=0, notes=None, order_reference=None, subject=subject, source=InvoiceSource.HAND,
    )  # fmt: skip


def _after(start: date | None, end: date | None) -> tuple[date | None, date | None]:
    """Whole months are followed by as many, other periods by as many days."""
    if start is None or end is None:
        return None, None
    first = end + timedelta(days=1)
    if start.day == first.day == 1:
        months = (first.year - start.year) * 12 + first.month - start.month
        return first, add_months(first, months) - timedelta(days=1)
    return first, first + (end - start)
