import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from app.models import History, Person
from app.storage import Store, sealing
from app.storage.history import verify_chain
from tests.storage.things import add_people, by_hand


def problems(store: Store) -> list[str]:
    with store.read() as session:
        return verify_chain(session)


def test_the_chain_is_what_the_model_says(store: Store) -> None:
    add_people(store, "Durand", "Martin")

    def sha(*parts: Any) -> str:
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()

    with store.read() as session:
        first, second = session.scalars(select(History).order_by(History.seq)).all()
        assert first.prev == ""
        assert second.prev == first.hash
        assert second.commitment == sha(second.salt, second.before, second.after)
        assert second.hash == sha(
            first.hash, 2, second.at, second.who, "person", second.record_uuid, "insert", second.commitment
        )


def test_a_whole_chain_has_no_problem(store: Store) -> None:
    assert problems(store) == []
    add_people(store, "Durand", "Martin")
    assert problems(store) == []


@pytest.mark.parametrize(
    ("tampering", "said"),
    [
        ("UPDATE history SET after = replace(after, 'Martin', 'Marin') WHERE seq = 2", "valeurs"),
        ("UPDATE history SET before = '{}' WHERE seq = 2", "valeurs"),
        ("UPDATE history SET who = 'personne' WHERE seq = 2", "modifiée"),
        ("UPDATE history SET at = '2020-01-01T00:00:00Z' WHERE seq = 2", "modifiée"),
        ("UPDATE history SET commitment = 'x', salt = NULL WHERE seq = 2", "modifiée"),
        ("UPDATE history SET hash = NULL WHERE seq = 2", "scellée"),
        ("DELETE FROM history WHERE seq = 2", "manquent"),
        ("DELETE FROM history WHERE seq = 1", "manquent"),
        ("UPDATE history SET seq = seq + 10 WHERE seq = 3", "manquent"),
        ("UPDATE person SET phone = '06' WHERE id = 1", "scellée"),
    ],
)
def test_every_tampering_is_seen(store: Store, tampering: str, said: str) -> None:
    add_people(store, "Durand", "Martin", "Petit")
    by_hand(store.path, tampering)
    found = problems(store)
    assert found
    assert said in found[0]


def test_erased_values_leave_the_chain_whole(store: Store) -> None:
    add_people(store, "Durand", "Martin")
    by_hand(store.path, "UPDATE history SET before = NULL, after = NULL, salt = NULL WHERE seq = 1")
    assert problems(store) == []


def test_the_next_act_seals_what_another_program_wrote(store: Store) -> None:
    add_people(store, "Durand")
    by_hand(store.path, "UPDATE person SET phone = '06'")
    add_people(store, "Martin")
    assert problems(store) == []


def test_the_context_is_empty_after_an_act(store: Store) -> None:
    add_people(store, "Durand")
    context = "SELECT action_id, at, who, app_version, clock_doubtful FROM history_context"
    assert by_hand(store.path, context) == [(None, None, None, None, 0)]


def at_another_hour(monkeypatch: pytest.MonkeyPatch, shift: timedelta) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = UTC) -> "Clock":
            moment = datetime.now(tz) + shift
            return cls.fromtimestamp(moment.timestamp(), tz)

    monkeypatch.setattr(sealing, "datetime", Clock)


@pytest.mark.parametrize(("shift", "doubtful"), [(-4, 0), (-6, 1), (60 * 24 * 3650, 0)])
def test_a_clock_that_went_back_is_marked(
    store: Store, monkeypatch: pytest.MonkeyPatch, shift: int, doubtful: int
) -> None:
    add_people(store, "Durand")
    at_another_hour(monkeypatch, timedelta(minutes=shift))
    add_people(store, "Martin")
    with store.read() as session:
        assert session.scalars(select(History.clock_doubtful).order_by(History.seq)).all() == [0, doubtful]
        assert session.scalars(select(Person.last_name)).all() == ["Durand", "Martin"]


def test_raw_statements_are_sealed_too(store: Store) -> None:
    add_people(store, "Durand")
    with store.begin() as session:
        session.execute(text("UPDATE person SET phone = '06'"))
    assert problems(store) == []
