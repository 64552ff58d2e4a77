"""How complete a record is: the score, then what is missing, heaviest first, and the link that fills it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from app.ui import tokens
from app.ui.parts.basics import Glyph, column, empty_layout, fill, hairline, label, row
from app.ui.parts.buttons import button
from app.ui.parts.card import Card
from app.ui.parts.meter import Meter, Run


@dataclass(frozen=True, slots=True)
class Gap:
    """`why` says what the lack costs; `link` is the verb of what fills it."""

    key: str
    tone: str
    title: str
    why: str
    link: str


@dataclass(frozen=True, slots=True)
class Completeness:
    """`score` from 0 to 100; `tone` that of its bar; `note` under the bar; `more` names the gaps left out."""

    title: str
    score: int
    tone: str
    note: str
    gaps: Sequence[Gap]
    more: str = ""


class GapsCard(Card):
    """`followed` gives the key of the gap to fill; `unfolded` asks for those left out."""

    followed = Signal(str)
    unfolded = Signal()

    def __init__(self, data: Completeness | None = None) -> None:
        super().__init__()
        if data is not None:
            self.set_data(data)

    def set_data(self, data: Completeness) -> None:
        empty_layout(self.body)
        self.setAccessibleName(f"{data.title} {data.score}\u00a0%")
        figure = row(label(str(data.score), "page"), label("%", "second", "ink2"), gap=5)
        bar = Meter([Run(data.score / 100, f"{data.tone}.solid")], f"{data.title} {data.score}\u00a0%")
        note = label(data.note, "second", "ink2", wrap=True)
        fill(self.body, row(label(data.title, "card"), None, figure), bar, note, 2)
        for position, gap in enumerate(data.gaps):
            if position:
                fill(self.body, hairline())
            self.body.addLayout(self._gap(gap))
        if data.more:
            rest = button(data.more, "link")
            rest.clicked.connect(self.unfolded)
            fill(self.body, hairline(), row(rest, None))
        self.body.addStretch(1)

    def _gap(self, gap: Gap) -> QHBoxLayout:
        follow = button(gap.link, "link")
        follow.setProperty("under", True)
        follow.setAccessibleName(f"{gap.link}\u00a0: {gap.title}")
        follow.clicked.connect(lambda: self.followed.emit(gap.key))
        words = column(
            label(gap.title, "title", wrap=True), label(gap.why, "second", "ink2", wrap=True), row(follow, None), gap=0
        )
        glyph = Glyph(tokens.GLYPHS[gap.tone], f"{gap.tone}.solid", 15)
        line = row(gap=10)
        line.addWidget(glyph, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        return line
