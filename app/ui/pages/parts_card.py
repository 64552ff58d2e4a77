"""The parts of a ticket or of an intervention, each with the one click that brings it to its next state."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.entities import ENTITIES
from app.fields import day, joined
from app.services import parts
from app.services.parts import PartRow
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages import parts_acts
from app.ui.pages.acts import ActDialog
from app.ui.parts.badge import Badge
from app.ui.parts.basics import OneLine, column, empty_layout, label, row
from app.ui.parts.buttons import button, set_available
from app.ui.parts.card import Card
from app.ui.parts.marks import Mark

PART = ENTITIES["part"]


class PartLines(QWidget):
    """`show_parts` fills it; each name opens the form of its part."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._lines = column(gap=8)
        self.setLayout(self._lines)

    def show_parts(self, found: Sequence[PartRow]) -> None:
        empty_layout(self._lines)
        for one in found:
            self._lines.addLayout(self._line(one))

    def _line(self, one: PartRow) -> QVBoxLayout:
        follow = button(one.label if one.quantity == 1 else f"{one.quantity} × {one.label}", "link")
        follow.clicked.connect(lambda: FormDialog(self._desk, PART, one.id, parent=self.window()).open())
        badge = Badge(one.state.label, Mark(one.state.tone, loud=one.state in parts.ON_ITS_WAY))
        words = OneLine("second", "ink2")
        since = f"depuis le {day(one.since)}" if one.since else "sans date"
        words.show_text(joined(since, one.reference or "", one.supplier or "", by=" · "))
        under = row(words, None, gap=6)
        if verb := parts_acts.verb_of(one):
            act = button(verb)
            act.setAccessibleName(f"{one.label}\u00a0: {verb}")
            act.clicked.connect(lambda: parts_acts.step(self._desk, one.id, self))
            under.addWidget(act)
        return column(row(follow, None, badge, gap=6), under, gap=1)


class PartsCard(Card):
    """Those of a ticket, and the way to ask for one before anybody comes."""

    def __init__(self, desk: Desk, ticket_id: int) -> None:
        super().__init__("Pièces")
        self._desk, self._ticket = desk, ticket_id
        self._none = label("Aucune pièce demandée.", "second", "ink2")
        self.lines = PartLines(desk)
        self.ask_button = button("Demander une pièce", icon="puzzle")
        self.ask_button.clicked.connect(self.ask)
        self.body.addWidget(self._none)
        self.body.addWidget(self.lines)
        self.body.addLayout(row(self.ask_button, None))

    def reload(self, *, cancelled: bool) -> None:
        with self._desk.read() as session:
            found = parts.of_ticket(session, self._ticket)
        self._none.setVisible(not found)
        self.lines.setVisible(bool(found))
        self.lines.show_parts(found)
        set_available(self.ask_button, not cancelled, "Ce ticket est annulé.")

    def ask(self) -> ActDialog:
        with self._desk.read() as session:
            may_wait = parts.may_wait(session, self._ticket)
        dialog = ActDialog(self._desk, parts_acts.ask(self._ticket, may_wait=may_wait), self.window())
        dialog.open()
        return dialog
