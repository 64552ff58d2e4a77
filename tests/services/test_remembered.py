"""What costs to count is counted once for each state of the file."""

from contextlib import suppress

import pytest
from sqlalchemy.orm import Session

from app.errors import Refused
from app.models import Reminder
from app.services.remembered import forget, remembered
from app.storage import Store
from tests.services.deadlines.make import TODAY


def count(session: Session, made: list[int]) -> int:
    def make() -> int:
        made.append(1)
        return session.query(Reminder).count()

    return remembered(session, "reminders", make)


def test_it_is_counted_again_after_each_change_only(ready: Store) -> None:
    made: list[int] = []
    for _ in range(2):
        with ready.read() as session:
            assert count(session, made) == 0
    assert len(made) == 1
    with ready.begin("essai") as session:
        session.add(Reminder(label="Rappeler", due_on=TODAY, lead_days=3))
        session.flush()
        assert count(session, made) == 1
    with ready.read() as session:
        assert count(session, made) == 1
        assert remembered(session, "other", lambda: 7) == 7
    assert len(made) == 3


def test_a_page_that_cannot_wait_has_the_last_count_of_what_is_slow(
    ready: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    for slow, counts in ((3600.0, 1), (0.0, 2)):
        forget()
        monkeypatch.setattr("app.services.remembered.SLOW", 3600.0 - slow)
        made.clear()
        with ready.read() as session:
            count(session, made)
        with ready.begin("essai") as session:
            session.add(Reminder(label="Rappeler", due_on=TODAY, lead_days=3))
        with ready.read() as session:
            remembered(session, "reminders", lambda: made.append(1), hurried=True)
        assert len(made) == counts


def test_what_a_write_unit_gives_up_is_never_remembered(ready: Store) -> None:
    made: list[int] = []
    with suppress(Refused):
        _give_up(ready, made)
    with ready.read() as session:
        assert count(session, made) == 0


def _give_up(store: Store, made: list[int]) -> None:
    with store.begin("essai") as session:
        session.add(Reminder(label="Rappeler", due_on=TODAY, lead_days=3))
        session.flush()
        assert count(session, made) == 1
        raise Refused("Non.")
