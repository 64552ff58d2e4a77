"""F4: a disk that is really full: a small tmpfs (as root), and a limit on the size of files."""

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.storage import open_store
from benchmarks.faults.work import attempt, examine, in_child

ATTEMPTS = 120


@dataclass(slots=True)
class Full:
    saved: int = 0
    refused: int = 0
    bugs: int = 0
    lost: int = 0
    torn: int = 0
    corrupt: int = 0


def limited(folder: Path) -> Full:
    """Files may not grow over a limit: the system refuses the write (SQLITE_IOERR_WRITE)."""
    path = folder / "limite.parc"
    open_store(path).close()
    limit = path.stat().st_size + 100_000

    def before() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return _fill(path, before)


def small(folder: Path) -> Full | None:
    """A disk of 4 MiB (SQLITE_FULL); None when it cannot be mounted."""
    with tmpfs(folder) as mounted:
        return _fill(folder / "petit.parc", lambda: None) if mounted else None


@contextmanager
def tmpfs(folder: Path) -> Iterator[bool]:
    folder.mkdir(exist_ok=True)
    if os.geteuid() != 0:
        yield False
        return
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], check=False)
    try:
        yield mounted.returncode == 0
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", str(folder)], check=True)


def _fill(path: Path, before: Callable[[], None]) -> Full:
    def work(tell: Callable[[str], None]) -> None:
        before()
        store = open_store(path)
        for number in range(1, ATTEMPTS + 1):
            attempt(store, number, tell, lambda done: tell(f"ok {done}"))

    told = in_child(work).end()
    saved = {int(line.split()[1]) for line in told if line.startswith("ok")}
    found = examine(path, saved)
    refused = sum(line.startswith("error") for line in told)
    bugs = sum(line.startswith("bug") for line in told)
    return Full(len(saved), refused, bugs, found.lost, found.torn, found.corrupt)
