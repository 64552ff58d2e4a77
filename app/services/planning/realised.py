"""« Réalisation du préventif »: what was done in its window, of what was planned (domain.md B.2)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.fields import this_day
from app.models import Visit
from app.models.upkeep_codes import TaskKind, VisitState
from app.services.planning import standing


@dataclass(frozen=True, slots=True)
class Realised:
    """Of the visits whose window closed in a period (B.2): done in time, late, missed; those cancelled left out."""

    in_time: int
    late: int
    missed: int

    @property
    def planned(self) -> int:
        return self.in_time + self.late + self.missed


def realised(
    session: Session, start: date, end: date, today: date | None = None, contract_id: int | None = None
) -> Realised:
    """« Réalisation du préventif » (B.2): of the upkeep whose window closes in the period, and is told by now."""
    on, own = today or this_day(), Visit.__table__
    states = (VisitState.DONE, VisitState.LATE, VisitState.MISSED)
    state = standing.state_on(own, on)
    wanted = [Visit.deleted_at.is_(None), Visit.kind == TaskKind.MAINTENANCE, state.in_(states)]
    wanted += [Visit.contract_id == contract_id] if contract_id is not None else []
    rows = session.execute(
        select(state, func.count()).where(*wanted, standing.latest(own).between(start, end)).group_by(state)
    )
    found = {row[0]: row[1] for row in rows}
    return Realised(*(found.get(one, 0) for one in states))
