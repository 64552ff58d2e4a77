"""The head of a list: quiet titles, the sort arrow after a left title and before a right one."""

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from app.ui import icons, theme, tokens
from app.ui.parts import paint

ARROW = 13
KIND, SORTED = "small_title", "small_strong"


class Header(QHeaderView):
    """Horizontal head; titles come from the model, alignment from `set_right`."""

    def __init__(self, parent: QWidget, first_margin: int = tokens.FIRST_MARGIN) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._right: frozenset[int] = frozenset()
        self._first_margin = first_margin
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setFirstSectionMovable(False)

    def set_right(self, sections: Iterable[int]) -> None:
        """The sections whose figures stand on the right."""
        self._right = frozenset(sections)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.line(KIND) + 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self.viewport()) as painter:
            paint.hline(painter, 0, self.width(), self.height() - 1)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's name
        painter.fillRect(rect, theme.color("raised"))
        title = self.model().headerData(logicalIndex, Qt.Orientation.Horizontal) or ""
        sorted_here = self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex
        kind, role = (SORTED, "ink") if sorted_here else (KIND, "ink2")
        box = self._text_box(rect, logicalIndex)
        right = logicalIndex in self._right
        width = paint.text(painter, box, title, kind, role, align=paint.RIGHT if right else paint.LEFT)
        if sorted_here:
            self._arrow(painter, box, width, right)

    def _text_box(self, rect: QRect, section: int) -> QRect:
        left = self._first_margin if self.visualIndex(section) == 0 else tokens.CELL_MARGIN
        right = tokens.COLUMN_GAP if section in self._right else tokens.CELL_MARGIN
        return rect.adjusted(left, 0, -right, 0)

    def _arrow(self, painter: QPainter, box: QRect, width: int, right: bool) -> None:
        side = theme.scaled(ARROW)
        name = "arrow-up" if self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder else "arrow-down"
        x = box.right() - width - side - 3 if right else box.x() + width + 5
        icons.draw(painter, x, box.y() + (box.height() - side) // 2, name, "accent", size=ARROW)
