"""A little drawing of a sheet of labels: a click, or the arrows, tell the first one that is still there."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.reports.labels_data import LabelForm
from app.ui import theme
from app.ui.parts import paint

PAGE = (210, 297)
SCALE = 1.12
"""Pixels of the design for a millimetre."""
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class SheetPicker(QWidget):
    """`changed` gives the place of the first free label, from 0."""

    changed = Signal(int)

    def __init__(self, form: LabelForm, count: int) -> None:
        super().__init__()
        self.form, self.count, self.first = form, count, 0
        self._hover = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleDescription("Les flèches changent la première étiquette libre.")
        self._tell()

    def show_sheet(self, form: LabelForm, count: int) -> None:
        """Another form, or another number of labels to print."""
        if form != self.form:
            self.first = 0
        self.form, self.count = form, count
        self._tell()

    def take(self, position: int) -> None:
        """Make this label the first free one."""
        if 0 <= position < self.form.count and position != self.first:
            self.first = position
            self._tell()
            self.changed.emit(position)

    def _tell(self) -> None:
        row, column = divmod(self.first, self.form.columns)
        self.setAccessibleName(f"Première étiquette libre\u00a0: rangée {row + 1}, colonne {column + 1}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(PAGE[0] * SCALE) + 1, theme.scaled(PAGE[1] * SCALE) + 1)

    def box(self, position: int) -> QRect:
        """Where a label stands in the drawing."""
        x, y = self.form.place(position)
        left, top = theme.scaled(x * SCALE), theme.scaled(y * SCALE)
        right = theme.scaled((x + self.form.width) * SCALE)
        bottom = theme.scaled((y + self.form.height) * SCALE)
        return QRect(left, top, right - left, bottom - top).adjusted(1, 1, -1, -1)

    def _at(self, spot: QPoint) -> int:
        """The label under a point, -1 between them."""
        return next((i for i in range(self.form.count) if self.box(i).contains(spot)), -1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint.round_box(painter, self.rect(), "surface", "edge", radius=2)
            for position in range(self.form.count):
                self._label(painter, position)
            if self.hasFocus():
                paint.focus_ring(painter, self.rect(), 2)

    def _label(self, painter: QPainter, position: int) -> None:
        """Gone: hatched. To print: tinted, the first one in full accent. Left over: empty."""
        box = self.box(position)
        if position < self.first:
            paint.round_box(painter, box, "mute.soft", "line", radius=2)
            paint.hatch(painter, box, "edge", 2)
        elif position == self.first:
            paint.round_box(painter, box, "accent", "accent", radius=2)
            paint.text(painter, box, "1", "small_strong", "onAccent", align=paint.CENTRE)
        elif position < self.first + self.count:
            paint.round_box(painter, box, "select", "accent", radius=2)
        else:
            paint.round_box(painter, box, "", "line", radius=2)
        if position == self._hover != self.first:
            paint.round_box(painter, box, "", "accent", radius=2, width=2)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_hover(self._at(event.position().toPoint()))

    def leaveEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        self._set_hover(-1)

    def _set_hover(self, position: int) -> None:
        if position != self._hover:
            self._hover = position
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.take(self._at(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            across, down = _STEPS[key]
            column, row = self.first % self.form.columns + across, self.first // self.form.columns + down
            if 0 <= column < self.form.columns and 0 <= row < self.form.rows:
                self.take(row * self.form.columns + column)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.take(0 if key == Qt.Key.Key_Home else self.form.count - 1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
