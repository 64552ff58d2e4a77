"""What users thought of a prestation: the forms after interventions, and the yearly survey (domain.md G.1 to G.3)."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select

from app.fields import NBSP, number
from app.models import (
    Evaluation,
    Intervention,
    SatisfactionAnswer,
    SatisfactionQuestion,
    SatisfactionResponse,
    SatisfactionSurvey,
    Ticket,
)
from app.models.upkeep_codes import EvaluationState
from app.rules import scorecard
from app.rules.satisfaction import FEWEST
from app.services import done_for
from app.services.scorecards.asked import NOTHING, Asked, Fact

OF_HELP = ("declarer", "delai", "resolution", "courtoisie", "information")
"""The questions of a survey that judge whoever helps, and not the equipment."""


def satisfaction(asked: Asked) -> Fact:
    """One note a person who answered: the mean of a form, or that of the help received in a sheet of the survey."""
    forms, sheets = _forms(asked), _sheets(asked)
    notes = [note for _, note in forms] + list(sheets)
    mean = scorecard.mean_note(notes)
    if mean is None:
        return NOTHING
    what = " et ".join(word for word, some in (("fiches", forms), ("enquête", sheets)) if some)
    told = f"{what[0].upper()}{what[1:]}{NBSP}: {_out_of_five(mean)} (n = {len(notes)})"
    return Fact(told, mean, "evaluation", tuple(one for one, _ in forms))


def _out_of_five(hundredths: int) -> str:
    return f"{number(scorecard.tenths(hundredths), 1)}/5"


def _forms(asked: Asked) -> list[tuple[int, int]]:
    """Id and note of the forms that came back in the period, of interventions under the contract."""
    wanted = done_for.beside(
        select(Evaluation.id, Evaluation.note).join(Intervention, Intervention.id == Evaluation.intervention_id)
    )
    rows = asked.session.execute(
        wanted.where(
            Evaluation.deleted_at.is_(None), Evaluation.state == EvaluationState.RECEIVED, Evaluation.note.is_not(None),
            Evaluation.received_on.between(asked.start, asked.last_day), *done_for.kept(),
            done_for.contract() == asked.contract.id,
        ).order_by(Evaluation.id)
    )  # fmt: skip
    return [(row[0], row[1]) for row in rows]


def _sheets(asked: Asked) -> Sequence[int]:
    """The note of each sheet of the surveys opened in the period, in hundredths; none when fewer than five came back.
    A survey names no provider: it judges the contract that most tickets went to."""
    surveys = _surveys(asked)
    if not surveys or _helper(asked) != asked.contract.id:
        return ()
    rows = asked.session.execute(
        select(SatisfactionAnswer.response_id, SatisfactionAnswer.value)
        .join(SatisfactionQuestion, SatisfactionQuestion.id == SatisfactionAnswer.question_id)
        .join(SatisfactionResponse, SatisfactionResponse.id == SatisfactionAnswer.response_id)
        .where(
            SatisfactionResponse.survey_id.in_(surveys), SatisfactionResponse.deleted_at.is_(None),
            SatisfactionResponse.received_on <= asked.last_day, SatisfactionAnswer.deleted_at.is_(None),
            SatisfactionQuestion.key.in_(OF_HELP), SatisfactionAnswer.value > 0,
        )
    )  # fmt: skip
    given: dict[int, list[int]] = defaultdict(list)
    for response, value in rows:
        given[response].append(100 * (value or 0))
    notes = [found for values in given.values() if (found := scorecard.mean_note(values)) is not None]
    return sorted(notes) if len(notes) >= FEWEST else ()


def _surveys(asked: Asked) -> list[int]:
    own = SatisfactionSurvey
    wanted = select(own.id).where(own.deleted_at.is_(None), own.opened_on.between(asked.start, asked.last_day))
    return list(asked.session.scalars(wanted))


def _helper(asked: Asked) -> int | None:
    """The contract under which most tickets were opened in the period."""
    return asked.session.scalar(
        select(Ticket.contract_id)
        .where(
            Ticket.deleted_at.is_(None), Ticket.contract_id.is_not(None), Ticket.opened_at >= asked.since,
            Ticket.opened_at < asked.until,
        )
        .group_by(Ticket.contract_id)
        .order_by(func.count().desc(), Ticket.contract_id)
        .limit(1)
    )  # fmt: skip
