"""The questions asked of the invoices as a whole: which to check, to pay, late, in dispute."""

from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.models import Invoice, InvoiceLine
from app.models.money_codes import InvoiceKind, InvoiceStatus
from app.services.invoices.columns import is_late

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


def of_asset(session: Session, asset_id: int) -> list[int]:
    """Those with a line that bought this asset."""
    bought = select(InvoiceLine.invoice_id).where(InvoiceLine.asset_id == asset_id, InvoiceLine.deleted_at.is_(None))
    return _ids(session, _OWN.c.id.in_(bought))


def _ids(session: Session, *kept: ColumnElement[bool]) -> list[int]:
    wanted = select(_OWN.c.id).where(_OWN.c.deleted_at.is_(None), *kept).order_by(_OWN.c.due_on, _OWN.c.id)
    return list(session.scalars(wanted))
