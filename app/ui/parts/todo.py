"""« À faire »: what calls for an act, by urgency, each row one button with one verb."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.ui import icons, theme, tokens
from app.ui.parts import paint
from app.ui.parts.basics import empty_layout

SIDE = 16
DISC = 30
FIRST, FOLDED = 6, 2
"""Rows of a group shown at once, and how many more there must be to be folded."""
VERB, WHEN = 136, 152  # widths of the last two columns


@dataclass(frozen=True, slots=True)
class Todo:
    """`tone` tints the icon; `when_tone` (« bad », « warn » or "") the date; `verb` is the one act."""

    key: str
    icon: str
    tone: str
    title: str
    why: str
    when: str
    when_tone: str
    verb: str


@dataclass(frozen=True, slots=True)
class TodoGroup:
    title: str
    tone: str
    items: Sequence[Todo]


class TodoRow(paint.PaintedButton):
    RADIUS = 4

    def __init__(self, data: Todo, last: bool) -> None:
        super().__init__(f"{data.title}. {data.why}. {data.when}. {data.verb}")
        self.data, self._last = data, last
        self.setToolTip(f"{data.title}\n{data.why}")

    def design_size(self) -> QSize:
        return QSize(theme.scaled(520), theme.line("title") + theme.line("second") + 11)

    def draw(self, painter: QPainter) -> None:
        data, box = self.data, self.rect()
        if self.hovered():
            painter.fillRect(box, theme.color("hover"))
        verb = QRect(box.right() - theme.scaled(VERB), box.y(), theme.scaled(VERB) - SIDE, box.height())
        when = QRect(verb.x() - theme.scaled(WHEN), box.y(), theme.scaled(WHEN) - 8, box.height())
        disc = QRect(SIDE, box.y() + (box.height() - theme.scaled(DISC)) // 2, theme.scaled(DISC), theme.scaled(DISC))
        paint.round_box(painter, disc, f"{data.tone}.soft", radius=tokens.RADIUS_BUTTON)
        inset = (disc.width() - theme.scaled(16)) // 2
        icons.draw(painter, disc.x() + inset, disc.y() + inset, data.icon, f"{data.tone}.text")
        left = disc.right() + 13
        line = QRect(left, box.y() + 5, when.x() - left - 12, theme.line("title"))
        paint.text(painter, line, data.title, "title")
        line = QRect(left, line.bottom() + 1, line.width(), theme.line("second"))
        paint.text(painter, line, data.why, "small", "ink2")
        kind, role = ("second_strong", f"{data.when_tone}.text") if data.when_tone else ("second", "ink2")
        paint.text(painter, when, data.when, kind, role)
        paint.text(painter, verb, data.verb, "body", "accent")
        if not self._last:
            paint.hline(painter, left - 3, box.right(), box.bottom())


class _More(paint.PaintedButton):
    """« 8 autres »: what the group holds beyond its first rows."""

    RADIUS = 4

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._text = text

    def design_size(self) -> QSize:
        return QSize(theme.scaled(240), theme.line("body") + 12)

    def draw(self, painter: QPainter) -> None:
        if self.hovered():
            painter.fillRect(self.rect(), theme.color("hover"))
        side = theme.scaled(14)
        left = SIDE + theme.scaled(DISC) + 13
        box = self.rect().adjusted(left, 0, -SIDE, 0)
        x = paint.text(painter, box, self._text, "body", "accent")
        icons.draw(painter, box.x() + x + 6, (self.height() - side) // 2, "chevron-down", "accent", size=14)


class _Band(QWidget):
    """The head of a group, with its count."""

    def __init__(self, group: TodoGroup, first: bool) -> None:
        super().__init__()
        self._group, self._first = group, first
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{group.title}, {len(group.items)}")

    def sizeHint(self) -> QSize:
        return QSize(200, theme.line("second") + 11)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.color("raised"))
            if not self._first:
                paint.hline(painter, 0, self.width(), 0)
            paint.hline(painter, 0, self.width(), self.height() - 1)
            box = self.rect().adjusted(SIDE, 0, 0, 0)
            role = f"{self._group.tone}.text" if self._group.tone else "ink"
            x = paint.text(painter, box, self._group.title, "small_strong", role)
            paint.text(painter, box.adjusted(x + 8, 0, 0, 0), str(len(self._group.items)), "small", "ink2")


class TodoList(QWidget):
    """`acted` gives the key of the row chosen. Groups without a row are not shown; of a long one, the first rows, the
    others at a click, so that what comes next stays in sight."""

    acted = Signal(str)

    def __init__(self, groups: Sequence[TodoGroup] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._groups: Sequence[TodoGroup] = ()
        self._rows: list[TodoRow] = []
        self._whole: set[str] = set()
        self.set_groups(groups)

    def set_groups(self, groups: Sequence[TodoGroup]) -> None:
        self._groups, self._rows = groups, []
        empty_layout(self._layout)
        for group in groups:
            if group.items:
                self._layout.addWidget(_Band(group, self._layout.count() == 0))
            self._add_rows(group)
        self._layout.addStretch(1)

    def _add_rows(self, group: TodoGroup) -> None:
        left = len(group.items) - FIRST
        cut = left >= FOLDED and group.title not in self._whole
        shown = group.items[:FIRST] if cut else group.items
        for item in shown:
            self._layout.addWidget(self._row(item, item is group.items[-1]))
        if cut:
            more = _More(f"{left} autres")
            more.setAccessibleName(f"{group.title}, {left} autres")
            more.clicked.connect(lambda: self._unfold(group))
            self._layout.addWidget(more)

    def _unfold(self, group: TodoGroup) -> None:
        """The keyboard goes on where it was: at the first row that was hidden."""
        self._whole.add(group.title)
        self.set_groups(self._groups)
        hidden = next(row for row in self._rows if row.data is group.items[FIRST])
        hidden.show()
        hidden.setFocus()

    def _row(self, item: Todo, last: bool) -> TodoRow:
        made = TodoRow(item, last)
        self._rows.append(made)
        made.clicked.connect(lambda: self.acted.emit(item.key))
        return made
