"""What the list of invoices shows that no column keeps: the state of the day, what is left to pay, the days late.

Each takes the table of invoices, and gives an expression of its row.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, Text, and_, case, func, select

from app.fields import this_day
from app.models import Invoice
from app.models.base import CodeText
from app.models.money_codes import InvoiceKind, InvoiceState, InvoiceStatus

PAID, CREDIT = InvoiceStatus.PAID.value, InvoiceKind.CREDIT.value


def _status(invoices: FromClause) -> ColumnElement[str]:
    return invoices.c.status.cast(Text)


def _is_credit(invoices: FromClause) -> ColumnElement[bool]:
    return invoices.c.kind.cast(Text) == CREDIT


def signed(invoices: FromClause, name: str) -> ColumnElement[int]:
    """An amount of the invoice; that of a credit note counts against the others."""
    return case((_is_credit(invoices), -invoices.c[name]), else_=invoices.c[name])


def net(invoices: FromClause) -> ColumnElement[int]:
    return signed(invoices, "net")


def vat(invoices: FromClause) -> ColumnElement[int]:
    return signed(invoices, "vat")


def gross(invoices: FromClause) -> ColumnElement[int]:
    return signed(invoices, "gross")


def left(invoices: FromClause) -> ColumnElement[int]:
    """Cents TTC still to pay, the credit notes taken off the invoice that they correct; one that corrects no invoice
    still to pay is owed to the company, and negative."""
    own = Invoice.__table__.alias("credits")
    taken_off = (
        select(func.coalesce(func.sum(own.c.gross), 0))
        .where(
            own.c.corrects_id == invoices.c.id,
            _is_credit(own),
            own.c.deleted_at.is_(None),
            _status(own) != PAID,
        )
        .correlate(invoices)
        .scalar_subquery()
    )
    corrected = Invoice.__table__.alias("corrected")
    counted_there = (
        select(corrected.c.id)
        .where(corrected.c.id == invoices.c.corrects_id, _status(corrected) != PAID, corrected.c.deleted_at.is_(None))
        .correlate(invoices)
        .exists()
    )
    return case(
        (_status(invoices) == PAID, 0),
        (and_(_is_credit(invoices), counted_there), 0),
        (_is_credit(invoices), -invoices.c.gross),
        else_=invoices.c.gross - invoices.c.prepaid - taken_off,
    )


def left_told(invoices: FromClause) -> ColumnElement[int | None]:
    """The same as a column: empty where there is nothing to pay any more, which is the calm case."""
    return func.nullif(left(invoices), 0)


def is_late(invoices: FromClause, today: date) -> ColumnElement[bool]:
    """Still to pay after its day, and not in dispute."""
    waiting = _status(invoices).not_in([PAID, InvoiceStatus.DISPUTED.value])
    return and_(waiting, invoices.c.due_on < today, left(invoices) > 0)


def late_days(invoices: FromClause) -> ColumnElement[int | None]:
    """Days between the last day to pay and that of payment, or today; None where it is not late."""
    today = this_day()
    until = case((_status(invoices) == PAID, invoices.c.paid_on), else_=func.date(today.isoformat()))
    days = (func.julianday(until.cast(Text)) - func.julianday(invoices.c.due_on.cast(Text))).cast(Integer)
    paid_late = and_(_status(invoices) == PAID, invoices.c.paid_on > invoices.c.due_on)
    return case((paid_late, days), (is_late(invoices, today), days), else_=None)


def state(invoices: FromClause) -> ColumnElement[Any]:
    """An InvoiceState: late where its day is past, « à déduire » for a credit note that was accepted."""
    due_to_us = and_(_is_credit(invoices), _status(invoices) == InvoiceStatus.APPROVED.value)
    late = is_late(invoices, this_day())
    return case(
        (due_to_us, InvoiceState.CREDIT_DUE.value), (late, InvoiceState.LATE.value), else_=_status(invoices)
    ).cast(CodeText(InvoiceState))
