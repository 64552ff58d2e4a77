"""The icon beside the clock, for who asked for it: a message the day a deadline begins to press, and only that day."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from app.fields import counted
from app.services import deadlines
from app.services.deadlines import Deadline
from app.ui import icons
from app.ui.state import UiState

TOLD = "tray/told"
"""The last day told, in what this workstation remembers."""


class Tray(QObject):
    """`asked` when the icon or its message is pressed."""

    asked = Signal()

    def __init__(self, state: UiState, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self.icon = QSystemTrayIcon(icons.app_icon(), self)
        self.icon.setToolTip("Parcomètre")
        self.icon.activated.connect(lambda _: self.asked.emit())
        self.icon.messageClicked.connect(self.asked)
        self.icon.show()

    def tell(self, found: Sequence[Deadline], today: date) -> str:
        """Show what began to press since the last time, and give its words; nothing twice."""
        kept = self._state.text(TOLD)
        since = date.fromisoformat(kept) if kept else today - timedelta(days=1)
        self._state.set_text(TOLD, today.isoformat())
        new = deadlines.alerts(found, since, today)
        if not new:
            return ""
        text = new[0].title + (f", et {counted(len(new) - 1, 'autre')}" if len(new) > 1 else "")
        self.icon.showMessage("Échéance à préparer", text, icons.app_icon())
        return text
