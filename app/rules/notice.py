"""Contract periods, renewals and notice dates (domain.md C.1 and C.2; Civil code 1210 to 1215)."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import Literal

from app.rules.holidays import business_day_before

DECISION_DAYS = 90
POSTAL_MARGIN = 21
DISPATCH_MARGIN = 3
ONE_DAY = timedelta(days=1)
Phase = Literal["early", "decide", "send", "late"]
State = Literal["future", "running", "renewed", "denounced", "last", "open_ended", "ended"]


@dataclass(frozen=True)
class Terms:
    """What the contract says of its duration. The words are those kept in the base (models.codes).

    A tacit renewal without `renewal_months` is one of indefinite duration (art. 1215).
    """

    starts_on: date
    initial_months: int
    renewal: str
    notice_value: int
    notice_unit: str
    renewal_months: int | None = None
    max_renewals: int | None = None
    reference: str = "period_end"
    margin: int = POSTAL_MARGIN
    zone: str = "metropole"
    denounced_on: date | None = None

    def __post_init__(self) -> None:
        if self.initial_months < 1 or (self.renewal_months or 0) < 0 or self.notice_value < 0:
            raise ValueError("durations of a contract cannot be negative, nor its first period empty")

    @property
    def renewed_for_ever(self) -> bool:
        """Tacit renewals without a maximum, or one of indefinite duration."""
        fixed = bool(self.renewal_months) and self.renewal == "tacit"
        return self.renewal.startswith("tacit") and (not fixed or self.max_renewals is None)


@dataclass(frozen=True)
class Period:
    """`index` 0 is the initial period, k the k-th renewal; `ends` is its last day, None for an indefinite one."""

    index: int
    starts: date
    ends: date | None


@dataclass(frozen=True)
class Notice:
    """Last day by the contract, last business day when receipt is safe, last day to post the letter without risk."""

    limit: date
    safe_receipt: date
    advised_posting: date

    @property
    def decide_from(self) -> date:
        return self.advised_posting - timedelta(days=DECISION_DAYS)


@dataclass(frozen=True)
class Standing:
    """Where a contract stands on a day.

    `engaged_until` is the end of the first period that a notice received that day can still end, `exit_notice` the
    dates of that notice; both None if the term is indefinite.
    """

    state: State
    period: Period
    notice: Notice | None
    phase: Phase | None
    engaged_until: date | None
    exit_notice: Notice | None = None


def add_months(day: date, months: int) -> date:
    """Same day number `months` away, or the last day of a shorter month (art. 641 CPC; domain.md C.1)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def margin_of(postal: int, moment: str) -> int:
    """Days to keep before the limit: the post and its keeping only where receipt counts (domain.md C.1 and C.2)."""
    return min(postal, DISPATCH_MARGIN) if moment == "dispatch" else postal


def _shift(day: date, value: int, unit: str) -> date:
    return add_months(day, value) if unit == "months" else day + timedelta(days=value)


def notice(  # noqa: PLR0917 - the order of the contract's own clause
    period_end: date,
    value: int,
    unit: str,
    reference: str = "period_end",
    margin: int = POSTAL_MARGIN,
    zone: str = "metropole",
) -> Notice:
    """The three notice dates of the period that ends on `period_end` (domain.md C.2, « Algorithm »)."""
    origin = period_end + ONE_DAY if reference == "anniversary" else period_end
    limit = _shift(origin, -value, unit)
    safe = business_day_before(limit, zone)
    return Notice(limit, safe, business_day_before(safe - timedelta(days=margin), zone))


def notice_of(terms: Terms, period: Period) -> Notice | None:
    """The notice dates of a period; None if it has no end (domain.md C.2)."""
    if period.ends is None:
        return None
    return notice(period.ends, terms.notice_value, terms.notice_unit, terms.reference, terms.margin, terms.zone)


def periods(terms: Terms) -> Iterator[Period]:
    """Every period in order, each counted from the original date so that none drifts (domain.md C.1).

    Without end when tacit renewals have no maximum. An express renewal is a new agreement: none is supposed.
    """
    first_end = add_months(terms.starts_on, terms.initial_months)
    yield Period(0, terms.starts_on, first_end - ONE_DAY)
    if terms.renewal == "tacit_open" or (terms.renewal == "tacit" and not terms.renewal_months):
        yield Period(1, first_end, None)
    if terms.renewal != "tacit" or not terms.renewal_months:
        return
    index = 1
    while terms.max_renewals is None or index <= terms.max_renewals:
        months = terms.initial_months + (index - 1) * terms.renewal_months
        after = add_months(terms.starts_on, months + terms.renewal_months)
        yield Period(index, add_months(terms.starts_on, months), after - ONE_DAY)
        index += 1


def current_period(terms: Terms, day: date) -> Period | None:
    """The period that holds `day`; None before the first and after the last (domain.md C.1)."""
    if day < terms.starts_on:
        return None
    return next((p for p in periods(terms) if p.ends is None or day <= p.ends), None)


def _still_ends(terms: Terms, period: Period, received: date) -> bool:
    dates = notice_of(terms, period)
    return dates is None or received <= dates.limit


def exit_period(terms: Terms, received: date) -> Period | None:
    """The first period that a notice received on that day ends, one without end included (domain.md C.1)."""
    return next((p for p in periods(terms) if _still_ends(terms, p, received)), None)


def last_day(terms: Terms) -> date | None:
    """Last day of the contract as far as it is settled: denounced, or not renewed again (domain.md C.1).

    A notice too late for one period ends the next. None while tacit renewals go on.
    """
    if terms.denounced_on is None:
        return None if terms.renewed_for_ever else list(periods(terms))[-1].ends
    ended = exit_period(terms, terms.denounced_on) or list(periods(terms))[-1]
    if ended.ends is not None:
        return ended.ends
    return max(ended.starts - ONE_DAY, _shift(terms.denounced_on, terms.notice_value, terms.notice_unit))


def in_force(terms: Terms, day: date) -> bool:
    """Whether the contract binds the parties that day (domain.md C.1)."""
    end = last_day(terms)
    return terms.starts_on <= day and (end is None or day <= end)


def phase(dates: Notice, day: date) -> Phase:
    """Too early, to decide, to send, too late for a safe receipt (domain.md C.2; look.md « Notice panel »)."""
    if day < dates.decide_from:
        return "early"
    if day < dates.advised_posting:
        return "decide"
    return "send" if day <= dates.safe_receipt else "late"


def standing(terms: Terms, day: date) -> Standing:
    """State of the contract on `day` (domain.md C.1, « reconduction acquise »)."""
    end = last_day(terms)
    period = current_period(terms, day) or next(periods(terms))
    dates = notice_of(terms, period)
    if end is not None and day > end:
        last = list(takewhile(lambda p: p.starts <= end, periods(terms)))[-1]
        return Standing("ended", last, notice_of(terms, last), None, end)
    if terms.denounced_on is not None:
        return Standing("denounced", period, dates, None, end)
    if dates is None:
        return Standing("open_ended", period, None, None, None)
    if end == period.ends:
        return Standing("last", period, None, None, end)
    way_out = exit_period(terms, day)
    engaged = way_out.ends if way_out else end
    needed = notice_of(terms, way_out) if way_out and way_out.ends != end else None
    state: State = "future" if day < terms.starts_on else "running" if day <= dates.limit else "renewed"
    return Standing(state, period, dates, phase(dates, day), engaged, needed)


def known_periods(terms: Terms, day: date) -> list[Period]:
    """Every period begun by `day`, and those that follow up to the one that comes if nothing is done (C.1)."""
    end = last_day(terms)
    way_out = exit_period(terms, day)
    return list(
        takewhile(
            lambda p: (way_out is None or p.index <= way_out.index + 1) and (end is None or p.starts <= end),
            periods(terms),
        )
    )
