"""The child process that reads files: started once for an import, killed when a file keeps it too long.

No file can then harm the program: what comes back is JSON, of bounded size, or nothing.
"""

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, TypeVar

from app.errors import Refused
from app.jobs import Job, Progress
from app.services.importing.tables import Table, tabled
from app.services.reading import einvoice_data
from app.services.reading.einvoice_data import Einvoice
from app.services.reading.machine import Machine, from_plain
from app.services.reading.rows import Row
from app.services.reading.worker import ARGUMENT, Frame

PATIENCE, PATIENCE_PER_MB = 4.0, 0.5
"""Seconds that a file may take, and more for each megabyte of it."""
BEAT = 0.05
"""Seconds between two looks at whether somebody cancelled."""
TOO_LONG = "«\u00a0{}\u00a0» demande trop de temps\u00a0: il est démesuré, ou piégé. Il n’est pas lu."
MAX_FRAME = 64 * 1024 * 1024
Read = Table | list[Machine] | Einvoice
T = TypeVar("T")
_ROOT = Path(__file__).resolve().parents[3]
_CODE = f"import sys; sys.path.insert(0, {str(_ROOT)!r}); from app.services.reading import worker; worker.main()"


def command() -> list[str]:
    """Isolated from the folder it is called in and from the settings of the user's Python."""
    if getattr(sys, "frozen", False):
        return [sys.executable, ARGUMENT]
    return [sys.executable, "-I", "-X", "utf8", "-c", _CODE]


class Answer:
    """The frames of one file, put together."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._rows: list[Row] = []

    def take(self, frame: Frame) -> "Read | None":
        """What was read, once the last frame has come; Refused with the sentence of the child."""
        if "refused" in frame:
            raise Refused(str(frame["refused"]))
        if "invoice" in frame:
            return einvoice_data.from_plain(frame["invoice"])
        if "machines" in frame:
            return [from_plain(one) for one in frame["machines"]]
        if "rows" in frame:
            self._rows += [Row(line, tuple(cells)) for line, cells in frame["rows"]]
            return None
        return tabled(self._rows, self._name, frame["end"])


class Reader:
    """A context: leaving it ends the child. `read` is a job, so that a long reading can be cancelled."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._frames: queue.SimpleQueue[Frame | None] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.kill()

    @property
    def pid(self) -> int | None:
        """Of the child, while there is one."""
        return self._child.pid if self._child else None

    def _start(self) -> subprocess.Popen[bytes]:
        quiet = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        self._frames = queue.SimpleQueue()
        self._child = subprocess.Popen(  # noqa: S603 - our own program
            command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=quiet,
        )
        threading.Thread(target=_listen, args=(self._child.stdout, self._frames), daemon=True).start()
        return self._child

    def kill(self) -> None:
        if self._child is not None:
            self._child.kill()
            for pipe in (self._child.stdin, self._child.stdout):
                if pipe is not None:
                    _close(pipe)
            self._child.wait()
            self._child = None

    def read(self, path: Path, sheet: str, last_user: bool, step: Progress) -> Job["Read"]:
        """Refused with the sentence of the child, or with ours if it did not answer."""
        asked = {"path": str(path.absolute()), "sheet": sheet, "last_user": last_user}
        reading: Job[Read] = self.ask(path, asked, Answer(path.name).take, step)
        return (yield from reading)

    def ask(self, path: Path, asked: Frame, take: Callable[[Frame], T | None], step: Progress) -> Job[T]:
        """What `take` makes of the frames that answer, once it gives something; Refused as above."""
        child = self._child or self._start()
        try:
            assert child.stdin is not None  # noqa: S101 - it was asked for
            child.stdin.write(json.dumps(asked).encode() + b"\n")
            child.stdin.flush()
        except OSError:
            self.kill()
            raise _dead(path) from None
        end = time.monotonic() + PATIENCE + PATIENCE_PER_MB * _megabytes(path)
        found = None
        while found is None:
            try:
                frame = self._frames.get(timeout=BEAT)
            except queue.Empty:
                if time.monotonic() > end:
                    self.kill()
                    raise Refused(TOO_LONG.format(path.name)) from None
                yield step
                continue
            if frame is None:
                self.kill()
                raise _dead(path)
            found = take(frame)
        return found


def _megabytes(path: Path) -> float:
    try:
        return path.stat().st_size / 1e6
    except OSError:
        return 0.0


def _dead(path: Path) -> Refused:
    return Refused(f"«\u00a0{path.name}\u00a0» n’a pas pu être lu\u00a0: il est démesuré, ou abîmé.")


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:  # what was still to be written has no reader any more
        return


def _listen(pipe: IO[bytes] | None, frames: "queue.SimpleQueue[Frame | None]") -> None:
    """In its own thread, since no system waits for a pipe and for a clock alike. None is the end of the child."""
    assert pipe is not None  # noqa: S101 - it was asked for
    try:
        while head := pipe.read(4):
            length = int.from_bytes(head, "big")
            if length > MAX_FRAME:
                break
            frames.put(_frame(pipe.read(length)))
    except (OSError, ValueError):  # closed under us, or no JSON
        pass
    frames.put(None)


def _frame(content: bytes) -> Any:
    return json.loads(content)
