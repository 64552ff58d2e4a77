"""The clock of a ticket: whether it runs, then each deadline with its figure, its bar and its date in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.ui import icons
from app.ui.parts.badge import Badge
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import Glyph, column, empty_layout, fill, hairline, holder, label, row
from app.ui.parts.buttons import button
from app.ui.parts.card import Card
from app.ui.parts.marks import Mark
from app.ui.parts.meter import Meter, Run


@dataclass(frozen=True, slots=True)
class Deadline:
    """`figure` is what was taken, or is left; `of` follows it, quieter (« sur 8 h 00 »).

    `runs` fill the bar from the left; `words` say when it is due, and when it was met.
    """

    name: str
    badge: str
    mark: Mark
    figure: str
    of: str
    runs: Sequence[Run]
    words: str

    @property
    def sentence(self) -> str:
        return f"{self.name}, {self.badge}\u00a0: {self.figure} {self.of}. {self.words}"


@dataclass(frozen=True, slots=True)
class Moved:
    """A fact that moved the last deadline: what, what it added, the date it gave."""

    title: str
    text: str
    due: str


@dataclass(frozen=True, slots=True)
class ClockData:
    """`hours` is the base (« Heures ouvrées, lun-ven 9 h-18 h »); `state` is shown first, with its button.

    `moves` are shown when asked for; `down` tells the downtime of the asset, `stands` that it is still down.
    """

    hours: str
    state: BannerData
    deadlines: Sequence[Deadline]
    moves: Sequence[Moved] = ()
    down: str = ""
    stands: bool = False


WHY = "Pourquoi cette date a bougé"


class ClockPanel(Card):
    """`acted` when the button of the state (« Suspendre », « Relancer ») is pressed."""

    acted = Signal()

    def __init__(self, data: ClockData | None = None) -> None:
        super().__init__("Horloge", aside=" ")
        self._why_shown = False
        if data is not None:
            self.set_data(data)

    def set_data(self, data: ClockData) -> None:
        """Each minute: the button that had the keyboard keeps it, what was unfolded stays so."""
        focused = self._focused()
        empty_layout(self.body)
        self.aside.setText(data.hours)
        state = Banner(data.state)
        state.acted.connect(self.acted)
        fill(self.body, state, 4)
        for position, deadline in enumerate(data.deadlines):
            if position:
                fill(self.body, 2, hairline(), 2)
            self.body.addLayout(_deadline(deadline))
        if data.moves:
            self._add_why(data.moves)
        if data.down:
            role = "bad.solid" if data.stands else "mute.solid"
            told = row(Glyph("octagon-x", role), label(data.down, "second", "ink", wrap=True), gap=8)
            told.setStretch(1, 1)
            fill(self.body, 2, hairline(), 2, told)
        self.body.addStretch(1)
        self._give_back(focused)

    def _add_why(self, moves: Sequence[Moved]) -> None:
        follow, told = button(WHY, "link", "chevron-right"), _moves(moves)
        follow.clicked.connect(lambda: self._unfold(follow, told, shown=not self._why_shown))
        fill(self.body, row(follow, None), told)
        self._unfold(follow, told, shown=self._why_shown)

    def _unfold(self, follow: QPushButton, told: QWidget, *, shown: bool) -> None:
        self._why_shown = shown
        told.setVisible(shown)
        follow.setAccessibleDescription("déplié" if shown else "replié")
        icons.dress(follow, "chevron-down" if shown else "chevron-right", "accent")

    def _focused(self) -> str:
        return next((one.text() for one in self.findChildren(QPushButton) if one.hasFocus()), "")

    def _give_back(self, text: str) -> None:
        """Once it is on the screen: before, it would not take it. The one just made is the last of that name."""
        named = [one for one in self.findChildren(QPushButton) if text and one.text() == text]
        if named:
            QTimer.singleShot(0, named[-1], named[-1].setFocus)


def _moves(moves: Sequence[Moved]) -> QWidget:
    lines = column(gap=6, margins=(0, 0, 0, 4))
    for one in moves:
        words = column(label(one.title, "second", "ink", wrap=True), gap=0)
        if one.text:
            words.addWidget(label(one.text, "second", "ink2", wrap=True))
        due = label(one.due, "second", "ink")
        line = row(words, due, gap=8)
        line.setStretch(0, 1)
        held = holder(line)
        held.setAccessibleName(f"{one.title}. {one.text}. {one.due}")
        lines.addWidget(held)
    return holder(lines)


def _deadline(data: Deadline) -> QVBoxLayout:
    """Without a promise there is nothing to fill."""
    figures = row(label(data.figure, "amount"), label(data.of, "second", "ink2"), None, gap=7)
    shown = column(row(label(data.name, "title"), None, Badge(data.badge, data.mark)), figures, gap=3)
    if data.runs:
        shown.addWidget(Meter(data.runs, data.sentence, 10))
    shown.addWidget(label(data.words, "second", "ink2", wrap=True))
    return shown
