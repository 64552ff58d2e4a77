"""What the attendance sheet of an awareness session is made of."""

from dataclasses import replace

from sqlalchemy.orm import Session

from app.fields import day_words, duration, joined, this_day, time_of_day
from app.models import Site, Visit
from app.reports.backups_data import Attendance
from app.reports.identity import Pair, Stamp
from app.services import awareness
from app.services.company_card import company_card
from app.services.numbered import by_number

WORKING = "À faire signer pendant la séance, puis à reporter dans les présences."
LABELS = ("Date", "Heure, durée", "Intervenant")
TO_FILL = "Sujet de la séance\u00a0:"


def found(session: Session, ref: str | None) -> int | None:
    """The session that bears this number; none asked for is a sheet to fill."""
    return by_number("visit")(session, ref) if ref else None


def sheet(session: Session, visit_id: int | None, stamp: Stamp) -> Attendance:
    """Its guests, by service and name."""
    stamp = replace(stamp, working=WORKING)
    if visit_id is None:
        blank = tuple((label, "") for label in LABELS)
        return Attendance(company_card(session), stamp, TO_FILL, blank, ())
    one = session.get_one(Visit, visit_id)
    guests = [guest for guest in awareness.guests(session, visit_id, this_day()) if guest.invited]
    people = tuple((guest.name, guest.service) for guest in guests)
    site = session.get(Site, one.site_id) if one.site_id else None
    topic = joined(one.label, site.name if site else "", by=" · ")
    return Attendance(company_card(session), stamp, topic, _card(one), people)


def _card(one: Visit) -> tuple[Pair, ...]:
    at = time_of_day(one.starts_at) if one.starts_at is not None else ""
    lasts = duration(one.duration_minutes) if one.duration_minutes else ""
    told = (day_words(one.done_on or one.planned_on), joined(at, lasts, by=", "), one.technician or "")
    return tuple(zip(LABELS, told, strict=True))
