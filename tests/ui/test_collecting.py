"""A widget must die in the window's thread, whoever happens to be allocating."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.jobs import Job, Progress
from app.ui import collecting
from app.ui.collecting import Collector
from app.ui.jobs import Jobs


class Cycle:
    """Holds itself, as a closed dialog does by the functions connected to its buttons."""

    def __init__(self, freed_in: list[str]) -> None:
        self.itself, self.freed_in = self, freed_in

    def __del__(self) -> None:
        self.freed_in.append(threading.current_thread().name)


@pytest.fixture
def automatic(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The automatic collector is on, as Python starts; only the task below allocates enough to set it off."""
    kept = gc.get_threshold()
    monkeypatch.setattr(collecting, "EVERY", 5)
    gc.collect()
    gc.set_threshold(15_000, 1, 1)
    gc.enable()
    yield
    gc.disable()
    gc.set_threshold(*kept)


def allocate() -> Job[int]:
    """Far more lists than the threshold, in the worker's thread."""
    kept = [[at] for at in range(20_000)]
    yield Progress(1, 1, "Lecture")
    return len(kept)


@pytest.mark.usefixtures("automatic")
def test_a_task_frees_nothing_of_the_window(qtbot: QtBot) -> None:
    window, freed_in = QWidget(), list[str]()
    qtbot.addWidget(window)
    Collector(window)
    jobs = Jobs(window)
    Cycle(freed_in)
    with qtbot.waitSignal(jobs.idle):
        jobs.start("Lecture", allocate, lambda _: None)
    gc.set_threshold(1, 1, 1)
    qtbot.waitUntil(lambda: bool(freed_in))
    assert set(freed_in) == {threading.main_thread().name}


def test_only_what_is_due_is_collected() -> None:
    gc.collect()
    assert collecting.collect_if_due() == 0
    freed_in = list[str]()
    kept = [Cycle(freed_in) for _ in range(gc.get_threshold()[0] + 100)]
    kept.clear()
    assert collecting.collect_if_due() > 0
    assert freed_in
