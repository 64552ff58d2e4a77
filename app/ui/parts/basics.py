"""Labels, frames and layouts in the house's style. Every label shows plain text."""

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui import icons, theme
from app.ui.parts import paint

Item = QWidget | QLayout | int | None
NO_MARGINS = (0, 0, 0, 0)
LEAST = 120
"""Pixels that a line keeps of its text, however narrow the window."""
CARD_MARGINS = (16, 11, 16, 12)


def label(text: str = "", kind: str = "body", ink: str = "ink", *, wrap: bool = False) -> QLabel:
    """`kind` is one of tokens.TYPES, `ink` a role of text."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("type", kind)
    made.setProperty("ink", ink)
    made.setWordWrap(wrap)
    return made


class OneLine(QLabel):
    """A line that is cut with « … » when its place is narrow, its whole text then in the tooltip."""

    def __init__(self, kind: str, ink: str) -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", kind)
        self.setProperty("ink", ink)

    def show_text(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._fit()

    def whole_size(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def sizeHint(self) -> QSize:
        return self.whole_size()

    def minimumSizeHint(self) -> QSize:
        return QSize(min(LEAST, self.whole_size().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))
        self.setToolTip(self._whole if self.text() != self._whole else "")


def set_ink(target: QLabel, ink: str) -> None:
    """Change the colour of a label already shown."""
    if target.property("ink") != ink:
        target.setProperty("ink", ink)
        repolish(target)


def repolish(target: QWidget) -> None:
    """Have the style sheet read again the properties of this widget."""
    target.style().unpolish(target)
    target.style().polish(target)


def fill(layout: QBoxLayout, *items: Item) -> None:
    """Add widgets, layouts, a number for a space, None for what stretches."""
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)


def row(*items: Item, gap: int = 8, margins: tuple[int, int, int, int] = NO_MARGINS) -> QHBoxLayout:
    """Left to right; items as for `fill`."""
    layout = QHBoxLayout()
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    fill(layout, *items)
    return layout


def column(*items: Item, gap: int = 4, margins: tuple[int, int, int, int] = NO_MARGINS) -> QVBoxLayout:
    """The same, downwards."""
    layout = QVBoxLayout()
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    fill(layout, *items)
    return layout


def frame(kind: str, content: QLayout | None = None) -> QFrame:
    """A ground of the style sheet: card, box, bar, foot, dialogfoot, pane, panebelow, plainpage, inverse."""
    made = QFrame()
    made.setProperty("kind", kind)
    if content is not None:
        made.setLayout(content)
    return made


def hairline() -> QFrame:
    made = frame("hairline")
    made.setFixedHeight(1)
    return made


def holder(content: QLayout) -> QWidget:
    """A bare widget around a layout."""
    made = QWidget()
    made.setLayout(content)
    return made


def scrolled(content: QWidget) -> QScrollArea:
    """The content, scrolling when it is taller than its place, or cannot be made as narrow."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    content.setProperty("kind", "page")
    area.setWidget(content)
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    return area


def empty_layout(layout: QLayout) -> None:
    """Take away and delete all that a layout holds."""
    while item := layout.takeAt(0):
        if inner := item.layout():
            empty_layout(inner)
            inner.deleteLater()
        elif widget := item.widget():
            widget.hide()
            widget.deleteLater()


class Glyph(QWidget):
    """An icon that stands still, in a disc of its tone when `ground` names one."""

    def __init__(self, name: str, role: str = "ink2", size: float = 16, ground: str = "", side: float = 0) -> None:
        super().__init__()
        self._name, self._role, self._size = name, role, size
        self._ground, self._side = ground, side or size
        self.setSizePolicy(self.sizePolicy().Policy.Fixed, self.sizePolicy().Policy.Fixed)

    def set_icon(self, name: str, role: str) -> None:
        self._name, self._role = name, role
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.scaled(self._side)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._ground:
                paint.disc(painter, QPoint(self.width() // 2, self.height() // 2), self.width(), self._ground)
            inset = (self.width() - theme.scaled(self._size)) // 2
            icons.draw(painter, inset, inset, self._name, self._role, size=self._size)
