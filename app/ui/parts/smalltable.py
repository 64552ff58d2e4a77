"""A short table inside a card: cells of plain text, all of it in sight."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from typing import Any, TypeVar, overload

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.ui import theme, tokens
from app.ui.parts.header import SORTED
from app.ui.parts.marks import MARK, Mark
from app.ui.parts.table import ListColumn, ListView, Shape

LONG, NARROWEST = 170, 90
"""Of a column of words, at the base size of text: one wider than that may be cut, down to this."""
KEPT, MEASURED = 500, 30
"""Rows that the widths of columns are taken from, and how many cells of each are measured."""
T = TypeVar("T")
_ROOT = QModelIndex()
_DISPLAY = Qt.ItemDataRole.DisplayRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class SmallColumn:
    """An `elastic` one takes the room that the others leave; where there is none, the last one does."""

    title: str
    width: int
    shape: Shape = "text"
    elastic: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """`tone` tints the text (« mute » quietens it), `strong` makes it bold; `mark` is for a column of badges."""

    text: str
    tone: str = ""
    strong: bool = False
    mark: Mark | None = None


class Rows(Sequence[Sequence[Cell]]):
    """Rows whose cells are made when they are looked at: for thousands of records."""

    def __init__(self, records: Sequence[T], cells: Callable[[T], Sequence[Cell]]) -> None:
        self._records = records
        self._made = lru_cache(maxsize=KEPT)(lambda at: cells(records[at]))

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, at: int) -> Sequence[Cell]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Sequence[Cell]]: ...
    def __getitem__(self, at: int | slice) -> Any:
        return [self._made(one) for one in range(len(self))[at]] if isinstance(at, slice) else self._made(at)


class _Cells(QAbstractTableModel):
    def __init__(self, columns: Sequence[SmallColumn], parent: QWidget) -> None:
        super().__init__(parent)
        self._columns = columns
        self._rows: Sequence[Sequence[Cell]] = ()

    def set_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if role or orientation != Qt.Orientation.Horizontal:
            return None
        return self._columns[section].title

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        cell = self._rows[index.row()][index.column()]
        if not role:
            return cell.text
        if role == MARK:
            return cell.mark
        if role == Qt.ItemDataRole.ForegroundRole and cell.tone:
            return theme.color(f"{cell.tone}.text")
        if role == Qt.ItemDataRole.FontRole and cell.strong:
            return theme.font("strong")
        return None


class SmallTable(ListView):
    """As high as its rows. `opened` gives the number of the row chosen by Enter or double click."""

    opened = Signal(int)

    def __init__(
        self, columns: Sequence[SmallColumn], rows: Sequence[Sequence[Cell]] = (), name: str = "", most: int = 12
    ) -> None:
        """It scrolls beyond `most` rows."""
        super().__init__(first_margin=tokens.FIRST_MARGIN)
        self._most = most
        self._columns = columns
        self._cells = _Cells(columns, self)
        self.setModel(self._cells)
        self._rows: Sequence[Sequence[Cell]] = ()
        self.set_columns([ListColumn(one.width, one.shape) for one in columns])
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.activated.connect(lambda index: self.opened.emit(index.row()))
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        self._cells.set_rows(rows)
        self._rows = rows
        self._fit_columns()
        shown = min(len(rows), self._most)
        self.setFixedHeight(self.head().sizeHint().height() + shown * theme.row_height() + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """The declared widths; when they do not hold, what the cells need, and the room left shared out. When even that
        does not hold, the long texts give way, never a date or a number."""
        declared = [theme.scaled(one.width) for one in self._columns]
        room = self.viewport().width()
        widths = declared
        if sum(declared) > room:
            needed = [self._needed(position) for position in range(len(declared))]
            if sum(needed) > room:
                self.share(needed, self._long(needed), theme.scaled(NARROWEST))
                return
            spare = max(0, room - sum(needed)) // len(declared)
            widths = [need + spare for need in needed]
        else:
            self.share(declared, [at for at, one in enumerate(self._columns) if one.elastic])
            return
        for position, width in enumerate(widths):
            self.setColumnWidth(position, width)

    def _long(self, needed: Sequence[int]) -> list[int]:
        """The columns of words that may be cut."""
        return [
            position
            for position, (one, width) in enumerate(zip(self._columns, needed, strict=True))
            if one.shape == "text" and width > theme.scaled(LONG)
        ]

    def _needed(self, column: int) -> int:
        """Of the first hundreds of cells, those of most characters are measured: the widest is among them."""
        whole = [row[column] for row in self._rows[:KEPT]]
        cells = nlargest(MEASURED, whole, key=lambda cell: (len(cell.text), cell.strong))
        texts = [theme.width(cell.text, "strong" if cell.strong else "body") for cell in cells]
        titled = theme.width(self._columns[column].title, SORTED)
        mark = theme.scaled(30) if any(cell.mark for cell in whole) else 0
        edge = tokens.FIRST_MARGIN if column == 0 or self._columns[column].shape == "number" else 0
        return max([*texts, titled]) + mark + edge + 3 * tokens.CELL_MARGIN
