"""Delegates by column. The ground of a row is painted by the view, so they paint their text and shapes only."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui import icons, theme, tokens
from app.ui.parts import paint
from app.ui.parts.marks import MARK
from app.ui.parts.verdict import draw_letter

GLYPH = 13
LETTER = 18
Index = QModelIndex | QPersistentModelIndex
_SELECTED = QStyle.StateFlag.State_Selected


class ShiftDelegate(QStyledItemDelegate):
    """The usual cell, moved in by `left` and `right`: the first column, and those aligned on the right."""

    def __init__(self, parent: QWidget, left: int = 0, right: int = 0) -> None:
        super().__init__(parent)
        self._left, self._right = left, right

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        option.rect = option.rect.adjusted(self._left, 0, -self._right, 0)
        super().paint(painter, option, index)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if self._right:
            option.displayAlignment = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _MarkDelegate(QStyledItemDelegate):
    def __init__(self, parent: QWidget, left: int = tokens.CELL_MARGIN) -> None:
        super().__init__(parent)
        self._left = left

    def _box(self, option: QStyleOptionViewItem) -> QRect:
        return option.rect.adjusted(self._left, 0, -tokens.CELL_MARGIN, -1)


class VerdictDelegate(_MarkDelegate):
    """The letter of the verdict in a tinted square, then its short word."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        text, mark, box = index.data(), index.data(MARK), self._box(option)
        if mark is None or not mark.letter:
            paint.text(painter, box, text or "", role="ink" if option.state & _SELECTED else "ink3")
            return
        side = theme.scaled(LETTER)
        square = QRect(box.x(), box.y() + (box.height() - side) // 2, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_letter(painter, square, mark.letter)
        paint.text(painter, box.adjusted(side + 7, 0, 0, 0), word_of(text, mark.letter))


def word_of(text: str, letter: str) -> str:
    """« A, en l’état » beside its letter: « En l’état »."""
    word = text.removeprefix(f"{letter}, ")
    return word[:1].upper() + word[1:]


class DeadlineDelegate(_MarkDelegate):
    """A date: with a triangle when near, muted with a minus once past; all dates on one left edge."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        text, mark, box = index.data(), index.data(MARK), self._box(option)
        if not text or text[0] not in "0123456789":
            paint.text(painter, box, text or "", role="ink" if option.state & _SELECTED else "ink3")
            return
        side = theme.scaled(GLYPH)
        role = "ink"
        if mark is not None and mark.tone:
            top = box.y() + (box.height() - side) // 2
            icons.draw(painter, box.x(), top, mark.icon, f"{mark.tone}.solid", size=GLYPH)
            role = f"{mark.tone}.text"
        paint.text(painter, box.adjusted(side + 5, 0, 0, 0), text, role=role)
