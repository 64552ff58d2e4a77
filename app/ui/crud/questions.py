"""A list with the questions asked of it above, each with how many answer it: « Dépassées 2 », « Sans usage 1 »."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QVBoxLayout

from app.entities import Entity
from app.fields import number
from app.ui.crud.model import Tally
from app.ui.crud.page import EntityPage
from app.ui.desk import Desk
from app.ui.parts.basics import frame, row
from app.ui.parts.crumbs import list_views
from app.ui.state import UiState

Question = tuple[str, Callable[[Any], Sequence[int]]]
"""Its words, and the records that answer it."""


class QuestionsPage(EntityPage):
    """`watched` are the tables whose change may change the answers, beside the entity's own."""

    def __init__(
        self, desk: Desk, entity: Entity, state: UiState, questions: Sequence[Question], watched: frozenset[str]
    ) -> None:
        super().__init__(desk, entity, state)
        self._questions, self._watched = questions, watched
        every = "Toutes" if entity.gender == "f" else "Tous"
        self.views = list_views([every, *(words for words, _ in questions)])
        self.views.currentChanged.connect(self.show_view)
        self._bar = frame("filters", row(self.views, None, margins=(16, 0, 8, 8)))
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, self._bar)
        self._count_views()

    def refresh(self) -> None:
        super().refresh()
        self._count_views()

    def show_view(self, position: int) -> None:
        """Those that answer the question; the filters and the text typed stay."""
        ids = None
        if position:
            with self.desk.read() as session:
                ids = tuple(self._questions[position - 1][1](session))
        self.panel.show_query(replace(self.panel.query, ids=ids))

    def _tell(self, tally: Tally) -> None:
        """The whole list, once the limit was taken off or another asked for."""
        super()._tell(tally)
        self._bar.setVisible(bool(tally.all))
        if self.panel.query.ids is None and self.views.currentIndex():
            self._take(0)

    def show_only(self, query: Any) -> None:
        super().show_only(query)
        self._take(0)

    def _take(self, position: int) -> None:
        with QSignalBlocker(self.views):
            self.views.setCurrentIndex(position)

    def _on_change(self, tables: frozenset[str]) -> None:
        super()._on_change(tables)
        if not tables & (self._watched | {self.entity.key}):
            return
        self._count_views()
        if self.views.currentIndex():
            self.show_view(self.views.currentIndex())
        else:
            self.panel.reload()

    def _count_views(self) -> None:
        with self.desk.read() as session:
            counts = [len(answers(session)) for _, answers in self._questions]
        for position, ((words, _), count) in enumerate(zip(self._questions, counts, strict=True), 1):
            self.views.setTabText(position, f"{words}  {number(count)}" if count else words)
