"""A month at a glance: a cell a day, what is planned in it, the gravest state as its tone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.ui import icons, theme
from app.ui.parts import paint
from app.ui.parts.basics import empty_layout, label

PAD, GLYPH, LEAST = 7, 12, 58
NAMES = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing planned: its glyph, the tone of its state, its words."""

    icon: str
    tone: str
    text: str


@dataclass(frozen=True, slots=True)
class MonthDay:
    """`holiday` is its name; `inside` of the month shown. `sentence` is read aloud."""

    on: date
    holiday: str
    worked: bool
    today: bool
    inside: bool
    entries: Sequence[Entry]
    sentence: str


class DayButton(paint.PaintedButton):
    RADIUS = 2
    stepped = Signal(int)

    def __init__(self, day: MonthDay) -> None:
        super().__init__(day.sentence)
        self.day = day
        self.setToolTip(day.sentence)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def design_size(self) -> QSize:
        return QSize(theme.scaled(LEAST), 2 * theme.line("small") + 2 * PAD)

    def draw(self, painter: QPainter) -> None:
        day, box = self.day, self.rect()
        ground = "hover" if self.hovered() else "surface" if day.worked and day.inside else "raised"
        painter.fillRect(box, theme.color(ground))
        painter.fillRect(QRect(box.right(), 0, 1, box.height()), theme.color("line"))
        paint.hline(painter, 0, box.right(), box.bottom())
        head = QRect(PAD, PAD - 2, box.width() - 2 * PAD, theme.line("small"))
        ink = "accent" if day.today else "ink" if day.inside else "ink3"
        used = paint.text(painter, head, str(day.on.day), "second_strong" if day.inside else "second", ink)
        if day.holiday:
            paint.text(painter, head.adjusted(used + 7, 0, 0, 0), day.holiday, "small", "ink2")
        self._entries(painter, head)
        if day.today:
            paint.focus_ring(painter, box, self.RADIUS)

    def _entries(self, painter: QPainter, head: QRect) -> None:
        """As many as there is room for; the last line counts the others."""
        height = theme.line("small") + 2
        room = max(1, (self.height() - head.bottom() - PAD) // height)
        entries = self.day.entries
        shown = entries if len(entries) <= room else entries[: room - 1]
        line = QRect(PAD, head.bottom() + 3, head.width(), height)
        side = theme.scaled(GLYPH)
        for entry in shown:
            icons.draw(
                painter, line.x(), line.y() + (height - side) // 2, entry.icon, f"{entry.tone}.solid", size=GLYPH
            )
            paint.text(painter, line.adjusted(side + 5, 0, 0, 0), entry.text, "small", "ink")
            line.translate(0, height)
        if len(shown) < len(entries):
            more = f"et {len(entries) - len(shown)} autres" if shown else f"{len(entries)} visites"
            paint.text(painter, line, more, "small", "ink2")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)


class MonthGrid(QWidget):
    """`opened` gives the day pressed; `left` a day out of the month that the arrows lead to."""

    opened = Signal(object)
    left = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Mois")
        self.days: dict[date, DayButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 0, 16, 12)
        self._grid.setSpacing(0)

    def set_month(self, weeks: Sequence[Sequence[MonthDay]]) -> None:
        held = next((on for on, made in self.days.items() if made.hasFocus()), None)
        empty_layout(self._grid)
        self.days = {}
        for at, name in enumerate(NAMES):
            title = label(name, "small_title", "ink2")
            title.setContentsMargins(PAD, 5, 0, 5)
            self._grid.addWidget(title, 0, at)
        for line in range(1, max(self._grid.rowCount(), len(weeks) + 1)):
            self._grid.setRowStretch(line, 1 if line <= len(weeks) else 0)
        for line, days in enumerate(weeks, 1):
            for at, day in enumerate(days):
                self._grid.addWidget(self._day(day), line, at)
        if held in self.days:
            self.focus_on(held)

    def focus_on(self, on: date) -> None:
        self.days[on].setFocus(Qt.FocusReason.TabFocusReason)

    def _day(self, day: MonthDay) -> DayButton:
        made = self.days[day.on] = DayButton(day)
        made.clicked.connect(partial(self.opened.emit, day.on))
        made.stepped.connect(partial(self._step, day.on))
        return made

    def _step(self, on: date, days: int) -> None:
        target = date.fromordinal(on.toordinal() + days)
        if target in self.days:
            self.focus_on(target)
        else:
            self.left.emit(target)
