"""A small « ? » beside a legal or trade term: what it is, and what it changes, in plain French."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QWidget

from app.fields.legal_words import WORDS, LegalWord
from app.ui import icons, theme
from app.ui.parts.basics import column, label
from app.ui.parts.buttons import Button

WIDTH, SIDE = 360, 24


class Explain(Button):
    """Its tooltip has the text too; pressed, it stays until Escape or a click elsewhere."""

    def __init__(self, term: str) -> None:
        super().__init__("")
        self._word = WORDS[term]
        self.setProperty("kind", "icon")
        theme.fix_width(self, SIDE)
        self.setFixedHeight(theme.scaled(SIDE))
        self.setAutoDefault(False)
        icons.dress(self, "circle-question-mark", "ink2")
        self.setToolTip(self._word.text)
        self.setAccessibleName(f"Que veut dire «\u00a0{term}\u00a0»\u00a0?")
        self.setAccessibleDescription(self._word.text)
        self.clicked.connect(self.explain)

    def explain(self) -> None:
        shown = Explanation(self._word, self.window())
        shown.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        shown.show()


class Explanation(QFrame):
    def __init__(self, word: LegalWord, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "box")
        self.setAccessibleName(word.term)
        words = (label(word.term, "title"), label(word.means, wrap=True), label(word.so, "body", "ink2", wrap=True))
        body = column(*words, gap=6, margins=(14, 11, 14, 12))
        self.setLayout(body)
        self.setFixedWidth(theme.scaled(WIDTH))
        self.resize(self.width(), body.totalHeightForWidth(self.width()))
