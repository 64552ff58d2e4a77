"""What paying an invoice late costs: days, interest by half-year, the 40 € of recovery (domain.md C.5)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from app.errors import NotFound
from app.fields import NBSP, amount, counted
from app.fields.formats import number
from app.models import Invoice
from app.models.money_codes import InvoiceKind
from app.rules import payment
from app.services.invoices.acts import set_against
from app.services.invoices.due import terms_of
from app.services.rates import rate_of


@dataclass(frozen=True, slots=True)
class HalfYear:
    """Days late within one half-year, and its rate in percents a year; None where nobody entered it."""

    name: str
    days: int
    rate: Decimal | None


@dataclass(frozen=True, slots=True)
class Lateness:
    """`base`: cents TTC that were left to pay; `until`: the day paid, or the day asked; `interest` None where a rate is
    missing; `how` says the count in words."""

    due_on: date
    until: date
    days: int
    base: int
    halves: tuple[HalfYear, ...]
    interest: int | None
    recovery: int
    how: str


def lateness(session: Session, invoice_id: int, today: date) -> Lateness | None:
    """As debtor; None for an invoice that is not late, was paid in time, or asks for nothing."""
    invoice = session.get(Invoice, invoice_id)
    if invoice is None:
        raise NotFound("Cette facture n’existe plus.")
    until = invoice.paid_on or today
    base = owed(session, invoice)
    if invoice.kind == InvoiceKind.CREDIT or invoice.due_on is None or until <= invoice.due_on or base <= 0:
        return None
    rate = rate_of(session, terms_of(session, invoice.contract_id, invoice.invoiced_on))
    late = payment.late_days(invoice.due_on, until)
    halves = tuple(HalfYear(_named(half), days, rate(half)) for half, days in late.items())
    interest = payment.interest(base, invoice.due_on, until, rate)
    how = _how(base, halves)
    return Lateness(invoice.due_on, until, sum(late.values()), base, halves, interest, payment.RECOVERY, how)


def owed(session: Session, invoice: Invoice) -> int:
    """Cents TTC that the invoice asks for, paid or not, less what was paid before it and its credit notes."""
    return invoice.gross - invoice.prepaid - sum(credit.gross for credit in set_against(session, invoice))


def _named(half: payment.Semester) -> str:
    return NBSP.join(["1er" if half[1] == 1 else "2e", "semestre", str(half[0])])


def _how(base: int, halves: tuple[HalfYear, ...]) -> str:
    """« 1 800,00 € × 12,15 % × 45 jours ÷ 365 (1er semestre 2026) »."""
    return " + ".join(
        f"{amount(base)} × {_rate(half.rate)} × {counted(half.days, 'jour')} ÷ 365 ({half.name})" for half in halves
    )


def _rate(percents: Decimal | None) -> str:
    return "taux à saisir" if percents is None else f"{number(percents, 2)}\u00a0%"


__all__ = ["HalfYear", "Lateness", "lateness", "owed"]
