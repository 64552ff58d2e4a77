"""The calendar read back: what Outlook and Apple Calendar ask of it (RFC 5545)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Calendar

from app.services import calendar_file
from app.services.deadlines import Deadline, DeadlineKind
from app.services.deadlines.words import mark
from tests.services.deadlines.make import plain

NOW = datetime(2026, 6, 10, 8, 30, tzinfo=UTC)
DUE, POSTED = date(2026, 9, 30), date(2026, 9, 9)
TITLE = "Décider du contrat « CT-2026-01 » ; préavis, à l’œuvre\u00a0: reconduit jusqu’au 31 décembre 2027 sinon"


def made(kind: DeadlineKind = DeadlineKind.NOTICE, **values: Any) -> Deadline:
    usual: dict[str, Any] = {
        "kind": kind, "mark": mark(kind, "u", DUE), "title": TITLE, "why": "Sans décision,\nengagé.", "due": DUE,
        "lead": 90, "entity": "contract", "act_by": POSTED, "provider": "Lumeo", "contract": "CT", "reference": "CT",
    }  # fmt: skip
    return Deadline(**{**usual, **values})


def read(found: list[Deadline], handled: list[Deadline] | None = None, now: datetime = NOW) -> Any:
    return Calendar.from_ical(calendar_file.write(found, handled or [], "Ateliers Morvan", now))


def test_the_lines_are_those_of_the_standard() -> None:
    written = calendar_file.write([made()], [], "Ateliers Morvan", NOW)
    assert written.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in written.replace(b"\r\n", b"")
    lines = written.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert any(line.startswith(b" ") for line in lines)
    whole = written.decode("utf-8").replace("\r\n ", "")
    assert "METHOD:PUBLISH" in whole
    assert "VERSION:2.0" in whole
    assert r"« CT-2026-01 » \; préavis\, à l’œuvre" in whole


def test_an_event_lasts_the_day_to_act_and_tells_all() -> None:
    event = read([made()]).walk("VEVENT")[0]
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (POSTED, POSTED + timedelta(days=1))
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert str(event["summary"]) == TITLE
    assert plain(str(event["description"])).split("\n") == [
        "Sans décision,", "engagé.", "Dernier jour sûr : mercredi 30 septembre 2026.",
        "Prestataire : Lumeo", "Contrat : CT",
    ]  # fmt: skip
    assert event["categories"].cats == ["Préavis"]
    assert event.decoded("dtstamp") == NOW
    alone = read([made(DeadlineKind.REMINDER, act_by=None, contract="", provider="", reference="R-1")])
    assert str(alone.walk("VEVENT")[0]["description"]).endswith("engagé.\nRéférence\u00a0: R-1")


def test_it_rings_at_nine_before() -> None:
    def rings(one: Deadline) -> list[timedelta]:
        return [alarm.decoded("trigger") for alarm in read([one]).walk("VALARM")]

    assert [-ring.days for ring in rings(made())] == [90, 60, 30, 15, 7]
    assert all(ring % timedelta(days=1) == timedelta(hours=9) for ring in rings(made()))
    assert [-ring.days for ring in rings(made(DeadlineKind.LOAN, lead=30))] == [30, 7]
    assert [-ring.days for ring in rings(made(DeadlineKind.LOAN, lead=3))] == [3]
    assert rings(made(DeadlineKind.LOAN, lead=0)) == [timedelta(hours=9)]


def test_a_second_export_corrects_the_first() -> None:
    moved = made(mark=mark(DeadlineKind.NOTICE, "u", DUE + timedelta(days=9)), act_by=POSTED + timedelta(days=9))
    first = read([made()]).walk("VEVENT")[0]
    second = read([moved], now=NOW + timedelta(minutes=1)).walk("VEVENT")[0]
    assert first["uid"] == second["uid"]
    assert second["sequence"] > first["sequence"]
    assert second.decoded("last-modified") > first.decoded("last-modified")
    other = read([made(mark=mark(DeadlineKind.NOTICE, "u", DUE, "2027-12-31"))]).walk("VEVENT")[0]
    assert other["uid"] != first["uid"]


def test_what_was_dealt_with_leaves_the_calendars() -> None:
    done = made(handled_on=date(2026, 6, 1), reason="Reconduit")
    old = made(mark=mark(DeadlineKind.NOTICE, "v", DUE), handled_on=date(2025, 6, 1))
    event = read([], [done, old]).walk("VEVENT")
    assert [str(one["status"]) for one in event] == ["CANCELLED"]
    assert str(event[0]["summary"]).startswith("Traitée\u00a0: ")
    assert "Traitée le 1er juin 2026 : Reconduit" in plain(str(event[0]["description"]))
    assert not event[0].walk("VALARM")
    assert [str(one["status"]) for one in read([made()], [done]).walk("VEVENT")] == ["CONFIRMED"]


def test_what_merely_ended_is_left_out_and_no_company_is_no_name() -> None:
    ended = made(DeadlineKind.WARRANTY, due=date(2026, 1, 1), act_by=None)
    assert not read([ended]).walk("VEVENT")
    assert b"X-WR-CALNAME:\xc3\x89ch\xc3\xa9ances\r\n" in calendar_file.write([], [], "", NOW)
