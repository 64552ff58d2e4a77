import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, func, select, text, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError, InvalidRequestError, OperationalError

from app.errors import StoreError, StoreReadOnly
from app.jobs import Progress, drain
from app.models import Action, Asset, Blob, Counter, History, Person, Setting
from app.storage import Store, open_store
from app.storage.store import SAVED_AFTER_ALL, UNKNOWN
from tests.storage.things import add_people, by_hand, family, people, person


def count(store: Store, kept: type) -> int:
    with store.read() as session:
        return int(session.scalar(select(func.count()).select_from(kept)) or 0)


def test_an_act_is_saved_with_its_action_and_its_history(store: Store) -> None:
    add_people(store, "Durand")
    with store.read() as session:
        action = session.scalars(select(Action)).one()
        entry = session.scalars(select(History)).one()
        assert (action.label, action.who, action.undoes) == ("Ajout de Durand", store.who, None)
        assert (entry.action_id, entry.table_name, entry.kind, entry.who) == (action.id, "person", "insert", store.who)
        assert entry.hash
    assert store.last_action_id == action.id
    assert store.last_saved_at is not None
    assert datetime.now(UTC) - store.last_saved_at < timedelta(minutes=1)


def test_an_act_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.begin() as session:
        session.add(person())
        session.flush()
        1 / 0  # noqa: B018 - the fault
    assert (people(store), count(store, Action), store.last_action_id) == ([], 0, None)


def test_a_job_that_is_closed_leaves_nothing(store: Store) -> None:
    def job() -> Iterator[Progress]:
        with store.begin() as session:
            session.add(person())
            session.flush()
            yield Progress(1, 2)
            session.add(person("Martin"))

    running = job()
    next(running)
    running.close()  # type: ignore[attr-defined]
    assert people(store) == []
    add_people(store, "Petit")
    assert people(store) == ["Petit"]


def test_an_act_that_changes_nothing_makes_no_action(store: Store) -> None:
    told: list[frozenset[str]] = []
    store.on_change(told.append)
    with store.begin():
        pass
    assert (count(store, Action), store.last_action_id, store.last_saved_at, told) == (0, None, None, [])


def test_listeners_hear_the_tables_until_they_leave(store: Store) -> None:
    told: list[frozenset[str]] = []
    leave = store.on_change(told.append)
    with store.begin() as session:
        session.add_all([person(), Setting(key="theme", value='"sombre"')])
    with store.begin() as session:
        session.execute(update(Person).values(phone="0102030405"))
        session.merge(Counter(prefix="PC", last=12))
    with store.begin() as session:
        session.execute(text("DELETE FROM person"))
    leave()
    add_people(store, "Martin")
    assert told == [frozenset({"person", "setting"}), frozenset({"person", "counter"}), frozenset({"person"})]


def test_settings_are_saved_without_an_action(store: Store) -> None:
    with store.begin() as session:
        session.add(Setting(key="theme", value='"sombre"'))
    assert (count(store, Setting), count(store, Action)) == (1, 0)
    assert store.last_saved_at is not None


def test_a_snapshot_cannot_write(store: Store) -> None:
    with store.read() as session:
        session.add(Setting(key="theme", value="1"))
        with pytest.raises(StoreReadOnly, match="lecture seule"):
            session.flush()


def test_a_snapshot_does_not_move(store: Store) -> None:
    add_people(store, "Durand")
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1
        saving = threading.Thread(target=add_people, args=(store, "Martin"))
        saving.start()
        saving.join(0.3)
        assert session.scalar(select(func.count()).select_from(Person)) == 1
    saving.join()
    assert people(store) == ["Durand", "Martin"]


def test_a_service_may_not_commit(store: Store) -> None:
    with pytest.raises(InvalidRequestError), store.begin() as session:
        session.add(person())
        session.commit()
        session.scalar(select(Person))


def test_concurrent_edits_are_all_kept(store: Store) -> None:
    with store.begin() as session:
        session.add(Counter(prefix="PC", last=0))

    def add_fifty() -> None:
        for _ in range(50):
            with store.begin() as session:
                counter = session.get_one(Counter, "PC")
                counter.last += 1

    threads = [threading.Thread(target=add_fifty) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as session:
        assert session.get_one(Counter, "PC").last == 200


def test_readers_go_on_while_an_import_runs(store: Store) -> None:
    with store.begin() as session:
        session.add_all([person(f"P{n}", notes="x" * 4000) for n in range(2000)])  # more than the page cache holds
        session.flush()
        seen = threading.Thread(target=people, args=(store,))
        seen.start()
        seen.join(2)
        assert not seen.is_alive()


def test_a_busy_file_is_said_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.storage.engines.BUSY_MS", 10)
    monkeypatch.setitem(engines_pragmas(), "busy_timeout", 10)
    with store.begin(), pytest.raises(StoreError, match="occupé"), store.begin():
        pytest.fail("two acts at once")


def engines_pragmas() -> dict[str, int]:
    from app.storage.engines import _WRITER  # noqa: PLC0415 - its delay is shortened

    return _WRITER


def test_a_broken_constraint_stays_a_bug(store: Store) -> None:
    with pytest.raises(IntegrityError), store.begin() as session:
        session.add(Asset(number="PC-1", family_id=99))


def test_a_value_of_another_type_is_refused(store: Store) -> None:
    with pytest.raises(IntegrityError), store.begin() as session:
        session.execute(text("INSERT INTO counter VALUES ('PC', 'douze')"))


def test_a_wrong_statement_stays_a_bug(store: Store) -> None:
    with pytest.raises(OperationalError), store.read() as session:
        session.execute(text("SELECT * FROM nulle_part"))


def test_the_version_is_raised_by_every_kind_of_update(store: Store) -> None:
    add_people(store, "Durand")
    with store.begin() as session:
        one = session.scalars(select(Person)).one()
        one.phone = "01"
        session.flush()
        assert one.version == 2
        session.execute(update(Person).values(phone="02"))
        session.execute(text("UPDATE person SET phone = '03'"))
    with store.read() as session:
        assert session.scalars(select(Person.version)).one() == 4


def test_identifiers_are_never_given_twice(store: Store) -> None:
    with store.begin() as session:
        first = family(session)
        session.execute(text("DELETE FROM family"))
    with store.begin() as session:
        assert family(session) == first + 1


def test_closing_leaves_the_file_alone(tmp_path: Path) -> None:
    store = open_store(tmp_path / "a.parc")
    add_people(store, "Durand")
    store.close()
    assert [file.name for file in tmp_path.iterdir()] == ["a.parc"]


def test_check_finds_nothing_in_a_sound_file(store: Store) -> None:
    add_people(store, "Durand")
    assert drain(store.check()) == []


def test_check_sees_what_bypassed_the_history(store: Store) -> None:
    add_people(store, "Durand")
    by_hand(store.path, "DROP TRIGGER person_history_update", "UPDATE person SET phone = '06'")
    assert ["hors de l’application" in line for line in drain(store.check())] == [True]


def test_check_sees_damage(store: Store) -> None:
    add_people(store, "Durand")
    size = store.path.stat().st_size
    with store.path.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xff" * (size // 2))
    assert ["abîmé" in line for line in drain(store.check())] == [True]


def fail_at_commit(store: Store, *, saved: bool, then_unreadable: bool = False) -> None:
    """A disk that reports an error at the commit, before or after the data arrived."""

    def on_commit(connection: Connection) -> None:
        if saved:
            connection.connection.driver_connection.commit()  # type: ignore[union-attr]
        if then_unreadable:
            store._reader.dispose()
            store.path.rename(store.path.with_suffix(".loin"))
        raise StoreError("erreur du disque")

    event.listen(store._writer, "commit", on_commit)


def test_an_error_at_the_commit_that_saved_nothing_is_an_error(store: Store) -> None:
    fail_at_commit(store, saved=False)
    with pytest.raises(StoreError, match="erreur du disque"):
        add_people(store, "Durand")
    assert (people(store), store.notices, store.last_action_id) == ([], [], None)


def test_an_error_at_the_commit_that_saved_all_is_a_notice(store: Store) -> None:
    fail_at_commit(store, saved=True)
    add_people(store, "Durand")
    assert (people(store), store.notices, store.last_action_id) == (["Durand"], [SAVED_AFTER_ALL], 1)


def test_an_error_at_the_commit_of_a_setting_is_an_error(store: Store) -> None:
    fail_at_commit(store, saved=True)
    with pytest.raises(StoreError, match="erreur du disque"), store.begin() as session:
        session.add(Setting(key="theme", value='"sombre"'))


def test_an_error_at_the_commit_of_a_lost_disk_is_said_as_it_is(store: Store) -> None:
    fail_at_commit(store, saved=True, then_unreadable=True)
    with pytest.raises(StoreError, match="impossible de savoir") as caught:
        add_people(store, "Durand")
    assert str(caught.value) == UNKNOWN
    store.path.with_suffix(".loin").rename(store.path)


def test_a_large_content_is_kept_whole(store: Store) -> None:
    content = bytes(range(256)) * 8000
    with store.begin() as session:
        session.add(Blob(sha256="0" * 64, size=len(content), content=content))
    with store.read() as session:
        assert session.get_one(Blob, "0" * 64).content == content


@pytest.mark.parametrize("goes_on", [True, False])
def test_an_act_that_sqlite_gave_up_saves_nothing_more(store: Store, goes_on: bool) -> None:
    """After a full disk SQLite rolls back by itself: an import that passes over errors line by line must not go on."""
    add_people(store, "Durand")
    with pytest.raises((StoreError, InvalidRequestError)), store.begin() as session:
        session.add(person("Martin"))
        session.flush()
        session.connection().connection.driver_connection.rollback()  # type: ignore[union-attr]
        if goes_on:
            session.add(person("Petit"))
            with pytest.raises(StoreError):
                session.flush()
    assert people(store) == ["Durand"]
    add_people(store, "Petit")
    assert people(store) == ["Durand", "Petit"]
