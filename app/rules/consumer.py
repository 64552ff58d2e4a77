"""Who is protected by the Code de la consommation, and until when (domain.md C.3)."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.rules.notice import add_months

MOST_EMPLOYEES = 5
WITHDRAWAL_DAYS = 14


@dataclass(frozen=True, slots=True)
class Window:
    """Both days included."""

    opens: date
    closes: date


def information_window(limit: date) -> Window:
    """When a non-professional must be told that he may refuse the renewal: between three months and one month before
    the last day to do so (art. L215-1 C. conso.; domain.md C.3)."""
    return Window(add_months(limit, -3), add_months(limit, -1))


def may_leave_freely(limit: date, told_on: date | None, day: date) -> bool:
    """Whether the renewed contract may be ended at any time, the information having been missed (art. L215-1)."""
    window = information_window(limit)
    told_in_time = told_on is not None and window.opens <= told_on <= window.closes
    return day > limit and not told_in_time


def may_withdraw(headcount: int | None, off_premises: bool) -> bool:
    """Whether a company may withdraw from what it signed out of the provider's premises (art. L221-3)."""
    return off_premises and headcount is not None and headcount <= MOST_EMPLOYEES


def withdrawal_until(signed_on: date) -> date:
    """Last of the fourteen days to withdraw, the day of signature not counted (art. L221-18)."""
    return signed_on + timedelta(days=WITHDRAWAL_DAYS)
