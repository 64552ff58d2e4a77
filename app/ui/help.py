"""The guide beside the program: its contents, its search, its pages with their links and pictures (F1)."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from app.services import guide
from app.ui import theme
from app.ui.help_html import PAGE, PLACE, SHOT
from app.ui.help_page import PageView, ShotDialog
from app.ui.parts.basics import OneLine, column, frame, holder, label, row
from app.ui.parts.buttons import button, icon_button
from app.ui.parts.search import SearchField

SIZE = (1060, 740)
SIDE, SCROLL, PART_ROOM = 268, 16, 14
"""Width of the contents, what of it the scroll bar takes, and the white above the name of a part."""
AIR = (14, 8, 8, 8)
_NAME = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one is in the guide."""

    page: str
    anchor: str = ""


class HelpWindow(QDialog):
    """It stays beside the program. `place_chosen` asks for (tab, section) of it, `book_asked` for the guide in PDF."""

    place_chosen = Signal(str, str)
    book_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Guide de Parcomètre")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.visited: list[Spot] = []
        self.at = -1
        self.search = SearchField("Chercher dans le guide", QKeySequence("Ctrl+F"))
        self.search.textChanged.connect(self._search)
        self.contents, self.found = self._contents(), self._found()
        self.sides = QStackedWidget()
        self.sides.addWidget(holder(row(self.contents, margins=(8, 0, 0, 0))))
        self.sides.addWidget(self.found)
        self.text = PageView()
        self.text.anchorClicked.connect(self._follow)
        side = frame("plainpage", column(self._searching(), self.sides, gap=0))
        theme.fix_width(side, SIDE)
        line = row(side, frame("pane", column(self._bar(), self.text, gap=0)), gap=0)
        line.setStretch(1, 1)
        self.setLayout(line)
        theme.fit_size(self, *(theme.scaled(length) for length in SIZE))
        theme.changed.connect(self.text.draw)
        for keys, step in (
            (QKeySequence.StandardKey.Back, self.go_back),
            (QKeySequence.StandardKey.Forward, self.go_on),
        ):
            QShortcut(keys, self, step)
        QShortcut(QKeySequence.StandardKey.Print, self, self.book_asked.emit)

    # Its parts

    def _searching(self) -> QFrame:
        return frame("bar", row(self.search, margins=(12, 9, 12, 9)))

    def _bar(self) -> QFrame:
        self.back = icon_button("arrow-left", "Page d’avant (Alt+←)")
        self.on = icon_button("arrow-right", "Page d’après (Alt+→)")
        book = button("Guide en PDF…", "quiet", "book-open")
        self.back.clicked.connect(self.go_back)
        self.on.clicked.connect(self.go_on)
        book.clicked.connect(self.book_asked)
        self.path = OneLine("second", "ink2")
        line = row(self.back, self.on, 6, self.path, book, gap=2, margins=(12, 6, 12, 6))
        line.setStretch(3, 1)
        return frame("bar", line)

    def _contents(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setHeaderHidden(True)
        tree.setRootIsDecorated(False)
        tree.setIndentation(theme.scaled(10))
        tree.setAccessibleName("Sommaire du guide")
        tree.setFrameShape(QFrame.Shape.NoFrame)
        tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        for part in guide.parts():
            head = _line(QTreeWidgetItem(tree, [part.title]), PART_ROOM)
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            head.setFont(0, theme.font("second_strong"))
            for page in part.pages:
                _line(QTreeWidgetItem(head, [page.title])).setData(0, _NAME, page.name)
        tree.expandAll()
        tree.currentItemChanged.connect(lambda item, _: self._show_chosen(item))
        return tree

    def _found(self) -> QListWidget:
        found = QListWidget()
        found.setFrameShape(QFrame.Shape.NoFrame)
        found.setAccessibleName("Pages trouvées")
        found.currentItemChanged.connect(lambda item, _: self._show_found(item))
        return found

    # Going from page to page

    def show_page(self, name: str, anchor: str = "") -> None:
        """A page of the guide, at one of its sections; the way back is kept."""
        spot = Spot(name, anchor)
        if self.at < 0 or self.visited[self.at] != spot:
            self.visited[self.at + 1 :] = [spot]
            self.at += 1
        self._show()

    def go_back(self) -> None:
        self._step(-1)

    def go_on(self) -> None:
        self._step(1)

    def _step(self, by: int) -> None:
        if 0 <= self.at + by < len(self.visited):
            self.at += by
            self._show()

    def _show(self) -> None:
        spot = self.visited[self.at]
        page = guide.page(spot.page)
        self.back.setEnabled(self.at > 0)
        self.on.setEnabled(self.at < len(self.visited) - 1)
        part = next(part for part in guide.parts() if page in part.pages)
        self.path.show_text(f"{part.title}  ›  {page.title}")
        self._mark(page.name)
        self.text.show_page(page, spot.anchor, self.search.text())

    def _mark(self, name: str) -> None:
        """The page shown is the chosen line of the contents."""
        for line in self._lines():
            if line.data(0, _NAME) == name and self.contents.currentItem() is not line:
                self.contents.blockSignals(True)
                self.contents.setCurrentItem(line)
                self.contents.blockSignals(False)

    def _lines(self) -> list[QTreeWidgetItem]:
        every = self.contents.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
        return [line for line in every if line.data(0, _NAME)]

    def _show_chosen(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and item.data(0, _NAME):
            self.show_page(item.data(0, _NAME))

    def _follow(self, url: QUrl) -> None:
        to = url.toString()
        if to.startswith(PLACE):
            tab, section, *_ = (*to.removeprefix(PLACE).split("/"), "")
            self.place_chosen.emit(tab, section)
        elif to.startswith(SHOT):
            ShotDialog(to.removeprefix(SHOT), self).open()
        else:
            name, _, anchor = to.removeprefix(PAGE).partition("#")
            self.show_page(name, anchor)

    # Searching

    def _search(self, asked: str) -> None:
        self.found.clear()
        hits = guide.find(asked)
        for hit in hits:
            self._tell(
                f"{hit.title} › {hit.section}" if hit.section else hit.title, hit.excerpt, (hit.page, hit.anchor)
            )
        if asked.strip() and not hits:
            self._tell("Rien de tel dans le guide", "Essayez un seul mot, ou cherchez-le dans le glossaire.", None)
        self.sides.setCurrentIndex(1 if asked.strip() else 0)

    def _tell(self, title: str, excerpt: str, to: tuple[str, str] | None) -> None:
        """A line of what was found: where, then the words around."""
        words = holder(
            column(label(title, "strong", wrap=True), label(excerpt, "second", "ink2", wrap=True), margins=AIR)
        )
        line = QListWidgetItem(self.found)
        line.setData(_NAME, to)
        line.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}. {excerpt}")
        if to is None:
            line.setFlags(Qt.ItemFlag.NoItemFlags)
        wide = theme.scaled(SIDE - SCROLL)
        line.setSizeHint(QSize(wide, words.heightForWidth(wide)))
        self.found.setItemWidget(line, words)

    def _show_found(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_NAME):
            self.show_page(*item.data(_NAME))

    def keyPressEvent(self, event: Any) -> None:
        """From the field, the arrow goes down to what was found; Enter shows the first."""
        down = event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if down and self.search.hasFocus() and self.sides.currentWidget() is self.found:
            self.found.setFocus()
            self.found.setCurrentRow(0)
            return
        super().keyPressEvent(event)


def _line(item: QTreeWidgetItem, above: float = 0) -> QTreeWidgetItem:
    """As high as the rows of a list, with white above; its whole text in the tooltip."""
    item.setSizeHint(0, QSize(0, theme.row_height() + theme.scaled(above)))
    item.setTextAlignment(0, Qt.AlignmentFlag.AlignBottom if above else Qt.AlignmentFlag.AlignVCenter)
    item.setToolTip(0, item.text(0))
    return item
