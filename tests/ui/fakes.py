"""What stands for the person in front of the screen: answers ready in advance, and a desk for one page."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.storage import Store
from app.ui.ask import Ask
from app.ui.desk import Desk
from app.ui.jobs import Jobs


class Answers(Ask):
    """Answers at once; `told` keeps what was said. A question without an answer fails the test."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.confirms: list[bool] = []
        self.unsaved_answers: list[str] = []
        self.lines: list[str | None] = []
        self.choices: list[str | None] = []
        self.opens: list[list[Path]] = []
        self.begun_in: Path | None = None
        self.saves: list[Path | None] = []

    def confirm(self, parent: QWidget | None, title: str, text: str, yes: str, no: str = "Annuler") -> bool:
        self.told.append((title, text))
        return self.confirms.pop(0)

    def unsaved(self, parent: QWidget, what: str) -> str:
        return self.unsaved_answers.pop(0)

    def tell(self, parent: QWidget | None, title: str, text: str) -> None:
        self.told.append((title, text))

    def line(self, parent: QWidget, title: str, label: str, text: str = "") -> str | None:
        return self.lines.pop(0)

    def one_of(self, parent: QWidget, title: str, label: str, options: Sequence[str]) -> str | None:
        return self.choices.pop(0)

    def files_to_open(self, parent: QWidget, title: str, kinds: str = "", folder: Path | None = None) -> list[Path]:
        self.begun_in = folder
        return self.opens.pop(0)

    def file_to_save(self, parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
        return self.saves.pop(0)

    def folder(self, parent: QWidget, title: str) -> Path | None:
        return self.saves.pop(0)


def make_desk(qtbot: QtBot, store: Store, answers: Answers) -> Desk:
    """A desk whose window is a bare widget, closed at the end of the test."""
    window = QWidget()
    qtbot.addWidget(window)
    return Desk(store, answers, Jobs(window), window)


def settle(qtbot: QtBot, until: Callable[[], bool] = lambda: True) -> None:
    """Let what was asked for happen: counts, timers of zero, queued signals."""
    qtbot.wait(20)
    qtbot.waitUntil(until, timeout=5000)
