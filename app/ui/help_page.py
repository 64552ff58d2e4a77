"""A page of the guide on the screen, and its pictures at their full size."""

from typing import Any

from PySide6.QtCore import QByteArray, Qt, QUrl
from PySide6.QtGui import QImage, QPixmap, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QDialog, QFrame, QTextBrowser, QTextEdit, QWidget

from app.fields.text import fold
from app.reports.guide_data import GuidePage
from app.services import guide
from app.ui import theme
from app.ui.help_html import page_html
from app.ui.parts.basics import column, frame, label, row, scrolled
from app.ui.parts.buttons import button

WIDEST, MARGIN, INDENT = 720, 26, 20
"""Width of the text at most, a longer line being tiring to read; the white around it, and before what is listed."""


class PageView(QTextBrowser):
    """One page, its pictures as wide as there is room, the words searched for set off."""

    def __init__(self) -> None:
        super().__init__()
        self._page: GuidePage | None = None
        self._asked = ""
        self._drawn = 0
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else it comes while a page is drawn
        self.setOpenLinks(False)
        self.setProperty("kind", "words")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Page du guide")

    def show_page(self, page: GuidePage, anchor: str, asked: str) -> None:
        self._page, self._asked = page, asked
        self.draw()
        if anchor:
            self.scrollToAnchor(anchor)
        else:
            self.verticalScrollBar().setValue(0)

    def draw(self) -> None:
        if self._page is None:
            return
        kept, self._drawn = self.verticalScrollBar().value(), self.room()
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setLineWrapColumnOrWidth(self.room() + 2 * theme.scaled(MARGIN))
        self.document().setDefaultFont(theme.font("body"))
        self.document().setIndentWidth(theme.scaled(INDENT))
        self.setHtml(page_html(self._page, lambda file: self.shown_width(_pixels(file))))
        self.document().setDocumentMargin(theme.scaled(MARGIN))
        self.setExtraSelections(self._set_off())
        self.verticalScrollBar().setValue(kept)

    def room(self) -> int:
        """The width of the text, in pixels."""
        return max(240, min(theme.scaled(WIDEST), self.viewport().width() - 2 * theme.scaled(MARGIN)))

    def shown_width(self, image: QImage) -> int:
        return min(self.room(), round(image.width() * theme.scaled(100) / 100))

    def loadResource(self, _kind: int, url: QUrl | str) -> Any:
        """A picture made ready for its place, so that it is smooth on any screen."""
        file = QUrl(url).fileName()
        if not file.endswith(".png"):
            return None
        image, ratio = _pixels(file), self.devicePixelRatioF()
        wide = round(self.shown_width(image) * ratio)
        shown = image.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        shown.setDevicePixelRatio(ratio)
        return shown

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.room() != self._drawn:
            self.draw()

    def _set_off(self) -> list[QTextEdit.ExtraSelection]:
        """The words searched for, wherever they begin a word of the page."""
        found: list[QTextEdit.ExtraSelection] = []
        text = "".join(fold(letter)[:1] or letter for letter in self.toPlainText())
        for word in fold(self._asked).split():
            at = text.find(word)
            while at >= 0:
                if not text[at - 1 : at].isalnum():
                    found.append(self._selection(at, len(word)))
                at = text.find(word, at + 1)
        return found

    def _selection(self, at: int, length: int) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(at)
        cursor.setPosition(at + length, QTextCursor.MoveMode.KeepAnchor)
        made.cursor = cursor
        made.format.setBackground(theme.color("warn.soft"))
        made.format.setForeground(theme.color("warn.text"))
        return made


class ShotDialog(QDialog):
    """A picture of the guide at its full size."""

    def __init__(self, file: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Image du guide")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        image = _pixels(file)
        shown = label()
        shown.setPixmap(QPixmap.fromImage(image))
        close = button("Fermer", "primary")
        close.clicked.connect(self.accept)
        foot = frame("dialogfoot", row(None, close, margins=(16, 8, 16, 8)))
        self.setLayout(column(scrolled(shown), foot, gap=0))
        theme.fit_size(self, image.width() + 24, image.height() + 80)


def _pixels(file: str) -> QImage:
    return QImage.fromData(QByteArray(guide.picture(file)))
