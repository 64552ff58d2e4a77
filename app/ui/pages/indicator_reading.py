"""Figures measured beside the window: the screen stays alive, and only what was asked last is shown."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from app.jobs import Job
from app.ui.desk import Desk

T = TypeVar("T")


class Reader(QObject):
    """`ask` measures, then shows; asked again meanwhile, it measures once more and shows that."""

    def __init__(self, desk: Desk, make: Callable[[], Job[T]], show: Callable[[T], None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._make, self._show = desk, make, show
        self.busy = self._again = False

    def ask(self) -> None:
        if self.busy:
            self._again = True
            return
        self.busy, job = True, self._make()
        self._desk.jobs.watch(lambda: job, self._got, self)

    def _got(self, found: Any) -> None:
        self.busy = False
        if self._again:
            self._again = False
            self.ask()
        else:
            self._show(found)
