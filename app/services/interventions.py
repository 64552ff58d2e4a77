"""Interventions on a ticket or for a planned visit (domain.md A.5, B.2, G.1), and what they tell of the ticket.

Recording one proposes the acts of the journal that it implies (taken, arrived, restored): nothing is asked twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.tickets import INTERVENTION
from app.errors import InvalidFields, NotFound, Refused
from app.fields import duration, lowered, moment
from app.models import Intervention, Ticket
from app.models.codes import Charge, EventKind, InterventionKind, MaintenanceType, TicketStatus, WaitReason
from app.models.upkeep_codes import Resolution
from app.rules.service_level import Course
from app.services import records, tickets
from app.services.billing import acts as billing
from app.services.billing.acts import Act
from app.services.journal import found, read_course
from app.services.ticket_writing import ahead

FOR_NOTHING = "Choisissez le ticket, ou la visite prévue."
OVER_WITH_THE_VISIT = {WaitReason.ACCESS, WaitReason.PLANNED, WaitReason.PART}
"""Waits that are over once somebody is at work; the others only may be. No part is fitted from afar."""

AT_THE_END = {EventKind.RESOLVED, EventKind.FINAL, EventKind.UP}
"""Acts that an intervention implies at its end; the others are at its beginning."""


@dataclass(frozen=True, slots=True)
class InterventionRow:
    id: int
    number: str
    kind: InterventionKind
    maintenance_type: MaintenanceType
    technician: str | None
    started_at: datetime
    ended_at: datetime | None
    repair_minutes: int | None
    solved: bool | None


@dataclass(frozen=True, slots=True)
class Implied:
    """An act of the ticket's journal that an intervention implies. `told` is its French line, `usual` whether it is
    proposed as done; `reason` of a wait that ends, `resolution` of a service restored."""

    kind: EventKind
    at: datetime
    told: str
    usual: bool = True
    reason: WaitReason | None = None
    resolution: Resolution | None = None


def record(session: Session, values: Mapping[str, Any], also: Sequence[Implied] = ()) -> int:
    """A new intervention from the fields of its entity, numbered by the program, and the acts of its ticket told with
    it. Gives its id.

    InvalidFields if it is for nothing, begins before its ticket, or counts more repair time than it lasted.
    """
    ticket_id = values.get("ticket_id")
    if ticket_id is None and values.get("visit_id") is None:
        raise InvalidFields({"ticket_id": FOR_NOTHING})
    ticket = found(session, ticket_id) if ticket_id else None
    if ticket is not None and ticket.status == TicketStatus.CANCELLED:
        raise Refused("Ce ticket est annulé\u00a0: aucune intervention ne peut y être ajoutée.")
    if problems := _problems(values, ticket):
        raise InvalidFields(problems)
    made = records.create(session, INTERVENTION, values)
    tell(session, ticket_id, also, values.get("technician"), values.get("work_done"))
    return made


def update(
    session: Session,
    intervention_id: int,
    values: Mapping[str, Any],
    version: int | None = None,
    also: Sequence[Implied] = (),
) -> None:
    """Correct or complete an intervention, and tell what it then implies; InvalidFields as when it was recorded."""
    kept = records.get(session, INTERVENTION, intervention_id).values | dict(values)
    if kept["ticket_id"] is None and kept["visit_id"] is None:
        raise InvalidFields({"ticket_id": FOR_NOTHING})
    ticket = found(session, kept["ticket_id"]) if kept["ticket_id"] else None
    if problems := _problems(kept, ticket):
        raise InvalidFields(problems)
    records.update(session, INTERVENTION, intervention_id, values, version)
    tell(session, kept["ticket_id"], also, kept["technician"], kept["work_done"])


def _problems(values: Mapping[str, Any], ticket: Ticket | None) -> dict[str, str]:
    started, ended = values.get("started_at"), values.get("ended_at")
    repair = values.get("repair_minutes")
    problems = {}
    if started and ticket is not None and started < ticket.opened_at:
        problems["started_at"] = f"C’est avant l’ouverture du ticket, le {moment(ticket.opened_at)}."
    lasted = minutes_between(started, ended)
    if lasted is not None and repair is not None and 0 <= lasted < repair:
        problems["repair_minutes"] = f"L’intervention n’a duré que {duration(lasted)}."
    return problems


def minutes_between(started: datetime | None, ended: datetime | None) -> int | None:
    """Minutes of the clock; None if one end is not known."""
    return int((ended - started).total_seconds() // 60) if started and ended else None


def of_ticket(session: Session, ticket_id: int) -> list[InterventionRow]:
    """The interventions on a ticket, in the order of time."""
    rows = session.execute(
        select(
            Intervention.id,
            Intervention.number,
            Intervention.kind,
            Intervention.maintenance_type,
            Intervention.technician,
            Intervention.started_at,
            Intervention.ended_at,
            Intervention.repair_minutes,
            Intervention.solved,
        )
        .where(Intervention.ticket_id == ticket_id, Intervention.deleted_at.is_(None))
        .order_by(Intervention.started_at, Intervention.id)
    )
    return [InterventionRow(*row) for row in rows]


def unfinished(session: Session) -> list[int]:
    """Begun, without an end."""
    return list(session.scalars(select(Intervention.id).where(*_LIVE, Intervention.ended_at.is_(None))))


def to_bill(session: Session) -> list[int]:
    """To be paid apart, and that no invoice recorded tells yet."""
    billable = (Intervention.charge == Charge.BILLABLE, Intervention.invoice_id.is_(None))
    return list(session.scalars(select(Intervention.id).where(*_LIVE, *billable)))


_LIVE = (Intervention.deleted_at.is_(None),)


def worth(session: Session, intervention_id: int) -> Act | None:
    """What it is worth under the contract of its day; None if what it was done for is in the bin."""
    return next(iter(billing.value(session, Intervention.id == intervention_id)), None)


def kept(session: Session, intervention_id: int) -> Intervention:
    """NotFound if it is no more, or in the bin."""
    one = session.get(Intervention, intervention_id)
    if one is None or one.deleted_at is not None:
        raise NotFound("Cette intervention n’existe plus.")
    return one


# -- what it implies of the ticket ------------------------------------------------------------------------------


def implied(session: Session, ticket_id: int | None, values: Mapping[str, Any]) -> list[Implied]:
    """The acts that this intervention implies and that the journal does not have, in their order.

    One that would come before the last fact told of the ticket is left out: the journal knows better.
    """
    if ticket_id is None:
        return []
    ticket = found(session, ticket_id)
    course = read_course(session, ticket)
    last = _last(course)
    return [one for one in _implied(ticket, course, values) if one.at >= last]


def _last(course: Course) -> datetime:
    return max([when for _, when in course.states] + [wait.end or wait.start for wait in course.waits])


def _implied(ticket: Ticket, course: Course, values: Mapping[str, Any]) -> Iterator[Implied]:
    started, ended = values.get("started_at"), values.get("ended_at")
    under_way = ticket.status in tickets.UNDER_WAY
    if started and under_way:
        yield from _beginning(ticket, course, started, values.get("kind"))
    if ended and values.get("solved"):
        palliative = values.get("maintenance_type") == MaintenanceType.PALLIATIVE
        yield from _ending(ticket, ended, Resolution.WORKAROUND if palliative else Resolution.FINAL)


def _beginning(ticket: Ticket, course: Course, started: datetime, kind: Any) -> Iterator[Implied]:
    if ticket.status == TicketStatus.OPEN:
        yield Implied(EventKind.TAKEN, started, f"Pris en charge le {moment(started)}")
    over = OVER_WITH_THE_VISIT - ({WaitReason.PART} if kind == InterventionKind.REMOTE else set())
    for wait in course.open_waits:
        reason = WaitReason.of(wait.reason or "")
        told = f"{reason.label}\u00a0: fin le {moment(started)}"
        yield Implied(EventKind.WAIT_ENDED, started, told, reason in over, reason)
    if kind == InterventionKind.ON_SITE and course.on_site_at is None:
        yield Implied(EventKind.ON_SITE, started, f"Arrivée sur site le {moment(started)}")


def _ending(ticket: Ticket, ended: datetime, resolution: Resolution) -> Iterator[Implied]:
    around = resolution == Resolution.WORKAROUND
    if ticket.status in tickets.UNDER_WAY:
        how = lowered(resolution.label)
        yield Implied(EventKind.RESOLVED, ended, f"Rétabli le {moment(ended)} ({how})", resolution=resolution)
    elif ticket.resolution == Resolution.WORKAROUND and ticket.final_at is None and not around:
        yield Implied(EventKind.FINAL, ended, f"Solution définitive le {moment(ended)}")
    if ticket.down_since is not None and ended >= ticket.down_since:
        yield Implied(EventKind.UP, ended, f"Bien remis en service le {moment(ended)}")


def tell(
    session: Session, ticket_id: int | None, some: Sequence[Implied], author: str | None, done: str | None
) -> None:
    """Write these acts in the journal of the ticket, as done by the technician; `done` tells how it was restored."""
    for one in some:
        if sentence := ahead(one.at):
            raise InvalidFields({"ended_at" if one.kind in AT_THE_END else "started_at": sentence})
        if ticket_id is not None:
            _tell(session, ticket_id, one, author, done or one.told)


def _tell(session: Session, ticket_id: int, one: Implied, author: str | None, done: str) -> None:
    if one.kind == EventKind.TAKEN:
        tickets.take(session, ticket_id, one.at, author=author)
    elif one.kind == EventKind.ON_SITE:
        tickets.arrive(session, ticket_id, one.at, author=author)
    elif one.kind == EventKind.WAIT_ENDED:
        tickets.end_wait(session, ticket_id, one.at, reason=one.reason, author=author)
    elif one.kind == EventKind.RESOLVED:
        how = one.resolution or Resolution.FINAL
        tickets.resolve(session, ticket_id, one.at, resolution=how, back_up=False, author=author, text=done)
    elif one.kind == EventKind.FINAL:
        tickets.finalise(session, ticket_id, one.at, done, author, back_up=False)
    else:
        tickets.up(session, ticket_id, one.at, author=author)
