"""The place of what is read beside the window: nothing for a moment, then a word that says so."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.parts.basics import column, holder, label

PATIENCE = 400
"""Milliseconds before a word: a shorter reading needs none."""
WORDS = "Lecture en cours…"


def waiting() -> QWidget:
    """What stands there until the reading has ended."""
    told = label("", "body", "ink2")
    told.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    QTimer.singleShot(PATIENCE, told, lambda: told.setText(WORDS))
    return holder(column(told, None, margins=(16, 48, 16, 16)))


class Awaited(QStackedWidget):
    """`content` once it has been read: `has_come` shows it."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.addWidget(waiting())
        self.addWidget(content)

    def has_come(self) -> None:
        self.setCurrentIndex(1)
