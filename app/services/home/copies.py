"""« À faire », for the backups followed: those that failed, those that nobody looked at."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.fields import counted
from app.models.upkeep_codes import BackupState
from app.services.backups import reading
from app.services.home.facts import Clock
from app.services.home.words import Task
from app.services.listing import Query, default_query

PLAN = ENTITIES["backup_plan"]
STATES = {"backups-failed": BackupState.FAILED, "backups-unchecked": BackupState.UNCHECKED}


def tasks(session: Session, clock: Clock) -> Iterator[Task]:
    found = [one.state for one in reading.followed(session, clock.today)]
    if count := found.count(BackupState.FAILED):
        title = counted(count, "sauvegarde en échec", "sauvegardes en échec")
        yield Task("late", "backups-failed", "hard-drive-download", "bad", title,
                   "Au dernier contrôle, ou au dernier essai de restauration", "En échec", "bad",
                   "Voir la liste")  # fmt: skip
    if count := found.count(BackupState.UNCHECKED):
        title = counted(count, "sauvegarde à contrôler", "sauvegardes à contrôler")
        yield Task("today", "backups-unchecked", "hard-drive-download", "warn", title,
                   "Personne n’a dit depuis longtemps si elles se terminent bien", "À contrôler", "warn",
                   "Voir la liste")  # fmt: skip


def query(session: Session, key: str, clock: Clock) -> Query | None:
    """The list behind a line."""
    if key not in STATES:
        return None
    return replace(default_query(PLAN), ids=reading.in_state(session, clock.today, STATES[key]))
