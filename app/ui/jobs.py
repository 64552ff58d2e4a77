"""Long tasks off the window's thread, one at a time, with progress and cancel."""

import sys
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThread, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.errors import Refused
from app.jobs import Job, Progress
from app.ui import errors
from app.ui.parts.progress import ProgressDialog

T = TypeVar("T")
PATIENCE = 400
"""Milliseconds before a progress dialog shows: a shorter task needs none."""
SWITCH = 0.0001
"""Seconds a worker may keep the interpreter: the window repaints within two frames (speed.md 1f)."""


class _Worker(QThread):
    stepped = Signal(object)

    def __init__(self, make: Callable[[], Job[Any]], parent: QObject) -> None:
        super().__init__(parent)
        self._make = make
        self.result: Any = None
        self.error: BaseException | None = None
        self.cancelled = False

    def run(self) -> None:
        """Drain the job; closing it on cancel rolls its transaction back."""
        job = self._make()
        try:
            self._drain(job)
        except BaseException as error:  # noqa: BLE001 - it is told in the window's thread
            self.error = error
        finally:
            job.close()

    def _drain(self, job: Job[Any]) -> None:
        while True:
            if self.isInterruptionRequested():
                self.cancelled = True
                return
            try:
                self.stepped.emit(next(job))
            except StopIteration as end:
                self.result = end.value
                return


def _end(workers: list[_Worker]) -> None:
    """A thread that outlives its window ends the whole program: each is asked to stop, and waited for."""
    for worker in workers:
        worker.requestInterruption()
        worker.wait()


class Jobs(QObject):
    """`idle` is emitted when a task has ended, however it did, and `done` has had its result."""

    idle = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._worker: _Worker | None = None
        self._dialog: ProgressDialog | None = None
        self._interval = sys.getswitchinterval()
        self._watchers: list[_Worker] = []
        self._running: list[_Worker] = []
        self._ended_all = False
        self.destroyed.connect(partial(_end, self._running))

    @property
    def busy(self) -> bool:
        return self._worker is not None

    def start(self, text: str, make: Callable[[], Job[T]], done: Callable[[T], None], note: str = "") -> None:
        """Run a task. `note` says what cancelling does; `done` gets the result, in the window's thread."""
        if self._worker is not None:
            raise Refused("Une tâche est déjà en cours. Attendez sa fin, ou annulez-la.")
        worker = _Worker(make, self)
        dialog = ProgressDialog(text, note, self._window)
        worker.stepped.connect(lambda step: self._show(dialog, step))
        dialog.cancelled.connect(worker.requestInterruption)
        worker.finished.connect(lambda: self._ended(worker, dialog, done))
        self._worker, self._dialog = worker, dialog
        self._running.append(worker)
        self._pace()
        QTimer.singleShot(PATIENCE, dialog, lambda: dialog.open() if self._worker is worker else None)
        worker.start()

    def watch(self, make: Callable[[], Job[T]], done: Callable[[T], None], shown_in: QObject | None = None) -> None:
        """Run a task that only reads, unseen, beside any other; `done` gets its result, unless `shown_in` was closed
        meanwhile. None starts after `wait`."""
        if self._ended_all:
            return
        worker = _Worker(make, self)
        self._watchers.append(worker)
        self._running.append(worker)
        worker.finished.connect(lambda: self._watched(worker, done, shown_in))
        self._pace()
        worker.start(QThread.Priority.LowPriority)

    def _pace(self) -> None:
        """While any task runs, the window gets the interpreter back at once."""
        sys.setswitchinterval(SWITCH if self._running else self._interval)

    def _watched(self, worker: _Worker, done: Callable[[Any], None], shown_in: QObject | None) -> None:
        worker.wait()
        self._watchers.remove(worker)
        self._running.remove(worker)
        self._pace()
        worker.deleteLater()
        if worker.error is not None:
            errors.report(worker.error)
        elif not worker.cancelled and (shown_in is None or isValid(shown_in)):
            done(worker.result)

    def _show(self, dialog: ProgressDialog, step: Progress) -> None:
        dialog.set_progress(step.done, step.total, step.text)

    def _ended(self, worker: _Worker, dialog: ProgressDialog, done: Callable[[Any], None]) -> None:
        worker.wait()
        self._running.remove(worker)
        self._worker = self._dialog = None
        self._pace()
        dialog.close()
        dialog.deleteLater()
        worker.deleteLater()
        try:
            if worker.error is not None:
                errors.report(worker.error)
            elif not worker.cancelled:
                done(worker.result)
        finally:
            if not self.busy:
                self.idle.emit()

    def wait(self) -> None:
        """End what runs, before the program quits: what was read beside is told to nobody."""
        self._ended_all = True
        _end(self._running)
        for watcher in self._watchers:
            watcher.cancelled = True
        if self._worker is not None:
            QApplication.processEvents()
