"""The journal of a record: absolute dates, newest first, joined by a line. It is a proof, not a chat."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.ui import icons, theme
from app.ui.parts import paint
from app.ui.parts.basics import OneLine, column, empty_layout, holder, label, row

DISC = 26
GAP = 13


@dataclass(frozen=True, slots=True)
class Entry:
    """`when` is « 22/10 14:10 »; `tone` tints the disc; `text` may run over several lines."""

    when: str
    icon: str
    tone: str
    title: str
    author: str = ""
    text: str = ""


class _Margin(QWidget):
    """Date on the right of its column, disc, and the line down to the next entry."""

    def __init__(self, entry: Entry, wide: int, last: bool) -> None:
        super().__init__()
        self._entry, self._wide, self._last = entry, wide, last
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(self._wide + GAP + theme.scaled(DISC), theme.scaled(DISC) + 12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = theme.scaled(DISC)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRect(0, 0, self._wide, side)
            paint.text(painter, box, self._entry.when, "second", "ink2", align=paint.RIGHT)
            centre = QPoint(self._wide + GAP + side // 2, side // 2)
            if not self._last:
                painter.setPen(QPen(theme.color("line"), 2))
                painter.drawLine(centre.x(), side, centre.x(), self.height())
            paint.disc(painter, centre, side, f"{self._entry.tone}.soft")
            half = theme.scaled(14) // 2
            icons.draw(
                painter, centre.x() - half, centre.y() - half, self._entry.icon, f"{self._entry.tone}.text", size=14
            )


class Timeline(QWidget):
    """Entries in the order given."""

    def __init__(self, entries: Sequence[Entry] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.set_entries(entries)

    def set_entries(self, entries: Sequence[Entry]) -> None:
        empty_layout(self._layout)
        wide = max((theme.width(entry.when, "second") for entry in entries), default=0)
        for position, entry in enumerate(entries):
            self._layout.addWidget(_entry(entry, wide, position == len(entries) - 1))
        self._layout.addStretch(1)


def _entry(entry: Entry, wide: int, last: bool) -> QWidget:
    title = OneLine("title", "ink")
    title.show_text(entry.title)
    words = column(row(title, label(entry.author, "second", "ink2"), None, gap=10), gap=3)
    if entry.text:
        told = label(entry.text, wrap=True)
        told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(told)
    words.setContentsMargins(0, 4, 0, 0 if last else 18)
    words.addStretch(1)
    line = row(_Margin(entry, wide, last), words, gap=13)
    line.setStretch(1, 1)
    made = holder(line)
    made.setAccessibleName(f"{entry.when}, {entry.title}, {entry.author}\u00a0: {entry.text}")
    return made
