"""A card with its title, and what stands at the right of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.ui.parts.basics import CARD_MARGINS, column, hairline, label, row
from app.ui.parts.buttons import button


class Card(QFrame):
    """`body` is the layout below the title; `link_followed` when the link of the corner is."""

    link_followed = Signal()

    def __init__(
        self,
        title: str = "",
        *,
        note: str = "",
        aside: str = "",
        link: str = "",
        corner: QWidget | None = None,
        flush: bool = False,
    ) -> None:
        """`note` follows the title, `aside` stands at the right, `corner` is any widget there.

        `flush` leaves no margin at the sides of the body: for a table or a list.
        """
        super().__init__()
        self.setProperty("kind", "card")
        self.setAccessibleName(title)
        self.note, self.aside = label(note, "second", "ink2"), label(aside, "second", "ink2")
        head = row(label(title, "card"), self.note, None, self.aside)
        if link:
            follow = button(link, "link")
            follow.clicked.connect(self.link_followed)
            head.addWidget(follow)
        if corner is not None:
            head.addWidget(corner)
        self.body: QVBoxLayout = column(gap=6)
        left, top, right, bottom = CARD_MARGINS
        outer = column(gap=0, margins=(0, top, 0, 8 if flush else bottom))
        if title:
            head.setContentsMargins(left, 0, right, 8)
            outer.addLayout(head)
        if flush:
            outer.addWidget(hairline())
            self.body.setSpacing(0)
        else:
            self.body.setContentsMargins(left, 0, right, 0)
        outer.addLayout(self.body, 1)
        self.setLayout(outer)
