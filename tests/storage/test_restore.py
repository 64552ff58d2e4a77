import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import AppError, Refused, StoreDamaged, StoreError, StoreLocked, StoreNewer
from app.jobs import drain
from app.storage import archive, open_store, schema
from app.storage.backup import make_backup
from app.storage.copying import copy_base
from app.storage.restore import keep_aside, restore
from tests.storage.test_opening import leave_a_hot_journal
from tests.storage.things import add_people, by_hand, people


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A file backed up with Durand, then with Martin too."""
    path = tmp_path / "a.parc"
    with closing(open_store(path)) as store:
        add_people(store, "Durand")
        drain(make_backup(store, tmp_path / "s"))
        add_people(store, "Martin")
    return path


@pytest.fixture
def zipped(base: Path) -> Path:
    return next((base.parent / "s").glob("*.zip"))


def names(path: Path) -> list[str]:
    with closing(open_store(path)) as store:
        return people(store)


def test_the_backup_takes_the_place_and_the_old_file_is_kept(base: Path, zipped: Path) -> None:
    old = base.read_bytes()
    first = drain(restore(zipped, base))
    assert first == base.with_name("a.avant-restauration-1.parc")
    assert first.read_bytes() == old
    second = drain(restore(zipped, base))
    assert second == base.with_name("a.avant-restauration-2.parc")
    assert names(base) == ["Durand"]
    assert names(first) == ["Durand", "Martin"]
    assert {file.name for file in base.parent.iterdir()} == {"a.parc", first.name, second.name, "s"}


def test_a_lost_file_is_restored(base: Path, zipped: Path) -> None:
    base.unlink()
    assert drain(restore(zipped, base)) is None
    assert names(base) == ["Durand"]


def test_a_file_lost_but_its_journal_is_not_made_new(base: Path, zipped: Path) -> None:
    leave_a_hot_journal(base)
    base.unlink()
    with pytest.raises(StoreDamaged, match="disparu"):
        open_store(base)
    drain(restore(zipped, base))
    assert names(base) == ["Durand"]


def test_a_damaged_file_is_kept_as_it_is(base: Path, zipped: Path) -> None:
    base.write_bytes(b"\xff" * 50_000)
    kept = drain(restore(zipped, base))
    assert kept is not None
    assert kept.read_bytes() == b"\xff" * 50_000
    assert names(base) == ["Durand"]


def test_the_journal_of_a_crash_is_not_played_into_the_new_file(base: Path, zipped: Path) -> None:
    leave_a_hot_journal(base)
    kept = drain(restore(zipped, base))
    assert kept is not None
    assert names(base) == ["Durand"]
    assert names(kept) == ["Durand", "Martin"]


def test_control_a_journal_left_beside_would_be_played(base: Path, zipped: Path) -> None:
    """Without that care, the old journal changes the new file."""
    leave_a_hot_journal(base)
    journal = base.with_name("a.parc-journal").read_bytes()
    drain(restore(zipped, base))
    before = base.read_bytes()
    base.with_name("a.parc-journal").write_bytes(journal)
    by_hand(base, "PRAGMA quick_check")
    assert base.read_bytes() != before


def test_a_file_that_cannot_be_settled_is_kept_with_its_journal(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_a_hot_journal(base)
    monkeypatch.setattr("app.storage.restore._settle", lambda _: None)  # as when the disk refuses
    kept = keep_aside(base)
    assert kept is not None
    assert not base.with_name("a.parc-journal").exists()
    assert names(kept) == ["Durand", "Martin"]


def test_an_open_file_is_not_replaced(base: Path, zipped: Path) -> None:
    with closing(open_store(base)) as store:
        with pytest.raises(StoreLocked):
            drain(restore(zipped, base))
        assert people(store) == ["Durand", "Martin"]


def repacked(zipped: Path, *statements: str, **changed: object) -> Path:
    """The archive of a base changed by hand, with a manifest that agrees on its bytes."""
    manifest = drain(archive.unpack(zipped, zipped.with_name("changed")))
    inside = zipped.with_name("changed")
    if statements:
        by_hand(inside, *statements)
    agreed = replace(manifest, size=inside.stat().st_size, sha256=archive.digest_of(inside), **changed)  # type: ignore[arg-type]
    drain(archive.pack(inside, agreed, zipped.with_name("changed.zip")))
    return zipped.with_name("changed.zip")


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        (f"PRAGMA user_version={schema.SCHEMA + 1}", StoreNewer),
        ("PRAGMA application_id=7", StoreError),
        ("DELETE FROM person", StoreDamaged),
        ("UPDATE history SET hash = 'x' WHERE seq = 1", StoreDamaged),
        ("PRAGMA writable_schema=ON; DELETE FROM sqlite_master WHERE name='ix_asset_status'", StoreDamaged),
    ],
)
def test_an_archive_made_by_others_changes_nothing(
    base: Path, zipped: Path, statement: str, kind: type[AppError]
) -> None:
    path = repacked(zipped, *statement.split("; "))
    before = base.read_bytes()
    with pytest.raises(kind):
        drain(restore(path, base))
    assert base.read_bytes() == before
    assert sorted(file.name for file in base.parent.iterdir()) == ["a.parc", "s"]


def test_control_an_archive_repacked_as_it_was_is_restored(base: Path, zipped: Path) -> None:
    drain(restore(repacked(zipped), base))
    assert names(base) == ["Durand"]


def test_an_altered_archive_changes_nothing(base: Path, zipped: Path) -> None:
    content = bytearray(zipped.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 64] = bytes(64)
    zipped.write_bytes(content)
    with pytest.raises(Refused):
        drain(restore(zipped, base))
    assert names(base) == ["Durand", "Martin"]


def test_a_missing_archive_is_said(base: Path) -> None:
    with pytest.raises(StoreError, match="Rien n’a été modifié"):
        drain(restore(base.with_name("absente.zip"), base))
    assert names(base) == ["Durand", "Martin"]


def test_a_cancelled_restoration_changes_nothing(base: Path, zipped: Path) -> None:
    job = restore(zipped, base)
    next(job)
    job.close()
    assert names(base) == ["Durand", "Martin"]
    assert sorted(file.name for file in base.parent.iterdir()) == ["a.parc", "s"]


KILLED = """
import os, sys
from pathlib import Path
from app.jobs import drain
from app.storage import files, restore
calls = 0
def die(*_):
    global calls
    calls += 1
    if calls == int(sys.argv[3]):
        os.kill(os.getpid(), 9)
for name in ("fsync", "replace", "unlink"):
    real = getattr(os, name)
    setattr(os, name, lambda *a, real=real, **k: (die(), real(*a, **k))[1])
drain(restore.restore(Path(sys.argv[1]), Path(sys.argv[2])))
"""


@pytest.mark.parametrize("step", range(1, 9))
def test_a_restoration_that_is_killed_leaves_the_old_file_or_the_new(base: Path, zipped: Path, step: int) -> None:
    copy_base(base, base.with_name("témoin.parc"))
    ended = subprocess.run([sys.executable, "-c", KILLED, str(zipped), str(base), str(step)], check=False)
    assert ended.returncode in (0, -9)
    assert names(base) in (["Durand"], ["Durand", "Martin"])
    if names(base) == ["Durand"]:
        assert names(base.with_name("a.avant-restauration-1.parc")) == ["Durand", "Martin"]
    shutil.rmtree(base.parent / "s")
