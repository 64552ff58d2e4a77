import json

from sqlalchemy import select, text

from app.models import Asset, Base, Person
from app.storage import Store, schema
from tests.storage.things import add_people, by_hand, family


def test_every_table_is_strict(store: Store) -> None:
    with store.read() as session:
        rows = session.execute(text("PRAGMA table_list")).all()
    ours = {row.name: row.strict for row in rows if row.name in Base.metadata.tables}
    assert ours == dict.fromkeys(Base.metadata.tables, 1)


def test_the_header_says_whose_file_it_is(store: Store) -> None:
    with store.read() as session:
        assert session.scalar(text("PRAGMA application_id")) == schema.APPLICATION_ID
        assert session.scalar(text("PRAGMA user_version")) == schema.SCHEMA


def test_every_kept_table_has_its_triggers(store: Store) -> None:
    kept = [mapper.local_table.name for mapper in Base.registry.mappers if issubclass(mapper.class_, schema.Record)]  # type: ignore[attr-defined]
    with store.read() as session:
        names = set(session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")))
    assert len(kept) >= 15
    assert {f"{table}_history_{act}" for table in kept for act in ("insert", "update", "delete")} <= names
    assert names == set(schema.triggers())


def test_the_history_holds_every_column_sorted_even_of_a_wide_table(store: Store) -> None:
    with store.begin() as session:
        session.add(Asset(number="PC-1", family_id=family(session), name='}{"', notes="a\nb", last_user="}"))
    with store.read() as session:
        after = session.scalar(text("SELECT after FROM history WHERE table_name = 'asset'"))
        one = session.scalars(select(Asset)).one()
        read = json.loads(after or "")
        assert list(read) == sorted(column.name for column in Asset.__table__.columns)
        assert len(read) > schema._PIECE
        assert (read["name"], read["notes"], read["last_user"], read["id"]) == ('}{"', "a\nb", "}", one.id)


def test_what_another_program_writes_is_marked(store: Store) -> None:
    add_people(store, "Durand")
    by_hand(
        store.path,
        "UPDATE person SET phone = '06'",
        "DELETE FROM history_context",
        "UPDATE person SET phone = '07'",
    )
    with store.read() as session:
        rows = session.execute(text("SELECT who, action_id, hash FROM history ORDER BY seq")).all()
        version = session.scalars(select(Person.version)).one()
    assert [tuple(row) for row in rows[1:]] == [(schema.OUTSIDE, None, None)] * 2
    assert version == 3


def test_replacing_a_row_shows_its_deletion(store: Store) -> None:
    add_people(store, "Durand")
    with store.begin() as session:
        session.execute(text("INSERT OR REPLACE INTO person SELECT * FROM person"))
    with store.read() as session:
        kinds = session.scalars(text("SELECT kind FROM history ORDER BY seq")).all()
    assert list(kinds) == ["insert", "delete", "insert"]


def test_install_twice_changes_nothing(store: Store) -> None:
    add_people(store, "Durand")
    master = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
    before = by_hand(store.path, master)
    with store._writer.begin() as connection:
        schema.install(connection)
    assert by_hand(store.path, master) == before


def test_install_makes_a_changed_index_again(store: Store) -> None:
    add_people(store, "Durand")
    by_hand(store.path, "DROP TABLE person_fts", "CREATE VIRTUAL TABLE person_fts USING fts5(last_name)")
    by_hand(store.path, "CREATE VIRTUAL TABLE other_fts USING fts5(a)")
    with store._writer.begin() as connection:
        schema.install(connection)
    with store.read() as session:
        assert session.scalars(text("SELECT rowid FROM person_fts WHERE person_fts MATCH 'durand'")).all() == [1]
        assert session.scalar(text("SELECT count(*) FROM sqlite_master WHERE name = 'other_fts'")) == 0


def test_generated_tables_are_known() -> None:
    assert schema.is_generated("history_context")
    assert schema.is_generated("person_fts_data")
    assert not schema.is_generated("person")
