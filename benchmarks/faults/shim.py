"""The C shim from Python: building it, starting a program behind it, arming it."""

import ctypes
import os
import shutil
import subprocess
import sys
from enum import IntEnum
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")


class Fault(IntEnum):
    """What happens to the chosen call; the numbers are those of shim.c."""

    NONE = 0
    EIO_ONCE = 1
    FULL_ONCE = 2
    SHORT = 3
    KILL = 4
    TORN = 5
    EIO_FOREVER = 6
    FULL_FOREVER = 7


def build(folder: Path) -> Path | None:
    """The shim made into a library, or None where it cannot be (no C compiler, not Linux)."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or sys.platform != "linux":
        return None
    made = folder / "shim.so"
    subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", str(made), str(SOURCE), "-ldl"], check=True)
    return made


def is_loaded() -> bool:
    return hasattr(_library(), "fault_arm")


def arm(folder: Path, fault: Fault, at: int = 0, log: Path | None = None) -> None:
    """From now on the `at`-th change to the files of `folder` goes wrong; all changes are logged if asked."""
    _library().fault_arm(os.fsencode(folder), int(fault), ctypes.c_long(at), os.fsencode(log or ""))


def calls() -> int:
    """How many changes were made since the arming."""
    return int(_library().fault_calls())


def mark(number: int) -> None:
    """Note in the log that save `number` was acknowledged."""
    _library().fault_mark(ctypes.c_long(number))


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(None)
    if hasattr(library, "fault_calls"):
        library.fault_calls.restype = ctypes.c_long
    return library
