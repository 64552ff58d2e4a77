from sqlalchemy import delete, select

from app.models import Person
from app.storage import Store
from app.storage.history import Outside, changes, last_change, outside_changes, writes_by_others
from tests.storage.things import add_people, by_hand, person


def strays(store: Store) -> list[Outside]:
    with store.read() as session:
        return outside_changes(session)


def test_changes_tell_who_did_what_the_latest_first(store: Store) -> None:
    add_people(store, "Durand")
    with store.begin("Correction") as session:
        session.get_one(Person, 1).last_name = "Dupont"
    with store.begin("Purge") as session:
        session.execute(delete(Person))
    with store.read() as session:
        purge, correction, added = changes(session, "person", 1)
        assert [one.label for one in changes(session, "person", 1, limit=2)] == ["Purge", "Correction"]
    assert (purge.kind, purge.fields["last_name"]) == ("delete", ("Dupont", None))
    assert (correction.kind, correction.who, correction.action_id) == ("update", store.who, 2)
    assert correction.fields == {"last_name": ("Durand", "Dupont")}
    assert (added.kind, added.fields["last_name"], added.clock_doubtful) == ("insert", (None, "Durand"), False)
    assert "version" not in added.fields


def test_changes_of_another_program_are_told(store: Store) -> None:
    add_people(store, "Durand")
    by_hand(store.path, "UPDATE person SET phone = '06'", "UPDATE person SET updated_at = '2026-01-01T00:00:00Z'")
    with store.read() as session:
        assert [one.kind for one in changes(session, "person", 1)] == ["update", "insert"]
        assert changes(session, "person", 1)[0].label == ""
        assert writes_by_others(session) == 2
        assert outside_changes(session) == []


def test_a_base_written_by_us_has_no_stray(store: Store) -> None:
    add_people(store, "Durand", "Martin")
    with store.begin() as session:
        session.get_one(Person, 1).phone = "06"
        session.delete(session.get_one(Person, 2))
    assert strays(store) == []


def test_writes_without_triggers_are_seen(store: Store) -> None:
    add_people(store, "Durand", "Martin", "Petit")
    names = by_hand(store.path, "SELECT name FROM sqlite_master WHERE name LIKE 'person_history_%'")
    by_hand(
        store.path,
        *(f"DROP TRIGGER {name}" for (name,) in names),
        "UPDATE person SET phone = '06' WHERE id = 1",
        "DELETE FROM person WHERE id = 2",
        "INSERT INTO person SELECT first_name, 'Intrus', email, phone, service, position, role, site_id, arrived_on, "
        "left_on, notes, 9, 'u9', 1, created_at, updated_at, NULL, NULL, NULL FROM person WHERE id = 3",
    )
    assert strays(store) == [Outside("person", 1), Outside("person", 9), Outside("person", 2)]


def test_a_row_that_comes_back_without_trigger_is_seen(store: Store) -> None:
    add_people(store, "Durand")
    saved = by_hand(store.path, "SELECT * FROM person")[0]
    with store.begin() as session:
        session.execute(delete(Person))
    values = ", ".join("NULL" if value is None else repr(value) for value in saved)
    by_hand(store.path, "DROP TRIGGER person_history_insert", f"INSERT INTO person VALUES ({values})")
    assert strays(store) == [Outside("person", 1)]


def test_an_erased_entry_and_an_older_schema_are_no_strays(store: Store) -> None:
    add_people(store, "Durand", "Martin")
    by_hand(
        store.path,
        "UPDATE history SET after = NULL WHERE seq = 1",
        """UPDATE history SET after = '{"id":2,"last_name":"Martin","former_column":1}' WHERE seq = 2""",
    )
    assert strays(store) == []


def test_the_last_change_moves_with_each_record_written(store: Store) -> None:
    def last() -> int:
        with store.read() as session:
            return last_change(session)

    assert last() == 0
    add_people(store, "Durand", "Martin")
    assert last() == 2


def test_bulk_writes_are_in_the_history(store: Store) -> None:
    with store.begin() as session:
        session.add_all(person(f"P{n}") for n in range(50))
    with store.begin() as session:
        session.execute(delete(Person).where(Person.id > 10))
    with store.read() as session:
        assert changes(session, "person", 30)[0].kind == "delete"
        assert len(session.scalars(select(Person)).all()) == 10
    assert strays(store) == []
