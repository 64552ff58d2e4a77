from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.storage.rotation import ALWAYS, Kept, surplus

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)


def kept(sequence: int, at: datetime, *, verified: bool = True) -> Kept:
    return Kept(Path(f"{sequence}.zip"), sequence, at, verified)


def one_each(hours: int, count: int) -> list[Kept]:
    """`count` backups, the last one now."""
    return [kept(n, NOW - timedelta(hours=hours) * (count - 1 - n)) for n in range(count)]


def left(backups: list[Kept]) -> list[Kept]:
    gone = {one.sequence for one in surplus(backups)}
    return [one for one in backups if one.sequence not in gone]


def test_nothing_goes_for_two_days() -> None:
    assert surplus(one_each(1, 48)) == []


def test_a_year_of_hourly_backups_is_thinned() -> None:
    remain = left(one_each(1, 24 * 365))
    days = sorted({(NOW - one.made_at).days for one in remain})
    assert len([one for one in remain if (NOW - one.made_at) <= timedelta(days=2)]) == 49
    assert len(remain) < 49 + 12 + 10 + 9
    assert set(range(2, 13)) <= set(days)
    assert max(days) > 200


def test_thinning_twice_removes_nothing_more() -> None:
    remain = left(one_each(1, 24 * 100))
    assert surplus(remain) == []


def test_the_last_verified_ones_never_go() -> None:
    old = [kept(n, NOW - timedelta(days=900 - n)) for n in range(ALWAYS)]
    assert surplus(old) == []
    assert surplus([*old, kept(99, NOW)]) == []


def test_nothing_goes_when_the_newest_is_doubtful() -> None:
    many = one_each(1, 24 * 100)
    assert surplus(many) != []
    assert surplus([*many, kept(10_000, NOW, verified=False)]) == []


def test_doubtful_ones_never_go() -> None:
    doubtful = kept(3, NOW - timedelta(hours=24 * 99 + 20), verified=False)
    many = [one for one in one_each(1, 24 * 100) if one.sequence != 3]
    assert doubtful not in surplus([doubtful, *many])


def test_nothing_goes_when_the_clock_went_back() -> None:
    many = one_each(1, 24 * 100)
    assert surplus([*many, kept(10_000, NOW - timedelta(days=365))]) == []


def test_no_backup_no_surplus() -> None:
    assert surplus([]) == []


@given(gaps=st.lists(st.integers(0, 60 * 24 * 40), max_size=60))
def test_whatever_the_days_the_newest_and_five_remain(gaps: list[int]) -> None:
    at = NOW
    backups = []
    for sequence, minutes in enumerate(gaps):
        at += timedelta(minutes=minutes)
        backups.append(kept(sequence, at))
    remain = left(backups)
    assert remain[-ALWAYS:] == backups[-ALWAYS:]
