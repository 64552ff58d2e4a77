"""Services received before the closing that no invoice tells yet (domain.md E.6)."""

from collections.abc import Iterable
from datetime import date

from app.rules.day_count import ONE_DAY

Span = tuple[date, date]
"""First and last day, both included."""


def missing(start: date, end: date, told: Iterable[Span]) -> list[Span]:
    """The days from `start` to `end` that no period told holds, as spans in their order (domain.md E.6)."""
    found: list[Span] = []
    begins = start
    for first, last in sorted(one for one in told if one[0] <= end):
        if begins < first:
            found.append((begins, first - ONE_DAY))
        begins = max(begins, last + ONE_DAY)
    return [*found, (begins, end)] if begins <= end else found
