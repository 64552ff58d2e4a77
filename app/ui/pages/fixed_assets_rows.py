"""Rows worked out by a service, in a list that filters and sorts: what is to be decided, the physical gaps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.fields import MISSING, fold
from app.ui import theme
from app.ui.parts.basics import column, frame, row
from app.ui.parts.buttons import Button
from app.ui.parts.empty import EmptyState, no_match
from app.ui.parts.marks import MARK, PLAIN, Mark
from app.ui.parts.search import search_field
from app.ui.parts.table import ListColumn, ListView, Shape

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
TYPING = 120
SETTLED = 20
"""Milliseconds after which a scroll bar has taken its place."""
_ROOT = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """`text` of a row; `key` is what it sorts by, where the text does not do; `mark` of a badge. An `elastic` one takes
    the room left, and `aside` goes where there is none."""

    title: str
    width: int
    text: Callable[[T], str]
    shape: Shape = "text"
    key: Callable[[T], Any] | None = None
    mark: Callable[[T], Mark] | None = None
    elastic: bool = False
    aside: bool = False


class RowsModel(QAbstractTableModel, Generic[T]):
    """Texts are made when they are shown: a list of thousands opens at once."""

    def __init__(self, columns: Sequence[Column[T]], parent: QWidget) -> None:
        super().__init__(parent)
        self._columns = columns
        self.rows: Sequence[T] = ()

    def show(self, rows: Sequence[T]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        return self._columns[section].title if orientation == Qt.Orientation.Horizontal and not role else None

    def data(self, index: Index, role: int = 0) -> Any:
        told, one = self._columns[index.column()], self.rows[index.row()]
        if not role:
            return told.text(one)
        if role == MARK:
            return told.mark(one) if told.mark else PLAIN
        if role == int(Qt.ItemDataRole.TextAlignmentRole) and told.shape == "number":
            return _RIGHT
        if role == int(Qt.ItemDataRole.ForegroundRole) and told.text(one) == MISSING:
            return theme.color("ink3")
        return None


class RowsList(QWidget, Generic[T]):
    """`activated` gives the row opened by Enter or double click; `chose` tells that other rows are chosen."""

    activated = Signal(object)
    chose = Signal()

    def __init__(self, name: str, columns: Sequence[Column[T]], empty: EmptyState, *beside: Button) -> None:
        """`empty` is shown when there is nothing at all; `beside` stand at the right of the filter."""
        super().__init__()
        self._columns = columns
        self._every: Sequence[T] = ()
        self._sorted = (-1, False)
        self.model: RowsModel[T] = RowsModel(columns, self)
        self.table = ListView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(name)
        self.table.set_columns([ListColumn(one.width, one.shape) for one in columns])
        self.table.activated.connect(lambda index: self.activated.emit(self.model.rows[index.row()]))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self.chose.emit())
        bar = self.table.verticalScrollBar()  # it comes and goes with the rows, and changes the room
        bar.rangeChanged.connect(lambda *_: QTimer.singleShot(SETTLED, self, self._share))
        header = self.table.head()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sectionClicked.connect(self._sort_by)
        self.search = search_field("Filtrer cette liste", "Ctrl+F")
        self._delay = QTimer(self, singleShot=True, interval=TYPING)
        self._delay.timeout.connect(self._show)
        self.search.textChanged.connect(lambda _: self._delay.start())
        nothing = no_match("Aucune ligne ne correspond")
        nothing.chosen.connect(lambda _: self.search.clear())
        self._body = QStackedWidget()
        for one in (self.table, nothing, empty):
            self._body.addWidget(one)
        self.bar = frame("filters", row(self.search, None, *beside, margins=(16, 0, 10, 8)))
        self.setLayout(column(self.bar, self._body, gap=0))
        self.setFocusProxy(self.table)

    def show_rows(self, rows: Sequence[T]) -> None:
        self._every = rows
        self._show()

    def _show(self) -> None:
        words = fold(self.search.text()).split()
        found = [one for one in self._every if self._holds(one, words)] if words else self._every
        self.model.show(self._in_order(found))
        self._body.setCurrentIndex(2 if not self._every else 0 if found else 1)
        self.bar.setVisible(bool(self._every))
        self.chose.emit()

    def _holds(self, one: T, words: Sequence[str]) -> bool:
        told = fold(" ".join(column.text(one) for column in self._columns))
        return all(word in told for word in words)

    def _sort_by(self, section: int) -> None:
        self._sorted = (section, self._sorted[0] == section and not self._sorted[1])
        order = Qt.SortOrder.DescendingOrder if self._sorted[1] else Qt.SortOrder.AscendingOrder
        self.table.head().setSortIndicator(section, order)
        self._show()

    def _in_order(self, rows: Sequence[T]) -> Sequence[T]:
        section, backwards = self._sorted
        if section < 0:
            return rows
        told = self._columns[section]
        return sorted(rows, key=told.key or (lambda one: fold(told.text(one))), reverse=backwards)

    def chosen(self) -> list[T]:
        """Of the rows in sight, in their order."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.rows[at] for at in rows]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._share)

    def _share(self) -> None:
        """What is aside goes, the last first, until the others have their width."""
        room = self.table.viewport().width()
        widths = [theme.scaled(one.width) for one in self._columns]
        shown = set(range(len(widths)))
        for at in reversed([at for at, one in enumerate(self._columns) if one.aside]):
            if sum(widths[i] for i in shown) > room:
                shown.discard(at)
        for at in range(len(widths)):
            self.table.setColumnHidden(at, at not in shown)
        kept = [width if at in shown else 0 for at, width in enumerate(widths)]
        elastic = [at for at, one in enumerate(self._columns) if one.elastic and at in shown]
        self.table.share(kept, elastic, theme.scaled(120))
