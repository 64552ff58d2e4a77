"""What the board and the list of indicators share: what was asked for, read beside the window, read again on change."""

from PySide6.QtGui import QShowEvent

from app.fields import moment
from app.jobs import Job
from app.services.board import Board
from app.services.indicators import Tile
from app.ui.desk import Desk
from app.ui.pages.base import Page
from app.ui.pages.indicator_choice import Choice
from app.ui.pages.indicator_reading import Reader
from app.ui.parts.awaited import Awaited
from app.ui.parts.basics import column, holder, row
from app.ui.state import UiState

UNTOLD = frozenset({"setting", "issued_paper", "attachment"})
"""Tables that no indicator is made of."""


class FiguresPage(Page):
    """A page says what it reads (`reading`), shows it (`show_figures`), and is `lay_out` over its body."""

    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, state)
        self.figures: tuple[Tile, ...] = ()
        self._stale = True
        self.choice = Choice(desk, self)
        self.choice.changed.connect(self.read)
        self.reader = Reader(desk, self.reading, self._show, self)
        desk.changed.connect(self._on_change)

    def lay_out(self, body: Awaited) -> None:
        self._body = body
        self.setLayout(column(holder(row(self.choice, margins=(16, 2, 16, 8))), body, gap=0))

    def reading(self) -> Job[Board]:
        raise NotImplementedError

    def show_figures(self, found: Board) -> None:
        raise NotImplementedError

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables - UNTOLD:
            self._stale = True
            if self.isVisible():
                self.read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.read()

    def refresh(self) -> None:
        self.choice.catch_up()
        self.read()

    def read(self) -> None:
        """Measure again what is asked for."""
        self._stale = False
        self.reader.ask()

    def _show(self, found: Board) -> None:
        self._body.has_come()
        self.figures = found.tiles
        self.choice.tell_note(f"Données au {moment(found.at)}")
        self.show_figures(found)
        self.footed.emit(self.sentence())
