"""The deadlines of backups: a restoration to try, when nothing that proves them is planned in time."""

from collections.abc import Iterator

from sqlalchemy import select

from app.fields import day
from app.models import Visit
from app.models.deadline_codes import DeadlineKind as Kind
from app.models.upkeep_codes import VisitStatus
from app.services.backups import reading
from app.services.backups.columns import TEST
from app.services.deadlines.asking import Ask
from app.services.deadlines.words import Deadline, mark

NEVER = "Jamais essayée\u00a0: une sauvegarde qu’on n’a pas restaurée n’est qu’un espoir."


def restorations(ask: Ask) -> Iterator[Deadline]:
    """By plan, the day by which to try again, unless a test is planned by then: that visit tells it."""
    planned = select(Visit.backup_plan_id, Visit.planned_on).where(
        Visit.kind == TEST, Visit.status == VisitStatus.PLANNED, Visit.deleted_at.is_(None)
    )
    coming = {(row.backup_plan_id, row.planned_on) for row in ask.session.execute(planned)}
    for one in reading.followed(ask.session, ask.today):
        due = one.test_due
        if any(plan == one.id and on <= due for plan, on in coming):
            continue
        why = f"Dernier essai le {day(one.tested_on)}\u00a0: restaurez, et notez le temps." if one.tested_on else NEVER
        yield Deadline(
            Kind.RESTORE, mark(Kind.RESTORE, one.uuid, due), f"Essayer de restaurer\u00a0: {one.label}", why, due,
            ask.lead(Kind.RESTORE), "backup_plan", one.id, reference=one.number,
        )  # fmt: skip
