"""What the painted parts share: one line of text, boxes, hatching, and a button that paints itself."""

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui import theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
_ELLIPSIS = Qt.TextElideMode.ElideRight
_KEY_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def text(
    painter: QPainter,
    box: QRect,
    value: str,
    kind: str = "body",
    role: str = "ink",
    *,
    align: Qt.AlignmentFlag = LEFT,
) -> int:
    """Draw on one line, cut with « … » when the box is too narrow; return the width drawn."""
    metrics = theme.metrics(kind)
    width = metrics.horizontalAdvance(value)
    if width > box.width():
        value = metrics.elidedText(value, _ELLIPSIS, box.width())
        width = min(metrics.horizontalAdvance(value), box.width())
    painter.setFont(theme.font(kind))
    painter.setPen(theme.color(role))
    painter.drawText(box, align | Qt.TextFlag.TextSingleLine, value)
    return width


def round_box(
    painter: QPainter, box: QRect, fill: str = "", border: str = "", *, radius: float = 8, width: float = 1
) -> None:
    """A rounded box, its border inside the rectangle."""
    painter.setBrush(theme.color(fill) if fill else Qt.BrushStyle.NoBrush)
    if not border:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, radius, radius)
        return
    painter.setPen(QPen(theme.color(border), width))
    half = width / 2
    painter.drawRoundedRect(QRectF(box).adjusted(half, half, -half, -half), radius - half, radius - half)


def hline(painter: QPainter, left: int, right: int, y: int, role: str = "line") -> None:
    """One pixel high, sharp even where shapes are smoothed."""
    painter.fillRect(QRect(left, y, right - left + 1, 1), theme.color(role))


def by_keyboard(event: QFocusEvent) -> bool:
    """Whether the focus came by keys: it is then outlined even where a tint shows it."""
    return event.reason() in _KEY_REASONS


def focus_ring(painter: QPainter, box: QRect, radius: float = 8, role: str = "accent") -> None:
    round_box(painter, box, "", role, radius=radius, width=2)


def disc(painter: QPainter, centre: QPoint, side: int, fill: str, border: str = "") -> None:
    box = QRect(0, 0, side, side)
    box.moveCenter(centre)
    round_box(painter, box, fill, border, radius=side / 2, width=1.6)


def hatch(painter: QPainter, box: QRect, role: str, radius: float = 4) -> None:
    """Slanted lines: what is frozen, or no longer possible."""
    brush = QBrush(theme.color(role), Qt.BrushStyle.BDiagPattern)
    ratio = painter.device().devicePixelRatio()
    brush.setTransform(QTransform.fromScale(1 / ratio, 1 / ratio) if ratio > 1 else QTransform())
    painter.setBrush(brush)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(box, radius, radius)


def baseline_text(painter: QPainter, x: int, baseline: int, value: str, *, kind: str, role: str) -> int:
    """Draw from (x, baseline), so that a figure and its unit stand on one line; return the x after it."""
    painter.setFont(theme.font(kind))
    painter.setPen(theme.color(role))
    painter.drawText(x, baseline, value)
    return x + theme.width(value, kind)


class PaintedButton(QAbstractButton):
    """A whole card or row that is one button: it tells its full sentence, and answers Space and Enter."""

    RADIUS = 8

    def __init__(self, sentence: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(sentence)

    def draw(self, painter: QPainter) -> None:
        raise NotImplementedError

    def design_size(self) -> QSize:
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        return self.design_size()

    def minimumSizeHint(self) -> QSize:
        return self.design_size()

    def hovered(self) -> bool:
        return self.underMouse() and self.isEnabled()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.draw(painter)
            if self.hasFocus():
                focus_ring(painter, self.rect(), self.RADIUS)
