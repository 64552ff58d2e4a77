"""A long table of figures: its cells are written when they are seen, a click on a title sorts it, a cell opens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent

from app.ui import theme
from app.ui.parts.marks import MARK, PLAIN
from app.ui.parts.smalltable import Cell
from app.ui.parts.table import ListColumn, ListView, Shape

_ROOT = QModelIndex()
_DISPLAY = Qt.ItemDataRole.DisplayRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """`cell` writes that of an item, `key` what it sorts by; None: by its place. `elastic` takes what is left."""

    title: str
    width: int
    cell: Callable[[Any], Cell]
    key: Callable[[Any], Any]
    shape: Shape = "text"
    elastic: bool = False
    tip: str = ""


class FiguresModel(QAbstractTableModel):
    def __init__(self, columns: Sequence[FigureColumn]) -> None:
        super().__init__()
        self.columns = columns
        self.titles = [one.title for one in columns]
        self.items: Sequence[Any] = ()
        self._cells: dict[tuple[int, int], Cell] = {}

    def show(self, items: Sequence[Any]) -> None:
        self.beginResetModel()
        self.items, self._cells = items, {}
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        one = self.columns[section]
        return {int(_DISPLAY): self.titles[section], int(Qt.ItemDataRole.ToolTipRole): one.tip or None}.get(int(role))

    def cell(self, row: int, column: int) -> Cell:
        if (row, column) not in self._cells:
            self._cells[row, column] = self.columns[column].cell(self.items[row])
        return self._cells[row, column]

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        cell = self.cell(index.row(), index.column())
        if not role:
            return cell.text
        if role == MARK:
            return cell.mark or PLAIN
        if role == Qt.ItemDataRole.ForegroundRole and cell.tone:
            return theme.color(f"{cell.tone}.text")
        if role == Qt.ItemDataRole.FontRole and cell.strong:
            return theme.font("strong")
        return None


class FiguresTable(ListView):
    """`opened` gives an item and the title of the column it was opened by."""

    opened = Signal(object, str)

    def __init__(self, columns: Sequence[FigureColumn], name: str) -> None:
        super().__init__()
        self._whole: Sequence[Any] = ()
        self._columns = columns
        self._sort: tuple[int, bool] | None = None
        self.model_of = FiguresModel(columns)
        self.model_of.setParent(self)
        self.setModel(self.model_of)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.set_columns([ListColumn(one.width, one.shape) for one in columns])
        self.head().setSectionsMovable(False)
        self.head().setStretchLastSection(False)
        self.head().sectionClicked.connect(self.sort_by)
        self.activated.connect(lambda at: self.opened.emit(self.model_of.items[at.row()], columns[at.column()].title))

    def show_items(self, items: Sequence[Any]) -> None:
        """Show these, in their order until a title is pressed."""
        self._whole = items
        self._place()

    def sort_by(self, column: int) -> None:
        """By this column, numbers from the greatest; again, the other way."""
        first = self._columns[column].shape == "number"
        self._sort = (column, first if self._sort is None or self._sort[0] != column else not self._sort[1])
        self._place()

    def _place(self) -> None:
        items = self._whole
        self.head().setSortIndicatorShown(self._sort is not None)
        if self._sort is not None:
            column, descending = self._sort
            items = sorted(items, key=self._columns[column].key, reverse=descending)
            order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            self.head().setSortIndicator(column, order)
        self.model_of.show(items)

    def rename(self, column: int, title: str) -> None:
        """Call a column by what its items are; `opened` still gives the title it was declared with."""
        self.model_of.titles[column] = title
        self.head().viewport().update()

    def hide_columns(self, titles: Sequence[str]) -> None:
        """Those left out of what is shown."""
        for at, one in enumerate(self._columns):
            self.setColumnHidden(at, one.title in titles)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._share)

    def _share(self) -> None:
        widths = [0 if self.isColumnHidden(i) else theme.scaled(one.width) for i, one in enumerate(self._columns)]
        elastic = [i for i, one in enumerate(self._columns) if one.elastic and widths[i]]
        self.share(widths, elastic, theme.scaled(90))
