"""One program at a time writes to a file: a lock of the system on a file beside it, which death frees."""

import getpass
import json
import os
import platform
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from app.errors import StoreLocked
from app.fields.formats import moment

if sys.platform == "win32":  # pragma: no cover - the other system's half
    import msvcrt

    _FAR = 1 << 30  # the locked byte lies beyond the text, so that others can read who holds it

    def _try_lock(opened: int) -> bool:
        os.lseek(opened, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(opened: int) -> bool:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def identity() -> str:
    """« marie (PC-ACCUEIL) »: whom the history and the lock name."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        user = "inconnu"
    return f"{user} ({platform.node() or 'poste inconnu'})"


def take_lock(base: Path) -> Callable[[], None]:
    """Hold the file `base` until the function returned is called, or the program dies; StoreLocked if it is held."""
    path = base.with_name(f"{base.name}.lock")
    while True:
        opened = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if not _try_lock(opened):
            os.close(opened)
            raise StoreLocked(_holder(path))
        if _is_still(opened, path):
            break
        os.close(opened)  # its holder took it away between our two calls
    _sign(opened)
    return lambda: _release(opened, path)


def _is_still(opened: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(opened), path.stat())
    except FileNotFoundError:
        return False


def _sign(opened: int) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    text = json.dumps({"who": identity(), "process": os.getpid(), "since": now}, ensure_ascii=False)
    with suppress(OSError):  # the name is a courtesy: the lock holds without it
        os.ftruncate(opened, 0)
        os.lseek(opened, 0, os.SEEK_SET)
        os.write(opened, text.encode())


def _holder(path: Path) -> str:
    try:
        told = json.loads(path.read_bytes())
        return f"{told['who']}, depuis le {moment(datetime.fromisoformat(told['since']))}"
    except (OSError, ValueError, KeyError, TypeError):  # the holder is just writing it
        return "un autre poste"


def _release(opened: int, path: Path) -> None:
    if sys.platform == "win32":  # pragma: no cover - an open file cannot be taken away there
        os.close(opened)
        with suppress(OSError):
            path.unlink()
        return
    with suppress(OSError):
        path.unlink()
    os.close(opened)
