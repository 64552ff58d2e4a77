"""The clock of a ticket: whether it runs, then each deadline with its figure, its bar and its date in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from app.ui.parts.badge import Badge
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, fill, hairline, label, row
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
class ClockData:
    """`hours` is the base (« Heures ouvrées, lun-ven 9 h-18 h »); `state` is shown first, with its button."""

    hours: str
    state: BannerData
    deadlines: Sequence[Deadline]


class ClockPanel(Card):
    """`acted` when the button of the state (« Suspendre », « Relancer ») is pressed."""

    acted = Signal()

    def __init__(self, data: ClockData | None = None) -> None:
        super().__init__("Horloge", aside=" ")
        if data is not None:
            self.set_data(data)

    def set_data(self, data: ClockData) -> None:
        empty_layout(self.body)
        self.aside.setText(data.hours)
        state = Banner(data.state)
        state.acted.connect(self.acted)
        fill(self.body, state, 4)
        for position, deadline in enumerate(data.deadlines):
            if position:
                fill(self.body, 2, hairline(), 2)
            self.body.addLayout(_deadline(deadline))
        self.body.addStretch(1)


def _deadline(data: Deadline) -> QVBoxLayout:
    figures = row(label(data.figure, "amount"), label(data.of, "second", "ink2"), None, gap=7)
    return column(
        row(label(data.name, "title"), None, Badge(data.badge, data.mark)),
        figures,
        Meter(data.runs, data.sentence, 10),
        label(data.words, "second", "ink2", wrap=True),
        gap=3,
    )
