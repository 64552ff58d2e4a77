"""Ctrl+K: one line that finds everything, the answers under it as one types."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from app.ui import icons, theme
from app.ui.parts.basics import column
from app.ui.parts.search import SearchField

if TYPE_CHECKING:
    from app.ui.desk import Desk

HIT = Qt.ItemDataRole.UserRole
TYPING = 120
ROWS = 12


class SearchEverywhere(SearchField):
    """`chosen` gives the entity and the id of the record; it finds nothing until it is given its desk."""

    chosen = Signal(str, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Rechercher partout", QKeySequence("Ctrl+K"), everywhere=True)
        self.desk: Desk | None = None
        self.list = QListWidget()
        self.list.setAccessibleName("Réponses de la recherche")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._take_item)
        self.popup = QFrame(parent)
        self.popup.setProperty("kind", "card")
        self.popup.setLayout(column(self.list, margins=(6, 6, 6, 6)))
        self.popup.hide()
        self._delay = QTimer(self, singleShot=True, interval=TYPING)
        self._delay.timeout.connect(self.look_up)
        self.textEdited.connect(lambda _: self._delay.start())
        theme.fix_width(self, 250)

    def look_up(self) -> None:
        """Fill the answers for what is typed."""
        self.list.clear()
        text = self.text().strip()
        if not text or self.desk is None:
            self.popup.hide()
            return
        from app.services import search  # noqa: PLC0415 - with the first search, not with the window

        with self.desk.read() as session:
            hits = search.everywhere(session, text)
        for hit in hits:
            item = QListWidgetItem(icons.icon(hit.icon, "ink2"), f"{hit.title}\u2002·\u2002{hit.kind}")
            item.setData(HIT, (hit.entity, hit.id))
            self.list.addItem(item)
        if not hits:
            item = QListWidgetItem(f"Rien ne correspond à «\u00a0{text}\u00a0».")
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._place()

    def _place(self) -> None:
        window = self.window()
        width = theme.scaled(460)
        rows = min(ROWS, self.list.count())
        height = rows * (theme.line() + 12) + 20
        corner = self.mapTo(window, QPoint(self.width() - width, self.height() + 4))
        self.popup.setGeometry(max(8, corner.x()), corner.y(), width, height)
        self.popup.show()
        self.popup.raise_()

    def _take_item(self, item: QListWidgetItem) -> None:
        found = item.data(HIT)
        if found:
            self.leave()
            self.chosen.emit(*found)

    def leave(self) -> None:
        self._delay.stop()
        self.clear()
        self.popup.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step and self.popup.isVisible():
            self.list.setCurrentRow((self.list.currentRow() + step) % max(1, self.list.count()))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._delay.isActive() or not self.popup.isVisible():
                self._delay.stop()
                self.look_up()
            if item := self.list.currentItem():
                self._take_item(item)
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
