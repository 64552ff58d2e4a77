"""What an anonymous survey says: satisfaction, recommendation, effort, response rate (domain.md G.3)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

NO_OPINION = 0
STEPS = (1, 2, 3, 4, 5)
SATISFIED = 4
PROMOTER, DETRACTOR = 9, 6
FEWEST = 5
"""Answers below which a group is not told apart: somebody would be recognised."""
MOST_GROUPS = 8
"""Groups of one kind that are told: every way to add them up is looked at."""
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


Cells = Mapping[tuple[str, str], int]
"""Sheets by service and site."""


def told_of_both(cells: Cells) -> tuple[Sequence[str], Sequence[str]]:
    """The services and the sites that may be shown side by side, the largest first: as `told_apart` of each, and never
    so that some of the ones less some of the others would tell of fewer than five: « Dijon » less « Atelier », which is
    all in Dijon."""
    sizes = [_sums(cells, side) for side in (0, 1)]
    largest = sorted(
        ((-count, -side, name) for side in (0, 1) for name, count in sizes[side].items() if count >= FEWEST)
    )
    shown: tuple[list[str], list[str]] = ([], [])
    for _, side, name in largest:
        own = shown[-side]
        own.append(name)
        if len(own) > MOST_GROUPS or _is_telling(cells, shown):
            own.pop()
    return shown


def _sums(cells: Cells, side: int) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for names, count in cells.items():
        found[names[side]] += count
    return found


def _is_telling(cells: Cells, shown: Sequence[Sequence[str]]) -> bool:
    """Whether one to four sheets are all that tells a sum of sites from a sum of services: what is not shown is one
    group more, that a subtraction finds."""
    table: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (service, site), count in cells.items():
        table[_or_rest(service, shown[0])][_or_rest(site, shown[1])] += count
    sites = [*shown[1], ""]
    left = sum(table[""].values())
    return 0 < left < FEWEST or any(
        0 < sum(_apart(row, frozenset(some)) for row in table.values()) < FEWEST
        for many in range(len(sites) + 1)
        for some in combinations(sites, many)
    )


def _or_rest(name: str, shown: Sequence[str]) -> str:
    return name if name in shown else ""


def _apart(row: Mapping[str, int], sites: frozenset[str]) -> int:
    """The sheets of a service that stand out whether it is added or not: those in these sites, or those elsewhere."""
    inside = sum(count for site, count in row.items() if site in sites)
    return min(inside, sum(row.values()) - inside)


def _tenths(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _hundredths(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _whole(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1), ROUND_HALF_UP)
