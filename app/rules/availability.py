"""Times down and the share of the required time during which assets worked (domain.md B.2, B.3)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction

Span = tuple[datetime, datetime]
"""From a moment to a later one, or to the same."""


def merged(spans: Iterable[Span]) -> list[Span]:
    """In order, those that overlap or touch made one (B.2: « overlapping downtimes are merged »)."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def clipped(spans: Iterable[Span], first: datetime, last: datetime) -> list[Span]:
    """What of them stands from `first` to before `last`."""
    return [(max(start, first), min(end, last)) for start, end in spans if start < last and end >= first]


def outside(spans: Iterable[Span], holes: Sequence[Span]) -> list[Span]:
    """What of them no hole covers; `holes` as `merged` gives them."""
    left = list(spans)
    for start, end in holes:
        cut = [((a, min(b, start)), (max(a, end), b)) for a, b in left]
        left = [(a, b) for parts in cut for a, b in parts if a < b]
    return left


def fleet(parts: Iterable[tuple[int, int, int]]) -> Fraction | None:
    """« Σ(poids × dispo) ÷ Σ poids », of (weight, required, down); an asset of which nothing was required has no
    availability. None without any (B.2)."""
    weight, worth = 0, Fraction(0)
    for own, required, down in parts:
        if required > 0:
            weight += own
            worth += own * Fraction(required - down, required)
    return worth / weight if weight else None
