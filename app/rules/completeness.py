"""How complete a contract is: weights of what must be there, what is lacking, heaviest first (domain.md C.9)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """`met` is the part of it that is there, from 0 to 100; `weight` is positive."""

    key: str
    weight: int
    met: int

    @property
    def lost(self) -> int:
        return self.weight * (100 - self.met)


def score(points: Sequence[Point]) -> int:
    """From 0 to 100, rounded down: 100 is only what lacks nothing. Nothing asked is complete."""
    whole = sum(point.weight for point in points)
    return sum(point.weight * point.met for point in points) // whole if whole else 100


def lacking(points: Iterable[Point]) -> list[Point]:
    """What is not wholly there, what costs most first; two of one cost keep their order."""
    return sorted((point for point in points if point.lost > 0), key=lambda point: -point.lost)
