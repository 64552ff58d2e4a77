"""« À faire », for what users think of interventions: forms that do not come back, problems said not to be solved."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from app.fields import counted, day
from app.services.evaluations import expected, recording
from app.services.home.facts import Clock
from app.services.home.words import Task, ago

LATE, UNSOLVED = "evaluations-late", "evaluations-unsolved"


def tasks(session: Session, clock: Clock) -> Iterator[Task]:
    if unsolved := recording.unsolved(session):
        one = len(unsolved) == 1
        title = counted(len(unsolved), "problème dit non résolu", "problèmes dits non résolus") + " après intervention"
        why = "L’utilisateur l’écrit sur sa fiche, et le ticket est terminé\u00a0: à rouvrir, ou à lui demander"
        key = f"evaluation:{unsolved[0]}" if one else UNSOLVED
        verb = "Ouvrir" if one else "Voir la liste"
        yield Task("today", key, "clipboard-pen", "bad", title, why, "À régler", "bad", verb)
    count, since = expected.late_count(session, clock.today)
    if since:
        title = counted(count, "fiche d’évaluation attendue", "fiches d’évaluation attendues")
        why = f"La plus ancienne imprimée le {day(since)} · à réclamer, ou à mettre à la corbeille"
        when = ago(since, clock.today)
        yield Task("late", LATE, "clipboard-pen", "warn", title, why, when, "warn", "Voir la liste")


def behind(session: Session, key: str, today: date) -> tuple[int, ...] | None:
    """The forms of a line."""
    if key == UNSOLVED:
        return tuple(recording.unsolved(session))
    return tuple(one.id for one in expected.waiting(session, today) if one.late) if key == LATE else None
