"""Buttons: primary (one per screen), plain, quiet, link, and the six known icons that go without a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

from app.ui import icons, theme

Kind = Literal["primary", "plain", "quiet", "link", "icon", "bare", "inverse"]
_ICON_INK = {"plain": "ink2", "primary": "onAccent", "quiet": "accent", "link": "accent", "icon": "ink2"}
SEGMENT_PAD = 28
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Button(QPushButton):
    """A push button that Enter presses as well as Space."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.isEnabled():
            self.click()
            return
        super().keyPressEvent(event)


def button(text: str, kind: Kind = "plain", icon: str = "", tip: str = "") -> Button:
    """A button of words, with its icon if named; `tip` adds what the words do not say."""
    made = Button(text)
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    if kind in {"link", "icon"}:
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    if icon:
        icons.dress(made, icon, _ICON_INK.get(kind, "ink"))
    if tip:
        made.setToolTip(tip)
        made.setAccessibleDescription(tip)
    return made


def icon_button(icon: str, name: str) -> Button:
    """One of the known icons alone: `name` is its tooltip and what a screen reader says."""
    made = button("", "icon", icon)
    made.setToolTip(name)
    made.setAccessibleName(name)
    return made


def set_available(target: QWidget, available: bool, why: str = "") -> None:
    """When a button cannot serve, its tooltip says why."""
    target.setEnabled(available)
    target.setToolTip("" if available else why)
    target.setAccessibleDescription("" if available else why)


@dataclass(frozen=True, slots=True)
class Segment:
    key: str
    text: str


class Segments(QFrame):
    """Two to four answers side by side, one of them taken: instead of a list to unroll."""

    changed = Signal(str)

    def __init__(self, segments: Sequence[Segment], name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "segments")
        self.setAccessibleName(name)
        self._buttons: dict[str, Button] = {}
        self._group = group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for segment in segments:
            made = button(segment.text)
            made.setProperty("kind", "segment")
            made.setMinimumWidth(theme.width(segment.text, "strong") + SEGMENT_PAD)  # as wide as once taken, in bold
            made.setCheckable(True)
            made.setAccessibleName(f"{name}\u00a0: {segment.text}" if name else segment.text)
            made.clicked.connect(lambda _=False, key=segment.key: self.changed.emit(key))
            group.addButton(made)
            made.setProperty("first", not self._buttons)
            layout.addWidget(made, 1)
            self._buttons[segment.key] = made
        if self._buttons:
            self.setFocusProxy(next(iter(self._buttons.values())))

    def value(self) -> str:
        """The key taken, or "" while none is."""
        return next((key for key, made in self._buttons.items() if made.isChecked()), "")

    def set_value(self, key: str) -> None:
        """Take an answer, or none for ""."""
        self._group.setExclusive(bool(key))
        for known, made in self._buttons.items():
            made.setChecked(known == key)
        self._group.setExclusive(True)
