"""What a dialog asks about a visit done, told to the services: its outcome, and the intervention of its hours."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.errors import InvalidFields
from app.fields import PARIS, day, joined
from app.models import MaintenanceTask, Visit
from app.models.codes import InterventionKind, MaintenanceType
from app.models.upkeep_codes import CheckResult, TaskKind, VisitResult, VisitStatus
from app.services.billing import acts
from app.services.planning import checklist, visits
from app.services.planning.visits import Outcome

NO_HOUR = "À quelle heure\u00a0? L’intervention en a besoin."


def start(session: Session, visit_id: int, today: date) -> dict[str, Any]:
    """What the dialog shows first: what was told already, else the day fixed if it has come, and who was to come. The
    time spent is never filled in: it is measured; nor is the day of a visit missed, which would pass for in time."""
    one = session.get_one(Visit, visit_id)
    missed = one.latest_on is not None and one.latest_on < today
    return {
        "done_on": one.done_on or (None if missed else min(one.planned_on, today)),
        "technician": one.technician,
        "result": one.result,
        "notes": one.notes,
        "measured_minutes": one.measured_minutes,
        "lost_minutes": one.lost_minutes,
        "starts_at": one.starts_at,
        "kind": InterventionKind.REMOTE if one.kind == TaskKind.BACKUP_CHECK else InterventionKind.ON_SITE,
        "charge": acts.usual_charge(session, None, min(one.planned_on, today), visit_id),
    }


def record(session: Session, visit_id: int, values: Mapping[str, Any], today: date) -> int | None:
    """The visit done; its intervention if a time spent is told, and the points left told good if asked. Gives the id
    of the intervention."""
    if values.get("rest_is_good"):
        checklist.settle_left(session, visit_id, CheckResult.GOOD)
    result: VisitResult = values["result"]
    outcome = Outcome(
        done_on=values["done_on"],
        result=result,
        technician=values.get("technician"),
        notes=values.get("notes"),
        measured_minutes=values.get("measured_minutes"),
        lost_minutes=values.get("lost_minutes"),
        intervention=_intervention(session, visit_id, values),
    )
    return visits.done(session, visit_id, outcome, today)


def _intervention(session: Session, visit_id: int, values: Mapping[str, Any]) -> dict[str, Any] | None:
    minutes = values.get("minutes")
    if not minutes:
        return None
    if values.get("starts_at") is None:
        raise InvalidFields({"starts_at": NO_HOUR})
    started = datetime.combine(values["done_on"], time(), PARIS) + timedelta(minutes=values["starts_at"])
    task = session.get(MaintenanceTask, session.get_one(Visit, visit_id).task_id or 0)
    return {
        "kind": values["kind"],
        "maintenance_type": MaintenanceType.PREVENTIVE,
        "level": task.level if task else None,
        "technician": values.get("technician"),
        "started_at": started,
        "ended_at": started + timedelta(minutes=minutes),
        "repair_minutes": minutes,
        "charge": values["charge"],
        "work_done": values.get("notes"),
    }


def follow_up(session: Session, visit_id: int) -> dict[str, Any]:
    """How a ticket about it begins: the points to do again, on their asset if they have only one; else that nobody
    came."""
    one = visits.get(session, visit_id)
    bad = [line for line in checklist.kept(session, visit_id) if line.result == CheckResult.BAD]
    found = {line.asset_id for line in bad}
    told = [joined(line.asset, joined(line.label, line.notes, by=", "), by="\u00a0: ") for line in bad]
    what = "à reprendre" if one.status == VisitStatus.DONE else "visite manquée"
    lines = [f"{one.label}\u00a0: {what}", f"Visite {one.number}, {joined(one.site, day(one.planned_on), by=', ')}"]
    return {
        "asset_id": found.pop() if len(found) == 1 else one.asset_id,
        "description": "\n".join([*lines, *told]),
    }
