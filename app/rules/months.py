"""Sharing a monthly amount among the years it was paid in."""

from collections import Counter
from datetime import date


def months_by_year(since: date, until: date) -> dict[int, int]:
    """Year -> months whose first day lies between these days, both included.

    Over a year there are always twelve, and no month counts twice when one cover follows another (domain.md C.6 leaves
    the prorata to us).
    """
    first = 12 * since.year + since.month - (1 if since.day == 1 else 0)
    last = 12 * until.year + until.month
    return dict(Counter(month // 12 for month in range(first, last)))
