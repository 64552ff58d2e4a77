"""What every screen is given: the open file, the way to ask, to run a task, to go elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from app.storage import Store
from app.ui.ask import Ask
from app.ui.jobs import Jobs

T = TypeVar("T")


class Desk(QObject):
    """`changed` tells the tables touched by each commit, in the window's thread; `done` what can be undone."""

    changed = Signal(object)
    done = Signal(str, int)
    go_to = Signal(str, int)
    show_list = Signal(str, object)

    def __init__(self, store: Store, ask: Ask, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.ask = ask
        self.jobs = jobs
        self._forget = store.on_change(self.changed.emit)

    @contextmanager
    def read(self) -> Iterator[Any]:
        with self.store.read() as session:
            yield session

    def act(self, label: str, use_case: Callable[[Any], T], told: str = "") -> T:
        """Run a use case in one transaction; `told` offers to undo it, for ten seconds."""
        with self.store.begin(label) as session:
            result = use_case(session)
        if told:
            self.tell_done(told)
        return result

    def tell_done(self, told: str) -> None:
        self.done.emit(told, self.store.last_action_id or 0)

    def follow(self, link: str) -> None:
        """Go to the record that a link names: « asset:12 »."""
        key, _, record_id = link.partition(":")
        self.go_to.emit(key, int(record_id))

    def run(self, text: str, make: Callable[[], Any], done: Callable[[Any], None], note: str = "") -> None:
        self.jobs.start(text, make, done, note)

    def close(self) -> None:
        self._forget()
