"""The questions asked of the invoices as a whole: which to check, to pay, late, in dispute."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.models import Invoice, InvoiceLine, Provider
from app.models.money_codes import InvoiceKind, InvoiceStatus
from app.services.invoices.columns import is_late, left

_OWN = Invoice.__table__


def to_check(session: Session) -> list[int]:
    return _ids(session, _OWN.c.status == InvoiceStatus.TO_CHECK)


def to_pay(session: Session) -> list[int]:
    """Approved, the first due first; a credit note accepted is not one of them."""
    return _ids(session, _OWN.c.status == InvoiceStatus.APPROVED, _OWN.c.kind == InvoiceKind.INVOICE)


def late(session: Session, today: date) -> list[int]:
    return _ids(session, is_late(_OWN, today))


def disputed(session: Session) -> list[int]:
    return _ids(session, _OWN.c.status == InvoiceStatus.DISPUTED)


def left_of(session: Session, invoices: Collection[int]) -> int:
    """Cents TTC that paying all of them takes, their credit notes taken off."""
    return session.scalar(select(func.coalesce(func.sum(left(_OWN)), 0)).where(_OWN.c.id.in_(invoices))) or 0


@dataclass(frozen=True, slots=True)
class Purchase:
    """A line that bought something: its invoice, of whom and when, cents HT."""

    invoice_id: int
    number: str
    provider: str
    on: date
    net: int


def purchases(session: Session, asset_id: int) -> list[Purchase]:
    """The lines that bought this asset, the newest first; a credit note gives back."""
    wanted = (
        select(Invoice.id, Invoice.number, Provider.name, Invoice.invoiced_on, InvoiceLine.net, Invoice.kind)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .join(Provider, Provider.id == Invoice.provider_id)
        .where(InvoiceLine.asset_id == asset_id, InvoiceLine.deleted_at.is_(None), Invoice.deleted_at.is_(None))
        .order_by(Invoice.invoiced_on.desc(), InvoiceLine.id)
    )
    return [
        Purchase(one, number, name, on, -net if kind == InvoiceKind.CREDIT else net)
        for one, number, name, on, net, kind in session.execute(wanted)
    ]


def _ids(session: Session, *kept: ColumnElement[bool]) -> list[int]:
    wanted = select(_OWN.c.id).where(_OWN.c.deleted_at.is_(None), *kept).order_by(_OWN.c.due_on, _OWN.c.id)
    return list(session.scalars(wanted))
