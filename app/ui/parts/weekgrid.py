"""A week in a grid: a line for each person, a column for each day, small cards in the cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui import theme
from app.ui.parts import paint
from app.ui.parts.basics import column, empty_layout, holder, label, row, scrolled
from app.ui.parts.buttons import button
from app.ui.parts.visit_card import CardData, VisitCard, carried_id

MOST = 6
"""Cards of one cell: beyond, a link leads to the whole day."""
NAMES, LEAST, SATURDAY = 132, 62, 5


@dataclass(frozen=True, slots=True)
class DayHead:
    """« lun. 23 », what is under it, and whether people work that day."""

    on: date
    title: str
    note: str
    worked: bool
    today: bool


@dataclass(frozen=True, slots=True)
class GridLine:
    """`key` is the technician as kept, `title` as shown."""

    key: str
    title: str
    note: str
    cells: Sequence[Sequence[CardData]]


class _Cell(QWidget):
    """The day of somebody: what is let fall on it is theirs that day."""

    dropped = Signal(int)

    def __init__(self, worked: bool) -> None:
        super().__init__()
        self._worked, self._over = worked, False
        self.setAcceptDrops(True)
        self.setMinimumHeight(theme.scaled(LEAST))
        self.lay = column(gap=4, margins=(4, 5, 5, 6))
        self.setLayout(self.lay)

    def paintEvent(self, _event: QPaintEvent) -> None:
        ground = "accentSoft" if self._over else "surface" if self._worked else "raised"
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.color(ground))
            painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.color("line"))
            paint.hline(painter, 0, self.width(), self.height() - 1)

    def _light(self, over: bool) -> None:
        self._over = over
        self.update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if carried_id(event.mimeData()):
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._light(False)
        if visit := carried_id(event.mimeData()):
            event.acceptProposedAction()
            QTimer.singleShot(0, self, partial(self.dropped.emit, visit))  # the drag ends before its card goes


class WeekGrid(QWidget):
    """`opened` and `asked` name a visit; `moved` gives it, the day and the line where it was put."""

    opened = Signal(int)
    asked = Signal(int, QPoint)
    moved = Signal(int, object, str)
    more = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Semaine")
        self._days: Sequence[DayHead] = ()
        self._lines: Sequence[GridLine] = ()
        self.cards: dict[tuple[int, int, int], VisitCard] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 16, 12)
        self._grid.setSpacing(0)
        self._area = scrolled(holder(column(self._grid, None)))
        self.setLayout(column(self._area, gap=0))

    def set_week(self, days: Sequence[DayHead], lines: Sequence[GridLine]) -> None:
        """Show these; the card that had the focus keeps it, wherever it went."""
        held = next((card.data.id for card in self.cards.values() if card.hasFocus()), 0)
        self._days, self._lines, self.cards = days, lines, {}
        empty_layout(self._grid)
        for old in range(self._grid.columnCount()):
            self._grid.setColumnStretch(old, 1 if 1 <= old <= len(days) else 0)
        self._grid.setColumnMinimumWidth(0, theme.scaled(NAMES))
        for at, day in enumerate(days, 1):
            self._grid.setColumnStretch(at, 1)
            self._grid.addWidget(_head(day), 0, at)
        for place, line in enumerate(lines, 1):
            self._grid.addWidget(_name(line), place, 0)
            for at, (day, cards) in enumerate(zip(days, line.cells, strict=True), 1):
                self._grid.addWidget(self._cell(day, line.key, (place, at), cards), place, at)
        if held:
            self.focus_on(held)

    def focus_on(self, visit_id: int) -> None:
        found = next((card for card in self.cards.values() if card.data.id == visit_id), None)
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(found)

    def _cell(self, day: DayHead, key: str, place: tuple[int, int], cards: Sequence[CardData]) -> _Cell:
        made = _Cell(day.worked)
        made.dropped.connect(lambda visit: self.moved.emit(visit, day.on, key))
        shown = cards if len(cards) <= MOST else cards[: MOST - 1]
        for index, data in enumerate(shown):
            made.lay.addWidget(self._card(data, (*place, index)))
        if len(shown) < len(cards):
            rest = button(f"et {len(cards) - len(shown)} autres", "link")
            rest.clicked.connect(lambda: self.more.emit(day.on, key))
            made.lay.addWidget(rest)
        made.lay.addStretch(1)
        return made

    def _card(self, data: CardData, place: tuple[int, int, int]) -> VisitCard:
        made = self.cards[place] = VisitCard(data)
        made.clicked.connect(partial(self.opened.emit, data.id))
        made.asked.connect(partial(self.asked.emit, data.id))
        made.stepped.connect(partial(self._step, place))
        made.shifted.connect(partial(self._shift, place, data.id))
        return made

    def _step(self, place: tuple[int, int, int], across: int, down: int) -> None:
        """To the nearest card that way."""
        beside = sorted(self._beside(place, across, down))
        if beside:
            target = self.cards[beside[0][1]]
            target.setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(target)

    def _beside(
        self, place: tuple[int, int, int], across: int, down: int
    ) -> Iterator[tuple[tuple[int, int, int], tuple[int, int, int]]]:
        line, at, index = place
        for other in self.cards:
            far, rows, rank = (other[1] - at) * across, other[0] - line, other[2] - index
            if across and far > 0:
                yield (far, abs(rows), abs(rank)), other
            elif down and other[1] == at and (rows, rank) != (0, 0) and ((rows, rank) > (0, 0)) == (down > 0):
                yield (abs(rows), abs(rank) if not rows else (other[2] if down > 0 else -other[2]), 0), other

    def _shift(self, place: tuple[int, int, int], visit_id: int, across: int, down: int) -> None:
        """To the day, or the person, beside; at an edge of the week, to the day beyond it."""
        line, at = place[0] - 1 + down, place[1] - 1 + across
        if not 0 <= line < len(self._lines):
            return
        on = self._days[at].on if 0 <= at < len(self._days) else _beyond(self._days[0 if at < 0 else -1].on, across)
        self.moved.emit(visit_id, on, self._lines[line].key)


def _beyond(edge: date, step: int) -> date:
    """The day after the last of the week, or before the first, the week-end left out."""
    on = edge + timedelta(days=step)
    while on.weekday() >= SATURDAY:
        on += timedelta(days=step)
    return on


def _head(day: DayHead) -> QWidget:
    ink = "accent" if day.today else "ink" if day.worked else "ink2"
    words = column(label(day.title, "strong", ink), label(day.note, "small", "ink2"), gap=0, margins=(6, 6, 6, 6))
    return holder(words)


def _name(line: GridLine) -> QWidget:
    return holder(
        row(
            column(label(line.title, "strong", "ink", wrap=True), label(line.note, "small", "ink2"), None, gap=0),
            margins=(16, 8, 8, 8),
        )
    )
