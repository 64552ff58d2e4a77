"""Long tasks beside the window: done, cancelled, failed, one at a time."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.errors import Refused
from app.jobs import Job, Progress
from app.ui import errors, jobs
from app.ui.jobs import Jobs
from app.ui.parts.progress import ProgressDialog


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    yield made  # noqa: PT022 - it lives as long as the test


def count(to: int) -> Job[int]:
    for done in range(to):
        yield Progress(done, to, "Compte")
    return to


def test_the_result_comes_back(window: QWidget, qtbot: QtBot) -> None:
    runner = Jobs(window)
    got: list[object] = []
    with qtbot.waitSignal(runner.idle):
        runner.start("Compte", lambda: count(3), got.append)
    assert got == [3]
    assert not runner.busy


def test_one_task_at_a_time(window: QWidget, qtbot: QtBot) -> None:
    runner, gate = Jobs(window), threading.Event()

    def held() -> Job[None]:
        gate.wait(5)
        yield Progress(0, 0)

    runner.start("Attente", held, lambda _: None)
    with pytest.raises(Refused):
        runner.start("Autre", held, lambda _: None)
    with qtbot.waitSignal(runner.idle):
        gate.set()


def test_cancelling_closes_the_task_and_gives_no_result(
    window: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "PATIENCE", 10)
    runner, ended = Jobs(window), threading.Event()
    got: list[int] = []

    def endless() -> Job[int]:
        try:
            while True:
                ended.wait(0.01)
                yield Progress(1, 2, "Sans fin")
        finally:
            ended.set()

    runner.start("Sans fin", endless, got.append)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(ProgressDialog)))
    button = window.findChildren(ProgressDialog)[0].findChildren(QPushButton)[0]
    with qtbot.waitSignal(runner.idle):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert ended.is_set()
    assert got == []


def test_a_failure_takes_the_one_road(window: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr(errors, "report", told.append)

    def failing() -> Job[None]:
        yield Progress(0, 1)
        raise Refused("Impossible.")

    runner = Jobs(window)
    with qtbot.waitSignal(runner.idle):
        runner.start("Échec", failing, lambda _: None)
    runner.watch(failing, lambda _: None)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert all(isinstance(error, Refused) for error in told)


def test_a_watched_task_is_unseen_and_ends_with_the_program(window: QWidget, qtbot: QtBot) -> None:
    runner = Jobs(window)
    got: list[object] = []
    runner.watch(lambda: count(2), got.append)
    qtbot.waitUntil(lambda: got == [2])

    def endless() -> Job[None]:
        while True:
            threading.Event().wait(0.01)
            yield Progress(0, 0)

    runner.watch(endless, got.append)
    runner.start("Sans fin", endless, got.append)
    runner.wait()
    qtbot.waitUntil(lambda: not runner.busy)
    assert got == [2]


def test_nothing_is_read_nor_told_after_the_end(window: QWidget, qtbot: QtBot) -> None:
    """The file is closed then, and the pages that would be told are going."""
    runner = Jobs(window)
    told: list[int] = []
    runner.watch(lambda: count(3), told.append)
    runner.wait()
    runner.watch(lambda: count(3), told.append)
    qtbot.wait(50)
    assert told == []
    assert not runner.findChildren(QThread)


def test_a_window_that_goes_waits_for_what_it_reads(qtbot: QtBot) -> None:
    """Qt ends the program when a thread is freed while it runs."""
    gone, gate = QWidget(), threading.Event()

    def held() -> Job[None]:
        while not gate.wait(0.05):
            yield Progress(0, 0)

    Jobs(gone).watch(held, lambda _: None)
    with qtbot.waitSignal(gone.destroyed):
        gone.deleteLater()
    assert not gate.is_set()
