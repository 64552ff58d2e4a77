import os
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import StoreDamaged, StoreError, StoreLocked, StoreNewer, StoreReadOnly
from app.storage import Store, engines, open_store, opening, schema
from app.storage.lock import identity
from app.storage.opening import create_base
from tests.storage.things import add_people, by_hand, is_private, people


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A closed file with one person in it."""
    path = tmp_path / "a.parc"
    with closing(open_store(path)) as store:
        add_people(store, "Durand")
    return path


def reopened(path: Path, *, read_only: bool = False) -> Store:
    return open_store(path, read_only=read_only)


def leave_a_hot_journal(path: Path) -> None:
    """What a program killed in the middle of a commit leaves: pages written, and the journal to undo them."""
    script = (
        "import os, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size=1'); c.execute('BEGIN'); c.execute('DELETE FROM history')\n"
        "c.execute('UPDATE sqlite_sequence SET seq = 0')\n"
        'c.execute("UPDATE person SET notes = hex(zeroblob(200000))")\n'
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert path.with_name(f"{path.name}-journal").stat().st_size > 0


def test_a_new_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "dossier" / "neuf.parc"
    with closing(open_store(path)) as store:
        assert (store.notices, store.read_only, store.who) == ([], False, identity())
        assert people(store) == []
    assert is_private(path)
    assert is_private(path.parent)


def test_a_new_file_is_quick(tmp_path: Path) -> None:
    times = []
    for n in range(5):
        start = time.perf_counter()
        create_base(tmp_path / f"{n}.parc")
        times.append(time.perf_counter() - start)
    assert min(times) < 0.3  # 0.06 on a quiet machine: seventy tables, their indexes and their triggers


def test_a_creation_that_died_is_begun_again(tmp_path: Path) -> None:
    (tmp_path / "a.parc.part").write_bytes(b"half of a base")
    open_store(tmp_path / "a.parc").close()
    assert [file.name for file in tmp_path.iterdir()] == ["a.parc"]


@pytest.mark.parametrize(("minutes", "told"), [(4, []), (6, [opening.CLOCK])])
def test_a_clock_that_is_late_is_told(base: Path, minutes: int, told: list[str]) -> None:
    later = (datetime.now(UTC) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
    by_hand(base, f"UPDATE action SET at = '{later}'")
    with closing(open_store(base)) as store:
        assert store.notices == told


def test_what_was_saved_is_there_at_the_next_opening(base: Path) -> None:
    with closing(open_store(base, who="Marie")) as store:
        assert (people(store), store.who) == (["Durand"], "Marie")
        assert store.last_saved_at is not None
        assert store.last_action_id is None


def test_a_file_is_opened_by_one_program(base: Path) -> None:
    with closing(open_store(base)), pytest.raises(StoreLocked, match="déjà ouvert"):
        open_store(base)
    reopened(base).close()


def test_a_file_in_use_is_read_by_others(base: Path) -> None:
    with closing(open_store(base)) as first, closing(reopened(base, read_only=True)) as second:
        add_people(first, "Martin")
        assert people(second) == ["Durand", "Martin"]
        with pytest.raises(StoreReadOnly), second.begin():
            pytest.fail("a read-only file was opened to write")


def test_reading_changes_nothing(base: Path) -> None:
    before = base.read_bytes()
    with closing(reopened(base, read_only=True)) as store:
        assert people(store) == ["Durand"]
    assert base.read_bytes() == before
    assert [file.name for file in base.parent.iterdir()] == ["a.parc"]


def test_a_missing_file_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="n’existe pas"):
        reopened(tmp_path / "absent.parc", read_only=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    ("harm", "kind"),
    [
        ("newer", StoreNewer),
        ("foreign", StoreError),
        ("empty", StoreDamaged),
        ("text", StoreDamaged),
        ("cut", StoreDamaged),
    ],
)
def test_a_refused_file_is_left_untouched(base: Path, harm: str, kind: type[StoreError], read_only: bool) -> None:
    if harm == "newer":
        by_hand(base, "PRAGMA user_version=9999")
    elif harm == "foreign":
        by_hand(base, "PRAGMA application_id=7")
    elif harm == "cut":
        base.write_bytes(base.read_bytes()[:-8192])
    else:
        base.write_bytes(b"" if harm == "empty" else b"Bonjour" * 100)
    before, moment = base.read_bytes(), base.stat().st_mtime_ns
    with pytest.raises(kind):
        open_store(base, read_only=read_only)
    assert (base.read_bytes(), base.stat().st_mtime_ns) == (before, moment)
    assert [file.name for file in base.parent.iterdir()] == ["a.parc"]


def test_a_damaged_page_is_refused_and_left_untouched(base: Path) -> None:
    content = bytearray(base.read_bytes())
    content[4096:8192] = b"\xff" * 4096
    base.write_bytes(content)
    with pytest.raises(StoreDamaged, match="abîmé"):
        open_store(base)
    assert base.read_bytes() == content


def test_links_between_damaged_pages_are_seen(base: Path) -> None:
    """An index that lacks an entry breaks nothing at the opening but the quick check."""
    by_hand(base, "PRAGMA writable_schema=ON", "DELETE FROM sqlite_master WHERE name='ix_asset_status'")
    before = base.read_bytes()
    with pytest.raises(StoreDamaged):
        open_store(base)
    assert base.read_bytes() == before


def test_a_large_file_is_checked_after_the_opening(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by_hand(base, "PRAGMA writable_schema=ON", "DELETE FROM sqlite_master WHERE name='ix_asset_status'")
    monkeypatch.setattr(opening, "CHECKED_AT_ONCE", 0)
    with closing(open_store(base)) as store:
        assert people(store) == ["Durand"]


def test_a_crash_is_mended_and_told_once(base: Path) -> None:
    leave_a_hot_journal(base)
    with closing(open_store(base)) as store:
        assert (people(store), store.notices) == (["Durand"], [opening.CRASHED])
    with closing(open_store(base)) as store:
        assert store.notices == []


def test_a_crashed_file_is_not_read_before_it_is_mended(base: Path) -> None:
    leave_a_hot_journal(base)
    with pytest.raises(StoreError, match="ouvrez d’abord"):
        reopened(base, read_only=True)
    with closing(open_store(base)) as store:
        assert people(store) == ["Durand"]


def test_a_base_in_wal_is_switched_back(base: Path) -> None:
    by_hand(base, "PRAGMA journal_mode=WAL")
    assert base.read_bytes()[18] == 2
    with closing(open_store(base)) as store:
        assert people(store) == ["Durand"]
    assert base.read_bytes()[18] == 1


def test_rules_changed_outside_are_put_back(base: Path) -> None:
    by_hand(
        base,
        "DROP TRIGGER person_history_update",
        "CREATE TRIGGER spy AFTER INSERT ON person BEGIN DELETE FROM person; END",
        "CREATE VIEW look AS SELECT 1",
    )
    with closing(open_store(base)) as store:
        assert store.notices == [opening.RULES_MENDED]
        add_people(store, "Martin")
        assert people(store) == ["Durand", "Martin"]
        with store._reader.connect() as connection:
            assert schema.present_triggers(connection) == schema.triggers()


def test_an_unsafe_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="synchronisé"):
        open_store(tmp_path / "Dropbox" / "a.parc")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_refuses_is_said(tmp_path: Path) -> None:
    (tmp_path / "fichier").touch()
    with pytest.raises(StoreError, match="à cet endroit"):
        open_store(tmp_path / "fichier" / "a.parc")


def test_a_failed_opening_frees_the_lock(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch, pytest.raises(StoreError):
        patch.setitem(engines._WRITER, "page_size", 512)
        open_store(base)
    open_store(base).close()


def test_a_protected_file_is_opened_to_read_and_told(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, _: path != base)
    with closing(open_store(base)) as store:
        assert (store.read_only, store.notices, people(store)) == (True, [opening.PROTECTED], ["Durand"])


AS_NOBODY = """
import os, sys
from pathlib import Path
from app.storage import open_store
from sqlalchemy import text
def tell():
    store = open_store(Path(sys.argv[1]))
    with store.read() as session:
        print(store.read_only, len(store.notices), session.scalar(text("SELECT last_name FROM person")))
    store.close()
tell()
os.chmod(sys.argv[1], int(sys.argv[2]))
os.setgroups([]); os.setgid(65534); os.setuid(65534)
tell()
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become nobody")
@pytest.mark.parametrize("mode", [0o555, 0o755])
def test_a_protected_folder_is_opened_to_read(base: Path, mode: int) -> None:
    for folder in [base.parent, *base.parent.parents][:4]:
        if folder.stat().st_uid == 0 and folder != Path("/tmp"):  # noqa: S108 - pytest's own folders are made private
            folder.chmod(folder.stat().st_mode | 0o055)
    base.parent.chmod(mode)
    command = [sys.executable, "-c", AS_NOBODY, str(base), str(0o666 if mode == 0o555 else 0o444)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.stdout == "False 0 Durand\nTrue 1 Durand\n", found.stderr
