"""What the home page takes from the échéancier: what is dealt with there leaves it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.models import Licence, Loan, Reminder
from app.services import deadlines, home, listing, setup
from app.services.home import Task
from app.storage import Store
from tests.services.company import june
from tests.services.deadlines.make import asset, contract, keep, plain, told

NOW = june("10 10:00")
TODAY = date(2026, 6, 10)


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        setup.ensure(opened)
        yield opened


def tasks(session: Session, group: int | None = None) -> list[Task]:
    groups = home.read(session, NOW).groups
    return [task for at, one in enumerate(groups) for task in one.tasks if group in {None, at}]


def found(session: Session, key: str) -> Task | None:
    return next((task for task in tasks(session) if task.key == key), None)


def shown_by(session: Session, key: str) -> int:
    lead = home.lead(session, key, NOW)
    assert lead.query is not None
    return listing.count(session, ENTITIES[lead.entity], lead.query)


@pytest.mark.parametrize(
    ("days", "lead", "group", "when", "tone"),
    [
        (-3, 30, "late", "Depuis 3 jours", "warn"),
        (0, 30, "today", "Aujourd’hui", "warn"),
        (1, 30, "soon", "Demain", "warn"),
        (29, 30, "soon", "Dans 29 jours", "warn"),
        (40, 60, "later", "20/07/2026", "mute"),
        (31, 30, "", "", ""),
    ],
)
def test_a_reminder_presses_from_its_days_on(
    session: Session, *, days: int, lead: int, group: str, when: str, tone: str
) -> None:
    keep(session, Reminder(label="Rappeler Yanis", due_on=TODAY + timedelta(days=days), lead_days=lead))
    task = found(session, "reminder:1")
    assert (task is not None) == bool(group)
    if task:
        assert (task.group, plain(task.when), task.tone, task.verb, task.subject) == (
            group, when, tone, "Ouvrir", "Rappels",
        )  # fmt: skip


def test_beyond_three_of_a_kind_the_others_are_one_line(session: Session) -> None:
    for day in range(1, 6):
        keep(session, Reminder(label=f"Rappel {day}", due_on=date(2026, 6, day)))
    late = [task for task in tasks(session, 0) if task.subject == "Rappels"]
    assert [task.key for task in late] == ["reminder:1", "reminder:2", "reminder:3", "deadlines"]
    assert plain(late[-1].title) == "2 autres échéances du même type : rappel"
    assert home.lead(session, "deadlines", NOW).act == "deadlines"
    ahead = [Reminder(label="R", due_on=TODAY + timedelta(days=9)) for _ in range(4)]
    for one in ahead:
        keep(session, one)
    assert [task.when for task in tasks(session, 2) if task.key == "deadlines"] == ["À voir"]


def test_the_yearly_count_opens_the_campaigns(session: Session) -> None:
    asset(session)
    task = found(session, "campaigns")
    assert task
    assert (task.group, task.verb) == ("late", "Voir la liste")
    assert shown_by(session, "campaigns") == 0


def test_a_contract_that_presses_leads_to_it(session: Session) -> None:
    own = contract(session, starts_on=date(2025, 10, 1))
    task = found(session, f"contract/notice:{own}")
    assert task
    assert (task.group, plain(task.when), task.verb) == ("today", "Dans 20 jours", "Décider")
    assert "la lettre doit être reçue" in task.title


def test_what_was_dealt_with_leaves_the_page_and_its_lists(session: Session) -> None:
    first: dict[str, Any] = {"warranty_end": TODAY + timedelta(days=9), "support_end": TODAY - timedelta(days=9)}
    asset(session, **first)
    asset(session, support_end=TODAY + timedelta(days=9), warranty_end=TODAY + timedelta(days=19))
    keep(session, Licence(number="LIC-1", name="A", expires_on=TODAY - timedelta(days=9)))
    keep(session, Licence(number="LIC-2", name="B", expires_on=TODAY + timedelta(days=9)))
    keep(session, Loan(number="PR-1", asset_id=1, lent_on=TODAY, due_on=TODAY - timedelta(days=1)))
    counts = {"warranty": 2, "support-ended": 1, "support-ending": 1, "licences-expired": 1, "licences-ending": 1,
              "loans-late": 1}  # fmt: skip
    assert {key: shown_by(session, key) for key in counts} == counts
    soonest = told(session, deadlines.DeadlineKind.WARRANTY)[:1]
    deadlines.handle(session, soonest, TODAY, "Vu")
    assert shown_by(session, "warranty") == 1
    deadlines.handle(session, deadlines.every(session, TODAY), TODAY, "Vu")
    assert not {task.key for task in tasks(session)} & set(counts)
    assert {shown_by(session, key) for key in counts} == {0}
    assert plain(home.read(session, NOW).figures[0].note).startswith("1 sans mises à jour")
