"""Cutting an amount so that its parts make it to the cent: over months (domain.md E.5), or by weight (C.6)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from app.rules.day_count import days_360


def months(first: date, last: date) -> Iterator[tuple[date, date, date]]:
    """The months that these days touch, both included: first of the month, and which days of it are meant."""
    start = first
    while start <= last:
        following = (start.replace(day=1) + timedelta(days=31)).replace(day=1)
        yield start.replace(day=1), start, min(last, following - timedelta(days=1))
        start = following


def by_month(cents: int, first: date, last: date) -> list[tuple[date, int]]:
    """An amount over the months of its period, each of thirty days (E.5, 30/360); all to the first if it ends before
    it begins."""
    if first >= last or (first.year, first.month) == (last.year, last.month):
        return [(first.replace(day=1), cents)]
    parts = list(months(first, last))
    shares = shared(cents, [days_360(start, end) for _, start, end in parts])
    return [(month, share) for (month, _, _), share in zip(parts, shares, strict=True)]


def shared(cents: int, weights: Sequence[int]) -> list[int]:
    """An amount by weight, half up: what each rounding leaves is borne by the next, so that nothing is lost. Equal
    parts when nothing weighs."""
    total = sum(weights)
    if not total:
        return shared(cents, [1] * len(weights)) if weights else []
    found, weighed, given = [], 0, 0
    for weight in weights:
        weighed += weight
        reached = part(cents, weighed, total)
        found.append(reached - given)
        given = reached
    return found


def part(cents: int, weight: int, of: int) -> int:
    """So many cents × weight ÷ of, half up and away from zero."""
    exact = cents * weight
    sign = -1 if (exact < 0) != (of < 0) else 1
    return sign * ((2 * abs(exact) + abs(of)) // (2 * abs(of)))
