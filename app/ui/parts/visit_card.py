"""A visit as a small card: hour and what, where under it, its state by ground, glyph and tone. It may be dragged."""

from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDrag, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from app.ui import icons, theme, tokens
from app.ui.parts import paint

MIME = "application/x-parcometre-visite"
PAD, GLYPH, LEAST = 7, 13, 92
_STEPS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CardData:
    """`tone` is that of its state, `loud` tints the card, `quiet` is of what is over. `sentence` is read aloud."""

    id: int
    hour: str
    title: str
    under: str
    icon: str
    tone: str
    sentence: str
    loud: bool = False
    quiet: bool = False
    movable: bool = True


class VisitCard(paint.PaintedButton):
    """`clicked` opens it; `stepped` goes to the card beside, `shifted` moves the visit (days, lines), by Ctrl and the
    arrows; `asked` wants its menu at a point of the screen."""

    RADIUS = tokens.RADIUS_BUTTON
    stepped = Signal(int, int)
    shifted = Signal(int, int)
    asked = Signal(QPoint)

    def __init__(self, data: CardData, parent: QWidget | None = None) -> None:
        super().__init__(data.sentence, parent)
        self.data = data
        self._pressed: QPoint | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setToolTip(data.sentence)
        how = "Entrée ouvre"
        self.setAccessibleDescription(f"{how}, Ctrl et les flèches déplacent." if data.movable else f"{how}.")

    def design_size(self) -> QSize:
        return QSize(theme.scaled(LEAST), theme.line("second_strong") + theme.line("small") + 2 * PAD)

    def draw(self, painter: QPainter) -> None:
        data, box = self.data, self.rect()
        fill = f"{data.tone}.soft" if data.loud else "raised" if data.quiet else "surface"
        border = f"{data.tone}.solid" if data.loud else "accent" if self.hovered() else "edge"
        paint.round_box(painter, box, fill, "line" if data.quiet and not self.hovered() else border, radius=self.RADIUS)
        side = theme.scaled(GLYPH)
        tint = f"{data.tone}.text" if data.loud else f"{data.tone}.solid"
        icons.draw(painter, box.x() + PAD, box.y() + PAD + 1, data.icon, tint, size=GLYPH)
        left = box.x() + PAD + side + 5
        line = QRect(left, box.y() + PAD - 1, box.right() - PAD - left, theme.line("second_strong"))
        ink = f"{data.tone}.text" if data.loud else "ink2" if data.quiet else "ink"
        if data.hour:
            used = paint.text(painter, line, data.hour, "second_strong", ink)
            line.setLeft(line.left() + used + 5)
        paint.text(painter, line, data.title, "second_title", ink)
        under = QRect(box.x() + PAD, line.bottom() + 1, box.width() - 2 * PAD, theme.line("small"))
        paint.text(painter, under, data.under, "small", "ink" if data.loud else "ink2")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.stepped.emit(*step)
        elif self.data.movable:
            self.shifted.emit(*step)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.asked.emit(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        start, held = self._pressed, event.buttons() & Qt.MouseButton.LeftButton
        if start is None or not held or not self.data.movable:
            return
        if (event.position().toPoint() - start).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self.setDown(False)
            self._drag(start)

    def _drag(self, hold: QPoint) -> None:
        drag = QDrag(self)
        drag.setMimeData(carried(self.data.id))
        drag.setPixmap(self.grab())
        drag.setHotSpot(hold)
        drag.exec(Qt.DropAction.MoveAction)


def carried(visit_id: int) -> QMimeData:
    """What is dragged: the visit."""
    made = QMimeData()
    made.setData(MIME, QByteArray(str(visit_id).encode()))
    return made


def carried_id(data: QMimeData) -> int:
    """The visit dragged, 0 for anything else."""
    text = bytes(data.data(MIME).data()).decode()
    return int(text) if text.isdigit() else 0
