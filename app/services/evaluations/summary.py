"""What the forms of twelve months say together: by criterion, by technician, by month (domain.md B.2, G.1)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.evaluations import CRITERIA
from app.models import Evaluation, Intervention
from app.models.upkeep_codes import EvaluationState
from app.rules.notice import add_months
from app.rules.satisfaction import FEWEST, scale

__all__ = ["FEWEST", "MONTHS", "Said", "Summary", "summary"]

MONTHS = 12
COLUMNS = tuple(getattr(Evaluation, f"c{n}") for n in range(1, len(CRITERIA) + 1))
_Form = Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Said:
    """`satisfied` in percents and `mean` out of 5, over `valid` answers of `forms`; None without any."""

    label: str
    forms: int
    valid: int
    satisfied: Decimal | None
    mean: Decimal | None


@dataclass(frozen=True, slots=True)
class Summary:
    """`months` are the first days of the twelve last ones, each with what its forms said. `hidden` technicians have
    fewer than five forms: nothing is told of a person on so few."""

    whole: Said
    criteria: tuple[Said, ...]
    technicians: tuple[Said, ...]
    hidden: int
    months: tuple[tuple[date, Said], ...]


def summary(session: Session, today: date) -> Summary:
    """Of the twelve months that end with that of today."""
    first = add_months(today.replace(day=1), 1 - MONTHS)
    rows = session.execute(
        select(Evaluation.received_on, Intervention.technician, *COLUMNS)
        .outerjoin(Intervention, Intervention.id == Evaluation.intervention_id)
        .where(
            Evaluation.deleted_at.is_(None), Evaluation.state == EvaluationState.RECEIVED,
            Evaluation.received_on.between(first, today),
        )
    ).all()  # fmt: skip
    forms: list[_Form] = [tuple(row[2:]) for row in rows]
    of_month: Mapping[date, list[_Form]] = defaultdict(list)
    of_person: Mapping[str, list[_Form]] = defaultdict(list)
    for row, form in zip(rows, forms, strict=True):
        of_month[row.received_on.replace(day=1)].append(form)
        if row.technician:
            of_person[row.technician].append(form)
    shown = {name: own for name, own in of_person.items() if len(own) >= FEWEST}
    months = [add_months(first, at) for at in range(MONTHS)]
    return Summary(
        whole=_said("Ensemble", forms),
        criteria=tuple(_said(label, [(form[at],) for form in forms]) for at, label in enumerate(CRITERIA)),
        technicians=tuple(sorted((_said(name, own) for name, own in shown.items()), key=lambda one: -(one.mean or 0))),
        hidden=len(of_person) - len(shown),
        months=tuple((month, _said("", of_month.get(month, []))) for month in months),
    )


def _said(label: str, forms: Iterable[_Form]) -> Said:
    """Every answer weighs the same; « sans avis » and what is left empty do not count."""
    known = list(forms)
    found = scale(one for form in known for one in form)
    return Said(label, len(known), found.valid, found.satisfied, found.mean)
