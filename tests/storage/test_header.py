from pathlib import Path

import pytest

from app.errors import StoreDamaged, StoreError, StoreNewer
from app.storage import schema
from app.storage.header import check_header, has_hot_journal, read_header
from app.storage.opening import create_base
from tests.storage.things import by_hand


@pytest.fixture
def base(tmp_path: Path) -> Path:
    create_base(tmp_path / "a.parc")
    return tmp_path / "a.parc"


def test_the_header_is_what_sqlite_wrote(base: Path) -> None:
    header = check_header(base)
    assert (header.application_id, header.user_version) == (schema.APPLICATION_ID, schema.SCHEMA)
    assert header.page_size * header.pages == base.stat().st_size


def test_the_largest_page_is_read(tmp_path: Path) -> None:
    by_hand(tmp_path / "a.parc", "PRAGMA page_size=65536", "CREATE TABLE t (a)")
    assert read_header(tmp_path / "a.parc").page_size == 65536


@pytest.mark.parametrize(
    ("content", "kind", "word"),
    [
        (b"", StoreDamaged, "vide"),
        (b"SQLite format 3\x00", StoreDamaged, "abîmé"),
        (b"%PDF-1.7" + bytes(200), StoreDamaged, "abîmé"),
        (b"SQLite format 3\x00" + bytes(200), StoreError, "autre logiciel"),
    ],
)
def test_what_is_not_ours_is_refused(tmp_path: Path, content: bytes, kind: type[StoreError], word: str) -> None:
    path = tmp_path / "a.parc"
    path.write_bytes(content)
    with pytest.raises(kind, match=word):
        check_header(path)


def test_another_base_is_refused(tmp_path: Path) -> None:
    by_hand(tmp_path / "a.parc", "CREATE TABLE t (a)")
    with pytest.raises(StoreError, match="autre logiciel"):
        check_header(tmp_path / "a.parc")


def test_a_later_version_is_refused(base: Path) -> None:
    by_hand(base, f"PRAGMA user_version={schema.SCHEMA + 1}")
    with pytest.raises(StoreNewer, match="plus récente"):
        check_header(base)


def test_a_base_without_number_is_refused(base: Path) -> None:
    by_hand(base, "PRAGMA user_version=0")
    with pytest.raises(StoreError, match="autre logiciel"):
        check_header(base)


def test_a_cut_file_is_refused_unless_a_journal_may_mend_it(base: Path) -> None:
    base.write_bytes(base.read_bytes()[:-5000])
    with pytest.raises(StoreDamaged, match="manque"):
        check_header(base)
    base.with_name("a.parc-journal").write_bytes(b"journal")
    check_header(base)


def test_an_empty_journal_is_not_hot(base: Path) -> None:
    assert not has_hot_journal(base)
    base.with_name("a.parc-journal").touch()
    assert not has_hot_journal(base)
