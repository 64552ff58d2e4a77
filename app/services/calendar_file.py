"""The deadlines as a calendar file that Outlook and Apple Calendar take (RFC 5545).

An event keeps its identifier when it is exported again, even if its day was moved: a second import corrects the first
instead of doubling it. What was dealt with lately is sent once more as cancelled, so that it leaves the calendars; in
those that show cancelled events, it reads « Traitée » and rings no more.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from app.fields import PARIS, day_words
from app.services.deadlines import Deadline, DeadlineKind, State

if TYPE_CHECKING:
    from icalendar import Alarm, Event

NAMESPACE = UUID("6f0e4f5a-3b7e-4c58-9a42-7d1f3c0b9e21")
"""Of our own: identifiers are made from the marks of the deadlines."""
PRODUCT = "-//Parcometre//Echeancier//FR"
NOTICE_ALERTS = (90, 60, 30, 15, 7)
"""Days before the letter is to be posted (domain.md C.2)."""
LAST_CALL = 7
RINGS_AT = timedelta(hours=9)
EPOCH = date(2026, 1, 1)
KEPT = timedelta(days=365)
"""How long what was dealt with is told as cancelled."""


def write(found: Iterable[Deadline], handled: Iterable[Deadline], company: str, now: datetime) -> bytes:
    """A calendar of all-day events on the days to act, those that merely ended left out; `now` is aware."""
    from icalendar import Calendar  # noqa: PLC0415 - read when a calendar is asked for

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Échéances{f' {company}' if company else ''}")
    today = now.astimezone(PARIS).date()
    live = {uid(one): one for one in found if one.state(today) != State.PAST}
    since = today - KEPT
    done = {uid(one): one for one in handled if one.handled_on and one.handled_on >= since}
    for key, one in live.items():
        calendar.add_component(_event(key, one, now))
    for key, one in done.items():
        if key not in live:
            calendar.add_component(_event(key, one, now))
    written: bytes = calendar.to_ical()
    return written


def uid(one: Deadline) -> str:
    """The same for a deadline whose day was moved, another for the next period of a contract."""
    return f"{uuid5(NAMESPACE, one.series)}@parcometre"


def _event(key: str, one: Deadline, now: datetime) -> "Event":
    from icalendar import Event  # noqa: PLC0415 - as above

    done = one.handled_on is not None
    event = Event()
    event.add("uid", key)
    event.add("dtstamp", now)
    event.add("last-modified", now)
    event.add("sequence", sequence(now))
    event.add("dtstart", one.acts)
    event.add("dtend", one.acts + timedelta(days=1))
    event.add("summary", f"Traitée\u00a0: {one.title}" if done else one.title)
    event.add("description", _told(one))
    event.add("categories", [one.kind.label])
    event.add("status", "CANCELLED" if done else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    for days in () if done else alerts(one):
        event.add_component(_alarm(one, days))
    return event


def sequence(now: datetime) -> int:
    """Minutes since 2026: it grows at each export, as programs ask before they correct an event."""
    return (now.date() - EPOCH).days * 1440 + now.hour * 60 + now.minute


def _told(one: Deadline) -> str:
    lines = [one.why]
    if one.act_by is not None and one.act_by != one.due:
        lines.append(f"Dernier jour sûr\u00a0: {day_words(one.due, weekday=True)}.")
    lines += [
        f"Prestataire\u00a0: {one.provider}" if one.provider else "",
        f"Contrat\u00a0: {one.contract}" if one.contract else "",
        f"Référence\u00a0: {one.reference}" if one.reference and one.reference != one.contract else "",
        f"Traitée le {day_words(one.handled_on)}\u00a0: {one.reason}" if one.handled_on else "",
    ]
    return "\n".join(line for line in lines if line)


def alerts(one: Deadline) -> tuple[int, ...]:
    """Days before, the first first: its lead time and the last week; more for the notice of a contract."""
    usual = {one.lead, *(NOTICE_ALERTS if one.kind == DeadlineKind.NOTICE else ()), LAST_CALL}
    return tuple(sorted((days for days in usual if days <= one.lead), reverse=True))


def _alarm(one: Deadline, days: int) -> "Alarm":
    from icalendar import Alarm  # noqa: PLC0415 - as above

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", RINGS_AT - timedelta(days=days))
    alarm.add("description", one.title)
    return alarm
