"""Actions of progress: who does what by when, whatever decided it: a periodic report, a scorecard, a survey.

They are followed until they are done or dropped, in the list « Actions » and in the échéancier.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.entities.judgement import IMPROVEMENT
from app.fields import day, joined, lowered
from app.models import Improvement, PeriodReview, SatisfactionSurvey, Scorecard
from app.models.contract_codes import ActionState
from app.services import records


@dataclass(frozen=True, slots=True)
class Row:
    """`late`: still to do past its day. `origin` is the number of what decided it."""

    id: int
    label: str
    owner: str
    due_on: date
    state: ActionState
    late: bool
    done_on: date | None
    outcome: str
    origin: str

    @property
    def told(self) -> str:
        """« Faite le 12/10/2026 », « En retard », « Abandonnée : remplacé »."""
        if self.state == ActionState.DONE:
            return joined(
                f"Faite le {day(self.done_on)}" if self.done_on else "Faite", lowered(self.outcome), by="\u00a0: "
            )
        if self.state == ActionState.DROPPED:
            return joined("Abandonnée", lowered(self.outcome), by="\u00a0: ")
        return "En retard" if self.late else "À faire"

    @property
    def tone(self) -> str:
        return "bad" if self.late else {"done": "ok", "dropped": "mute"}.get(self.state.value, "info")


def add(session: Session, values: Mapping[str, Any], **origin: int) -> int:
    """A new action; `origin` is the `review_id`, the `scorecard_id` or the `survey_id` that decided it."""
    return records.create(session, IMPROVEMENT, {**values, **origin})


def rows(session: Session, today: date, *wanted: ColumnElement[bool]) -> list[Row]:
    """Those that answer conditions on Improvement: those to do first, by their day."""
    found = session.execute(
        select(Improvement, PeriodReview.number, Scorecard.number, SatisfactionSurvey.number)
        .outerjoin(PeriodReview, PeriodReview.id == Improvement.review_id)
        .outerjoin(Scorecard, Scorecard.id == Improvement.scorecard_id)
        .outerjoin(SatisfactionSurvey, SatisfactionSurvey.id == Improvement.survey_id)
        .where(Improvement.deleted_at.is_(None), *wanted)
        .order_by(Improvement.state != ActionState.TO_DO, Improvement.due_on, Improvement.id)
    )
    return [
        Row(
            one.id, one.label, one.owner, one.due_on, one.state,
            one.state == ActionState.TO_DO and one.due_on < today, one.done_on, one.outcome or "",
            next((number for number in origins if number), ""),
        )
        for one, *origins in found
    ]  # fmt: skip


def of_origin(session: Session, today: date, **origin: int) -> list[Row]:
    """Those that a `review_id`, a `scorecard_id` or a `survey_id` decided."""
    return rows(session, today, *(getattr(Improvement, name) == record_id for name, record_id in origin.items()))


def owners(session: Session) -> list[str]:
    """Who was charged with an action before."""
    return records.suggestions(session, IMPROVEMENT, "owner")


def uuids(session: Session, wanted: Sequence[int]) -> Mapping[int, str]:
    rows = session.execute(select(Improvement.id, Improvement.uuid).where(Improvement.id.in_(wanted)))
    return {row.id: row.uuid for row in rows}
