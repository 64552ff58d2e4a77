"""When an asset is to be replaced, and why (domain.md A.7 and F.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.codes import Code
from app.rules.expertise import KEPT, MAINTENANCE_RATIO, renewal
from app.rules.notice import add_months

YEAR = 12
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
    judged = case.verdict is not None and case.judged_on is not None
    fresh = judged and case.judged_on is not None and today < add_months(case.judged_on, FRESH)
    found = [_said(case)] if judged else []
    if not judged or (case.verdict not in KEPT[:2] and case.life_end is not None):
        found.append(_cause(Why.LIFE, case.life_end, not fresh))
    found += [
        _cause(Why.SUPPORT, case.support_end, not fresh),
        _cause(Why.COSTS, today if case.ratio is not None and case.ratio > MAINTENANCE_RATIO else None, not fresh),
        _cause(Why.FAILURES, today if case.failures >= MANY_FAILURES else None, not fresh),
    ]
    return tuple(sorted((one for one in found if one), key=lambda one: one.on))


def _said(case: Case) -> Cause | None:
    """What the expertise proposed: A and B live until the day of their sheet, the end of their life if it has none."""
    assert case.verdict is not None  # noqa: S101 - both were looked at
    assert case.judged_on is not None  # noqa: S101
    on = case.renew_on or renewal(case.verdict, case.judged_on, case.life_end)
    return _cause(Why.LIFE if case.verdict in KEPT[:2] else Why.VERDICT, on, True)


def _cause(why: Why, on: date | None, counts: bool) -> Cause | None:
    return Cause(why, on, counts) if on is not None else None


def due(found: Sequence[Cause]) -> date | None:
    """The day from which it is to be replaced; None when nothing says it."""
    return min((one.on for one in found if one.counts), default=None)


def moved(on: date, year: int, today: date) -> date:
    """The same day in another year, never before today."""
    there = add_months(on, YEAR * (year - on.year))
    return max(there, today)
