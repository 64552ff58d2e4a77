"""When an asset is to be replaced, and why (domain.md A.7 and F.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.codes import Code
from app.rules.expertise import MAINTENANCE_RATIO, renewal
from app.rules.notice import add_months

YEAR = 12
LIVES = ("A", "B")
"""Verdicts of what is kept as it is."""
MANY_FAILURES = 4
"""Over twelve months: the note of failures is then 0 (A.7)."""
FRESH = 12
"""Months during which the day of an expertise holds alone: whoever wrote it had seen the asset."""


class Why(Code):
    """What asks for a replacement."""

    VERDICT = "verdict", "Verdict"
    LIFE = "life", "Fin de vie"
    SUPPORT = "support", "Fin de support"
    COSTS = "costs", "Coûts"
    FAILURES = "failures", "Pannes"


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of an asset. `verdict` is that of its last expertise, held on `judged_on`, which proposed to renew
    it on `renew_on`; `failures` and `ratio`, repairs over the replacement value, are of the last twelve months."""

    since: date | None = None
    life_years: int | None = None
    support_end: date | None = None
    verdict: str | None = None
    judged_on: date | None = None
    renew_on: date | None = None
    failures: int = 0
    ratio: Decimal | None = None

    @property
    def life_end(self) -> date | None:
        return add_months(self.since, YEAR * self.life_years) if self.since and self.life_years else None


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason and the day from which it holds; one that does not `count` is told, and proposes no year."""

    why: Why
    on: date
    counts: bool = True


def causes(case: Case, today: date) -> tuple[Cause, ...]:
    """Every reason known, the earliest first.

    A verdict less than a year old counts alone. Afterwards, or without any, the earliest of what F.1 alerts on: the end
    of the target life and that of support; repairs above 30 % of the value and four failures a year ask for it now.
    """
    life_end = case.life_end
    told: list[tuple[Why, date | None]] = [
        (Why.SUPPORT, case.support_end),
        (Why.COSTS, today if case.ratio is not None and case.ratio > MAINTENANCE_RATIO else None),
        (Why.FAILURES, today if case.failures >= MANY_FAILURES else None),
    ]
    alone, found = False, []
    if case.verdict is None or case.judged_on is None:
        told.append((Why.LIFE, life_end))
    else:
        lives = case.verdict in LIVES  # until the day of its sheet, the end of its life if it has none
        alone = today < add_months(case.judged_on, FRESH)
        on = case.renew_on or renewal(case.verdict, case.judged_on, life_end)
        found = [Cause(Why.LIFE if lives else Why.VERDICT, on)] if on is not None else []
        told.append((Why.LIFE, None if lives else life_end))
    found += [Cause(why, on, not alone) for why, on in told if on is not None]
    return tuple(sorted(found, key=lambda one: one.on))


def due(found: Sequence[Cause]) -> date | None:
    """The day from which it is to be replaced; None when nothing says it."""
    return min((one.on for one in found if one.counts), default=None)


def moved(on: date, year: int, today: date) -> date:
    """The same day in another year, never before today."""
    there = add_months(on, YEAR * (year - on.year))
    return max(there, today)
