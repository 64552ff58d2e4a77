"""The dark bar at the foot, ten seconds: what was done, and « Annuler »."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.parts.basics import Glyph, label, row
from app.ui.parts.buttons import button

PATIENCE = 10_000
FOOT = 44  # above the footer
MARGIN, GAP = 16, 8
_MOVING = {QEvent.Type.Resize, QEvent.Type.LayoutRequest}


class UndoBar(QFrame):
    """Stands over its parent, at the foot on the left; above the foot of a page on the right, where less is typed.

    `undone` when « Annuler » is pressed in time.
    """

    undone = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "inverse")
        self._icon, self._text = Glyph("check", "onInverse"), label("", "body", "onInverse")
        undo = button("Annuler", "inverse")
        undo.clicked.connect(self._undo)
        self.setLayout(row(self._icon, self._text, 10, undo, margins=(14, 5, 8, 5)))
        self._over = parent
        self._timer = QTimer(self, singleShot=True, interval=PATIENCE)
        self._timer.timeout.connect(self._leave)
        parent.installEventFilter(self)
        self.hide()

    def tell(self, text: str, icon: str = "check") -> None:
        """Show what was done; a later call takes the place of the former."""
        self._icon.set_icon(icon, "onInverse")
        self._text.setText(text)
        self.setAccessibleName(f"{text}. Annuler possible pendant dix secondes.")
        self._timer.start()
        self._place()
        self.show()
        self.raise_()

    def _undo(self) -> None:
        self._timer.stop()
        self.hide()
        self.undone.emit()

    def _leave(self) -> None:
        """Stays while the mouse or the keyboard is on it."""
        if self.underMouse() or self.isAncestorOf(self._focused()):
            self._timer.start()
        else:
            self.hide()

    def _focused(self) -> QWidget:
        return self.window().focusWidget() or self.window()

    def _place(self) -> None:
        self.adjustSize()
        spot = QRect(QPoint(MARGIN, self._over.height() - self.height() - FOOT), self.size())
        for foot in self._feet():
            if foot.intersects(spot):
                spot.moveBottomRight(foot.topRight() - QPoint(MARGIN, GAP))
        self.move(spot.topLeft())

    def _feet(self) -> list[QRect]:
        """What stands at the foot of the pages in sight, the lowest first: it is never hidden."""
        made = [one for one in self._over.findChildren(QFrame) if one.property("kind") == "foot" and one.isVisible()]
        found = [QRect(one.mapTo(self._over, QPoint()), one.size()) for one in made]
        return sorted(found, key=QRect.top, reverse=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVING and self.isVisible():
            self._place()
            QTimer.singleShot(0, self, self._place)  # again, once the pages have their places
        return super().eventFilter(watched, event)
