import os
import stat
from pathlib import Path

import pytest

from app.storage.files import retry, write_safely
from tests.storage.things import is_private


def test_a_file_is_written_whole_and_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    write_safely(path, b"ancien")
    write_safely(path, b"nouveau")
    assert path.read_bytes() == b"nouveau"
    assert is_private(path)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="Windows syncs names by itself")
def test_content_and_name_are_synced_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    real = os.fsync

    def fsync(opened: int) -> None:
        kind = "folder" if stat.S_ISDIR(os.fstat(opened).st_mode) else "file"
        seen.append(f"{kind} {'named' if (tmp_path / 'a.bin').exists() else 'unnamed'}")
        real(opened)

    monkeypatch.setattr(os, "fsync", fsync)
    write_safely(tmp_path / "a.bin", b"x")
    assert seen == ["file unnamed", "folder named"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_safely(tmp_path / "a.bin", b"ancien")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_safely(tmp_path / "a.bin", b"nouveau")
    assert (tmp_path / "a.bin").read_bytes() == b"ancien"


def test_a_sharing_violation_is_tried_again() -> None:
    tries: list[int] = []

    def act() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise PermissionError
        return "fait"

    assert retry(act, (0.001, 0.001, 0.001)) == "fait"
    assert len(tries) == 3


def test_a_lasting_refusal_is_told() -> None:
    def act() -> None:
        raise PermissionError

    with pytest.raises(PermissionError):
        retry(act, (0.001,))
