"""A page of a financial year, read beside the window: the year chosen, read again when something it counts changes."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu

from app.jobs import Job
from app.ui.desk import Desk
from app.ui.pages.base import Page
from app.ui.parts.chips import Chip
from app.ui.state import UiState


class YearPage(Page):
    """`watched`: the tables it counts. `read_again` is emitted once what was read is shown; `year` is that of the last
    day of the financial year, 0 for the one that the reading proposes."""

    watched: frozenset[str] = frozenset()
    read_again = Signal()

    def __init__(self, desk: Desk, state: UiState, year: int = 0) -> None:
        super().__init__(desk, state)
        self.year = year
        self._asked, self._stale = 0, True
        self.chip = Chip("Exercice")
        self.chip.clicked.connect(self._offer_years)
        desk.changed.connect(self._on_change)

    def reading(self) -> Job[Any]:
        """What is read of the year, in a thread of its own."""
        raise NotImplementedError

    def show_read(self, found: Any) -> None:
        """What it gave, in the window's thread."""
        raise NotImplementedError

    def years_offered(self) -> Sequence[tuple[int, str]]:
        """The years that may be chosen, and how the menu calls them."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Read again; what is shown stays until then."""
        self._asked += 1
        self._stale = False
        job = self.reading()  # begun by the thread, which then knows nothing of the page
        self.desk.jobs.watch(lambda: job, partial(self._got, self._asked))

    def choose_year(self, year: int) -> None:
        self.year = year
        self.refresh()

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & self.watched:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def _got(self, asked: int, found: Any) -> None:
        if asked == self._asked:  # else another year, or newer figures, were asked for since
            self.show_read(found)
            self.read_again.emit()

    def _offer_years(self) -> None:
        menu = QMenu(self)
        for year, words in self.years_offered():
            menu.addAction(words, partial(self.choose_year, year))
        menu.popup(self.chip.mapToGlobal(self.chip.rect().bottomLeft()))
