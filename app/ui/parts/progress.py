"""The dialog of a long task: what is done, how far, and what cancelling does."""

import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from app.fields import plural
from app.ui import theme
from app.ui.parts.basics import column, frame, label, row
from app.ui.parts.buttons import button

WIDTH = 460
STEADY_AFTER = 2.0  # seconds before a time left is worth saying
STEADY_WITHIN = 0.35  # two estimates in a row nearer than this are believed


def time_left(seconds: float) -> str:
    """« Encore 4 secondes environ », « Encore 3 minutes environ »."""
    whole = max(1, round(seconds))
    if whole < 60:  # noqa: PLR2004 - seconds in a minute
        return f"Encore {whole} {plural(whole, 'seconde')} environ"
    minutes = round(whole / 60)
    return f"Encore {minutes} {plural(minutes, 'minute')} environ"


class ProgressDialog(QDialog):
    """`cancelled` is emitted once; the dialog stays until `close()`, since the task must first stop."""

    cancelled = Signal()

    def __init__(self, title: str, note: str = "", parent: QWidget | None = None, cancel: str = "Annuler") -> None:
        super().__init__(parent)
        self.setWindowTitle("Parcomètre")
        self._began, self._left = time.monotonic(), 0.0
        self._text = label("", "body", "ink2")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(title)
        self._count, self._rest = label("", "title"), label("", "second", "ink2")
        self._cancel = button(cancel)
        self._cancel.clicked.connect(self.reject)
        body = column(
            label(title, "card", wrap=True), self._text, 8, self._bar,
            row(self._count, None, self._rest), 8, label(note, "second", "ink2", wrap=True),
            gap=6, margins=(22, 22, 22, 18),
        )  # fmt: skip
        foot = frame("dialogfoot", row(None, self._cancel, margins=(22, 11, 22, 11)))
        self.setLayout(column(body, foot, gap=0))
        self.setFixedWidth(theme.scaled(WIDTH))
        self.setWindowModality(Qt.WindowModality.WindowModal)

    def set_progress(self, done: int, total: int, text: str = "") -> None:
        """`total` 0 while it is not known."""
        self._text.setText(text)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._count.setText(f"{done} sur {total}" if total else "")
        self._rest.setText(self._estimate(done, total))

    def _estimate(self, done: int, total: int) -> str:
        """Empty until the pace is steady."""
        spent = time.monotonic() - self._began
        if not done or done >= total or spent < STEADY_AFTER:
            return ""
        before, self._left = self._left, spent * (total - done) / done
        return time_left(self._left) if abs(before - self._left) < STEADY_WITHIN * self._left else ""

    def reject(self) -> None:
        """Escape or the button: ask the task to stop, and say so."""
        if self._cancel.isEnabled():
            self._cancel.setEnabled(False)
            self._text.setText("Annulation en cours…")
            self.cancelled.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if event.spontaneous():
            event.ignore()
            self.reject()
        else:
            event.accept()
