import errno
import os
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from app.errors import StoreDamaged, StoreError
from app.jobs import drain
from app.storage import Store, archive, backup, open_store, rotation
from app.storage.backup import Backup, backup_if_needed, backups, make_backup
from app.storage.restore import restore
from tests.storage.things import add_people, by_hand, is_private, people


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sauvegardes"


def saved(store: Store, folder: Path) -> Backup:
    return drain(make_backup(store, folder))


def test_a_backup_holds_the_file_and_says_what_it_holds(store: Store, folder: Path, tmp_path: Path) -> None:
    add_people(store, "Durand", "Martin")
    made = saved(store, folder)
    assert [one.path for one in backups(folder)] == [made.path]
    assert (made.manifest.sequence, made.manifest.counts["person"], made.is_verified) == (1, 2, True)
    assert [(made.manifest.head,)] == by_hand(store.path, "SELECT hash FROM history ORDER BY seq DESC LIMIT 1")
    assert datetime.now(UTC) - made.manifest.moment < timedelta(minutes=1)
    assert is_private(made.path)
    assert drain(restore(made.path, tmp_path / "autre.parc")) is None
    with closing(open_store(tmp_path / "autre.parc")) as other:
        assert people(other) == ["Durand", "Martin"]


def test_a_backup_leaves_nothing_else(store: Store, folder: Path) -> None:
    made = saved(store, folder)
    assert list(folder.iterdir()) == [made.path]
    assert not list(store.path.parent.glob("*.copie*"))


def test_backups_are_numbered(store: Store, folder: Path) -> None:
    assert [saved(store, folder).manifest.sequence for _ in range(3)] == [1, 2, 3]
    assert [one.manifest.sequence for one in backups(folder)] == [3, 2, 1]


def test_nothing_new_no_backup(store: Store, folder: Path) -> None:
    add_people(store, "Durand")
    assert drain(backup_if_needed(store, folder)) is not None
    assert drain(backup_if_needed(store, folder)) is None
    add_people(store, "Martin")
    again = drain(backup_if_needed(store, folder))
    assert again is not None
    assert again.manifest.counts["person"] == 2


def test_a_file_open_to_read_is_backed_up(store: Store, folder: Path) -> None:
    with closing(open_store(store.path, read_only=True)) as other:
        assert saved(other, folder).is_verified
    assert len(list(folder.iterdir())) == 1


def test_a_doubtful_file_is_backed_up_and_said_so(store: Store, folder: Path) -> None:
    add_people(store, "Durand")
    by_hand(store.path, "UPDATE history SET who = 'x'")
    assert not saved(store, folder).is_verified
    assert drain(backup_if_needed(store, folder)) is not None


def test_a_damaged_file_is_not_backed_up(store: Store, folder: Path) -> None:
    good = saved(store, folder)
    by_hand(store.path, "PRAGMA writable_schema=ON", "DELETE FROM sqlite_master WHERE name='ix_asset_status'")
    with pytest.raises(StoreDamaged):
        saved(store, folder)
    assert list(folder.iterdir()) == [good.path]


def test_what_is_no_backup_is_left_alone(store: Store, folder: Path) -> None:
    folder.mkdir()
    (folder / "photos.zip").write_bytes(b"PK")
    (folder / "dossier.zip").mkdir()
    assert backups(folder) == []
    assert saved(store, folder).manifest.sequence == 1
    assert (folder / "photos.zip").exists()


def test_what_a_crash_left_goes_at_the_next_backup(store: Store, folder: Path) -> None:
    folder.mkdir()
    (folder / "essai-00001-2026-11-20.zip.part").write_bytes(b"half")
    (folder / "autre-00001-2026-11-20.zip.part").write_bytes(b"of another")
    store.path.with_name("essai.parc.copie").write_bytes(b"half")
    made = saved(store, folder)
    assert sorted(folder.iterdir()) == [folder / "autre-00001-2026-11-20.zip.part", made.path]


def test_a_full_disk_is_said_and_leaves_the_old_ones(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = saved(store, folder)

    def fail(_: int) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StoreError, match="Celles d’avant"):
        saved(store, folder)
    assert list(folder.iterdir()) == [good.path]


def test_an_archive_that_reads_back_wrong_gets_no_name(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that lies: what it gives back is not what was written."""
    real = archive.pack

    def pack(base: Path, manifest: archive.Manifest, target: Path):  # type: ignore[no-untyped-def]  # noqa: ANN202
        yield from real(base, manifest, target)
        content = bytearray(target.read_bytes())
        middle = len(content) // 2
        content[middle : middle + 64] = bytes(64)  # one bit may fall where any distance gives the same zeros
        target.write_bytes(content)

    monkeypatch.setattr(archive, "pack", pack)
    with pytest.raises(Exception, match="abîmé"):
        saved(store, folder)
    assert list(folder.iterdir()) == []


def test_a_cancelled_backup_leaves_nothing(store: Store, folder: Path) -> None:
    job = make_backup(store, folder)
    while not next(job).text.startswith("Écriture de la sauvegarde"):
        pass
    job.close()
    assert list(folder.iterdir()) == []


def test_surplus_backups_go(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = saved(store, folder)
    monkeypatch.setattr(rotation, "surplus", lambda kept: [one for one in kept if one.sequence == 1])
    second = saved(store, folder)
    assert list(folder.iterdir()) == [second.path]
    assert not first.path.exists()


def test_saving_goes_on_during_a_backup(store: Store, folder: Path) -> None:
    add_people(store, "Durand")
    for step, _ in enumerate(make_backup(store, folder)):
        add_people(store, f"P{step}")
    (made,) = backups(folder)
    assert made.is_verified
    assert made.manifest.counts["person"] == 1
    assert len(people(store)) > 5
    assert backup.backups(folder / "absent") == []
