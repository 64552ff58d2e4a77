"""What an anonymous survey says: satisfaction, recommendation, effort, response rate (domain.md G.3)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NO_OPINION = 0
STEPS = (1, 2, 3, 4, 5)
SATISFIED = 4
PROMOTER, DETRACTOR = 9, 6
FEWEST = 5
"""Answers below which a group is not told apart: somebody would be recognised."""
REPRESENTATIVE = Decimal(30)
"""Percents of answers below which figures are « indicatif »."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Answers 1 to 5. `counts` by value, « sans avis » at 0; `valid` of them count; `satisfied` is the share of 4 and 5
    in percents, `mean` out of 5; None without a valid answer."""

    counts: Mapping[int, int]
    valid: int
    satisfied: Decimal | None
    mean: Decimal | None


def scale(answers: Iterable[int | None]) -> Scale:
    """CSAT: answers 4 and 5 ÷ valid answers; what is left empty and « sans avis » are out."""
    counts = Counter(one for one in answers if one is not None)
    valid = sum(counts[step] for step in STEPS)
    if not valid:
        return Scale(dict(counts), 0, None, None)
    happy = sum(counts[step] for step in STEPS if step >= SATISFIED)
    total = sum(step * counts[step] for step in STEPS)
    return Scale(dict(counts), valid, _tenths(Decimal(100 * happy) / valid), _hundredths(Decimal(total) / valid))


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Answers 0 to 10. `score` goes from -100 to 100, without %; None without an answer."""

    promoters: int
    passives: int
    detractors: int
    score: int | None

    @property
    def valid(self) -> int:
        return self.promoters + self.passives + self.detractors


def recommendation(answers: Iterable[int | None]) -> Recommendation:
    """NPS: share of 9 and 10 less share of 0 to 6."""
    given = [one for one in answers if one is not None]
    promoters = sum(one >= PROMOTER for one in given)
    detractors = sum(one <= DETRACTOR for one in given)
    score = int(_whole(Decimal(100 * (promoters - detractors)) / len(given))) if given else None
    return Recommendation(promoters, len(given) - promoters - detractors, detractors, score)


def response_rate(answers: int, invited: int | None) -> Decimal | None:
    """In percents; None when nobody said how many were invited."""
    return _tenths(Decimal(100 * answers) / invited) if invited else None


def is_indicative(answers: int, invited: int | None) -> bool:
    """Whether too few answered for the figures to stand for all; unknown counts as too few."""
    return not invited or Decimal(100 * answers) / invited < REPRESENTATIVE


def told_apart(groups: Mapping[str, int]) -> Sequence[str]:
    """The groups that may be shown, the largest first: of five answers or more, and never so that what is left out,
    found by subtraction, would tell of fewer."""
    order = sorted(groups, key=lambda one: (-groups[one], one))
    shown = [one for one in order if groups[one] >= FEWEST]
    total = sum(groups.values())
    while shown and 0 < total - sum(groups[one] for one in shown) < FEWEST:
        shown.pop()
    return shown


def _tenths(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _hundredths(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _whole(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1), ROUND_HALF_UP)
