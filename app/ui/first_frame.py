"""The list as it was left, shown before the database library is even imported.

When the window closes, the rows in sight are kept in the company's own file with the number of its last change. At the
next start they are read by the bare driver: if that number is still the last one, these rows are the present ones.
"""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from app.ui import icons
from app.ui.parts.basics import column, frame, row
from app.ui.parts.marks import MARK, Mark
from app.ui.parts.search import search_field
from app.ui.parts.tabbar import Section, SectionSwitch
from app.ui.parts.table import ListColumn, ListView

KEY = "frame"
ROWS = 40
_READ = "SELECT value, (SELECT max(seq) FROM history) FROM setting WHERE key = ?"
_DECORATION = int(Qt.ItemDataRole.DecorationRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    icon: str = ""
    tone: str = ""
    loud: bool = False
    glyph: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """`change` numbers the last change; `columns` are (title, width, shape); `sort` is (column, descending)."""

    change: int
    tab: int
    section: int
    sections: Sequence[tuple[str, int | None]]
    columns: Sequence[tuple[str, int, Any]]
    rows: Sequence[Sequence[Cell]]
    sort: tuple[int, bool]
    foot: str


def to_text(shown: Frame) -> str:
    return json.dumps(asdict(shown), ensure_ascii=False)


def _from_text(text: str) -> Frame:
    kept = json.loads(text)
    rows = [[Cell(**cell) for cell in cells] for cells in kept.pop("rows")]
    sections = [(title, count) for title, count in kept.pop("sections")]
    return Frame(rows=rows, sections=sections, **kept)


def read(path: Path) -> Frame | None:
    """The frame of this file if nothing changed since; None otherwise, or if the file needs the whole opening."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            found = connection.execute(_READ, (KEY,)).fetchone()
        shown = _from_text(found[0]) if found else None
    except (sqlite3.Error, ValueError, TypeError, KeyError):
        return None
    return shown if shown and shown.change == found[1] else None


class _Rows(QAbstractTableModel):
    def __init__(self, shown: Frame) -> None:
        super().__init__()
        self._shown = shown

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown.columns)

    def data(self, index: Index, role: int = 0) -> Any:
        cell = self._shown.rows[index.row()][index.column()]
        if not role:
            return cell.text
        if role == MARK:
            return Mark(cell.tone, cell.loud, cell.glyph, cell.letter)
        if role == _DECORATION and cell.icon:
            return icons.icon(cell.icon, "ink2")
        if role == _ALIGNMENT:
            return _RIGHT if self._shown.columns[index.column()][2] == "number" else _LEFT
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        return None if role or orientation != Qt.Orientation.Horizontal else self._shown.columns[section][0]


def picture(shown: Frame) -> QWidget:
    """The section as it will stand there, not yet alive."""
    switch = SectionSwitch([Section(title, count) for title, count in shown.sections])
    switch.setCurrentIndex(shown.section)
    table = ListView()
    model = _Rows(shown)
    model.setParent(table)
    table.setModel(model)
    table.set_columns([ListColumn(width, shape) for _, width, shape in shown.columns])
    order = Qt.SortOrder.DescendingOrder if shown.sort[1] else Qt.SortOrder.AscendingOrder
    table.head().setSortIndicatorShown(True)
    table.head().setSortIndicator(shown.sort[0], order)
    page = QWidget()
    bar = frame("sections", row(switch, None, margins=(16, 8, 16, 8)))
    filters = frame("filters", row(search_field("Filtrer cette liste"), None, margins=(16, 0, 10, 8)))
    page.setLayout(column(bar, filters, table, gap=0))
    page.setEnabled(False)
    return page
