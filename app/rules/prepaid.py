"""A charge shared between the year that closes and those after it (domain.md E.5 and E.6). Cents."""

from dataclasses import dataclass
from datetime import date

from app.rules.day_count import ONE_DAY, closing, days_360, days_real
from app.rules.notice import add_months
from app.rules.sharing import part


@dataclass(frozen=True, slots=True)
class Share:
    """So many units of a period that has `of` of them; `unit` is « month », « day » or « day360 »."""

    count: int
    of: int
    unit: str


@dataclass(frozen=True, slots=True)
class Shared:
    """`before` belongs to the year that closes, `after` to those that follow, of which `beyond` to more than a year
    after the closing. `share` is that of `after`."""

    before: int
    after: int
    beyond: int
    share: Share

    @property
    def within(self) -> int:
        return self.after - self.beyond


def shared(cents: int, start: date, end: date, closes: date, rule: str) -> Shared:
    """`rule` is one of settings.PrepaidRule. 1 200,00 € from 01/10/2026 to 30/09/2027, closed on 31/12/2026: 900,00 €
    after in months and in months of 30 days, 897,53 € in days (domain.md E.5)."""
    share = after(start, end, closes, rule)
    later = part(cents, share.count, share.of)
    next_one = closing(closes.year + 1, closes.month, closes.day)
    beyond = after(start, end, next_one, rule)
    return Shared(cents - later, later, part(cents, beyond.count, beyond.of), share)


def after(start: date, end: date, on: date, rule: str) -> Share:
    """What of the period comes after that day.

    A month begun by that day counts as past. A period that is not made of whole months cannot be cut into them: it is
    in months of 30 days.
    """
    if rule == "months" and (months := whole_months(start, end)):
        past = sum(add_months(start, month) <= on for month in range(months))
        return Share(months - past, months, "month")
    days = days_real if rule == "real" else days_360
    total = days(start, end)
    left = min(total, days(max(start, on + ONE_DAY), end))
    return Share(left, total, "day" if rule == "real" else "day360")


def whole_months(start: date, end: date) -> int:
    """How many months the period is made of; 0 when they are not whole."""
    beyond = end + ONE_DAY
    months = (beyond.year - start.year) * 12 + beyond.month - start.month
    return months if months > 0 and add_months(start, months) == beyond else 0
