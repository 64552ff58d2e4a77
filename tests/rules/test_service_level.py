"""A ticket's delays from its journal: the case of domain.md D.3 and the tickets of B.3."""

from datetime import UTC, datetime

import pytest

from app.models.codes import EventKind, TicketStatus
from app.rules.service_level import STEPS, Course, Event, Targets, assess, read
from app.rules.worktime import PARIS, Calendar, weekly

OFFICE = Calendar(weekly((day, 540, 1080) for day in range(5)))
P1, P2, P3, P4 = (Targets(take=60 * a, restore=60 * b) for a, b in ((1, 4), (2, 8), (4, 16), (8, 40)))
LATER = "30 18:00"


def june(text: str) -> datetime:
    """« 03 16:00 » -> that day of June 2026 in Paris."""
    return datetime.fromisoformat(f"2026-06-{text}").replace(tzinfo=PARIS).astimezone(UTC)


def course(*acts: str) -> Course:
    """« opened 01 10:00 »; « wait » stops the clock, « hold » does not, « resume » ends both."""
    events = []
    for act in acts:
        word, _, when = act.partition(" ")
        kind = {"wait": "wait_started", "hold": "wait_started", "resume": "wait_ended"}.get(word, word)
        events.append(Event(kind, june(when), stops_clock=word == "wait"))
    return read(events)


T3 = ("opened 03 16:00", "taken 04 10:00", "wait 04 12:00", "resume 08 12:00", "resolved 08 16:00")
T5 = ("opened 10 14:00", "taken 10 14:30", "resolved 10 15:30", "reopened 11 10:00", "resolved 11 12:00")


@pytest.mark.parametrize(
    ("acts", "targets", "minutes", "met"),
    [
        pytest.param(("opened 01 09:30", "taken 01 10:00", "resolved 01 14:30"), P1, (30, 300, 300), "missed", id="T1"),
        pytest.param(("opened 02 11:00", "taken 02 11:15", "resolved 02 11:40"), P3, (15, 40, 40), "met", id="T2"),
        pytest.param(T3, P3, (180, 540, 7200), "met", id="T3"),
        pytest.param(("opened 08 09:00", "taken 08 10:00", "resolved 09 12:00"), P4, (60, 720, 1620), "met", id="T4"),
        pytest.param(T5, P3, (30, 210, 210), "met", id="T5"),
        pytest.param(("opened 22 08:00", "taken 22 09:20", "resolved 22 13:00"), P2, (20, 240, 300), "met", id="T7"),
    ],
)
def test_reference_tickets(acts: tuple[str, ...], targets: Targets, minutes: tuple[int, int, int], met: str) -> None:
    """Minutes to take charge, net, and of the clock on the wall."""
    found = assess(course(*acts), OFFICE, targets, june(LATER))
    assert (found.take.spent, found.net_minutes, found.calendar_minutes) == minutes
    assert (found.take.state, found.restore.state) == ("met", met)


def test_t3_was_due_later_for_its_wait() -> None:
    assert assess(course(*T3), OFFICE, P3, june(LATER)).restore.due == june("09 14:00")
    before = assess(course(*T3[:2]), OFFICE, P3, june("04 11:00")).restore
    assert (before.due, before.left, before.state) == (june("05 14:00"), 960 - 240, "running")


def test_t8_is_open_and_not_yet_due() -> None:
    found = assess(course("opened 30 15:00"), OFFICE, P3, june(LATER))
    assert found.take.due == datetime(2026, 7, 1, 8, tzinfo=UTC)
    assert found.restore.due == datetime(2026, 7, 2, 11, tzinfo=UTC)
    assert (found.take.state, found.restore.state, found.net_minutes) == ("running", "running", None)


def test_the_pause_of_d3() -> None:
    acts = ("opened 01 10:00", "taken 01 10:05", "wait 01 14:00", "resume 02 10:00")
    assert assess(course(*acts), OFFICE, P2, june("02 11:00")).restore.due == june("02 14:00")


def test_a_stopped_clock_has_no_due_date_but_says_when_if_resumed() -> None:
    acts = ("opened 01 10:00", "taken 01 10:05", "wait 01 14:00")
    found = assess(course(*acts), OFFICE, P2, june("02 10:00")).restore
    assert (found.state, found.due, found.due_if_resumed) == ("stopped", None, june("02 14:00"))
    assert (found.spent, found.left) == (240, 240)


def test_a_wait_that_does_not_stop_the_clock_changes_no_figure() -> None:
    acts = ("opened 01 10:00", "taken 01 10:05", "hold 01 14:00")
    found = course(*acts)
    assert (found.status, found.pauses) == ("waiting", ())
    assert assess(found, OFFICE, P2, june("02 10:00")).restore.state == "missed"


def test_late_before_the_wait_stays_late() -> None:
    acts = ("opened 01 10:00", "taken 01 10:05", "wait 02 10:00")
    found = assess(course(*acts), OFFICE, P2, june("03 10:00")).restore
    assert (found.state, found.due, found.left) == ("missed", june("01 18:00"), -60)


def test_at_the_very_minute_a_promise_is_kept() -> None:
    acts = ("opened 01 10:00", "taken 01 12:00", "resolved 01 18:00")
    found = assess(course(*acts), OFFICE, P2, june(LATER))
    assert (found.take.state, found.restore.state, found.restore.left) == ("met", "met", 0)


def test_untaken_past_its_time_is_missed() -> None:
    found = assess(course("opened 01 10:00"), OFFICE, P2, june("01 13:00")).take
    assert (found.state, found.left, found.actual) == ("missed", -60, None)


def test_a_new_priority_counts_from_the_opening_and_keeps_the_waits() -> None:
    opened = Event("opened", june("01 10:00"), value="P3")
    waits = (Event("wait_started", june("01 11:00"), stops_clock=True), Event("wait_ended", june("01 13:00")))
    found = read([opened, *waits, Event("priority", june("01 14:00"), value="P1")])
    assert found.priority == "P1"
    assert assess(found, OFFICE, P1, june("01 14:30")).restore.due == june("01 16:00")


def test_a_visit_has_its_own_delay_which_a_later_wait_leaves_alone() -> None:
    acts = ("opened 01 10:00", "on_site 01 11:30", "wait 01 12:00", "resume 01 14:00", "resolved 01 15:00")
    found = assess(course(*acts), OFFICE, Targets(take=60, on_site=180, restore=480), june(LATER))
    assert (found.on_site.due, found.on_site.spent, found.on_site.state) == (june("01 13:00"), 90, "met")
    assert (found.take.actual, found.take.state) == (june("01 11:30"), "missed")


def test_no_visit_is_owed_once_resolved_without_one() -> None:
    acts = ("opened 01 10:00", "taken 01 10:05", "resolved 01 15:00")
    found = assess(course(*acts), OFFICE, Targets(on_site=120), june(LATER))
    assert (found.on_site.state, found.on_site.due) == ("none", None)
    assert (found.restore.state, found.restore.spent) == ("none", 300)


def test_resolution_takes_charge_and_ends_the_waits() -> None:
    found = course("opened 01 10:00", "wait 01 11:00", "resolved 01 12:00", "closed 03 09:00")
    assert (found.taken_at, found.status, found.closed_at) == (june("01 12:00"), "closed", june("03 09:00"))
    assert found.waits[0].end == june("01 12:00")


def test_a_cancelled_ticket_owes_nothing() -> None:
    found = course("opened 15 10:00", "wait 15 11:00", "cancelled 16 10:00")
    judged = assess(found, OFFICE, P1, june(LATER))
    assert {p.state for p in (judged.take, judged.on_site, judged.restore)} == {"none"}
    assert (found.open_waits, judged.net_minutes) == ((), None)


def test_states_and_counts() -> None:
    found = course(*T5[:1], "note 10 14:10", "contact 10 14:20", *T5[1:], "closed 12 09:00")
    assert [status for status, _ in found.states] == ["open", "taken", "resolved", "taken", "resolved", "closed"]
    assert (found.contacts, found.reopenings, found.gaps) == (1, 1, ((june("10 15:30"), june("11 10:00")),))


def test_two_waits_are_ended_each_by_its_reason() -> None:
    opened = Event("opened", june("01 10:00"))
    waits = [Event("wait_started", june(f"01 1{h}:00"), stops_clock=True, reason=r) for h, r in ((1, "part"), (2, "x"))]
    one_left = read([opened, *waits, Event("wait_ended", june("01 13:00"), reason="part")])
    assert [wait.reason for wait in one_left.open_waits] == ["x"]
    assert one_left.status == "waiting"
    assert read([opened, *waits, Event("wait_ended", june("01 13:00"))]).open_waits == ()


@pytest.mark.parametrize("events", [[], [Event("taken", june("01 10:00"))]])
def test_a_journal_begins_with_its_opening(events: list[Event]) -> None:
    with pytest.raises(ValueError, match="opening"):
        read(events)


def test_a_reopening_without_resolution_leaves_no_gap() -> None:
    assert course("opened 01 10:00", "reopened 01 11:00").gaps == ()


def test_the_rules_speak_the_words_of_the_models() -> None:
    assert {kind.value for kind in EventKind} == set(STEPS)
    assert {status.value for status in TicketStatus} == {
        "open", "taken", "waiting", "resolved", "closed", "cancelled",
    }  # fmt: skip
