"""A form that came back: its answers, its note, the file it was read from, and what it calls for (domain.md G.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from app.entities.evaluations import EVALUATION
from app.errors import Refused
from app.fields import clean_text, day, this_day
from app.models import Evaluation, Intervention, Ticket, TicketEvent, TicketLink
from app.models.codes import EventKind, TicketStatus
from app.models.upkeep_codes import AnswerSource, EvaluationState, LinkKind
from app.services import attachments, records
from app.services.evaluations.answers import NOTES, QUESTIONS, TEXTS, Answers, kept
from app.services.evaluations.expected import found

File = tuple[str, bytes]
"""Its name, and what it holds."""
OVER = (TicketStatus.RESOLVED, TicketStatus.CLOSED)
NOTHING = "Aucune réponse n’est donnée\u00a0: il n’y a rien à enregistrer."


@dataclass(frozen=True, slots=True)
class Recorded:
    """`note` in hundredths out of 5, None for an incomplete form; `reopen` the ticket said to be over, whose user
    says that the problem is not solved."""

    id: int
    number: str
    note: int | None
    answered: int
    reopen: int | None


def record(
    session: Session,
    evaluation_id: int,
    answers: Answers,
    source: AnswerSource,
    files: Sequence[File] = (),
    *,
    on: date | None = None,
    again: bool = False,
) -> Recorded:
    """Keep what a form says, received `on` (today), with the files it was read from.

    Refused if nothing is answered, or if it was received before, unless `again` says to put its answers right.
    """
    evaluation = found(session, evaluation_id)
    if evaluation.state == EvaluationState.RECEIVED and not again:
        raise Refused(f"{evaluation.number} est déjà reçue, le {day(evaluation.received_on)}.")
    if answers == Answers():
        raise Refused(NOTHING)
    received = evaluation.received_on if again else None
    values = dict(zip(NOTES, answers.notes, strict=True))
    checked = records.checked(session, EVALUATION, {**values, "received_on": on or received or this_day()})
    for name, value in checked.items():
        setattr(evaluation, name, value)
    for name in QUESTIONS.values():
        setattr(evaluation, name, getattr(answers, name))
    for name in TEXTS.values():
        setattr(evaluation, name, clean_text(getattr(answers, name)) or None)
    evaluation.state, evaluation.source = EvaluationState.RECEIVED, evaluation.source if again else source
    evaluation.answered, evaluation.note = answers.answered, answers.note
    session.flush()
    for name, content in files:
        attachments.add(session, EVALUATION, evaluation.id, name, content)
    return Recorded(evaluation.id, evaluation.number, answers.note, answers.answered, _to_reopen(session, evaluation))


def answers_of(session: Session, evaluation_id: int) -> Answers:
    return kept(found(session, evaluation_id))


def tie(session: Session, evaluation_id: int, intervention_id: int | None, person_id: int | None) -> None:
    """Say of which intervention a form printed blank speaks, and who filled it."""
    found(session, evaluation_id)
    records.update(session, EVALUATION, evaluation_id, {"intervention_id": intervention_id, "person_id": person_id})


def _unsolved() -> tuple[ColumnElement[bool], ...]:
    """Said « non résolu » of a ticket that was over before, and neither opened again nor followed by another since."""
    reopened = exists().where(
        TicketEvent.ticket_id == Ticket.id,
        TicketEvent.kind == EventKind.REOPENED,
        func.substr(TicketEvent.at, 1, 10) >= Evaluation.received_on,
    )
    followed = exists().where(
        TicketLink.other_id == Ticket.id, TicketLink.kind == LinkKind.FOLLOWS, TicketLink.deleted_at.is_(None)
    )
    return (
        ~reopened,
        ~followed,
        Evaluation.deleted_at.is_(None),
        Evaluation.solved.is_(False),
        Ticket.deleted_at.is_(None),
        func.likely(Ticket.status.in_(OVER)),  # nearly all are: forms that say no are where to begin
        func.substr(Ticket.resolved_at, 1, 10) <= Evaluation.received_on,
    )


def _to_reopen(session: Session, evaluation: Evaluation) -> int | None:
    return session.scalar(
        select(Ticket.id)
        .join(Intervention, Intervention.ticket_id == Ticket.id)
        .join(Evaluation, Evaluation.intervention_id == Intervention.id)
        .where(Evaluation.id == evaluation.id, *_unsolved())
    )


def unsolved(session: Session) -> list[int]:
    """The forms that say « non résolu » while their ticket is over: each calls for an act."""
    return list(
        session.scalars(
            select(Evaluation.id)
            .join(Intervention, Evaluation.intervention_id == Intervention.id)
            .join(Ticket, Ticket.id == Intervention.ticket_id)
            .where(*_unsolved())
            .order_by(Evaluation.id)
        )
    )
