"""What is decided of an invoice: good to pay, disputed, paid; each can be taken back (domain.md C.5)."""

from collections.abc import Callable, Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.invoices import INVOICE
from app.errors import AppError, InvalidFields, NotFound, Refused
from app.fields import day
from app.models import Intervention, Invoice
from app.models.money_codes import InvoiceKind, InvoiceStatus
from app.services import records
from app.services.billing.check import check

TAKEN_OFF = "Déduit de {number}"
"""How a credit note is settled when the invoice that it corrects is paid."""


def approve(session: Session, invoice_id: int, on: date, by: str | None = None) -> None:
    """Good to pay, from « à vérifier » or from a dispute, which it ends. The interventions that its lines bill are said
    to be paid by it: none is then awaited on another invoice."""
    invoice = _found(session, invoice_id, InvoiceStatus.TO_CHECK, InvoiceStatus.DISPUTED)
    _not_before(invoice, "on", on)
    _write(session, invoice_id, status=InvoiceStatus.APPROVED, approved_on=on, approved_by=by)
    wanted = Intervention.id.in_(check(session, invoice_id).acts)
    for one in session.scalars(select(Intervention).where(wanted, Intervention.invoice_id.is_(None))):
        one.invoice_id = invoice_id
    session.flush()


def dispute(session: Session, invoice_id: int, on: date, why: str) -> None:
    """Said to the provider as wrong: it is not paid, nor called late, while the dispute lasts."""
    invoice = _found(session, invoice_id, InvoiceStatus.TO_CHECK, InvoiceStatus.APPROVED)
    _not_before(invoice, "on", on)
    if not why.strip():
        raise InvalidFields({"why": "Écrivez ce qui ne va pas."})
    told = {"disputed_on": on, "dispute": why, "approved_on": None, "approved_by": None}
    _write(session, invoice_id, status=InvoiceStatus.DISPUTED, **told)


def recheck(session: Session, invoice_id: int) -> None:
    """Back to « à vérifier »: the approval or the dispute is taken back; the reason of a dispute stays written."""
    _found(session, invoice_id, InvoiceStatus.APPROVED, InvoiceStatus.DISPUTED)
    told = {"approved_on": None, "approved_by": None, "disputed_on": None}
    _write(session, invoice_id, status=InvoiceStatus.TO_CHECK, **told)


def pay(session: Session, invoice_id: int, on: date, means: str | None = None) -> None:
    """Paid that day (a credit note: refunded), with the credit notes set against it. An invoice taken by direct debit
    may be paid before it was checked; one in dispute may not."""
    invoice = _found(session, invoice_id, InvoiceStatus.TO_CHECK, InvoiceStatus.APPROVED)
    _not_before(invoice, "on", on)
    taken_off = TAKEN_OFF.format(number=invoice.number)
    _write(session, invoice_id, status=InvoiceStatus.PAID, paid_on=on, payment=means)
    for credit in set_against(session, invoice):
        _write(session, credit.id, status=InvoiceStatus.PAID, paid_on=on, payment=taken_off)


def of_many(session: Session, invoices: Iterable[int], act: Callable[[Session, int], None]) -> int:
    """The same act on each of them, or on none: a refusal names the one it is about. Gives how many they are."""
    done = 0
    for invoice_id in invoices:
        try:
            act(session, invoice_id)
        except AppError as error:
            raise Refused(f"{session.get_one(Invoice, invoice_id).number}\u00a0: {error}") from error
        done += 1
    return done


def unpay(session: Session, invoice_id: int) -> None:
    """Not paid after all: the state it had before, and that of the credit notes taken off it."""
    invoice = _found(session, invoice_id, InvoiceStatus.PAID)
    taken_off = TAKEN_OFF.format(number=invoice.number)
    settled = [one for one in credits_of(session, [invoice_id]) if one.payment == taken_off]
    for one in (invoice, *settled):
        before = InvoiceStatus.APPROVED if one.approved_on else InvoiceStatus.TO_CHECK
        _write(session, one.id, status=before, paid_on=None, payment=None)


def credits_of(session: Session, invoices: Iterable[int]) -> list[Invoice]:
    """The credit notes that correct these invoices, the oldest first."""
    statement = select(Invoice).where(
        Invoice.corrects_id.in_(list(invoices)), Invoice.kind == InvoiceKind.CREDIT, Invoice.deleted_at.is_(None)
    )
    return list(session.scalars(statement.order_by(Invoice.invoiced_on, Invoice.id)))


def set_against(session: Session, invoice: Invoice) -> list[Invoice]:
    """Those of its credit notes that are taken off what it asks for: not those refunded apart."""
    taken_off = TAKEN_OFF.format(number=invoice.number)
    return [
        one for one in credits_of(session, [invoice.id]) if one.status != InvoiceStatus.PAID or one.payment == taken_off
    ]


def _found(session: Session, invoice_id: int, *allowed: InvoiceStatus) -> Invoice:
    invoice = session.get(Invoice, invoice_id)
    if invoice is None:
        raise NotFound("Cette facture n’existe plus.")
    if invoice.status not in allowed:
        raise Refused(_refusal(invoice.status))
    return invoice


def _refusal(status: InvoiceStatus) -> str:
    if status == InvoiceStatus.DISPUTED:
        return "Cette pièce est en litige\u00a0: levez d’abord le litige."
    return f"Cette pièce est déjà dans l’état «\u00a0{status.label}\u00a0»."


def _not_before(invoice: Invoice, name: str, on: date) -> None:
    if on < invoice.invoiced_on:
        raise InvalidFields({name: f"Cette date précède celle de la facture, le {day(invoice.invoiced_on)}."})


def _write(session: Session, invoice_id: int, **values: object) -> None:
    records.update(session, INVOICE, invoice_id, values)
