"""The months that a span of days is made of, and the share of each that falls into it (domain.md C.6 « prorata »)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from app.rules.notice import add_months
from app.rules.payment import month_end

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Part:
    """Days of one month, `first` to `last` included; `days` is how long the whole month is."""

    first: date
    last: date
    days: int

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def share(self) -> Fraction:
        return Fraction(self.length, self.days)

    def within(self, first: date, last: date) -> "Part | None":
        """What of it lies in these days, both included."""
        start, end = max(first, self.first), min(last, self.last)
        return Part(start, end, self.days) if start <= end else None


def months(start: date, end: date) -> tuple[Part, ...]:
    """Whole months from `start` on where the span is made of them (the 15th to the 14th); otherwise those of the
    calendar, the first and the last for their days only. Nothing if it ends before it begins."""
    if end < start:
        return ()
    return _whole(start, end) or tuple(_of_calendar(start, end))


def _whole(start: date, end: date) -> tuple[Part, ...]:
    parts: list[Part] = []
    after = start
    while after <= end:
        first, after = after, add_months(start, len(parts) + 1)
        parts.append(Part(first, after - ONE_DAY, (after - first).days))
    return tuple(parts) if after == end + ONE_DAY else ()


def _of_calendar(start: date, end: date) -> Iterable[Part]:
    first = start
    while first <= end:
        closes = month_end(first)
        yield Part(first, min(closes, end), closes.day)
        first = closes + ONE_DAY


def within(parts: Iterable[Part], first: date, last: date) -> tuple[Part, ...]:
    """What of each lies in these days, both included."""
    return tuple(kept for part in parts if (kept := part.within(first, last)))


def cut(first: date, last: date, days: Sequence[date]) -> list[tuple[date, date]]:
    """That time cut on each of these days, which begin a new span; nothing if it ends before it begins."""
    if last < first:
        return []
    starts = [first, *sorted({day for day in days if first < day <= last})]
    return list(zip(starts, [*(day - ONE_DAY for day in starts[1:]), last], strict=True))


def share(parts: Iterable[Part]) -> Fraction:
    """Months that they make together."""
    return sum((part.share for part in parts), Fraction(0))


def rounded(cents: Fraction) -> int:
    """To the nearest cent, a half away from zero."""
    whole = (2 * abs(cents) + 1) // 2
    return int(whole) if cents >= 0 else -int(whole)
