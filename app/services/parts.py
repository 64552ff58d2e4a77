"""Parts asked for, ordered, received, fitted, checked (domain.md C.12): alone, and as the table of an intervention."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.entities.tickets import PART
from app.errors import InvalidFields, NotFound, Refused
from app.fields import PARIS, day, lowered, this_day
from app.models import Intervention, Part, Ticket
from app.models.codes import EventKind, TicketStatus, WaitReason
from app.models.upkeep_codes import PartState
from app.services import records, tickets
from app.services.contracts import opening_day
from app.services.journal import found, read_course

__all__ = [
    "COLUMNS", "DAYS", "ON_ITS_WAY", "ORDER", "TO_FIT", "Line", "PartRow", "PartState", "advance", "arrive", "ask",
    "fitted_by", "following", "guaranteed", "in_state", "kept", "may_wait", "of_intervention", "of_ticket", "save",
    "to_fit", "unreturned", "wait_ended_by",
]  # fmt: skip
COLUMNS = ("label", "reference", "serial", "old_serial", "taken_back", "warranty_until", "quantity", "unit_price")
"""Of the table of an intervention."""
Line = Mapping[str, Any]
"""The values of COLUMNS, and `id` for a part already kept."""
ORDER = (PartState.REQUESTED, PartState.ORDERED, PartState.RECEIVED, PartState.FITTED, PartState.CHECKED)
DAYS = {
    PartState.REQUESTED: "requested_on",
    PartState.ORDERED: "ordered_on",
    PartState.RECEIVED: "received_on",
    PartState.FITTED: "fitted_on",
    PartState.CHECKED: "checked_on",
}
"""The column that keeps the day of each state."""
ON_ITS_WAY = (PartState.REQUESTED, PartState.ORDERED)
TO_FIT = (*ON_ITS_WAY, PartState.RECEIVED)


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part in the list of a ticket: `since` is the day of its state."""

    id: int
    label: str
    reference: str | None
    quantity: int
    state: PartState
    since: date | None
    supplier: str | None
    intervention_id: int | None


# -- the table of an intervention -------------------------------------------------------------------------------


def of_intervention(session: Session, intervention_id: int) -> list[dict[str, Any]]:
    kept = session.scalars(
        select(Part).where(Part.intervention_id == intervention_id, Part.deleted_at.is_(None)).order_by(Part.id)
    )
    return [{"id": part.id, **{name: getattr(part, name) for name in COLUMNS}} for part in kept]


def save(session: Session, intervention_id: int, lines: Sequence[Line]) -> None:
    """Make the table be these lines: those without `id` are added, those not given go to the bin.

    A line that bears the `id` of a part still to fit is fitted now. InvalidFields has one sentence under « parts »,
    which names the line.
    """
    before = {line["id"] for line in of_intervention(session, intervention_id)}
    done = session.get_one(Intervention, intervention_id)
    problems = []
    for number, line in enumerate(lines, 1):
        values = {name: line.get(name) for name in COLUMNS if name in line}
        try:
            _keep(session, done, line.get("id"), values)
        except InvalidFields as error:
            problems += [
                f"Pièce {number}, {lowered(PART.field(n).label)}\u00a0: {p}" for n, p in error.problems.items()
            ]
    if problems:
        raise InvalidFields({"parts": " ".join(problems)})
    records.to_bin(session, PART, sorted(before - {line.get("id") for line in lines}), "Retirée de la fiche")


def _keep(session: Session, done: Intervention, part_id: int | None, values: dict[str, Any]) -> None:
    own = {"intervention_id": done.id, "ticket_id": done.ticket_id}
    fitted = {"state": PartState.FITTED, "fitted_on": opening_day(done.started_at)}
    if part_id is None:
        records.create(session, PART, {**own, **fitted, **values})
    elif session.get_one(Part, part_id).state in TO_FIT:
        records.update(session, PART, part_id, {**own, **fitted, **values})
    else:
        records.update(session, PART, part_id, {**own, **values})


def to_fit(session: Session, ticket_id: int | None) -> list[dict[str, Any]]:
    """Those of a ticket that are not fitted yet, received ones first, as lines of the table of an intervention."""
    if ticket_id is None:
        return []
    kept = session.scalars(select(Part).where(*_live(ticket_id), Part.state.in_(TO_FIT)).order_by(Part.id)).all()
    ranked = sorted(kept, key=lambda part: part.state != PartState.RECEIVED)
    return [{"id": part.id, "state": part.state, **{name: getattr(part, name) for name in COLUMNS}} for part in ranked]


def _live(ticket_id: int) -> tuple[ColumnElement[bool], ...]:
    return Part.ticket_id == ticket_id, Part.deleted_at.is_(None)


# -- from asked for to checked ----------------------------------------------------------------------------------


def of_ticket(session: Session, ticket_id: int) -> list[PartRow]:
    """Every part of a ticket: asked for on it, or fitted by one of its interventions."""
    fitted = select(Intervention.id).where(Intervention.ticket_id == ticket_id, Intervention.deleted_at.is_(None))
    return _rows(session, or_(Part.ticket_id == ticket_id, Part.intervention_id.in_(fitted)))


def fitted_by(session: Session, intervention_id: int) -> list[PartRow]:
    return _rows(session, Part.intervention_id == intervention_id)


def _rows(session: Session, which: ColumnElement[bool]) -> list[PartRow]:
    rows = session.scalars(select(Part).where(Part.deleted_at.is_(None), which).order_by(Part.id))
    return [
        PartRow(
            one.id, one.label, one.reference, one.quantity, one.state, getattr(one, DAYS[one.state]), one.supplier,
            one.intervention_id,
        )
        for one in rows
    ]  # fmt: skip


def ask(session: Session, values: Mapping[str, Any], wait_from: datetime | None = None) -> int:
    """A part asked for on a ticket, before any intervention; `wait_from` puts the ticket in wait of it from then."""
    ticket = found(session, values["ticket_id"])
    if ticket.status == TicketStatus.CANCELLED:
        raise Refused("Ce ticket est annulé\u00a0: aucune pièce ne peut y être demandée.")
    asked = {"requested_on": this_day(), **values, "state": PartState.REQUESTED}
    _refuse_to_come({"requested_on": asked["requested_on"]})
    made = records.create(session, PART, asked)
    if wait_from is not None:
        tickets.start_wait(session, ticket.id, wait_from, WaitReason.PART, session.get_one(Part, made).label)
    return made


def following(state: PartState) -> PartState | None:
    """What comes after a state; None after the last."""
    at = ORDER.index(state) + 1
    return ORDER[at] if at < len(ORDER) else None


def advance(session: Session, part_id: int, to: PartState, on: date, **more: Any) -> None:
    """The part is in that state since that day; `more` are other fields known then (serial numbers, warranty).

    InvalidFields if the day is to come, or comes before the one of an earlier state.
    """
    part = kept(session, part_id)
    if ORDER.index(to) <= ORDER.index(part.state):
        raise Refused(f"Cette pièce est déjà à l’état «\u00a0{lowered(part.state.label)}\u00a0».")
    name = DAYS[to]
    _refuse_to_come({name: on})
    for before in ORDER[: ORDER.index(to)]:
        known = getattr(part, DAYS[before])
        if known is not None and on < known:
            raise InvalidFields({name: f"Elle n’a été {lowered(before.label)} que le {day(known)}."})
    records.update(session, PART, part_id, {**more, "state": to, name: on})


def _refuse_to_come(days: Mapping[str, date]) -> None:
    for name, on in days.items():
        if on > this_day():
            raise InvalidFields({name: "Ce jour n’est pas encore passé."})


def arrive(session: Session, part_id: int, at: datetime, resume: bool = False) -> None:
    """Received at that moment; `resume` ends the wait of its ticket for parts."""
    advance(session, part_id, PartState.RECEIVED, at.astimezone(PARIS).date())
    ticket_id = kept(session, part_id).ticket_id
    if resume and ticket_id is not None:
        tickets.end_wait(session, ticket_id, at, reason=WaitReason.PART, text="Pièce reçue.")


def wait_ended_by(session: Session, part_id: int) -> str:
    """The number of the ticket that waits for parts and has no other on its way: the arrival of this one would end the
    wait. Empty if there is none."""
    part = kept(session, part_id)
    ticket = session.get(Ticket, part.ticket_id) if part.ticket_id else None
    if ticket is None or ticket.status != TicketStatus.WAITING:
        return ""
    others = select(func.count()).where(*_live(ticket.id), Part.id != part_id, Part.state.in_(ON_ITS_WAY))
    if session.scalar(others):
        return ""
    waits = read_course(session, ticket).open_waits
    return ticket.number if any(wait.reason == WaitReason.PART.value for wait in waits) else ""


def may_wait(session: Session, ticket_id: int) -> bool:
    """Whether asking for a part may put the ticket in wait of it: it was taken, and does not wait for one yet."""
    ticket = found(session, ticket_id)
    waits = read_course(session, ticket).open_waits
    allowed = tickets.ALLOWED[EventKind.WAIT_STARTED]
    return ticket.status in allowed and all(wait.reason != WaitReason.PART.value for wait in waits)


def kept(session: Session, part_id: int) -> Part:
    """NotFound if it is no more, or in the bin."""
    part = session.get(Part, part_id)
    if part is None or part.deleted_at is not None:
        raise NotFound("Cette pièce n’existe plus.")
    return part


# -- the questions of its list ----------------------------------------------------------------------------------


def in_state(session: Session, *states: PartState) -> list[int]:
    return list(session.scalars(select(Part.id).where(Part.deleted_at.is_(None), Part.state.in_(states))))


def unreturned(session: Session) -> list[int]:
    """Fitted in the place of one that was to be given back and was not: « récupérée : non »."""
    return list(session.scalars(select(Part.id).where(Part.deleted_at.is_(None), Part.taken_back.is_(False))))


def guaranteed(session: Session, today: date) -> list[int]:
    """Fitted, and still under their own warranty."""
    return list(session.scalars(select(Part.id).where(Part.deleted_at.is_(None), Part.warranty_until >= today)))
