"""The model behind every list: pages of rows read by SQL as they are shown, whatever the length (speed.md 1e)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from app.codes import Code
from app.entities import Entity
from app.fields import MISSING, Choice, Day, Derived, Field, Joined, this_day
from app.services import listing
from app.services.listing import Query, Row
from app.ui import icons, theme
from app.ui.desk import Desk
from app.ui.parts.marks import MARK, OVER, PAST, PLAIN, SOON, VERDICTS, Mark

PAGE = 200
AFTER_FRAME = 16
"""Milliseconds before the count: Qt paints what changed 5 ms later, and the count would hold that back."""
RAW = int(Qt.ItemDataRole.UserRole)
ID = MARK + 1

_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_DECORATION = int(Qt.ItemDataRole.DecorationRole)
_FOREGROUND = int(Qt.ItemDataRole.ForegroundRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
WARNED = timedelta(days=90)

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Tally:
    """What the footer says: rows shown, rows there are, and the totals of what is shown (cents or minutes)."""

    shown: int
    all: int
    totals: dict[str, int]


class ListModel(QAbstractTableModel):
    """Rows are read by pages of 200 and kept as ready texts; the count follows the first page, after it is painted."""

    counted = Signal(object)
    quiet: frozenset[int] = frozenset()
    """Records whose days, past or near, call for nothing any more."""
    passing: frozenset[str] = frozenset()
    """Columns whose texts are true for a moment only: they are not kept for the next start."""

    def __init__(self, desk: Desk, entity: Entity, query: Query | None = None) -> None:
        super().__init__()
        self._desk = desk
        self.entity = entity
        self.query = query or listing.default_query(entity)
        self.fields: list[Field] = []
        self._pages: dict[int, list[Row]] = {}
        self._texts: dict[int, list[tuple[str, ...]]] = {}
        self._total = 0
        self._counter = QTimer(self, singleShot=True, interval=AFTER_FRAME)
        self._counter.timeout.connect(self._count)
        self.tally = Tally(0, 0, {})

    def show(self, query: Query) -> None:
        """Read the first page of another query, or of the same one again."""
        self.beginResetModel()
        self.query = query
        self.fields = [self.entity.field(name) for name in query.columns]
        self._pages.clear()
        self._texts.clear()
        self._total = PAGE
        self._load(0)
        self._total = len(self._pages[0])
        self.endResetModel()
        self._counter.start()

    def reload(self) -> None:
        """The same query read again; its length is held to be the same until it is counted, so that nothing moves."""
        self.beginResetModel()
        self._pages.clear()
        self._texts.clear()
        first, before = len(self._load(0)), self._total
        self._total = max(first, before) if first == PAGE else first
        self.endResetModel()
        self._counter.start()

    def _count(self) -> None:
        """Learn the true length and the totals, once the first rows are on the screen."""
        with self._desk.read() as session:
            shown = listing.count(session, self.entity, self.query)
            whole = Query((), self.query.sort, in_bin=self.query.in_bin)
            every = listing.count(session, self.entity, whole) if _narrowed(self.query) else shown
            totals = listing.totals(session, self.entity, self.query)
        if shown > self._total:
            self.beginInsertRows(QModelIndex(), self._total, shown - 1)
            self._total = shown
            self.endInsertRows()
        elif shown < self._total:
            self.beginRemoveRows(QModelIndex(), shown, self._total - 1)
            self._total = shown
            self.endRemoveRows()
        self.tally = Tally(shown, every, totals)
        self.counted.emit(self.tally)

    def _load(self, page: int) -> list[Row]:
        with self._desk.read() as session:
            rows = listing.page(session, self.entity, self.query, page * PAGE, PAGE)
        self._pages[page] = rows
        self._texts[page] = [
            tuple(field.format(value) for field, value in zip(self.fields, row.values, strict=True)) for row in rows
        ]
        return rows

    def row(self, position: int) -> Row | None:
        page, rest = divmod(position, PAGE)
        rows = self._pages.get(page) or self._load(page)
        return rows[rest] if rest < len(rows) else None

    def is_titled(self, column: int) -> bool:
        """Whether this column bears the row's icon."""
        field = self.fields[column]
        return isinstance(field, Joined) and bool(field.icon_from)

    def position(self, record_id: int, near: int = 0) -> int | None:
        """Where a record stands among the rows already read, and those about `near`."""
        if near > 0:
            self.row(near)
        for page, rows in self._pages.items():
            for rest, row in enumerate(rows):
                if row.id == record_id:
                    return page * PAGE + rest
        return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.fields)

    def data(self, index: Index, role: int = 0) -> Any:
        page, rest = divmod(index.row(), PAGE)
        rows = self._pages.get(page)
        if rows is None:
            rows = self._load(page)
        if rest >= len(rows):
            return None
        if role:
            return self._other(rows[rest], page, rest, index.column(), role)
        return self._texts[page][rest][index.column()]

    def _other(self, row: Row, page: int, rest: int, column: int, role: int) -> Any:  # noqa: PLR0911 - one answer a role
        field = self.fields[column]
        if role == _ALIGNMENT:
            return _RIGHT if field.right else _LEFT
        if role == _DECORATION:
            return _icon(row.icon) if row.icon and self.is_titled(column) else None
        if role == _FOREGROUND:
            return theme.color("ink3") if row.values[column] is None else None
        if role == MARK:
            quiet = isinstance(field, Day) and row.id in self.quiet
            return PLAIN if quiet else mark_of(field, row.values[column])
        if role == RAW:
            return row.values[column]
        if role == ID:
            return row.id
        if role in {_TOOLTIP, _ACCESSIBLE}:
            return spoken(field, row.values[column], self._texts[page][rest][column])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.fields):
            return None
        field = self.fields[section]
        if role == 0:
            return field.label
        if role == _ALIGNMENT:
            return _RIGHT if field.right else _LEFT
        return (field.help or field.label) if role == _TOOLTIP else None


def _icon(name: str) -> Any:
    return icons.icon(name, "ink2")


def _narrowed(query: Query) -> bool:
    return bool(query.text or query.filters or query.ids is not None or query.on is not None)


def mark_of(field: Field, value: Any) -> Mark:
    """What stands beside the word of a cell: its badge, or the sign of a deadline soon due or past."""
    if isinstance(value, Code) and isinstance(field, Choice | Derived):
        return VERDICTS[value.value] if field.letter else Mark(value.tone, value.loud)
    if isinstance(field, Day) and field.deadline and value is not None:
        left = value - this_day()
        past = OVER if field.grave else PAST
        return past if left < timedelta() else SOON if left < WARNED else PLAIN
    return PLAIN


def spoken(field: Field, value: Any, text: str) -> str:
    """A cell in words, for the tooltip and the screen reader."""
    if text == MISSING:
        return "Non renseigné"
    mark = mark_of(field, value) if isinstance(field, Day) else PLAIN
    return text + {PAST: ", date passée", OVER: ", date passée", SOON: ", dans moins de 90 jours"}.get(mark, "")
