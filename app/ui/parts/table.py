"""The list of records: tight rows, hairlines, no grid; the ground of each row is painted here, once per row."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QLine, QModelIndex, QRect, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QFrame, QTableView, QToolTip, QWidget

from app.ui import theme, tokens
from app.ui.parts import paint
from app.ui.parts.badge import BadgeDelegate
from app.ui.parts.delegates import DeadlineDelegate, ShiftDelegate, VerdictDelegate
from app.ui.parts.header import Header

Shape = Literal["text", "number", "badge", "verdict", "deadline"]
BAR = 3


@dataclass(frozen=True, slots=True)
class ListColumn:
    """`width` at the base size of text; `shape` says how its cells are painted."""

    width: int
    shape: Shape = "text"


_MARKED: dict[str, type[BadgeDelegate | VerdictDelegate | DeadlineDelegate]] = {
    "badge": BadgeDelegate,
    "verdict": VerdictDelegate,
    "deadline": DeadlineDelegate,
}


class ListView(QTableView):
    """Give it a model, then its columns. Enter and double click emit `activated`."""

    def __init__(self, parent: QWidget | None = None, first_margin: int = tokens.FIRST_MARGIN) -> None:
        super().__init__(parent)
        self._hover = -1
        self._keys = False
        self._first_margin = first_margin
        self.setProperty("kind", "list")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalHeader(Header(self, first_margin))
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().hide()
        self._fit_rows()

    def head(self) -> Header:
        header = self.horizontalHeader()
        assert isinstance(header, Header)  # noqa: S101 - set above, and nowhere else
        return header

    def set_columns(self, columns: Sequence[ListColumn]) -> None:
        """Widths and delegates, by column of the model."""
        for position, declared in enumerate(columns):
            self.setColumnWidth(position, theme.scaled(declared.width))
            left = self._first_margin if position == 0 else tokens.CELL_MARGIN
            self.setItemDelegateForColumn(position, self._delegate(declared.shape, left))
        self.head().set_right(i for i, declared in enumerate(columns) if declared.shape == "number")

    def share(self, widths: Sequence[int], elastic: Container[int], least: int = 0) -> None:
        """Give the columns these widths in pixels; the elastic ones take the room that is left, each by its width.

        With `least`, they also give way where that is enough to hold them all, each down to that width.
        """
        room = self.viewport().width() - sum(widths)
        if room < 0:
            parts = [max(0, width - least) if least and i in elastic else 0 for i, width in enumerate(widths)]
            room = room if -room <= sum(parts) else 0
        else:
            parts = [width if i in elastic else 0 for i, width in enumerate(widths)]
        shared = sum(parts) or 1
        for i, (width, part) in enumerate(zip(widths, parts, strict=True)):
            self.setColumnWidth(i, width + room * part // shared)

    def _delegate(self, shape: Shape, left: int) -> QAbstractItemDelegate:
        if shape in _MARKED:
            return _MARKED[shape](self, left)
        shift = left - tokens.CELL_MARGIN
        if shape == "number":
            return ShiftDelegate(self, shift, tokens.COLUMN_GAP - tokens.CELL_MARGIN)
        return ShiftDelegate(self, shift) if shift else self.itemDelegate()

    def _fit_rows(self) -> None:
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(theme.row_height())
        rows.setDefaultSectionSize(theme.row_height())
        self.setIconSize(
            self.iconSize().scaled(theme.scaled(16), theme.scaled(16), Qt.AspectRatioMode.IgnoreAspectRatio)
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_rows()

    def paintEvent(self, event: QPaintEvent) -> None:
        bands = self._bands()
        with QPainter(self.viewport()) as painter:
            self._grounds(painter, bands)
        super().paintEvent(event)
        with QPainter(self.viewport()) as painter:
            painter.setPen(theme.color("line"))
            painter.drawLines([QLine(0, band.bottom(), band.right(), band.bottom()) for _, band in bands])
            self._outline(painter)

    def _bands(self) -> list[tuple[int, QRect]]:
        """The rows in sight, each with its rectangle over the whole width."""
        port = self.viewport()
        first, last = self.rowAt(0), self.rowAt(port.height() - 1)
        if first < 0:
            return []
        if last < 0:
            last = self.model().rowCount() - 1
        width = port.width()
        return [(r, QRect(0, self.rowViewportPosition(r), width, self.rowHeight(r))) for r in range(first, last + 1)]

    def _grounds(self, painter: QPainter, bands: list[tuple[int, QRect]]) -> None:
        chosen = self.selectionModel()
        away = self.isActiveWindow() and not self.hasFocus()
        ground, bar = ("mute.soft", "mute.solid") if away else ("select", "accent")
        for row, band in bands:
            if chosen and chosen.isRowSelected(row, QModelIndex()):
                painter.fillRect(band, theme.color(ground))
                painter.fillRect(QRect(0, band.y(), BAR, band.height()), theme.color(bar))
            elif row == self._hover:
                painter.fillRect(band, theme.color("hover"))

    def _outline(self, painter: QPainter) -> None:
        """Around the current row, for who works by the keyboard."""
        current = self.currentIndex()
        if self._keys and self.hasFocus() and current.isValid():
            band = QRect(
                0, self.rowViewportPosition(current.row()), self.viewport().width(), self.rowHeight(current.row())
            )
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRect(band.adjusted(1, 1, -1, -1))

    def _set_hover(self, row: int) -> None:
        if row != self._hover:
            self._hover = row
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._set_hover(self.rowAt(round(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._keys = True
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._keys = False
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._keys = paint.by_keyboard(event)
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            return self._tell_cut(event)
        return super().viewportEvent(event)

    def _tell_cut(self, event: QHelpEvent) -> bool:
        """The model's own tooltip, else the whole of a text that is cut."""
        index = self.indexAt(event.pos())
        told = index.data(Qt.ItemDataRole.ToolTipRole)
        text = index.data()
        if not told and text and theme.width(str(text)) > self.columnWidth(index.column()) - 2 * tokens.CELL_MARGIN:
            told = str(text)
        QToolTip.showText(event.globalPos(), told or "", self.viewport())
        return True
