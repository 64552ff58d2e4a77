"""A long text to read: paragraphs, and pieces of it set apart in ground and weight."""

from collections.abc import Iterable
from typing import Literal

from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit

from app.ui import theme

Kind = Literal["", "title", "quiet", "fill", "gone", "new"]
"""Plain; a heading; what says where it comes from; still to be filled; what a change takes away, and what it brings."""
_GROUNDS = {"fill": ("warn.soft", "warn.text"), "gone": ("bad.soft", "bad.text"), "new": ("ok.soft", "ok.text")}
UNDER = 4


class WordsView(QTextEdit):
    """Read only; its text can be chosen and copied."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setProperty("kind", "words")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)

    def show_pieces(self, pieces: Iterable[tuple[str, Kind]]) -> None:
        """Texts in order, each in its kind; a line feed begins a paragraph."""
        self.clear()
        cursor = self.textCursor()
        block = QTextBlockFormat()
        block.setBottomMargin(theme.scaled(UNDER))
        cursor.setBlockFormat(block)
        for text, kind in pieces:
            cursor.insertText(text, _format(kind))
        self.moveCursor(QTextCursor.MoveOperation.Start)


def _format(kind: Kind) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(theme.font("card" if kind == "title" else "body"))
    made.setForeground(theme.color("ink2" if kind == "quiet" else "ink"))
    if kind in _GROUNDS:
        ground, ink = _GROUNDS[kind]
        made.setBackground(theme.color(ground))
        made.setForeground(theme.color(ink))
        made.setFontWeight(QFont.Weight.DemiBold)
    if kind == "gone":
        made.setFontStrikeOut(True)
    return made
