"""Score and verdict of an asset, feasibility of a lot of assets (domain.md A.7)."""

from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from app.rules.notice import add_months

BEST = 4
CRITERIA = ("condition", "age", "support", "failures", "parts", "fit")
WEIGHTS = {"condition": 25, "age": 20, "support": 20, "failures": 15, "parts": 10, "fit": 10}
AGE_STEPS = (2, 3, 4, 5)
"""Quarters of the target life from which a note is lost."""
SUPPORT_STEPS = (24, 12, 6, 0)
"""Months left that must be exceeded for 4, 3, 2 and 1."""
UNKNOWN_SUPPORT = 2
"""The note while the end of support is not known: a reserve « à vérifier » goes with it."""
SCRAP_RATIO, REPAIR_RATIO, MAINTENANCE_RATIO = Decimal("0.60"), Decimal("0.50"), Decimal("0.30")
LOW_SCORE, FAIR_SCORE, HIGH_SCORE = 40, 60, 80
KEPT = ("A", "B", "C")
"""What can be maintained under the contract."""
SOON, WITHIN = 3, 12
"""Months within which D and E, then C, are to be replaced; the horizons of the action plan."""


@dataclass(frozen=True, slots=True)
class Notes:
    """Six notes from 0 to 4, 4 the best; None is not known."""

    condition: int | None = None
    age: int | None = None
    support: int | None = None
    failures: int | None = None
    parts: int | None = None
    fit: int | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """What the verdict is drawn from. Amounts in cents HT; `maintenance_cost` over 12 months.

    `exposed`: connected to the network without a written isolation measure.
    """

    notes: Notes
    repair_cost: int | None = None
    replacement_value: int | None = None
    maintenance_cost: int | None = None
    exposed: bool = False


class Reason(StrEnum):
    """Which rule gave the verdict."""

    DEAD_AND_DEAR = "dead_and_dear"
    DEAD_WITHOUT_PARTS = "dead_without_parts"
    REPAIR = "repair"
    MAINTENANCE = "maintenance"
    LOW_SCORE = "low_score"
    EXPOSED = "exposed"
    FAIR_SCORE = "fair_score"
    AS_IT_IS = "as_it_is"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Judgement:
    """`repair` and `maintenance` are R and M. While something is `missing` there is no verdict, nor reason.

    `missing` names criteria of CRITERIA, and amounts of Findings.
    """

    verdict: str | None
    reason: Reason | None
    score: Decimal | None
    repair: Decimal | None
    maintenance: Decimal | None
    missing: tuple[str, ...] = ()


def age_ratio(since: date, life_years: int, on: date) -> Fraction:
    """Age over target life, counted in days; a date to come gives 0 (domain.md A.7)."""
    return Fraction(*_days(since, life_years, on))


def _days(since: date, life_years: int, on: date) -> tuple[int, int]:
    """Lived, and to live in all."""
    return max((on - since).days, 0), (add_months(since, 12 * life_years) - since).days


def age_note(since: date, life_years: int, on: date) -> int:
    """4 below half the target life, then one less at each quarter (domain.md A.7)."""
    lived, life = _days(since, life_years, on)
    return BEST - sum(4 * lived >= quarters * life for quarters in AGE_STEPS)


def support_note(end: date, on: date) -> int:
    """From the months of support left that day: 4 beyond 24, 0 when there is none (domain.md A.7)."""
    return sum(end > add_months(on, months) for months in SUPPORT_STEPS)


def months_left(end: date, on: date) -> int:
    """Whole months from `on` to `end`, 0 once past: for words, not for the note."""
    months = 12 * (end.year - on.year) + end.month - on.month
    return max(0, months - (add_months(on, months) > end))


def failures_note(count: int) -> int:
    """4 without failure over 12 months, 0 from four on (domain.md A.7)."""
    return max(0, BEST - count)


def score(notes: Notes) -> Decimal | None:
    """Sum of weights times notes, over 4: 0 to 100; None while a note is missing (domain.md A.7)."""
    found = astuple(notes)
    if None in found:
        return None
    return Decimal(sum(weight * note for weight, note in zip(WEIGHTS.values(), found, strict=True))) / BEST


def points(criterion: str, note: int) -> Decimal:
    """What one criterion brings to the score."""
    return Decimal(WEIGHTS[criterion] * note) / BEST


def cost_ratio(cost: int | None, value: int | None) -> Decimal | None:
    """R or M: a cost over the replacement value. No cost is 0 whatever the value; None when it cannot be told."""
    if cost == 0:
        return Decimal(0)
    return Decimal(cost) / value if cost is not None and value else None


Test = Callable[[Findings, Decimal, Decimal, Decimal], bool]
"""Of the findings, the score, R and M."""

RULES: tuple[tuple[str, Reason, Test], ...] = (
    ("E", Reason.DEAD_AND_DEAR, lambda f, _, r, __: f.notes.condition == 0 and r > SCRAP_RATIO),
    ("E", Reason.DEAD_WITHOUT_PARTS, lambda f, *_: f.notes.condition == 0 and f.notes.parts == 0),
    ("D", Reason.REPAIR, lambda _, __, r, ___: r > REPAIR_RATIO),
    ("D", Reason.MAINTENANCE, lambda _, __, ___, m: m > MAINTENANCE_RATIO),
    ("D", Reason.LOW_SCORE, lambda _, s, *__: s < LOW_SCORE),
    ("D", Reason.EXPOSED, lambda f, *_: f.notes.support == 0 and f.exposed),
    ("C", Reason.FAIR_SCORE, lambda _, s, *__: s < FAIR_SCORE),
    ("A", Reason.AS_IT_IS, lambda f, s, *_: s >= HIGH_SCORE and f.repair_cost == 0),
    ("B", Reason.OTHERS, lambda *_: True),
)


def missing(findings: Findings) -> tuple[str, ...]:
    """What must be given before a verdict, in the order of the sheet."""
    absent = [name for name in CRITERIA if getattr(findings.notes, name) is None]
    costs = (findings.repair_cost, findings.maintenance_cost)
    if findings.repair_cost is None:
        absent.append("repair_cost")
    if findings.maintenance_cost is None:
        absent.append("maintenance_cost")
    if any(costs) and not findings.replacement_value:
        absent.append("replacement_value")
    return tuple(absent)


def judge(findings: Findings) -> Judgement:
    """The verdict of the first rule that matches: E, D, C, A, then B (domain.md A.7)."""
    counted = score(findings.notes)
    repair = cost_ratio(findings.repair_cost, findings.replacement_value)
    maintenance = cost_ratio(findings.maintenance_cost, findings.replacement_value)
    absent = missing(findings)
    if absent or counted is None or repair is None or maintenance is None:
        return Judgement(None, None, counted, repair, maintenance, absent)
    verdict, reason = next((v, why) for v, why, test in RULES if test(findings, counted, repair, maintenance))
    return Judgement(verdict, reason, counted, repair, maintenance)


def renewal(verdict: str, on: date, life_end: date | None) -> date | None:
    """When to replace: within 3 months for D and E, 12 for C; else at the end of target life, a year ahead at least
    (domain.md A.7 and F.1). A system whose support ends is upgraded: it asks for no other machine."""
    if verdict not in KEPT:
        return add_months(on, SOON)
    if verdict == "C":
        return add_months(on, WITHIN)
    return max(life_end, add_months(on, WITHIN)) if life_end else None


# -- the lot ----------------------------------------------------------------------------------------------------

Opinion = Literal["favourable", "reserved", "unfavourable"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Shares and ratios from 0 to 1: settings of the company (domain.md A.7)."""

    good_share: Decimal = Decimal("0.90")
    good_ratio: Decimal = Decimal("0.15")
    bad_share: Decimal = Decimal("0.60")
    bad_ratio: Decimal = Decimal("0.30")


@dataclass(frozen=True, slots=True)
class Feasibility:
    """`share`: A, B and C among the assets judged; `ratio`: price of the contract a year over the replacement value of
    A, B and C. None is not known; without one of them there may be no opinion."""

    judged: int
    kept: int
    share: Decimal | None
    ratio: Decimal | None
    opinion: Opinion | None


def feasibility(counts: Mapping[str, int], annual_price: int | None, value: int | None, limits: Limits) -> Feasibility:
    """From the number of assets by verdict and the replacement value of A, B and C in cents (domain.md A.7)."""
    judged, kept = sum(counts.values()), sum(counts.get(letter, 0) for letter in KEPT)
    share = Decimal(kept) / judged if judged else None
    ratio = Decimal(annual_price) / value if annual_price is not None and value else None
    return Feasibility(judged, kept, share, ratio, _opinion(share, ratio, limits))


def _opinion(share: Decimal | None, ratio: Decimal | None, limits: Limits) -> Opinion | None:
    if share is None:
        return None
    if share < limits.bad_share or (ratio is not None and ratio > limits.bad_ratio):
        return "unfavourable"
    if ratio is None:
        return None
    return "favourable" if share >= limits.good_share and ratio <= limits.good_ratio else "reserved"
