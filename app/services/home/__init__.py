"""The home page as plain data: what to do, four figures, where the company stands on the method, what one was doing
(product.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.fields import counted
from app.services import setup
from app.services.home import facts
from app.services.home.facts import Clock
from app.services.home.figures import Figure, figures
from app.services.home.leads import Lead
from app.services.home.leads import lead as _lead
from app.services.home.recent import Opened, Recent, recent
from app.services.home.steps import SetupStep, steps
from app.services.home.todo import tasks
from app.services.home.words import GROUPS, Task

__all__ = ["Figure", "Group", "Home", "Lead", "Opened", "Recent", "SetupStep", "Task", "lead", "read"]


@dataclass(frozen=True, slots=True)
class Group:
    """« En retard » and its lines."""

    title: str
    tone: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """`summary` is the line under the date: the company, how much there is to do; `evaluates`: there are interventions
    to be evaluated."""

    company: str
    is_example: bool
    summary: str
    groups: tuple[Group, ...]
    figures: tuple[Figure, ...]
    steps: tuple[SetupStep, ...]
    recent: tuple[Recent, ...]
    evaluates: bool

    @property
    def steps_done(self) -> int:
        return sum(step.state == "done" for step in self.steps)


def read(session: Session, now: datetime, backup_age: int | None = None, opened: Iterable[Opened] = ()) -> Home:
    """The page as it stands at `now`; `backup_age` is the age of the last backup in days, None to say nothing; `opened`
    are the records whose page was shown here."""
    clock = Clock(now)
    known = facts.known(session, clock)
    card = setup.company(session)
    found = tasks(session, clock, known, backup_age)
    groups = tuple(
        Group(title, tone, tuple(task for task in found if task.group == name)) for name, title, tone in GROUPS
    )
    pressing = {task.key: task.decide_by for task in found if task.decide_by}
    return Home(
        card.name,
        card.is_example,
        _summary(card.name, len(found), len(groups[0].tasks)),
        groups,
        figures(session, clock, known, len(pressing)),
        tuple(steps(session, clock, known, min(pressing.values(), default=None))),
        recent(session, opened, now),
        facts.has_interventions(session),
    )


def _summary(company: str, count: int, late: int) -> str:
    told = counted(count, "chose à faire", "choses à faire") if count else "Rien à faire"
    if late:
        told += f", dont {late} en retard"
    return f"{company} · {told}" if company else told


def lead(session: Session, key: str, now: datetime) -> Lead:
    """Where a key of the page leads; KeyError if the page never gives it."""
    return _lead(session, key, Clock(now))
