"""What is left to do after an intervention: a ticket that follows, or a visit, so that it is not forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased

from app.entities.planning import VISIT
from app.errors import Refused
from app.fields import clean_line
from app.models import Asset, Intervention, Ticket, TicketLink, Visit
from app.models.codes import TicketStatus
from app.models.upkeep_codes import LinkKind
from app.services import done_for, records, tickets
from app.services.interventions import kept

UNDER_WAY = (TicketStatus.OPEN, TicketStatus.TAKEN, TicketStatus.WAITING)
LONGEST = 150


@dataclass(frozen=True, slots=True)
class Rest:
    """What one intervention leaves to do. `told` says where it is followed, empty while nothing does; `link` opens
    that."""

    text: str
    told: str = ""
    link: str = ""


def rest_of(session: Session, intervention_id: int) -> Rest | None:
    """None if nothing is left."""
    done = kept(session, intervention_id)
    if not done.remaining_work:
        return None
    ticket = session.get(Ticket, done.ticket_id) if done.ticket_id else None
    if later := _later(session, done):
        return Rest(
            done.remaining_work, f"Une autre intervention a suivi\u00a0: {later[1]}", f"intervention:{later[0]}"
        )
    if ticket is not None and ticket.status in UNDER_WAY:
        return Rest(done.remaining_work, f"Le ticket {ticket.number} reste en cours", f"ticket:{ticket.id}")
    if after := _after(session, done):
        return Rest(done.remaining_work, f"Suivi par le ticket {after[1]}", f"ticket:{after[0]}")
    if visit := session.execute(select(Visit.id, Visit.number).where(_follows(done.number)).limit(1)).first():
        return Rest(done.remaining_work, f"Suivi par la visite {visit[1]}", f"visit:{visit[0]}")
    return Rest(done.remaining_work)


def _later(session: Session, done: Intervention) -> tuple[int, str] | None:
    if done.ticket_id is None:
        return None
    row = session.execute(
        select(Intervention.id, Intervention.number).where(
            Intervention.ticket_id == done.ticket_id,
            Intervention.deleted_at.is_(None),
            Intervention.started_at > done.started_at,
        )
    ).first()
    return (row[0], row[1]) if row else None


def _after(session: Session, done: Intervention) -> tuple[int, str] | None:
    linked = select(TicketLink.ticket_id).where(
        TicketLink.other_id == done.ticket_id, TicketLink.kind == LinkKind.FOLLOWS, TicketLink.deleted_at.is_(None)
    )
    row = session.execute(
        select(Ticket.id, Ticket.number).where(
            or_(Ticket.id.in_(linked), Ticket.subject.startswith(_named(done.number))), Ticket.deleted_at.is_(None)
        )
    ).first()
    return (row[0], row[1]) if row else None


def _named(number: str) -> str:
    """How what follows an intervention without a ticket is called."""
    return f"Suite de {number}"


def _follows(number: str) -> ColumnElement[bool]:
    return Visit.label.startswith(_named(number)) & Visit.deleted_at.is_(None)


def open_ticket(session: Session, intervention_id: int, at: datetime, text: str, author: str | None = None) -> int:
    """A new ticket for what is left, linked to the one of the intervention; gives its id."""
    done = kept(session, intervention_id)
    if done.ticket_id is not None:
        return tickets.follow_up(session, done.ticket_id, at, text, author)
    asset_id = session.scalar(select(Visit.asset_id).where(Visit.id == done.visit_id))
    subject = f"{_named(done.number)}\u00a0: {clean_line(text)}"[:LONGEST]
    draft = tickets.TicketDraft(subject=subject, opened_at=at, description=text, asset_id=asset_id, author=author)
    return tickets.open_ticket(session, draft)


def plan_visit(session: Session, intervention_id: int, on: date, text: str, technician: str | None = None) -> int:
    """A visit of its own for what is left, at the place of the asset, under the same contract; gives its id."""
    done = kept(session, intervention_id)
    if not clean_line(text):
        raise Refused("Écrivez ce qui reste à faire.")
    row = session.execute(
        done_for.beside(select(done_for.contract(), done_for.asset(), Visit.site_id).select_from(Intervention)).where(
            Intervention.id == intervention_id
        )
    ).one()
    site = session.scalar(select(Asset.site_id).where(Asset.id == row[1])) if row[1] else row[2]
    label = f"{_named(done.number)}\u00a0: {clean_line(text)}"[:LONGEST]
    told = {"label": label, "contract_id": row[0], "asset_id": row[1], "site_id": site, "notes": text}
    return records.create(session, VISIT, {**told, "due_on": on, "planned_on": on, "technician": technician})


def forgotten(session: Session) -> list[int]:
    """The interventions that leave something to do which nothing follows: neither a later one, nor their ticket still
    under way, nor a ticket or a visit that came of them."""
    later = aliased(Intervention)
    followed = (
        exists().where(
            later.ticket_id == Intervention.ticket_id,
            later.started_at > Intervention.started_at,
            later.deleted_at.is_(None),
        ),
        exists().where(
            TicketLink.other_id == Intervention.ticket_id,
            TicketLink.kind == LinkKind.FOLLOWS,
            TicketLink.deleted_at.is_(None),
        ),
    )
    statement = (
        done_for.beside(select(Intervention.id, Intervention.number))
        .where(Intervention.remaining_work.is_not(None), *done_for.kept())
        .where(or_(Ticket.id.is_(None), Ticket.status.not_in(UNDER_WAY)), *(~one for one in followed))
        .order_by(Intervention.started_at.desc())
    )
    named = set(_numbers(session))
    return [row.id for row in session.execute(statement) if row.number not in named]


def _numbers(session: Session) -> Iterator[str]:
    """The interventions that a ticket or a visit says it comes of."""
    for model, words in ((Ticket, Ticket.subject), (Visit, Visit.label)):
        begun = select(words).where(words.startswith(_named("")), model.deleted_at.is_(None))
        for told in session.scalars(begun):
            yield told.removeprefix(_named("")).partition("\u00a0")[0].partition(" ")[0]
