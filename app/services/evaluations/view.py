"""One evaluation as its pane tells it: of what, by whom, what was answered, and what it calls for."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from app.entities.evaluations import CRITERIA, EVALUATION
from app.fields import MISSING, NBSP, number
from app.models import Evaluation, Intervention, Ticket
from app.models.upkeep_codes import EvaluationStanding, EvaluationState
from app.reports.evaluation_model import QUESTIONS
from app.rules.evaluation import out_of_twenty
from app.services import listing
from app.services.evaluations import recording
from app.services.evaluations.answers import Answers, kept
from app.services.evaluations.expected import found
from app.services.evaluations.returned import note_words

STEPS = ("Sans avis", "Très insatisfait", "Insatisfait", "Moyen", "Satisfait", "Très satisfait")
Said = tuple[tuple[str, str], ...]
"""Labels and words."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """`ticket` is (id, « T-2026-0387 Plus d’image ») if there is one; `reopen` its id while it should be opened again.
    `note` is « 4,33 sur 5, soit 17,32 sur 20 », empty before the form came back."""

    number: str
    is_received: bool
    standing: EvaluationStanding
    ticket: tuple[int, str] | None
    technician: str
    note: str
    criteria: Said
    questions: Said
    reopen: int | None


def opinion(session: Session, evaluation_id: int) -> Opinion:
    evaluation = found(session, evaluation_id)
    done = session.get(Intervention, evaluation.intervention_id) if evaluation.intervention_id else None
    ticket = session.get(Ticket, done.ticket_id) if done and done.ticket_id else None
    received = evaluation.state == EvaluationState.RECEIVED
    answers = kept(evaluation)
    row = listing.rows(session, EVALUATION, ("standing",), [evaluation_id])
    unsolved = received and evaluation.id in recording.unsolved(session)
    return Opinion(
        number=evaluation.number,
        is_received=received,
        standing=row[0].values[0],
        ticket=(ticket.id, f"{ticket.number} {ticket.subject}") if ticket else None,
        technician=(done.technician if done else None) or MISSING,
        note=_note(evaluation) if received else "",
        criteria=_criteria(answers) if received else (),
        questions=_questions(answers) if received else (),
        reopen=ticket.id if ticket and unsolved else None,
    )


def _note(evaluation: Evaluation) -> str:
    told = note_words(evaluation.note, evaluation.answered)
    if evaluation.note is None:
        return told
    twenty = out_of_twenty(evaluation.note)
    return f"{told}, soit {number(Decimal(twenty).scaleb(-2), 2)} sur{NBSP}20"


def _criteria(answers: Answers) -> Said:
    return tuple((label, _step(one)) for label, one in zip(CRITERIA, answers.notes, strict=True))


def _step(value: int | None) -> str:
    if value is None:
        return MISSING
    return f"{value} · {STEPS[value]}" if value else STEPS[0]


def _questions(answers: Answers) -> Said:
    words = {True: "Oui", False: "Non", None: MISSING}
    given = (answers.solved, answers.tested, answers.data_intact, answers.again)
    return tuple((label, words[one]) for label, one in zip(QUESTIONS, given, strict=True))
