"""Active repair time (domain.md B.2, « MTTR réparation »)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

Session = tuple[datetime, datetime | None, int]
"""Start, end if known, and minutes of active repair between them."""


def active_minutes(sessions: Iterable[Session]) -> int:
    """Minutes of repair, two technicians at work at once counted once (domain.md B.2).

    Sessions that overlap count together for what they sum to, but never for more than the time they cover.
    """
    total = 0
    group_start = group_end = None
    minutes = 0
    for start, end, active in sorted(sessions, key=lambda one: one[0]):
        ended = max(start + timedelta(minutes=active), end or start)
        if group_start is not None and group_end is not None and start < group_end:
            minutes, group_end = minutes + active, max(group_end, ended)
            continue
        total += _counted(group_start, group_end, minutes)
        group_start, group_end, minutes = start, ended, active
    return total + _counted(group_start, group_end, minutes)


def _counted(start: datetime | None, end: datetime | None, minutes: int) -> int:
    return min(minutes, int((end - start).total_seconds() // 60)) if start and end else 0
