"""Under the form of a new ticket: what is open already, what was solved lately, and what to do of it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.fields import brief_moment, joined
from app.services.similar import Found, Similar
from app.ui.parts.basics import Glyph, OneLine, column, empty_layout, frame, label, row
from app.ui.parts.buttons import button

SHOWN = 2
"""Of each sort: the closest are enough to tell."""


class SimilarView(QFrame):
    """`doubled` gives the ticket that this call is about; `linked` what the new ticket is to be linked to."""

    doubled = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._found, self._told = Found(), ""
        self.linked: set[int] = set()
        self._lines = column(gap=2)
        box = frame("box", column(self._lines, margins=(12, 7, 10, 7)))
        self.setLayout(column(box))
        self.hide()

    def set_data(self, found: Found, told: str) -> None:
        """`told` says how often the asset failed lately."""
        if (found, told) == (self._found, self._told):
            return
        self._found, self._told = found, told
        self._show()

    def _show(self) -> None:
        empty_layout(self._lines)
        groups = (
            ("Déjà ouvert\u00a0: est-ce le même appel\u00a0?", self._found.open_now, ""),
            ("Déjà résolu depuis moins de 90\u00a0jours", self._found.before, self._told),
        )
        for title, rows, told in groups:
            if rows:
                aside = label(told, "second", "ink2")
                self._lines.addLayout(row(label(title, "second_title"), None, aside))
            for one in rows[:SHOWN]:
                self._lines.addLayout(self._line(one))
        if self._told and not self._found.before:
            self._lines.addWidget(label(self._told, "second", "ink2"))
        self.setVisible(bool(self._found.open_now or self._found.before or self._told))

    def _line(self, one: Similar) -> QHBoxLayout:
        words, why = OneLine("body", "ink"), OneLine("second", "ink2")
        words.show_text(joined(one.number, one.subject))
        when = (
            f"résolu le {brief_moment(one.solved_at)}" if one.solved_at else f"ouvert le {brief_moment(one.opened_at)}"
        )
        why.show_text(joined(one.why, when, by=" · "))
        sign = ("circle-check", "ok.solid") if one.solved_at else ("circle-dot", "info.solid")
        line = row(Glyph(*sign, 14), column(words, why, gap=0), gap=8)
        line.setStretch(1, 1)
        for made in self._acts(one):
            line.addWidget(made)
        return line

    def _acts(self, one: Similar) -> list[QWidget]:
        taken = one.id in self.linked
        link = button("Rattaché" if taken else "Rattacher", "link", "check" if taken else "link")
        link.setAccessibleName(f"{'Ne plus rattacher' if taken else 'Rattacher'} à {one.number}")
        link.setToolTip("Ne plus rattacher" if taken else "Le nouveau ticket gardera un lien vers celui-ci")
        link.clicked.connect(partial(self._toggle, one.id))
        if one.solved_at:
            return [link]
        same = button("C’est un doublon", "link", "copy", "Noter cet appel sur ce ticket, sans en ouvrir un autre")
        same.setAccessibleName(f"C’est un doublon de {one.number}")
        same.clicked.connect(partial(self.doubled.emit, one.id))
        return [link, same]

    def _toggle(self, ticket: int) -> None:
        self.linked ^= {ticket}
        self._show()
