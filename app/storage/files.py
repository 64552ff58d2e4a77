"""Writing files so that a power cut leaves the old one or the new one, never half of one (reliability.md 2.6)."""

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

# Windows refuses for a moment what an antivirus or a synchronising program holds.
_WAITS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 1.85)


def retry(act: Callable[[], T], waits: tuple[float, ...] = _WAITS) -> T:
    """Do `act`, again after each wait while a sharing violation refuses it (five seconds in all)."""
    for wait in waits:
        with suppress(PermissionError):
            return act()
        time.sleep(wait)
    return act()


def write_safely(path: Path, content: bytes) -> None:
    """`path` holds `content`, on the disk, when this returns; readable by its owner only."""
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as file:
        part.chmod(0o600)
        file.write(content)
    replace_safely(part, path)


def replace_safely(part: Path, path: Path) -> None:
    """Give the finished file `part` the name `path`, once its content has reached the disk."""
    sync(part)
    retry(lambda: part.replace(path))
    sync_folder(path.parent)


def discard(path: Path) -> None:
    """Take away a scratch file, or leave it to the next time if the disk refuses."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def sync(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names of a folder durable; Windows does it by itself."""
    if sys.platform == "win32":  # pragma: no cover - the other system's half
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
