import sqlite3
from pathlib import Path

import pytest

from app.errors import StoreError
from app.storage import Store, engines


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_each_connection_takes_the_safe_pragmas(store: Store) -> None:
    reader = engines.reader_connection(store.path, read_only=False)
    writer = engines.writer_connection(store.path)
    for name, value in engines._SAFE.items():
        assert (pragma(reader, name), pragma(writer, name)) == (value, value)
    assert (pragma(writer, "journal_mode"), pragma(reader, "query_only"), pragma(writer, "query_only")) == (
        "truncate",
        1,
        0,
    )
    assert (pragma(reader, "trusted_schema"), pragma(writer, "cache_spill")) == (0, 0)
    reader.close()
    writer.close()


def test_a_pragma_that_is_not_taken_stops_everything(store: Store) -> None:
    connection = engines.connect(store.path)
    with pytest.raises(StoreError, match="enregistrer sûrement"):
        engines.take(connection, "page_size", 512)
    connection.close()


def test_a_connection_that_is_not_safe_is_closed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch, pytest.raises(StoreError):
        patch.setitem(engines._WRITER, "page_size", 512)
        engines.writer_connection(store.path)


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        engines.connect(tmp_path / "absent.parc").execute("SELECT 1 FROM sqlite_master")
    assert not (tmp_path / "absent.parc").exists()


def test_french_order_is_known_to_sql(store: Store) -> None:
    connection = engines.reader_connection(store.path, read_only=False)
    assert connection.execute("SELECT fold('Œuvre ÉTÉ'), fold(NULL), fold(3)").fetchone() == ("oeuvre ete", None, 3)
    connection.close()


@pytest.mark.parametrize("name", ["café n°1.parc", "a%20b#c?d.parc", "  espaces  .parc"])
def test_any_name_of_file_is_opened(tmp_path: Path, name: str) -> None:
    connection = engines.connect(tmp_path / name, "rwc")
    connection.execute("CREATE TABLE t (a)")
    connection.close()
    assert [file.name for file in tmp_path.iterdir() if file.suffix] == [name]
