"""A filter as a chip: « Famille ▾ » at rest, « Site : Dijon ▾ » in effect, × to take it off."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import icons, theme, tokens
from app.ui.parts import paint

ICON = 12
PAD, GAP = 12, 5
KIND = "small"
_TAKE_OFF = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class Chip(paint.PaintedButton):
    """`clicked` asks for the choices; `cleared` when × or Delete takes the filter off."""

    RADIUS = tokens.RADIUS_BUTTON
    cleared = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._title, self._value, self._removable = title, "", False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_value("")

    def set_value(self, value: str, removable: bool = False) -> None:
        """The words of the filter in effect, or "" for none; `removable` shows × in place of ▾."""
        self._value, self._removable = value, removable and bool(value)
        self.setText(f"{self._title}\u00a0: {value}" if value and self._title else value or self._title)
        state = "filtre actif" if value else "sans effet"
        self.setAccessibleName(f"{self.text()}, {state}")
        self.setAccessibleDescription("Suppr ôte ce filtre." if self._removable else "Ouvre les choix de ce filtre.")
        self.updateGeometry()
        self.update()

    def design_size(self) -> QSize:
        return QSize(2 * PAD + theme.width(self.text(), KIND) + GAP + theme.scaled(ICON), theme.control_height())

    def draw(self, painter: QPainter) -> None:
        active = bool(self._value)
        fill = "select" if active else "hover" if self.hovered() else "surface"
        border = "accent" if active else "ctl" if self.hovered() else "edge"
        paint.round_box(painter, self.rect(), fill, border, radius=self.RADIUS)
        role = "accent" if active else "ink"
        box = self.rect().adjusted(PAD, 0, -PAD, 0)
        paint.text(painter, box, self.text(), KIND, role)
        spot = self._mark_box()
        name = "x" if self._removable else "chevron-down"
        icons.draw(painter, spot.x(), spot.y(), name, role if active else "ink2", size=ICON)

    def _mark_box(self) -> QRect:
        side = theme.scaled(ICON)
        return QRect(self.width() - PAD - side + 2, (self.height() - side) // 2, side, side)

    def _on_mark(self, spot: QPoint) -> bool:
        return self._removable and spot.x() >= self._mark_box().x() - GAP

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._on_mark(event.position().toPoint()) and event.button() == Qt.MouseButton.LeftButton:
            self.setDown(False)
            self.cleared.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._removable and event.key() in _TAKE_OFF:
            self.cleared.emit()
            return
        super().keyPressEvent(event)
