"""The keys of the list of a campaign: T found, N not found, anything else is a reader that types.

A code may begin with T or N: they act only once nothing followed them within the time a hand needs.
"""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

HAND = 60
"""Milliseconds: a reader types a sign every 1 to 30, a hand every 80 at the quickest."""
_NO_TEXT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def typed_text(event: QKeyEvent) -> str:
    """The sign that a key writes, or "" for one that acts."""
    text = event.text()
    return text if text.strip() and text.isprintable() and not event.modifiers() & _NO_TEXT else ""


class TickKeys(QObject):
    """Watches a list. `typed` gives the signs that are not for it."""

    found = Signal()
    missing = Signal()
    typed = Signal(str)

    def __init__(self, table: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._held = ""
        self._timer = QTimer(self, singleShot=True, interval=HAND)
        self._timer.timeout.connect(self._act)
        table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(event)
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        text = typed_text(event)
        if not text:
            self._act()
            return False
        if not self._held and text.upper() in {"T", "N"}:
            self._held = text
            self._timer.start()
            return True
        told, self._held = self._held + text, ""
        self._timer.stop()
        self.typed.emit(told)
        return True

    def _act(self) -> None:
        held, self._held = self._held.upper(), ""
        self._timer.stop()
        if held:
            (self.found if held == "T" else self.missing).emit()
