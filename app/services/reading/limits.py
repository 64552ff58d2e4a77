"""What the child process may use, where the system can hold it to that (reliability.md F8)."""

import sys
from contextlib import suppress
from pathlib import Path

MEMORY = 270 * 1024 * 1024
"""Bytes beyond what the reader needs to start."""
CPU_SECONDS = 30
"""A child whose parent is gone does not go on for ever."""


def apply() -> bool:
    """True where the limits were set; Windows and macOS leave that to the parent's patience."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return False
    pages = Path("/proc/self/statm")
    if not pages.exists():
        return False
    started_with = int(pages.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    with suppress(ValueError, OSError):
        for limit, most in ((resource.RLIMIT_AS, started_with + MEMORY), (resource.RLIMIT_CORE, 0)):
            hard = resource.getrlimit(limit)[1]
            resource.setrlimit(limit, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        return True
    return False


def stay_offline() -> None:
    """No socket in this process any more, whatever a library it imports may do, and whatever a file may ask of it."""
    sys.addaudithook(_refuse_sockets)


def _refuse_sockets(event: str, _: object) -> None:
    if event == "socket.__new__":
        raise PermissionError("offline")


def renew() -> None:
    """The allowance of processor time, given again for each file."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + CPU_SECONDS, hard))
