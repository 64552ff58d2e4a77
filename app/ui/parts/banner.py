"""A banner above a list: one sentence, one consequence, one button. Never two at once."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from app.ui import tokens
from app.ui.parts.basics import Glyph, column, label, row
from app.ui.parts.buttons import button, icon_button


@dataclass(frozen=True, slots=True)
class BannerData:
    """`tone` is info, warn, bad or hold; `icon` replaces its glyph."""

    tone: str
    title: str
    text: str = ""
    action: str = ""
    icon: str = ""
    closable: bool = False
    action_icon: str = ""


class Banner(QFrame):
    """`acted` when its button is pressed, `closed` when its cross is."""

    acted = Signal()
    closed = Signal()

    def __init__(self, data: BannerData) -> None:
        super().__init__()
        self.setProperty("kind", f"banner-{data.tone}")
        self.setAccessibleName(f"{data.title}. {data.text}")
        role = f"{data.tone}.text"
        title_ink = role if data.tone == "hold" else "ink"
        words = column(label(data.title, "title", title_ink, wrap=True), gap=0)
        if data.text:
            words.addWidget(label(data.text, "second", "ink2", wrap=True))
        line = row(Glyph(data.icon or tokens.GLYPHS[data.tone], role, 20), words, gap=10, margins=(12, 6, 10, 6))
        line.setStretch(1, 1)
        if data.action:
            act = button(data.action, icon=data.action_icon)
            act.clicked.connect(self.acted)
            line.addWidget(act)
        if data.closable:
            cross = icon_button("x", "Fermer ce message")
            cross.clicked.connect(self.closed)
            line.addWidget(cross)
        self.setLayout(line)
