"""Forms expected since the day they were printed, and interventions that nobody was asked about (domain.md G.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.fields import PARIS, joined
from app.models import Evaluation, Intervention, Person, Ticket
from app.models.upkeep_codes import EvaluationState
from app.services import preferences
from app.services.numbering import next_number


@dataclass(frozen=True, slots=True)
class Waiting:
    """A form that did not come back; `late` past the days that the settings allow."""

    id: int
    number: str
    intervention: str
    ticket: str
    technician: str
    person: str
    printed_on: date
    late: bool


def found(session: Session, evaluation_id: int) -> Evaluation:
    evaluation = session.get(Evaluation, evaluation_id)
    if evaluation is None or evaluation.deleted_at is not None:
        raise NotFound("Cette fiche d’évaluation n’existe plus.")
    return evaluation


def expect(session: Session, intervention_id: int | None, on: date) -> tuple[int, str]:
    """(id, number) of the form of an intervention, printed that day: the same again if it was printed already.

    Without intervention, a blank one: each is another.
    """
    if intervention_id is not None and (before := of_intervention(session, intervention_id)):
        return before.id, before.number
    made = Evaluation(
        number=next_number(session, f"EV-{on.year}"),
        intervention_id=intervention_id,
        person_id=_asked(session, intervention_id) if intervention_id is not None else None,
        printed_on=on,
    )
    session.add(made)
    session.flush()
    return made.id, made.number


def expect_all(session: Session, interventions: Iterable[int], on: date) -> tuple[int, ...]:
    """The ids of their forms, in the same order."""
    return tuple(expect(session, one, on)[0] for one in interventions)


def of_intervention(session: Session, intervention_id: int) -> Evaluation | None:
    """The newest form of an intervention outside the bin."""
    kept = select(Evaluation).where(Evaluation.intervention_id == intervention_id, Evaluation.deleted_at.is_(None))
    return session.scalars(kept.order_by(Evaluation.id.desc()).limit(1)).first()


def _asked(session: Session, intervention_id: int) -> int | None:
    """Who is asked: the requester of the ticket."""
    done = session.get(Intervention, intervention_id)
    if done is None or done.deleted_at is not None:
        raise NotFound("Cette intervention n’existe plus.")
    ticket = session.get(Ticket, done.ticket_id) if done.ticket_id else None
    return ticket.requester_id if ticket else None


def late_before(session: Session, today: date) -> date:
    """Forms printed before that day are late."""
    return today - timedelta(days=int(preferences.get(session, "evaluation_days")))


def still_out() -> tuple[ColumnElement[bool], ...]:
    """Of the forms that did not come back."""
    return Evaluation.state == EvaluationState.EXPECTED, Evaluation.deleted_at.is_(None)


def waiting(session: Session, today: date) -> list[Waiting]:
    """The forms still expected, the oldest first."""
    limit = late_before(session, today)
    rows = session.execute(
        select(Evaluation, Intervention.number, Intervention.technician, Ticket.number, Person)
        .outerjoin(Intervention, Intervention.id == Evaluation.intervention_id)
        .outerjoin(Ticket, Ticket.id == Intervention.ticket_id)
        .outerjoin(Person, Person.id == Evaluation.person_id)
        .where(*still_out())
        .order_by(Evaluation.printed_on, Evaluation.id)
    )
    return [
        Waiting(
            one.id,
            one.number,
            intervention or "",
            ticket or "",
            technician or "",
            joined(person.first_name, person.last_name) if person else "",
            one.printed_on or today,
            one.printed_on is not None and one.printed_on < limit,
        )
        for one, intervention, technician, ticket, person in rows
    ]


def late_count(session: Session, today: date) -> tuple[int, date | None]:
    """How many forms are late, and since when the first one was printed."""
    first = func.min(Evaluation.printed_on, type_=Evaluation.__table__.c.printed_on.type)
    statement = select(func.count(), first).where(*still_out(), Evaluation.printed_on < late_before(session, today))
    count, since = session.execute(statement).one()
    return count, since


def without_form(session: Session, start: date, end: date) -> list[int]:
    """Interventions ended from `start` to `end`, both included, about which no form was printed."""
    since, until = (_midnight(one) for one in (start, end + timedelta(days=1)))
    asked = select(Evaluation.intervention_id).where(
        Evaluation.intervention_id.is_not(None), Evaluation.deleted_at.is_(None)
    )
    kept = select(Intervention.id).where(
        Intervention.deleted_at.is_(None),
        Intervention.ended_at >= since,
        Intervention.ended_at < until,
        Intervention.id.not_in(asked),
    )
    return list(session.scalars(kept.order_by(Intervention.started_at, Intervention.id)))


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), PARIS)
