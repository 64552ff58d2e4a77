"""When an invoice is due, and what a late payment costs (domain.md C.5; art. L441-10 and D441-5 C. com.)."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

LEGAL_DAYS, LEGAL_MONTH_END = 60, 45
"""The longest terms that may be agreed: from the invoice, and « fin de mois »."""
RECOVERY = 4_000
"""Cents owed per invoice paid late."""
LEGAL_TIMES = 3
"""A contract's rate may not be below that many times the legal rate."""
ECB_POINTS = Decimal(10)
"""Points over the ECB's rate, when the contract says nothing."""
Semester = tuple[int, Literal[1, 2]]
"""The year and its half: a rate is that of the first day of the half."""


def due_on(invoiced: date, days: int, rule: str) -> date:
    """The last day to pay. « 45 jours fin de mois » has two readings: `rule` says which (domain.md C.5)."""
    if rule == "month_end_after":
        return month_end(invoiced + timedelta(days=days))
    return (month_end(invoiced) if rule == "month_end_before" else invoiced) + timedelta(days=days)


def month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def longest(rule: str) -> int:
    """Days that may be agreed at most with that rule (art. L441-10)."""
    return LEGAL_DAYS if rule == "invoice" else LEGAL_MONTH_END


def semester(day: date) -> Semester:
    return day.year, 1 if day.month <= 6 else 2  # noqa: PLR2004 - June ends the first half


def late_days(due: date, paid: date) -> dict[Semester, int]:
    """Days after the due one up to that of payment, by semester: each has its rate (domain.md C.5)."""
    found: dict[Semester, int] = {}
    for offset in range(1, (paid - due).days + 1):
        half = semester(due + timedelta(days=offset))
        found[half] = found.get(half, 0) + 1
    return found


def interest(cents: int, due: date, paid: date, rate: Callable[[Semester], Decimal | None]) -> int | None:
    """Interest on an amount TTC, in cents; `rate` gives the percents a year of a semester, None where nobody knows."""
    total = Decimal(0)
    for half, days in late_days(due, paid).items():
        percents = rate(half)
        if percents is None:
            return None
        total += cents * percents / 100 * days / 365
    return int(total.quantize(Decimal(1), ROUND_HALF_UP))


def least_rate(legal: Decimal) -> Decimal:
    """Percents: what a contract may not go below (art. L441-10)."""
    return LEGAL_TIMES * legal


def silent_rate(ecb: Decimal) -> Decimal:
    """Percents: the rate when the contract says nothing (art. L441-10)."""
    return ecb + ECB_POINTS
