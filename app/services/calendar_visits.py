"""The visits as a calendar file that Outlook and Apple Calendar take (RFC 5545), as `calendar_file` does the deadlines.

A visit keeps its identifier when it is moved: a second import corrects the first. One that was cancelled is sent as
cancelled, so that it leaves the calendars.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from app.fields import PARIS, joined
from app.models.upkeep_codes import VisitStatus
from app.services.calendar_file import sequence
from app.services.planning.visits import VisitRow

if TYPE_CHECKING:
    from icalendar import Event

NAMESPACE = UUID("b1f6b7c0-6f0a-4f0e-9a57-0d8b5c1f2a43")
"""Of our own: identifiers are made from those of the visits, unlike those of any other company's file."""
PRODUCT = "-//Parcometre//Planning//FR"
HOUR = 60


def write(found: Iterable[VisitRow], company: str, now: datetime) -> bytes:
    """An event a visit, at its hour or else of the whole day; `now` is aware."""
    from icalendar import Calendar  # noqa: PLC0415 - read when a calendar is asked for

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Maintenance{f' {company}' if company else ''}")
    for one in found:
        calendar.add_component(_event(one, now))
    written: bytes = calendar.to_ical()
    return written


def uid(one: VisitRow) -> str:
    return f"{uuid5(NAMESPACE, one.uuid)}@parcometre"


def _event(one: VisitRow, now: datetime) -> "Event":
    from icalendar import Event  # noqa: PLC0415 - as above

    cancelled = one.status == VisitStatus.CANCELLED
    event = Event()
    event.add("uid", uid(one))
    event.add("dtstamp", now)
    event.add("last-modified", now)
    event.add("sequence", sequence(now))
    start, end = _span(one)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", f"Annulée\u00a0: {one.label}" if cancelled else one.label)
    event.add("description", _told(one))
    if one.site:
        event.add("location", one.site)
    event.add("categories", [one.kind.label])
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if one.starts_at is None or cancelled else "OPAQUE")
    return event


def _span(one: VisitRow) -> tuple[date | datetime, date | datetime]:
    """In UTC, so that no program has to know the rules of our time zone; all day without an hour."""
    on = one.done_on or one.planned_on
    if one.starts_at is None:
        return on, on + timedelta(days=1)
    begins = datetime.combine(on, time(*divmod(one.starts_at, HOUR)), PARIS).astimezone(UTC)
    return begins, begins + timedelta(minutes=one.duration_minutes or HOUR)


def _told(one: VisitRow) -> str:
    lines = [
        one.state.label,
        f"Sur\u00a0: {one.asset}" if one.asset else "",
        f"Technicien\u00a0: {one.technician}" if one.technician else "",
        f"Contrat\u00a0: {one.contract}" if one.contract else "",
        f"Déplacée\u00a0: {one.moved_reason}" if one.moved_reason else "",
        f"Visite {one.number}",
    ]
    return joined(*lines, by="\n")
