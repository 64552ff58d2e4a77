"""What the forms that came back in a period say (domain.md G.1)."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import ColumnElement, select

from app.entities.evaluations import CRITERIA
from app.fields import day
from app.models import Evaluation, Intervention
from app.models.upkeep_codes import EvaluationState
from app.reports.periodic_data import Opinions, Share
from app.services import done_for
from app.services.periodic.asked import Asked

HAPPY = 4
MOST_WORDS = 8


def opinions(asked: Asked) -> Opinions:
    start, last = asked.period.start, asked.last
    came = _forms(asked, Evaluation.state == EvaluationState.RECEIVED, Evaluation.received_on.between(start, last))
    sent = _forms(asked, Evaluation.printed_on.between(start, last))
    notes = [one.note for one in came if one.note is not None]
    given = [value for one in came for value in _answers(one) if value]
    return Opinions(
        expected=len(sent),
        received=len(came),
        mean=_mean(notes),
        noted=len(notes),
        satisfied=Share(sum(value >= HAPPY for value in given), len(given)),
        unsolved=tuple(one.number for one in came if one.solved is False),
        criteria=tuple(_criteria(came)),
        words=tuple(_words(came))[:MOST_WORDS],
    )


def _forms(asked: Asked, *wanted: ColumnElement[bool]) -> list[Evaluation]:
    statement = select(Evaluation).where(Evaluation.deleted_at.is_(None), *wanted)
    if asked.contract_id is not None:
        statement = done_for.beside(statement.join(Intervention, Intervention.id == Evaluation.intervention_id)).where(
            *done_for.kept(), done_for.contract() == asked.contract_id
        )
    return list(asked.session.scalars(statement.order_by(Evaluation.received_on, Evaluation.id)))


def _answers(one: Evaluation) -> tuple[int | None, ...]:
    return one.c1, one.c2, one.c3, one.c4, one.c5, one.c6, one.c7, one.c8, one.c9


def _mean(values: Sequence[int]) -> int | None:
    if not values:
        return None
    return int((Decimal(sum(values)) / len(values)).quantize(Decimal(1), ROUND_HALF_UP))


def _criteria(came: Sequence[Evaluation]) -> Iterator[tuple[str, int, int]]:
    """Those that were answered, in the order of the form."""
    for at, label in enumerate(CRITERIA):
        given = [value * 100 for one in came if (value := _answers(one)[at])]
        mean = _mean(given)
        if mean is not None:
            yield label, mean, len(given)


def _words(came: Sequence[Evaluation]) -> Iterator[tuple[str, str]]:
    """What is to be mended first, then what was liked; each text once."""
    told: set[str] = set()
    for name in ("reserves", "to_improve", "liked"):
        for one in came:
            text = getattr(one, name)
            if text and text not in told:
                told.add(text)
                yield f"{one.number}, {day(one.received_on)}", text
