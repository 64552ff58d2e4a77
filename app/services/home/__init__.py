"""The home page as plain data: what to do, four figures, where the company stands on the method, what one was doing
(product.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.fields import counted
from app.services import preferences, setup
from app.services.home import facts, todo
from app.services.home.facts import Agreements, Clock, Fleet
from app.services.home.figures import Figure, figures
from app.services.home.leads import Lead
from app.services.home.leads import lead as _lead
from app.services.home.recent import Opened, Recent, recent
from app.services.home.steps import SetupStep, before_tickets, steps
from app.services.home.todo import tasks
from app.services.home.words import GROUPS, Task
from app.services.remembered import remembered

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


@dataclass(frozen=True, slots=True)
class _Day:
    """What only a change or another day moves."""

    fleet: Fleet
    deals: Agreements
    tasks: tuple[Task, ...]
    steps: tuple[SetupStep, ...]
    decide_by: date | None


def read(session: Session, now: datetime, backup_age: int | None = None, opened: Iterable[Opened] = ()) -> Home:
    """The page as it stands at `now`; `backup_age` is the age of the last backup in days, None to say nothing; `opened`
    are the records whose page was shown here."""
    clock = Clock(now)
    card = setup.company(session)
    day = remembered(session, ("home", clock.today, preferences.chosen(session)), lambda: _of_day(session, clock))
    found = tasks(session, clock, day.tasks, backup_age)
    known = facts.known(session, clock, day.fleet, day.deals)
    groups = tuple(
        Group(title, tone, tuple(task for task in found if task.group == name)) for name, title, tone in GROUPS
    )
    pressing = [task for task in found if task.decide_by]
    return Home(
        card.name,
        card.is_example,
        _summary(card.name, len(found), len(groups[0].tasks)),
        groups,
        figures(session, clock, known, len(pressing)),
        steps(session, day.steps, known, day.decide_by, clock.today),
        recent(session, opened, now),
        facts.has_interventions(session),
    )


def _of_day(session: Session, clock: Clock) -> _Day:
    deals = facts.agreements(session, clock)
    fleet = facts.fleet(session, clock, deals.ids)
    of_day = todo.of_day(session, clock, fleet, deals)
    decide_by = min((task.decide_by for task in of_day if task.decide_by), default=None)
    return _Day(fleet, deals, of_day, before_tickets(session, clock, fleet, deals), decide_by)


def _summary(company: str, count: int, late: int) -> str:
    told = counted(count, "chose à faire", "choses à faire") if count else "Rien à faire"
    if late:
        told += f", dont {late} en retard"
    return f"{company} · {told}" if company else told


def lead(session: Session, key: str, now: datetime) -> Lead:
    """Where a key of the page leads; KeyError if the page never gives it."""
    return _lead(session, key, Clock(now))
