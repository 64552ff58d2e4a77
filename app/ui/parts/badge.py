"""The badge: state by shape, colour and word. Loud on a tinted ground, calm as a glyph and a word in ink."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui import icons, theme, tokens
from app.ui.parts import paint
from app.ui.parts.marks import MARK, PLAIN, Mark

LOUD, CALM = "small_title", "body"
GLYPH = 13
PAD, GAP = 6, 5


def badge_size(text: str, mark: Mark) -> QSize:
    glyph = theme.scaled(GLYPH) + GAP if mark.icon else 0
    sides = 2 * PAD + 1 if mark.loud else 0
    return QSize(sides + glyph + theme.width(text, LOUD if mark.loud else CALM), theme.line(LOUD) + 5)


def draw_badge(painter: QPainter, box: QRect, text: str, mark: Mark) -> int:
    """Paint at the left of the box, centred in its height, cut if too wide; return the width taken."""
    height = theme.line(LOUD) + 5
    top = box.y() + (box.height() - height) // 2
    width = min(badge_size(text, mark).width(), box.width())
    x, right = box.x(), box.x() + width
    if mark.loud:
        paint.round_box(
            painter, QRect(x, top, width, height), f"{mark.tone or 'mute'}.soft", radius=tokens.RADIUS_BADGE
        )
        x, right = x + PAD, right - PAD
    if mark.icon:
        side = theme.scaled(GLYPH)
        tint = f"{mark.tone}.{'text' if mark.loud else 'solid'}"
        icons.draw(painter, x, box.y() + (box.height() - side) // 2, mark.icon, tint, size=GLYPH)
        x += side + GAP
    role = f"{mark.tone}.text" if mark.loud and mark.tone else "ink"
    paint.text(painter, QRect(x, box.y(), right - x, box.height()), text, LOUD if mark.loud else CALM, role)
    return width


class BadgeDelegate(QStyledItemDelegate):
    """A column of states: its word under DisplayRole, its Mark under MARK."""

    def __init__(self, parent: QWidget, left: int = tokens.CELL_MARGIN) -> None:
        super().__init__(parent)
        self._left = left

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if text := index.data():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = option.rect.adjusted(self._left, 0, -tokens.CELL_MARGIN, -1)
            draw_badge(painter, box, text, index.data(MARK) or PLAIN)


class Badge(QWidget):
    """One badge as a widget, for heads and panels."""

    def __init__(self, text: str = "", mark: Mark = PLAIN, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(text, mark)

    def set_state(self, text: str, mark: Mark) -> None:
        self._text, self._mark = text, mark
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return badge_size(self._text, self._mark) if self._text else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_badge(painter, self.rect(), self._text, self._mark)
