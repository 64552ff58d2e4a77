"""The last day to pay an invoice, by the terms of its contract on the day it was made (domain.md C.5)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.fields import counted
from app.models import Contract
from app.models.contract_codes import PaymentRule
from app.rules import payment
from app.services.amendments import on_day

SILENT_DAYS = 30
"""What the law says when nobody agreed otherwise (art. L441-10 C. com.)."""
RULES = {
    PaymentRule.INVOICE: "après la facture",
    PaymentRule.MONTH_END_AFTER: "après la facture, puis fin de mois",
    PaymentRule.MONTH_END_BEFORE: "après la fin du mois de la facture",
}


@dataclass(frozen=True, slots=True)
class Due:
    """`on`: the last day by the contract's terms, or by the law where there is no contract; `how` says which, in
    words; `longest`: the last day that may be agreed (art. L441-10)."""

    on: date
    how: str
    longest: date


def terms_of(session: Session, contract_id: int | None, invoiced_on: date) -> Contract | None:
    """The contract as it stood that day; None for an invoice under no contract."""
    return None if contract_id is None else on_day(session, contract_id, invoiced_on)


def due(session: Session, contract_id: int | None, invoiced_on: date) -> Due:
    terms = terms_of(session, contract_id, invoiced_on)
    if terms is None:
        days, rule, whence = SILENT_DAYS, PaymentRule.INVOICE, "délai légal, sans contrat"
    else:
        days, rule, whence = terms.payment_days, terms.payment_rule, f"contrat {terms.number}"
    how = f"{counted(days, 'jour')} {RULES[rule]} ({whence})"
    longest = payment.due_on(invoiced_on, payment.longest(rule.value), rule.value)
    return Due(payment.due_on(invoiced_on, days, rule.value), how, longest)
