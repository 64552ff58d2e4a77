"""The field that filters a list, and the one that searches everywhere."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui import icons, theme
from app.ui.parts import paint

ICON = 15
SIDE = 8


class SearchField(QLineEdit):
    """A glass at left, the shortcut at right while empty, a cross to empty it; `textChanged` as any field."""

    def __init__(self, hint: str, keys: QKeySequence | None = None, everywhere: bool = False) -> None:
        super().__init__()
        self.setProperty("kind", "search" if everywhere else "filter")
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self._hint = keys.toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
        if keys:
            QShortcut(keys, self).activated.connect(self._take)
        self._wipe = QAction("Effacer le texte", self)
        icons.dress(self._wipe, "x", "ink2")
        self._wipe.triggered.connect(self.clear)
        self.textChanged.connect(self._offer_wipe)
        self._fit()

    def _offer_wipe(self, text: str) -> None:
        if not text:
            self.removeAction(self._wipe)
        elif self._wipe not in self.actions():
            self.addAction(self._wipe, QLineEdit.ActionPosition.TrailingPosition)

    def _take(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _fit(self) -> None:
        self.setTextMargins(theme.scaled(ICON) + 10, 0, 0, 0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            side = theme.scaled(ICON)
            icons.draw(painter, SIDE, (self.height() - side) // 2, "search", "ink2", size=ICON)
            if self._hint and not self.text():
                box = self.rect().adjusted(0, 0, -SIDE - 3, 0)
                paint.text(painter, box, self._hint, "count", "ink3", align=paint.RIGHT)


def search_field(hint: str, keys: str = "", width: int = 232, parent: QWidget | None = None) -> SearchField:
    """The filter of a list; `keys` as « Ctrl+F »."""
    made = SearchField(hint, QKeySequence(keys) if keys else None)
    made.setParent(parent)
    theme.fix_width(made, width)
    return made
