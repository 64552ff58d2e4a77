"""What a buyer must ask of a provider, from what amount and how often (domain.md C.8; Labour code L8222-1, D8222-5)."""

from datetime import date
from typing import Literal

from app.rules.notice import add_months

THRESHOLD = 500_000
"""Cents HT, for all the contracts of one provider."""
YEAR = 12
EVERY = {"urssaf": 6, "kbis": 6, "insurance": YEAR}
"""Months after which a document is asked for again, from the day it was issued."""
WARNED = 30
"""Days before its end when a document is to be asked for again."""
State = Literal["missing", "expired", "soon", "held"]


def engaged_months(period_months: int | None, *, renews: bool) -> int:
    """Months that a contract engages for: those of its period; a year at least when it goes on by itself, the law
    counting the whole of the operation and not each of its payments (domain.md C.8)."""
    if period_months is None:
        return YEAR
    return max(period_months, YEAR) if renews else period_months


def demanded(total: int) -> tuple[str, ...]:
    """The documents to ask for: the insurance of every contract, the others from the threshold on (domain.md C.8)."""
    return tuple(EVERY) if total >= THRESHOLD else ("insurance",)


def usual_end(kind: str, issued_on: date) -> date | None:
    """The last day of a document that does not tell it; None for what is asked for once (domain.md C.8)."""
    return add_months(issued_on, EVERY[kind]) if kind in EVERY else None


def due_on(kind: str, issued_on: date, valid_until: date | None) -> date | None:
    """The day by which it is to be asked for again. A six-month document is, whatever end it bears (domain.md C.8)."""
    usual = usual_end(kind, issued_on)
    if usual is None or valid_until is None:
        return valid_until or usual
    return min(usual, valid_until) if kind != "insurance" else valid_until


def state(due: date | None, today: date) -> State:
    """Where a document held stands on a day (domain.md C.8)."""
    if due is not None and due < today:
        return "expired"
    return "soon" if due is not None and (due - today).days <= WARNED else "held"
