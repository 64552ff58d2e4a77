"""The points to check of a visit, on each of its assets: worked out from its task until somebody fills them in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import clean_line
from app.models import Asset, MaintenanceTask, Visit, VisitCheck
from app.models.upkeep_codes import CheckResult
from app.services.listing import title_of
from app.services.planning import scope


@dataclass(frozen=True, slots=True)
class Check:
    """One point, on one asset if it names one; `id` 0 while nothing was filled in."""

    label: str
    asset_id: int | None = None
    asset: str = ""
    result: CheckResult | None = None
    notes: str = ""
    id: int = 0


def of_visit(session: Session, visit_id: int) -> list[Check]:
    """What was filled in, else what its task asks on the assets that it bears on, by number of the asset."""
    visit = session.get_one(Visit, visit_id)
    return kept(session, visit_id) or _asked(session, visit)


def kept(session: Session, visit_id: int) -> list[Check]:
    name = title_of(Asset, Asset.__table__)
    rows = session.execute(
        select(VisitCheck, name)
        .outerjoin(Asset, Asset.id == VisitCheck.asset_id)
        .where(VisitCheck.visit_id == visit_id, VisitCheck.deleted_at.is_(None))
        .order_by(VisitCheck.id)
    )
    return [Check(one.label, one.asset_id, asset or "", one.result, one.notes or "", one.id) for one, asset in rows]


def points(text: str | None) -> list[str]:
    """One a line, the empty ones and the dashes before them left out."""
    return [label for line in (text or "").splitlines() if (label := clean_line(line.strip(" -•\t")))]


def concerned(session: Session, visit: Visit) -> list[tuple[int, str]]:
    """Id and name of the assets that a visit is about, by number: that of its task, or those of its family; none for
    what is done once on a whole site or for a whole contract."""
    task = session.get(MaintenanceTask, visit.task_id) if visit.task_id is not None else None
    ids = select(Asset.id).where(Asset.id == visit.asset_id)
    if task is not None and visit.asset_id is None and task.family_id is not None:
        ids = scope.assets(task, visit.planned_on, visit.site_id, here=True)
    name = title_of(Asset, Asset.__table__)
    wanted = select(Asset.id, name).where(Asset.id.in_(ids.order_by(None))).order_by(Asset.number)
    return [(row[0], row[1]) for row in session.execute(wanted)]


def _asked(session: Session, visit: Visit) -> list[Check]:
    task = session.get(MaintenanceTask, visit.task_id) if visit.task_id is not None else None
    labels = points(task.checklist) if task is not None else []
    if not labels:
        return []
    found: list[tuple[int | None, str]] = [*concerned(session, visit)] or [(None, "")]
    return [Check(label, asset_id, asset) for asset_id, asset in found for label in labels]


def save(session: Session, visit_id: int, checks: Sequence[Check]) -> None:
    """Keep these lines, in their order; what is kept and not given stays as it was."""
    known = {one.id: one for one in session.scalars(select(VisitCheck).where(VisitCheck.visit_id == visit_id))}
    for check in checks:
        line = known.get(check.id)
        if line is None:
            line = VisitCheck(visit_id=visit_id, asset_id=check.asset_id, label=check.label)
            session.add(line)
        line.result, line.notes = check.result, clean_line(check.notes) or None
    session.flush()


def settle(session: Session, visit_id: int, places: Sequence[int], result: CheckResult | None) -> None:
    """Give this result (None: take it away) to the lines at these places of `of_visit`, the others kept as they are."""
    lines = of_visit(session, visit_id)
    chosen = set(places)
    save(session, visit_id, [replace(one, result=result) if at in chosen else one for at, one in enumerate(lines)])


def settle_left(session: Session, visit_id: int, result: CheckResult) -> None:
    """Give this result to all the lines that have none."""
    lines = of_visit(session, visit_id)
    settle(session, visit_id, [at for at, one in enumerate(lines) if one.result is None], result)


def annotate(session: Session, visit_id: int, place: int, notes: str) -> None:
    """Write a remark on the line at that place."""
    lines = of_visit(session, visit_id)
    save(session, visit_id, [replace(one, notes=notes) if at == place else one for at, one in enumerate(lines)])


def to_redo(checks: Sequence[Check]) -> int:
    """How many points are to be done again."""
    return sum(one.result == CheckResult.BAD for one in checks)
