"""Periods and notice: the tables of domain.md C.1 and C.2, and what must hold for any contract."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.codes import NoticeMoment, NoticeReference, NoticeUnit, Renewal
from app.rules.holidays import is_business_day
from app.rules.notice import (
    Notice,
    Period,
    Terms,
    add_months,
    current_period,
    exit_period,
    in_force,
    known_periods,
    last_day,
    margin_of,
    notice,
    notice_of,
    periods,
    phase,
    standing,
)


def d(text: str) -> date:
    """« 31/12/2026 »."""
    day, month, year = map(int, text.split("/"))
    return date(year, month, day)


@pytest.mark.parametrize(
    ("end", "value", "unit", "dates"),
    [
        ("31/12/2026", 3, "months", ("30/09/2026", "30/09/2026", "09/09/2026")),
        ("31/12/2026", 60, "days", ("01/11/2026", "30/10/2026", "09/10/2026")),
        ("31/12/2026", 30, "days", ("01/12/2026", "01/12/2026", "10/11/2026")),
        ("31/12/2026", 90, "days", ("02/10/2026", "02/10/2026", "11/09/2026")),
        ("28/02/2027", 3, "months", ("28/11/2026", "27/11/2026", "06/11/2026")),
        ("30/06/2027", 1, "months", ("30/05/2027", "28/05/2027", "07/05/2027")),
        ("29/02/2028", 12, "months", ("28/02/2027", "26/02/2027", "05/02/2027")),
        ("29/02/2028", 3, "months", ("29/11/2027", "29/11/2027", "08/11/2027")),
    ],
)
def test_notice_dates(end: str, value: int, unit: str, dates: tuple[str, str, str]) -> None:
    """Limit, safe receipt, advised posting."""
    assert notice(d(end), value, unit) == Notice(*map(d, dates))


def test_the_anniversary_is_one_day_later() -> None:
    assert notice(d("31/12/2026"), 3, "months", "anniversary").limit == d("01/10/2026")


@pytest.mark.parametrize(
    ("postal", "moment", "kept"), [(21, "reception", 21), (21, "dispatch", 3), (0, "dispatch", 0), (2, "reception", 2)]
)
def test_where_dispatch_counts_the_post_takes_no_time(postal: int, moment: str, kept: int) -> None:
    assert margin_of(postal, moment) == kept


def test_a_local_holiday_moves_the_safe_receipt() -> None:
    assert notice(d("26/12/2025"), 0, "days", zone="alsace_moselle").safe_receipt == d("24/12/2025")
    assert notice(d("26/12/2025"), 0, "days").safe_receipt == d("26/12/2025")


MONTHLY = Terms(d("31/01/2026"), 1, "tacit", 10, "days", renewal_months=1)
YEARLY = Terms(d("01/03/2024"), 12, "tacit", 3, "months", renewal_months=12)


def test_periods_do_not_drift() -> None:
    first = [(p.index, p.starts, p.ends) for p in islice(periods(MONTHLY), 3)]
    assert first == [
        (0, d("31/01/2026"), d("27/02/2026")),
        (1, d("28/02/2026"), d("30/03/2026")),
        (2, d("31/03/2026"), d("29/04/2026")),
    ]


@pytest.mark.parametrize(
    ("change", "ends"),
    [
        ({"renewal": "none"}, ["28/02/2025"]),
        ({"renewal": "express"}, ["28/02/2025"]),
        ({"renewal": "tacit_open"}, ["28/02/2025", None]),
        ({"renewal": "tacit", "renewal_months": None}, ["28/02/2025", None]),
        ({"renewal": "tacit", "max_renewals": 2, "renewal_months": 6}, ["28/02/2025", "31/08/2025", "28/02/2026"]),
    ],
)
def test_kinds_of_renewal(change: dict[str, str | int], ends: list[str | None]) -> None:
    terms = replace(YEARLY, **change)  # type: ignore[arg-type] # the names are those of the dataclass
    assert [p.ends for p in periods(terms)] == [end and d(end) for end in ends]
    assert last_day(terms) == (d(ends[-1]) if ends[-1] else None)


def test_the_period_of_a_day() -> None:
    assert current_period(YEARLY, d("29/02/2024")) is None
    assert current_period(YEARLY, d("01/03/2024")) == Period(0, d("01/03/2024"), d("28/02/2025"))
    assert current_period(YEARLY, d("23/10/2026")) == Period(2, d("01/03/2026"), d("28/02/2027"))
    assert current_period(replace(YEARLY, renewal="none"), d("01/03/2025")) is None
    assert current_period(replace(YEARLY, renewal="tacit_open"), d("01/03/2035")) == Period(1, d("01/03/2025"), None)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("07/08/2026", "early"),
        ("08/08/2026", "decide"),
        ("05/11/2026", "decide"),
        ("06/11/2026", "send"),
        ("27/11/2026", "send"),
        ("28/11/2026", "late"),
    ],
)
def test_phases_of_the_notice(day: str, expected: str) -> None:
    """Period to 28/02/2027: decide from 08/08, post on 06/11, safe receipt 27/11, limit Saturday 28/11."""
    assert phase(notice(d("28/02/2027"), 3, "months"), d(day)) == expected


@pytest.mark.parametrize(
    ("change", "day", "state", "index", "engaged"),
    [
        ({}, "01/02/2024", "future", 0, "28/02/2025"),
        ({}, "23/10/2026", "running", 2, "28/02/2027"),
        ({}, "28/11/2026", "running", 2, "28/02/2027"),
        ({}, "29/11/2026", "renewed", 2, "29/02/2028"),
        ({}, "01/03/2027", "running", 3, "29/02/2028"),
        ({"denounced_on": d("06/11/2026")}, "29/11/2026", "denounced", 2, "28/02/2027"),
        ({"denounced_on": d("29/11/2026")}, "30/11/2026", "denounced", 2, "29/02/2028"),
        ({"denounced_on": d("06/11/2026")}, "01/03/2027", "ended", 2, "28/02/2027"),
        ({"renewal": "none"}, "01/12/2024", "last", 0, "28/02/2025"),
        ({"renewal": "none"}, "01/03/2025", "ended", 0, "28/02/2025"),
        ({"renewal": "tacit_open"}, "01/12/2024", "renewed", 0, None),
        ({"renewal": "tacit_open"}, "01/03/2025", "open_ended", 1, None),
        ({"renewal": "tacit_open", "denounced_on": d("10/05/2026")}, "01/06/2026", "denounced", 1, "10/08/2026"),
        ({"renewal": "tacit_open", "denounced_on": d("29/11/2024")}, "01/12/2024", "denounced", 0, "28/02/2025"),
        ({"max_renewals": 1}, "01/12/2024", "renewed", 0, "28/02/2026"),
        ({"max_renewals": 1}, "01/12/2025", "last", 1, "28/02/2026"),
        ({"max_renewals": 1, "denounced_on": d("01/02/2026")}, "02/02/2026", "denounced", 1, "28/02/2026"),
        ({"max_renewals": 1, "renewal_months": 1}, "01/02/2025", "renewed", 0, "31/03/2025"),
        ({"renewal_months": 1}, "20/03/2025", "renewed", 1, "30/06/2025"),
    ],
)
def test_where_a_contract_stands(
    change: dict[str, str | int], day: str, state: str, index: int, engaged: str | None
) -> None:
    found = standing(replace(YEARLY, **change), d(day))  # type: ignore[arg-type] # names of the dataclass
    assert (found.state, found.period.index, found.engaged_until) == (state, index, engaged and d(engaged))


def test_a_missed_notice_is_shown_and_does_not_jump_to_the_next() -> None:
    found = standing(YEARLY, d("15/12/2026"))
    assert found.notice is not None
    assert (found.notice.limit, found.phase) == (d("28/11/2026"), "late")
    assert found.exit_notice is not None
    assert found.exit_notice.limit == d("29/11/2027")


def test_the_last_renewal_needs_no_notice() -> None:
    assert standing(replace(YEARLY, max_renewals=1), d("01/12/2024")).exit_notice is None


def test_known_periods_stop_at_what_comes_if_nothing_is_done() -> None:
    assert [p.index for p in known_periods(YEARLY, d("23/10/2026"))] == [0, 1, 2, 3]
    assert [p.index for p in known_periods(YEARLY, d("15/12/2026"))] == [0, 1, 2, 3, 4]
    denounced = replace(YEARLY, denounced_on=d("06/11/2026"))
    assert [p.index for p in known_periods(denounced, d("07/11/2026"))] == [0, 1, 2]
    assert [p.index for p in known_periods(replace(YEARLY, max_renewals=1), d("01/03/2030"))] == [0, 1]


def test_in_force() -> None:
    once = replace(YEARLY, renewal="none")
    days = ("29/02/2024", "01/03/2024", "28/02/2025", "01/03/2025")
    assert [in_force(once, d(day)) for day in days] == [False, True, True, False]
    assert in_force(YEARLY, d("01/01/2050"))


@pytest.mark.parametrize("change", [{"initial_months": 0}, {"renewal_months": -1}, {"notice_value": -1}])
def test_impossible_terms_are_refused(change: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="durations"):
        replace(YEARLY, **change)  # type: ignore[arg-type] # names of the dataclass


def test_the_rules_speak_the_words_of_the_models() -> None:
    assert {r.value for r in Renewal} == {"none", "tacit", "tacit_open", "express"}
    assert {u.value for u in NoticeUnit} == {"days", "months"}
    assert {m.value for m in NoticeMoment} == {"reception", "dispatch"}
    assert {r.value for r in NoticeReference} == {"period_end", "anniversary"}


STARTS = st.dates(d("01/01/2020"), d("31/12/2035"))
TERMS = st.builds(
    Terms,
    STARTS,
    st.integers(1, 48),
    st.just("tacit"),
    st.integers(0, 120),
    st.just("days"),
    renewal_months=st.integers(1, 36),
)


@given(STARTS, st.integers(0, 200), st.sampled_from(["days", "months"]), st.integers(0, 60))
def test_posting_comes_before_safe_receipt_before_the_limit(end: date, value: int, unit: str, margin: int) -> None:
    dates = notice(end, value % 24 if unit == "months" else value, unit, margin=margin)
    assert dates.advised_posting <= dates.safe_receipt <= dates.limit <= end
    assert dates.safe_receipt - dates.advised_posting >= timedelta(days=margin)
    assert is_business_day(dates.safe_receipt, "metropole")
    assert is_business_day(dates.advised_posting, "metropole")


@given(TERMS)
def test_periods_follow_without_gap_nor_overlap(terms: Terms) -> None:
    first = list(islice(periods(terms), 12))
    assert first[0].starts == terms.starts_on
    assert all(a.ends and a.ends + timedelta(days=1) == b.starts for a, b in pairwise(first))
    assert first[11].starts == add_months(terms.starts_on, terms.initial_months + 10 * (terms.renewal_months or 0))


@given(TERMS)
def test_put_off_day_by_day_a_notice_is_never_lost_untold(terms: Terms) -> None:
    """From one day to the next the way out stays, or is the next period: then the missed one is still in the table,
    and either it is said to be renewed, or a new period has begun."""
    before = exit_period(terms, terms.starts_on)
    assert before is not None
    for after in range(1, 400):
        day = terms.starts_on + timedelta(days=after)
        found = exit_period(terms, day)
        assert found is not None
        assert found.index - before.index in {0, 1}
        if found != before:
            missed = notice_of(terms, before)
            assert missed is not None
            assert missed.limit == day - timedelta(days=1)
            assert before in known_periods(terms, day)
            assert standing(terms, day).state == "renewed" or found.starts <= day
        before = found


@given(TERMS, st.integers(0, 4000))
def test_engaged_to_the_end_of_a_period_that_could_still_be_refused(terms: Terms, after: int) -> None:
    day = terms.starts_on + timedelta(days=after)
    way_out = exit_period(terms, day)
    assert way_out is not None
    dates = notice_of(terms, way_out)
    assert dates is not None
    assert day <= dates.limit
    assert standing(terms, day).engaged_until == way_out.ends
    assert last_day(replace(terms, denounced_on=day)) == way_out.ends
