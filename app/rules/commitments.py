"""What is firmly owed after the closing and stands in no account (domain.md E.7). Cents HT."""

from dataclasses import dataclass, replace
from datetime import date

from app.rules import notice
from app.rules.day_count import YEAR, closing, days_360
from app.rules.sharing import part

NEAR, FAR = 1, 5
"""Years after the closing that bound the three columns."""


@dataclass(frozen=True, slots=True)
class Commitment:
    """What is left to pay within a year, between one and five, beyond."""

    near: int
    middle: int
    far: int

    @property
    def total(self) -> int:
        return self.near + self.middle + self.far


def commitment(yearly: int, since: date, until: date, closes: date) -> Commitment:
    """At `yearly` a year, from `since` to `until` included. 450,00 € a month from 01/01/2027 to 30/06/2028, closed on
    31/12/2026: 8 100,00 €, of which 5 400,00 € within a year (domain.md E.7)."""
    near, middle, far = (_until(yearly, since, min(until, bound)) for bound in (*_bounds(closes), until))
    return Commitment(near, middle - near, far - middle)


def _bounds(closes: date) -> tuple[date, date]:
    one, five = (closing(closes.year + years, closes.month, closes.day) for years in (NEAR, FAR))
    return one, five


def _until(yearly: int, since: date, until: date) -> int:
    return part(yearly, days_360(since, until), YEAR)


def firm_until(terms: notice.Terms, closes: date) -> date | None:
    """The last day that a notice received at the closing could no longer prevent; None once the contract is over.

    A notice missed commits to the renewed period; of an indefinite term, the notice period alone is firm (E.7). What
    was denounced after the closing was not yet so.
    """
    told = min(terms.denounced_on or closes, closes)
    end = notice.last_day(replace(terms, denounced_on=told))
    return end if end is not None and end > closes else None
