"""What the window asks of a section of a tab, and of a record shown as a page."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.desk import Desk
from app.ui.parts.buttons import Button
from app.ui.state import UiState


class Page(QWidget):
    """A section of a tab. `footed` gives the sentence of the footer, `counted` the number beside its name."""

    footed = Signal(str)
    counted = Signal(int)

    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__()
        self.desk, self.state = desk, state

    def section_actions(self) -> list[Button]:
        """Buttons at the right of the sections, the primary one last."""
        return []

    def sentence(self) -> str:
        return ""

    def refresh(self) -> None:
        """Read again, when the page comes back to the front or F5 is pressed."""

    def new(self) -> None:
        """Ctrl+N."""

    def edit(self) -> None:
        """F2."""

    def duplicate(self) -> None:
        """Ctrl+D."""

    def print_paper(self) -> None:
        """Ctrl+P: the paper that goes with what is shown."""


class RecordPage(QWidget):
    """A record in the place of its section. `closed` returns to the list; `stepped` asks for the one before (-1) or
    after (1) in the list it was opened from; `place` is « 3 sur 9 »."""

    closed = Signal()
    stepped = Signal(int)
    footed = Signal(str)

    def __init__(self, desk: Desk, record_id: int) -> None:
        super().__init__()
        self.desk, self.record_id = desk, record_id

    def show_part(self, record_id: int) -> None:
        """Bring to the eye a record that is a part of this one."""

    def shown_tab(self) -> str:
        """The title of the tab in front, where there are tabs: the guide may have a page about it."""
        return ""

    def show_named(self, tab: str) -> None:
        """Bring to the front the tab that links call so."""

    def set_place(self, place: str, before: bool, after: bool) -> None:
        """Where the record stands in its list."""

    def sentence(self) -> str:
        return ""

    def edit(self) -> None:
        """F2."""

    def print_paper(self) -> None:
        """Ctrl+P."""
