"""The evaluation as a kind of form that comes back: found by its number, confirmed, recorded."""

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import NBSP, PARIS, Day, Field, Ref, day, joined, number, this_day
from app.models import Evaluation, Intervention, Person, Ticket
from app.models.upkeep_codes import EvaluationState
from app.reports.evaluation_model import G1
from app.reports.form_model import FormModel
from app.services.evaluations.answers import of_lines
from app.services.evaluations.expected import expect, found
from app.services.evaluations.recording import Recorded, record, tie
from app.services.form_returns import Given, Kept, Target

INTERVENTION, WHO, RECEIVED = "intervention_id", "person_id", "received_on"
_FIELDS: tuple[Field, ...] = (
    Ref(name=INTERVENTION, label="Intervention", target="intervention"),
    Ref(name=WHO, label="Remplie par", target="person"),
    Day(name=RECEIVED, label="Reçue le", required=True),
)


class EvaluationKind:
    """The form G1. A form without number becomes that of the intervention told."""

    @property
    def model(self) -> FormModel:
        return G1

    @property
    def one(self) -> str:
        return "fiche d’évaluation"

    @property
    def entity(self) -> str:
        return "evaluation"

    @property
    def fields(self) -> tuple[Field, ...]:
        return _FIELDS

    @property
    def kept_words(self) -> str:
        return "L’image est gardée avec la fiche."

    @property
    def without(self) -> str:
        return "Vide\u00a0: un numéro sera donné."

    def find(self, session: Session, reference: str, sheet: int) -> Target | None:  # noqa: ARG002 - each has its number
        wanted = select(Evaluation.id).where(Evaluation.number == reference, Evaluation.deleted_at.is_(None))
        found_id = session.scalar(wanted)
        return None if found_id is None else _target(session, found(session, found_id))

    def chosen(self, session: Session, record_id: int | None, sheet: int) -> Target:  # noqa: ARG002 - as above
        if record_id is None:
            return Target(None, "Fiche sans numéro", start={RECEIVED: this_day()})
        return _target(session, found(session, record_id))

    def keep(self, session: Session, target: Target, given: Given) -> Kept:
        told = given.values
        form = target.id
        if form is None:
            form, _ = expect(session, told.get(INTERVENTION), told.get(RECEIVED) or this_day())
        tie(session, form, told.get(INTERVENTION), told.get(WHO))
        answers = of_lines(given.lines, given.texts)
        kept = record(session, form, answers, given.source, given.files, on=told.get(RECEIVED), again=given.again)
        return _kept(session, kept)


KIND = EvaluationKind()


def _target(session: Session, evaluation: Evaluation) -> Target:
    start = {
        INTERVENTION: evaluation.intervention_id,
        WHO: evaluation.person_id,
        RECEIVED: evaluation.received_on or this_day(),
    }
    received = ""
    if evaluation.state == EvaluationState.RECEIVED:
        received = f"{evaluation.number} est déjà enregistrée, reçue le {day(evaluation.received_on)}."
    return Target(evaluation.id, evaluation.number, _about(session, evaluation), received, start)


def _about(session: Session, evaluation: Evaluation) -> str:
    """« FI-2026-0031 · T-2026-0387 Plus d’image · Yanis, le 19/11/2026 · Claire Bonnin »."""
    done = session.get(Intervention, evaluation.intervention_id) if evaluation.intervention_id else None
    person = session.get(Person, evaluation.person_id) if evaluation.person_id else None
    name = joined(person.first_name, person.last_name) if person else ""
    if done is None:
        return joined("Imprimée sans intervention", name, by=" · ")
    ticket = session.get(Ticket, done.ticket_id) if done.ticket_id else None
    subject = joined(ticket.number, ticket.subject) if ticket else ""
    when = joined(done.technician, f"le{NBSP}{day(done.started_at.astimezone(PARIS).date())}", by=", ")
    return joined(done.number, subject, when, name, by=" · ")


def note_words(note: int | None, answered: int) -> str:
    """« 4,33 sur 5 », « incomplète, 3 réponses »."""
    if note is None:
        return f"incomplète, {answered}{NBSP}réponse{'s' if answered > 1 else ''}"
    return f"{number(Decimal(note).scaleb(-2), 2)} sur{NBSP}5"


def _kept(session: Session, one: Recorded) -> Kept:
    told = f"{one.number} enregistrée\u00a0: {note_words(one.note, one.answered)}"
    if one.reopen is None:
        return Kept(one.id, told)
    ticket = session.get_one(Ticket, one.reopen)
    why = f"{one.number} dit que le problème n’est pas résolu, et le ticket {ticket.number} est terminé."
    return Kept(one.id, told, f"ticket:{ticket.id}", why)
