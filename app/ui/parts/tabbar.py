"""The five tabs of the program, and the sections of one tab: painted tab bars, so that keys and readers know them."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QTabBar, QWidget

from app.fields import number
from app.ui import icons, theme, tokens
from app.ui.parts import paint

ICON = 17
NUMBER_KEYS = "Ctrl" if sys.platform == "darwin" else "Alt"
EDGE, INSET, GAP, UNDERLINE = 10, 4, 8, 3
PILL_PAD, PILL_GAP = 8, 6
MAIN, KIND = "tab", "title"


@dataclass(frozen=True, slots=True)
class MainTab:
    title: str
    icon: str


@dataclass(frozen=True, slots=True)
class Count:
    """What is late or due behind a tab: `sentence` is what a reader says, as « 1 ticket hors délai »."""

    number: int
    tone: str
    sentence: str


class _PaintedTabs(QTabBar):
    def __init__(self, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._keys = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._keys = paint.by_keyboard(event)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._keys = False
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._keys = True
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        under = self.tabAt(self.mapFromGlobal(self.cursor().pos())) if self.underMouse() else -1
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for position in range(self.count()):
                self._draw(painter, position, position == under)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def _draw(self, painter: QPainter, index: int, hovered: bool) -> None:
        raise NotImplementedError


class MainTabs(_PaintedTabs):
    """Icon, word, count of what is late; Alt+1 to Alt+5. `currentChanged` tells the tab."""

    def __init__(self, tabs: Sequence[MainTab], parent: QWidget | None = None) -> None:
        super().__init__("Onglets du programme", parent)
        self._icons = [tab.icon for tab in tabs]
        self._counts: list[Count | None] = [None] * len(tabs)
        for position, tab in enumerate(tabs):
            self.addTab(tab.title)
            keys = QShortcut(QKeySequence(f"{NUMBER_KEYS}+{position + 1}"), self)
            keys.activated.connect(partial(self._go_to, position))
            self.setTabToolTip(position, keys.key().toString(QKeySequence.SequenceFormat.NativeText))

    def _go_to(self, position: int) -> None:
        """By its key: the focus is left to the page, where the arrows of the bar keep it."""
        self.clearFocus()
        self.setCurrentIndex(position)

    def set_count(self, index: int, count: Count | None) -> None:
        """None, or a number of 0, takes the pill away."""
        shown = count if count and count.number else None
        self._counts[index] = shown
        title = self.tabText(index)
        self.setAccessibleTabName(index, f"{title}, {shown.sentence}" if shown else title)
        self.setIconSize(self.iconSize())  # has the sizes of the tabs computed again
        self.update()

    def tabSizeHint(self, index: int) -> QSize:
        count = self._counts[index]
        pill = GAP + self._pill_width(count) if count else 0
        inner = theme.scaled(ICON) + GAP + theme.width(self.tabText(index), MAIN) + pill
        return QSize(2 * (EDGE + INSET) + inner, theme.line() + 32)

    def _pill_width(self, count: Count) -> int:
        return max(theme.width(str(count.number), "count") + 12, theme.line("count") + 5)

    def _draw(self, painter: QPainter, index: int, hovered: bool) -> None:
        whole = self.tabRect(index)
        current = index == self.currentIndex()
        role = "accent" if current else "ink" if hovered else "ink2"
        side = theme.scaled(ICON)
        box = whole.adjusted(EDGE + INSET, 0, -EDGE, 0)
        icons.draw(painter, box.x(), box.y() + (box.height() - side) // 2, self._icons[index], role, size=ICON)
        box.setLeft(box.x() + side + GAP)
        box.setLeft(box.x() + paint.text(painter, box, self.tabText(index), MAIN, role) + GAP)
        if count := self._counts[index]:
            self._pill(painter, box, count)
        if current:
            line = QRect(whole.x() + EDGE, whole.bottom() - UNDERLINE + 1, whole.width() - 2 * EDGE, UNDERLINE)
            paint.round_box(painter, line, "accent", radius=1.5)
            if self._keys:
                paint.focus_ring(painter, whole.adjusted(EDGE - 4, 8, 4 - EDGE, -7), 6)

    def _pill(self, painter: QPainter, box: QRect, count: Count) -> None:
        height = theme.line("count") + 5
        pill = QRect(box.x(), box.y() + (box.height() - height) // 2, self._pill_width(count), height)
        paint.round_box(painter, pill, f"{count.tone}.soft", radius=height / 2)
        paint.text(painter, pill, str(count.number), "count", f"{count.tone}.text", align=paint.CENTRE)


@dataclass(frozen=True, slots=True)
class Section:
    """`count` is shown after the word; None shows nothing."""

    title: str
    count: int | None = None


class SectionSwitch(_PaintedTabs):
    """The sections of one tab as pills. `currentChanged` tells the section."""

    def __init__(self, sections: Sequence[Section], name: str = "Rubriques", parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._shown = list(sections)
        for section in sections:
            self.addTab(section.title)
        for position, section in enumerate(sections):
            self._name(position, section)

    def shown(self) -> list[tuple[str, int | None]]:
        """Title and count of each section in sight."""
        return [(one.title, one.count) for at, one in enumerate(self._shown) if self.isTabVisible(at)]

    def shown_index(self) -> int:
        """Where the current section stands among those in sight."""
        return sum(self.isTabVisible(at) for at in range(self.currentIndex()))

    def titles(self) -> list[str]:
        return [section.title for section in self._shown]

    def width_of(self, index: int) -> int:
        """Of one section, in sight or not."""
        return self.tabSizeHint(index).width()

    def set_count(self, index: int, count: int | None) -> None:
        self._shown[index] = Section(self._shown[index].title, count)
        self._name(index, self._shown[index])
        self.measure()

    def measure(self) -> None:
        """After a section came, went or changed its width: room for all, and none left scrolled out of sight."""
        self.setIconSize(self.iconSize())  # has the sizes of the tabs computed again
        QCoreApplication.sendEvent(self, QResizeEvent(self.size(), self.size()))  # scrolls back what has room
        self.update()

    def _name(self, index: int, section: Section) -> None:
        said = section.title if section.count is None else f"{section.title}, {number(section.count)}"
        self.setAccessibleTabName(index, said)

    def tabSizeHint(self, index: int) -> QSize:
        section = self._shown[index]
        count = PILL_GAP + theme.width(number(section.count), KIND) if section.count is not None else 0
        return QSize(2 * PILL_PAD + theme.width(section.title, KIND) + count + 2, theme.line() + 12)

    def _draw(self, painter: QPainter, index: int, hovered: bool) -> None:
        section = self._shown[index]
        pill = self.tabRect(index).adjusted(0, 0, -2, 0)
        current = index == self.currentIndex()
        if current or hovered:
            paint.round_box(painter, pill, "select" if current else "mute.soft", radius=tokens.RADIUS_BUTTON)
        role = "accent" if current else "ink2"
        box = pill.adjusted(PILL_PAD, 0, 0, 0)
        x = paint.text(painter, box, section.title, KIND, role)
        if section.count is not None:
            paint.text(painter, box.adjusted(x + PILL_GAP, 0, 0, 0), number(section.count), KIND, role)
        if current and self._keys:
            paint.focus_ring(painter, pill, tokens.RADIUS_BUTTON)
