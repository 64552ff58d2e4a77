import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import StoreDamaged, StoreError
from app.storage import Store, engines, open_store
from app.storage.copying import copy_base, is_sound
from app.storage.opening import create_base
from tests.storage.things import add_people, by_hand, people


def test_a_copy_of_a_file_in_use_opens(store: Store, tmp_path: Path) -> None:
    add_people(store, "Durand")
    copy_base(store.path, tmp_path / "copie.parc")
    with closing(open_store(tmp_path / "copie.parc")) as copy:
        assert people(copy) == ["Durand"]


def test_a_damaged_base_gives_no_copy(tmp_path: Path) -> None:
    create_base(tmp_path / "a.parc")
    by_hand(tmp_path / "a.parc", "CREATE TABLE t (a)", "CREATE INDEX i ON t (a)", "INSERT INTO t VALUES (1), (2)")
    by_hand(tmp_path / "a.parc", "PRAGMA writable_schema=ON", "DELETE FROM sqlite_master WHERE name='person'")
    with pytest.raises(StoreDamaged):
        copy_base(tmp_path / "a.parc", tmp_path / "b.parc")
    assert [file.name for file in tmp_path.iterdir()] == ["a.parc"]


def test_a_file_that_is_no_base_gives_no_copy(tmp_path: Path) -> None:
    (tmp_path / "a.parc").write_bytes(b"x" * 5000)
    with pytest.raises(StoreDamaged):
        copy_base(tmp_path / "a.parc", tmp_path / "b.parc")
    assert [file.name for file in tmp_path.iterdir()] == ["a.parc"]


def test_an_unknown_error_of_sqlite_keeps_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> sqlite3.Connection:
        raise sqlite3.OperationalError("un mot de SQLite")

    monkeypatch.setattr(engines, "connect", fail)
    with pytest.raises(StoreError, match="un mot de SQLite"):
        copy_base(tmp_path / "a.parc", tmp_path / "b.parc")


def test_a_base_with_orphans_is_not_sound(store: Store) -> None:
    with closing(engines.connect(store.path)) as connection:
        assert is_sound(connection)
        connection.execute(
            "INSERT INTO part (label, quantity, state, intervention_id, uuid, version, created_at, updated_at) "
            "VALUES ('a', 1, 'fitted', 99, 'u', 1, '', '')"
        )
        assert not is_sound(connection)
    with pytest.raises(StoreDamaged):
        copy_base(store.path, store.path.with_name("copie.parc"))
    assert not list(store.path.parent.glob("copie*"))
