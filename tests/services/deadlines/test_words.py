"""Where a deadline stands around each of its days."""

from datetime import date, timedelta

import pytest

from app.services.deadlines import Deadline, DeadlineKind, State, Wanted, alerts, matching, pressing, within
from app.services.deadlines.asking import LEADS
from app.services.deadlines.words import ICONS, mark
from app.settings import BY_KEY

DUE = date(2026, 9, 30)
POSTED = date(2026, 9, 9)


def made(kind: DeadlineKind = DeadlineKind.NOTICE, act_by: date | None = POSTED, lead: int = 90) -> Deadline:
    return Deadline(kind, mark(kind, "u", DUE, "p"), "Préavis", "Reconduit.", DUE, lead, "contract", 1, act_by,
                    "Lumeo", "CT-1", "CT-1")  # fmt: skip


@pytest.mark.parametrize(
    ("today", "state", "group"),
    [
        ("2026-06-10", "ahead", "later"),  # 91 days before the letter is to be posted
        ("2026-06-11", "soon", "quarter"),
        ("2026-09-01", "soon", "month"),
        ("2026-09-02", "to_do", "month"),  # a week before
        ("2026-09-09", "to_do", "month"),
        ("2026-09-10", "to_do", "month"),  # late to be posted, in time to be received
        ("2026-09-30", "to_do", "month"),
        ("2026-10-01", "late", "late"),
        ("2031-01-01", "late", "late"),
    ],
)
def test_a_notice_on_each_side_of_its_days(today: str, state: str, group: str) -> None:
    day = date.fromisoformat(today)
    assert (made().state(day).value, made().group(day).value) == (state, group)


@pytest.mark.parametrize(
    ("lead", "before", "state"),
    [
        (30, 31, "ahead"), (30, 30, "soon"), (30, 8, "soon"), (30, 7, "to_do"), (30, 0, "to_do"), (30, -1, "late"),
        (3, 4, "ahead"), (3, 3, "to_do"), (0, 1, "ahead"), (0, 0, "to_do"),
    ],
)  # fmt: skip
def test_a_reminder_on_each_side_of_its_days(lead: int, before: int, state: str) -> None:
    one = made(DeadlineKind.REMINDER, None, lead)
    assert one.state(DUE - timedelta(days=before)).value == state


def test_what_merely_ends_is_past_and_what_was_dealt_with_is_neither() -> None:
    after = DUE + timedelta(days=1)
    ended = made(DeadlineKind.WARRANTY, None)
    assert (ended.state(after), ended.tone(after)) == (State.PAST, "mute")
    assert (ended.group(after).value, ended.month(after)) == ("past", "")
    assert (made().tone(after), made(DeadlineKind.LOAN, None).tone(after)) == ("bad", "warn")
    done = Deadline(DeadlineKind.LOAN, "m", "t", "", DUE, 0, "loan", handled_on=DUE)
    assert (done.state(after), done.group(after).value) == (State.HANDLED, "handled")
    assert pressing([made(), ended, done], after) == [made()]


def test_each_state_has_a_tone_and_a_word_of_its_own() -> None:
    assert len({state.label for state in State}) == len(State)
    assert all(state.tone for state in State)


def test_each_kind_has_its_icon_and_its_setting() -> None:
    assert set(ICONS) == set(DeadlineKind)
    assert set(LEADS) == set(DeadlineKind) - {DeadlineKind.REMINDER}
    assert all(key in BY_KEY for key in LEADS.values())


def test_a_list_is_limited_by_what_one_asks() -> None:
    today = date(2026, 9, 8)
    one, other = made(), made(DeadlineKind.REMINDER, None, 30)
    both = [one, other]
    kept = [
        (Wanted("preavis lumeo"), [one, other]), (Wanted("rien"), []), (Wanted(kinds=frozenset({one.kind})), [one]),
        (Wanted(providers=frozenset({"Lumeo"})), both), (Wanted(providers=frozenset({"Autre"})), []),
        (Wanted(contracts=frozenset({"CT-2"})), []), (Wanted(states=frozenset({State.TO_DO})), [one]),
        (Wanted(month="2026-09"), both), (Wanted(month="late"), []),
    ]  # fmt: skip
    for wanted, answers in kept:
        assert matching(both, wanted, today) == answers
    assert within(both, today, 1) == [one]
    assert within(both, today, None) == both


@pytest.mark.parametrize(
    ("today", "month"), [("2026-06-10", "2026-09"), ("2026-09-30", "2026-09"), ("2026-10-01", "late")]
)
def test_the_month_to_act_in(today: str, month: str) -> None:
    assert made().month(date.fromisoformat(today)) == month
    moved = Deadline(DeadlineKind.NOTICE, "m", "t", "", date(2026, 10, 5), 0, "contract", act_by=POSTED)
    assert moved.month(date(2026, 10, 1)) == "2026-10"
    assert Deadline(DeadlineKind.LOAN, "m", "t", "", DUE, 0, "loan", handled_on=DUE).month(DUE) == ""


def test_it_alerts_once() -> None:
    first = date(2026, 6, 11)
    assert alerts([made()], first - timedelta(days=1), first) == [made()]
    assert alerts([made()], first, first + timedelta(days=1)) == []
    assert alerts([made()], date.min, DUE + timedelta(days=1)) == []


def test_the_series_forgets_the_day_only() -> None:
    assert made().mark == "notice:u/p:2026-09-30"
    assert made().series == "notice:u/p"
