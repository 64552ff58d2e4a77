"""Working time against a count minute by minute, on thousands of cases: holidays of three zones, closings over New
Year, half days, nights, both changes of hour, day and night (domain.md D.2 and D.3)."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from app.rules.holidays import public_holidays
from app.rules.worktime import PARIS, Calendar, Pause, add_business, deadline, elapsed, net_elapsed, weekly

DAYS = 16
CASES = 150
MINUTE = timedelta(minutes=1)
STARTS = (
    date(2026, 3, 23), date(2026, 10, 19), date(2026, 12, 22), date(2027, 12, 20), date(2026, 4, 1), date(2026, 5, 8),
    date(2028, 2, 24),
)  # fmt: skip
WEEKS = (
    [(day, 540, 1080) for day in range(5)],
    [(day, a, b) for day in range(5) for a, b in ((540, 750), (840, 1080))],
    [(day, 480, 1140) for day in range(6)],
    [*((day, 510, 720) for day in range(5)), *((day, 810, 1020) for day in (0, 1, 3))],
    [(day, a, b) for day in range(7) for a, b in ((0, 60), (240, 725), (1300, 1440))],
)
CLOSINGS = ((), ((date(2026, 12, 24), date(2027, 1, 3)), (date(2027, 12, 27), date(2028, 1, 2))))
ZONES = ("metropole", "alsace_moselle_temple", "reunion")


def drawn(rng: random.Random) -> Calendar:
    return Calendar(
        weekly(rng.choice(WEEKS)),
        rng.choice(ZONES),
        rng.choice(CLOSINGS),
        round_the_clock=rng.random() < 0.15,
        pentecost_worked=rng.random() < 0.3,
    )


def runs(calendar: Calendar, moment: datetime) -> bool:
    """Whether the clock runs during the minute that begins then, told by the words of the contract alone."""
    if calendar.round_the_clock:
        return True
    local = moment.astimezone(PARIS)
    on, minute = local.date(), local.hour * 60 + local.minute
    closed = any(first <= on <= last for first, last in calendar.closings)
    if closed or on in public_holidays(calendar.zone, on.year, calendar.pentecost_worked):
        return False
    return any(opens <= minute < closes for opens, closes in calendar.slots[on.weekday()])


@pytest.mark.parametrize("seed", range(14))
def test_the_same_as_a_count_minute_by_minute(seed: int) -> None:
    """14 x 150 cases, each with three figures."""
    rng = random.Random(seed)
    calendar = drawn(rng)
    zero = datetime.combine(STARTS[seed % len(STARTS)], datetime.min.time(), UTC)
    minutes = [runs(calendar, zero + n * MINUTE) for n in range(DAYS * 1440)]
    for _ in range(CASES):
        start, end = sorted(rng.sample(range(len(minutes)), 2))
        cuts = [(a, a + rng.choice((0, 7, 90, 600, 4000))) for a in rng.sample(range(len(minutes)), rng.randrange(4))]
        left = list(minutes)
        for a, b in cuts:
            left[a:b] = [False] * len(left[a:b])
        pauses: list[Pause] = [(zero + a * MINUTE, zero + b * MINUTE) for a, b in cuts]
        opened, until = zero + start * MINUTE, zero + end * MINUTE
        assert elapsed(calendar, opened, until) == sum(minutes[start:end])
        assert net_elapsed(calendar, opened, until, pauses) == sum(left[start:end])
        if wanted := sum(left[start:end]):
            due = deadline(calendar, opened, wanted, pauses)
            assert due == zero + _when(left, start, wanted) * MINUTE


def _when(left: list[bool], start: int, wanted: int) -> int:
    """The minute that ends the `wanted`th minute left after `start`."""
    for n in range(start, len(left)):
        wanted -= left[n]
        if not wanted:
            return n + 1
    raise AssertionError("the window is too short")


@pytest.mark.parametrize(
    ("night", "hours"),
    [
        pytest.param(date(2026, 3, 28), 23, id="spring: the Sunday has 23 hours"),
        pytest.param(date(2026, 10, 24), 25, id="autumn: the Sunday has 25 hours"),
    ],
)
def test_no_sunday_is_lost_nor_counted_twice(night: date, hours: int) -> None:
    """product.md, « Mistakes »: days are walked by date, never by 86 400 seconds."""
    always = Calendar(round_the_clock=True)
    sunday = datetime.combine(night + timedelta(days=1), datetime.min.time(), PARIS)
    monday = datetime.combine(night + timedelta(days=2), datetime.min.time(), PARIS)
    assert elapsed(always, sunday, monday) == hours * 60
    open_all_week = Calendar(weekly((day, 540, 1080) for day in range(7)))
    friday = datetime.combine(night - timedelta(days=1), datetime.min.time(), PARIS)
    assert elapsed(open_all_week, friday, friday + timedelta(days=7)) == 7 * 540
    assert add_business(open_all_week, friday, 3 * 540) == sunday.replace(hour=18).astimezone(UTC)
