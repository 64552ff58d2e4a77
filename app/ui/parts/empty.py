"""An empty place: what it is for, and up to three ways to begin; or a filter that nothing answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.ui import theme
from app.ui.parts.basics import Glyph, column, frame, label, row
from app.ui.parts.buttons import Button, button

CARD = 266
CENTRE = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, slots=True)
class Beginning:
    """A way to begin. Without a title it is a plain button under the sentence."""

    key: str
    verb: str
    icon: str = ""
    title: str = ""
    text: str = ""
    primary: bool = False


class EmptyState(QWidget):
    """`chosen` gives the key of a beginning, or that of the link."""

    chosen = Signal(str)

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        beginnings: Sequence[Beginning] = (),
        link: tuple[str, str, str] = ("", "", ""),
    ) -> None:
        """`link` is the words before it, its own words, its key."""
        super().__init__()
        disc = Glyph(icon, "accent", 48, "accentSoft", 96)
        heading, told = label(title, "page"), label(text, "body", "ink2")
        for shown in (heading, told):
            shown.setAlignment(CENTRE)
        body = column(gap=5, margins=(24, 24, 24, 24))
        body.addStretch(2)
        body.addWidget(disc, 0, CENTRE)
        body.addSpacing(14)
        body.addWidget(heading)
        body.addWidget(told)
        body.addSpacing(14)
        body.addLayout(row(None, *(self._beginning(one) for one in beginnings), None, gap=14))
        if link[1]:
            body.addSpacing(6)
            body.addLayout(row(None, label(link[0], "body", "ink2"), self._verb(link[2], link[1], "link"), None, gap=2))
        body.addStretch(3)
        self.setLayout(body)

    def _verb(self, key: str, text: str, kind: str) -> Button:
        made = button(text, kind)  # type: ignore[arg-type]  # one of the kinds, chosen two lines away
        made.clicked.connect(lambda: self.chosen.emit(key))
        return made

    def _beginning(self, one: Beginning) -> QWidget:
        verb = self._verb(one.key, one.verb, "primary" if one.primary else "plain")
        return self._card(one, verb) if one.title else verb

    @staticmethod
    def _card(one: Beginning, verb: Button) -> QFrame:
        body = column(
            Glyph(one.icon, "accent", 22), 8, label(one.title, "strong", wrap=True),
            label(one.text, "body", "ink2", wrap=True),
            None, 8, row(verb, None), margins=(18, 16, 18, 16), gap=3,
        )  # fmt: skip
        made = frame("card", body)
        theme.fix_width(made, CARD)
        return made


def no_match(sentence: str, key: str = "clear") -> EmptyState:
    """« Aucun bien ne correspond » and the way out; emits `key`."""
    told = "Aucune ligne ne répond à ces critères ensemble."
    return EmptyState("funnel-x", sentence, told, [Beginning(key, "Effacer les filtres")])
