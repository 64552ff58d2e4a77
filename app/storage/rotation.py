"""Which backups may go: nothing for two days, then one a day, a week, a month (after Anki's scheme)."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

Period = Callable[[datetime], Hashable]

ALWAYS = 5  # the last verified ones never go
UNTOUCHED = timedelta(days=2)
DAILY, WEEKLY, MONTHLY = 12, 10, 9


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup of the folder, as far as the rotation is concerned."""

    path: Path
    sequence: int
    made_at: datetime
    verified: bool


def surplus(backups: Sequence[Kept]) -> list[Kept]:
    """Those to delete. The sequence gives the order; if the newest is doubtful or the clock went back, nothing goes."""
    ordered = sorted(backups, key=lambda one: one.sequence, reverse=True)
    if not ordered or not ordered[0].verified or _clock_went_back(ordered):
        return []
    verified = [one for one in ordered if one.verified]
    limit = ordered[0].made_at - UNTOUCHED
    old = [one for one in verified[ALWAYS:] if one.made_at < limit]
    kept = _one_of_each(old, lambda at: at.date(), DAILY)
    kept |= _one_of_each(old, lambda at: at.isocalendar()[:2], WEEKLY)
    kept |= _one_of_each(old, lambda at: (at.year, at.month), MONTHLY)
    return [one for one in old if one.sequence not in kept]


def _clock_went_back(ordered: Sequence[Kept]) -> bool:
    return any(newer.made_at < older.made_at for newer, older in pairwise(ordered))


def _one_of_each(backups: Sequence[Kept], period: Period, how_many: int) -> set[int]:
    """The newest of each of the last periods."""
    newest: dict[Hashable, int] = {}
    for one in backups:
        newest.setdefault(period(one.made_at), one.sequence)
    return set(list(newest.values())[:how_many])
