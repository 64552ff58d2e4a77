"""What people say of the work done: the forms filled after interventions (domain.md B.2, G.1)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Integer, cast, func, select

from app.kpi import reasons
from app.kpi.registry import Amount, Cohort, Good, Measure, Row, Unit, counted, kpi
from app.kpi.tickets import ratio
from app.kpi.upkeep import of_work
from app.models import Evaluation, Intervention, done_for
from app.models.upkeep_codes import EvaluationState

CRITERIA = tuple(getattr(Evaluation, f"c{n}") for n in range(1, 10))
SATISFIED = 4
RESPONSE = "taux de réponse"


@kpi(
    "csat",
    label="Satisfaction",
    unit=Unit.RATIO,
    good=Good.UP,
    target=Decimal("0.80"),
    formula="réponses 4 et 5 ÷ réponses de 1 à 5",
    definition="Part des réponses «\u00a0satisfait\u00a0» ou «\u00a0très satisfait\u00a0» aux fiches remplies "
    "après les interventions (CSAT).",
    cohort="Réponses des fiches reçues dans la période, «\u00a0sans avis\u00a0» exclus. L’enquête a son bilan.",
    base="Réponses aux neuf critères",
    behind="evaluation",
)
def csat(cohort: Cohort) -> Measure:
    last = min(cohort.end, cohort.known_day)
    back = (Evaluation.state == EvaluationState.RECEIVED, Evaluation.received_on.between(cohort.start, last))
    good, valid, silent = (_answers(*bounds) for bounds in ((SATISFIED, 5), (1, 5), (0, 0)))
    columns = Evaluation.id, good.label("good"), valid.label("valid"), silent.label("silent")
    forms = _forms(cohort, *columns).where(*back).subquery()
    own = forms.c
    sums = select(func.sum(own.good), func.sum(own.valid), func.sum(own.silent), func.count())
    happy, told, mute, n = cohort.session.execute(sums.select_from(forms)).one()
    made = ratio(happy or 0, told or 0)
    if not cohort.detail:
        return made
    handed, answered = cohort.session.execute(_handed(cohort)).one()
    rows = cohort.session.execute(select(forms).order_by(own.id))
    return replace(
        made,
        rows={row.id: Row(None, hit=row.good == row.valid) for row in rows if row.valid},
        included=counted({reasons.FORMS: n, reasons.HANDED: handed}),
        excluded=counted({reasons.NO_OPINION: mute or 0}),
        also={RESPONSE: Amount(Decimal(answered) / handed, Unit.RATIO)} if handed else {},
    )


def _answers(low: int, high: int) -> ColumnElement[int]:
    """How many criteria of a form were given between these, both included."""
    zero: ColumnElement[int] = cast(0, Integer)
    return sum((func.coalesce(cast(one.between(low, high), Integer), 0) for one in CRITERIA), start=zero)


def _forms(cohort: Cohort, *columns: Any) -> Any:
    """Forms of the scope, by what their intervention was done for."""
    every: Any = select(*columns).select_from(Evaluation).where(Evaluation.deleted_at.is_(None))
    wanted = of_work(cohort.scope)
    if not wanted:
        return every
    return done_for.beside(every.outerjoin(Intervention, Evaluation.intervention_id == Intervention.id)).where(*wanted)


def _handed(cohort: Cohort) -> Any:
    """How many forms were handed out in the period, and how many of these had come back."""
    handed = func.coalesce(Evaluation.printed_on, Evaluation.received_on)
    back = (Evaluation.state == EvaluationState.RECEIVED) & (Evaluation.received_on <= cohort.known_day)
    counted_ones = func.count(Evaluation.id), func.count(Evaluation.id).filter(back)
    return _forms(cohort, *counted_ones).where(handed.between(cohort.start, min(cohort.end, cohort.known_day)))
