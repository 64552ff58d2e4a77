"""Tickets: the acts of their journal (domain.md A.6, B.1, D.4).

Each act takes the moment when it happened, which may be told afterwards, and refuses what the ticket's state or the
order of time forbids.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.errors import InvalidFields, Refused
from app.fields import clean_text, lowered, moment
from app.models.codes import EventKind, Priority, TicketKind, WaitReason
from app.models.upkeep_codes import CancelReason, LinkKind, Resolution
from app.rules.service_level import Course
from app.services import preferences, ticket_links
from app.services.journal import found, read_course
from app.services.ticket_cover import change_cover
from app.services.ticket_opening import TicketDraft, follow_up, open_ticket
from app.services.ticket_terms import clock_stops, workaround_stops
from app.services.ticket_writing import ALLOWED, UNDER_WAY, act, author_of, written

__all__ = [
    "ALLOWED", "UNDER_WAY", "TicketDraft", "arrive", "cancel", "change_cover", "change_priority", "clock_stops",
    "close", "contact", "down", "end_wait", "finalise", "follow_up", "may_reopen", "note", "open_ticket", "reopen",
    "resolve", "start_wait", "take", "transfer", "up",
]  # fmt: skip


def take(session: Session, ticket_id: int, at: datetime, *, author: str | None = None, text: str | None = None) -> None:
    """First human action on the ticket: an automatic reply is not one (B.1). Its author follows the ticket."""
    act(session, ticket_id, EventKind.TAKEN, at, author, text)


def arrive(
    session: Session, ticket_id: int, at: datetime, *, author: str | None = None, text: str | None = None
) -> None:
    act(session, ticket_id, EventKind.ON_SITE, at, author, text)


def contact(session: Session, ticket_id: int, at: datetime, text: str, *, author: str | None = None) -> None:
    """A call or a message about the ticket, either way."""
    act(session, ticket_id, EventKind.CONTACT, at, author, written(text))


def note(session: Session, ticket_id: int, at: datetime, text: str, *, author: str | None = None) -> None:
    act(session, ticket_id, EventKind.NOTE, at, author, written(text))


def transfer(  # noqa: PLR0917 - the words of the act, in their order
    session: Session, ticket_id: int, at: datetime, to: str, text: str | None = None, author: str | None = None
) -> None:
    """Somebody else follows the ticket from now on."""
    whom = clean_text(to)
    if not whom:
        raise InvalidFields({"to": "Dites à qui le ticket est transféré."})
    if _course(session, ticket_id).assignee == whom:
        raise Refused(f"{whom} suit déjà ce ticket.")
    act(session, ticket_id, EventKind.TRANSFERRED, at, author, text, value=whom)


def start_wait(  # noqa: PLR0917 - the words of the act, in their order
    session: Session,
    ticket_id: int,
    at: datetime,
    reason: WaitReason,
    text: str | None = None,
    author: str | None = None,
) -> None:
    """Wait for something. The contract says whether its clock stops; a wait has an author, being a proof (D.4), and
    force majeure its circumstances."""
    ticket = found(session, ticket_id)
    who = author_of(session, author)
    if not who:
        raise InvalidFields({"author": "Dites qui met ce ticket en attente."})
    if any(wait.reason == reason for wait in _course(session, ticket_id).open_waits):
        raise Refused(f"Ce ticket attend déjà\u00a0: {lowered(reason.label)}.")
    said = written(text) if reason == WaitReason.FORCE_MAJEURE else text
    stops = clock_stops(session, ticket, reason)
    act(session, ticket_id, EventKind.WAIT_STARTED, at, who, said, wait_reason=reason, stops_clock=stops)


def end_wait(
    session: Session,
    ticket_id: int,
    at: datetime,
    *,
    reason: WaitReason | None = None,
    author: str | None = None,
    text: str | None = None,
) -> None:
    """End the wait of that reason, or every wait."""
    if reason and all(wait.reason != reason for wait in _course(session, ticket_id).open_waits):
        raise Refused(f"Ce ticket n’est pas dans cet état\u00a0: {lowered(reason.label)}.")
    act(session, ticket_id, EventKind.WAIT_ENDED, at, author, text, wait_reason=reason)


def resolve(
    session: Session,
    ticket_id: int,
    at: datetime,
    *,
    resolution: Resolution = Resolution.FINAL,
    back_up: bool | None = None,
    author: str | None = None,
    text: str | None = None,
) -> None:
    """Service restored, if only by a workaround (D.1). Open waits end with it.

    A workaround must be told; where the contract wants the final solution, the ticket stays under way until then.
    `back_up`: the asset works again; unless told, it does with the final solution, not with a workaround.
    """
    around = resolution == Resolution.WORKAROUND
    stops = workaround_stops(session, found(session, ticket_id)) if around else None
    said = written(text) if around else text
    if around and _course(session, ticket_id).resolution == Resolution.WORKAROUND:
        raise Refused("Un contournement est déjà en place\u00a0: dites la solution définitive.")
    act(session, ticket_id, EventKind.RESOLVED, at, author, said, value=resolution.value, stops_clock=stops)
    _works_again(session, ticket_id, at, author, told=not around if back_up is None else back_up)


def finalise(
    session: Session, ticket_id: int, at: datetime, text: str, author: str | None = None, *, back_up: bool = True
) -> None:
    """The final solution takes the place of a workaround; where the contract wanted it, it restores the service."""
    course = _course(session, ticket_id)
    if course.resolution != Resolution.WORKAROUND or course.final_at is not None:
        raise Refused("Ce ticket n’a pas de contournement à remplacer.")
    act(session, ticket_id, EventKind.FINAL, at, author, written(text))
    _works_again(session, ticket_id, at, author, told=back_up)


def _works_again(session: Session, ticket_id: int, at: datetime, author: str | None, *, told: bool) -> None:
    since = _course(session, ticket_id).down_since
    if told and since is not None and since <= at:
        act(session, ticket_id, EventKind.UP, at, author, None)


def down(session: Session, ticket_id: int, at: datetime, text: str | None = None, author: str | None = None) -> None:
    """The asset stops doing its function, maybe before the ticket was opened: an incident is then a failure (A.2).

    Told again for an earlier moment, it was down since then.
    """
    ticket = found(session, ticket_id)
    if ticket.asset_id is None:
        raise Refused("Ce ticket ne désigne aucun bien\u00a0: dites d’abord lequel est à l’arrêt.")
    whole = at.replace(microsecond=0)
    if since := _down_at(_course(session, ticket_id), whole):
        raise Refused(f"Ce bien est déjà noté à l’arrêt depuis le {moment(since)}.")
    act(session, ticket_id, EventKind.DOWN, whole, author, text)
    ticket.is_failure = ticket.is_failure or ticket.kind == TicketKind.INCIDENT
    session.flush()


def up(session: Session, ticket_id: int, at: datetime, text: str | None = None, author: str | None = None) -> None:
    """The asset does its function again. Told again for an earlier moment, it did so since then."""
    whole = at.replace(microsecond=0)
    if _down_at(_course(session, ticket_id), whole) is None:
        raise Refused(f"Ce bien n’est pas noté à l’arrêt le {moment(whole)}.")
    act(session, ticket_id, EventKind.UP, whole, author, text)


def _down_at(course: Course, at: datetime) -> datetime | None:
    """Since when it was down at that moment."""
    return next((start for start, end in course.downs if start <= at and (end is None or at < end)), None)


def may_reopen(session: Session, ticket_id: int, at: datetime) -> bool:
    """Whether the days that the settings give are not over; then a new ticket follows the old one."""
    resolved = found(session, ticket_id).resolved_at
    return resolved is not None and at - resolved <= timedelta(days=preferences.get(session, "reopen_days"))


def reopen(session: Session, ticket_id: int, at: datetime, text: str, *, author: str | None = None) -> None:
    """The trouble is back, within the days that the settings allow (B.1)."""
    if found(session, ticket_id).resolved_at and not may_reopen(session, ticket_id, at):
        days = preferences.get(session, "reopen_days")
        raise Refused(f"Ce ticket est rétabli depuis plus de {days}\u00a0jours\u00a0: ouvrez un nouveau ticket.")
    act(session, ticket_id, EventKind.REOPENED, at, author, written(text))


def close(
    session: Session, ticket_id: int, at: datetime, *, author: str | None = None, text: str | None = None
) -> None:
    act(session, ticket_id, EventKind.CLOSED, at, author, text)


def cancel(
    session: Session,
    ticket_id: int,
    at: datetime,
    text: str,
    *,
    reason: CancelReason | None = None,
    duplicate_of: int | None = None,
    author: str | None = None,
) -> None:
    """Duplicate, mistake or test: left out of every indicator, counted apart (B.1). A duplicate names the other
    ticket, and is linked to it."""
    if reason == CancelReason.DUPLICATE:
        if duplicate_of is None:
            raise InvalidFields({"other_id": "Désignez le ticket dont celui-ci est le doublon."})
        if not ticket_links.linked(session, ticket_id, duplicate_of, LinkKind.DUPLICATE):
            ticket_links.link(session, ticket_id, duplicate_of, LinkKind.DUPLICATE)
    act(session, ticket_id, EventKind.CANCELLED, at, author, written(text), value=reason and reason.value)


def change_priority(  # noqa: PLR0917 - the words of the act, in their order
    session: Session, ticket_id: int, at: datetime, priority: Priority, reason: str, author: str | None = None
) -> None:
    """Deadlines are counted again from the opening, with the targets of the new priority (A.6)."""
    ticket = found(session, ticket_id)
    if ticket.priority == priority:
        raise Refused(f"Ce ticket est déjà en {priority.value}.")
    said = written(reason)
    act(session, ticket_id, EventKind.PRIORITY, at, author, said, value=priority.value)
    ticket.priority_reason = said
    session.flush()


def _course(session: Session, ticket_id: int) -> Course:
    return read_course(session, found(session, ticket_id))
