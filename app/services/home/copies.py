"""« À faire », for the backups followed: those that failed, those that nobody looked at."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.fields import counted
from app.models import Visit
from app.models.upkeep_codes import BackupState, TaskKind, VisitStatus
from app.services.backups import reading
from app.services.home.facts import Clock
from app.services.home.words import Task
from app.services.listing import Query, default_query

PLAN = ENTITIES["backup_plan"]
STATES = {"backups-failed": BackupState.FAILED, "backups-unchecked": BackupState.UNCHECKED}


def tasks(session: Session, clock: Clock) -> Iterator[Task]:
    if count := len(_behind(session, "backups-failed", clock)):
        title = counted(count, "sauvegarde en échec", "sauvegardes en échec")
        yield Task("late", "backups-failed", "hard-drive-download", "bad", title,
                   "Au dernier contrôle, ou au dernier essai de restauration", "En échec", "bad",
                   "Voir la liste")  # fmt: skip
    if count := len(_behind(session, "backups-unchecked", clock)):
        title = counted(count, "sauvegarde à contrôler", "sauvegardes à contrôler")
        yield Task("today", "backups-unchecked", "hard-drive-download", "warn", title,
                   "Personne n’a dit depuis longtemps si elles se terminent bien", "À contrôler", "warn",
                   "Voir la liste")  # fmt: skip


def query(session: Session, key: str, clock: Clock) -> Query | None:
    """The list behind a line."""
    if key not in STATES:
        return None
    return replace(default_query(PLAN), ids=_behind(session, key, clock))


def _behind(session: Session, key: str, clock: Clock) -> tuple[int, ...]:
    """Those to check whose visit has come are left out: that visit is a line of its own."""
    found = reading.in_state(session, clock.today, STATES[key])
    told = select(Visit.backup_plan_id).where(
        Visit.kind == TaskKind.BACKUP_CHECK, Visit.status == VisitStatus.PLANNED, Visit.planned_on <= clock.today,
        Visit.deleted_at.is_(None),
    )  # fmt: skip
    return found if key == "backups-failed" else tuple(sorted(set(found) - set(session.scalars(told))))
