import getpass
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from app.errors import StoreLocked
from app.storage.lock import identity, take_lock

HOLD = """
import sys
from pathlib import Path
from app.storage.lock import take_lock
release = take_lock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def holder(base: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", HOLD, str(base)]
    started = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert started.stdout is not None
    assert started.stdout.readline() == "held\n"
    return started


def end(process: "subprocess.Popen[str]") -> None:
    process.communicate("")


def test_a_second_program_is_told_who_holds_the_file(tmp_path: Path) -> None:
    base = tmp_path / "a.parc"
    other = holder(base)
    with pytest.raises(StoreLocked) as caught:
        take_lock(base)
    end(other)
    assert caught.value.holder.startswith(f"{identity()}, depuis le ")
    take_lock(base)()


def test_death_frees_the_lock(tmp_path: Path) -> None:
    base = tmp_path / "a.parc"
    other = holder(base)
    other.kill()
    end(other)
    take_lock(base)()


def test_releasing_leaves_nothing(tmp_path: Path) -> None:
    take_lock(tmp_path / "a.parc")()
    assert list(tmp_path.iterdir()) == []


def test_the_same_program_is_refused_too(tmp_path: Path) -> None:
    release = take_lock(tmp_path / "a.parc")
    with pytest.raises(StoreLocked, match="lecture seule"):
        take_lock(tmp_path / "a.parc")
    release()


@pytest.mark.parametrize("text", [b"", b"{}", b"[]", b'"x"', b"\xff\xfe", b'{"who": "a", "since": "hier"}'])
def test_an_unreadable_holder_is_another_post(tmp_path: Path, text: bytes) -> None:
    release = take_lock(tmp_path / "a.parc")
    (tmp_path / "a.parc.lock").write_bytes(text)
    with pytest.raises(StoreLocked) as caught:
        take_lock(tmp_path / "a.parc")
    assert caught.value.holder == "un autre poste"
    release()


def test_a_lock_left_by_a_crash_is_taken(tmp_path: Path) -> None:
    (tmp_path / "a.parc.lock").write_text('{"who": "un mort"}')
    take_lock(tmp_path / "a.parc")()


@pytest.mark.parametrize("then", ["gone", "made again"])
def test_a_lock_file_taken_away_meanwhile_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: str
) -> None:
    """Its holder removes it between our opening it and our locking it: two programs would hold two files."""
    from app.storage import lock  # noqa: PLC0415 - its own function is wrapped

    path = tmp_path / "a.parc.lock"
    calls: list[int] = []
    real = lock._try_lock

    def try_lock(opened: int) -> bool:
        if not calls:
            path.unlink()
            if then == "made again":
                path.touch()
        calls.append(opened)
        return real(opened)

    monkeypatch.setattr(lock, "_try_lock", try_lock)
    release = take_lock(tmp_path / "a.parc")
    assert len(calls) == 2
    with pytest.raises(StoreLocked):
        take_lock(tmp_path / "a.parc")
    release()


def test_an_account_without_name_has_an_identity(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> NoReturn:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert identity().startswith("inconnu (")
