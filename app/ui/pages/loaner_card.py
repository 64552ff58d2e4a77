"""What the provider lent for a ticket: due, late or given back."""

from PySide6.QtWidgets import QVBoxLayout

from app.fields import day, this_day
from app.services import loaners
from app.services.loaners import LoanerRow
from app.ui.desk import Desk
from app.ui.pages import loaner_acts
from app.ui.pages.acts import Act, ActDialog
from app.ui.parts.badge import Badge
from app.ui.parts.basics import OneLine, column, empty_layout, holder, label, row
from app.ui.parts.buttons import button, set_available
from app.ui.parts.card import Card
from app.ui.parts.marks import Mark


class LoanersCard(Card):
    def __init__(self, desk: Desk, ticket_id: int) -> None:
        super().__init__("Matériel de prêt")
        self._desk, self._ticket = desk, ticket_id
        self._lines = column(gap=8)
        self.lend_button = button("Noter un prêt", icon="hand-coins")
        self.lend_button.clicked.connect(lambda: self.open_act(loaner_acts.lend(self._ticket)))
        self.body.addWidget(holder(self._lines))
        self.body.addLayout(row(self.lend_button, None))

    def reload(self, *, cancelled: bool) -> None:
        with self._desk.read() as session:
            found = loaners.of_ticket(session, self._ticket)
        empty_layout(self._lines)
        if not found:
            self._lines.addWidget(label("Aucun.", "second", "ink2"))
        for one in found:
            self._lines.addLayout(self._line(one))
        set_available(self.lend_button, not cancelled, "Ce ticket est annulé.")

    def _line(self, one: LoanerRow) -> QVBoxLayout:
        follow = button(one.label, "link")
        follow.clicked.connect(lambda: self._desk.follow(f"loaner:{one.id}"))
        words = OneLine("second", "ink2")
        words.show_text(_due(one) or f"Prêté le {day(one.lent_on)}")
        under = row(words, None, gap=6)
        if one.returned_on is None:
            back = button("Rendre…")
            back.setAccessibleName(f"Rendre\u00a0: {one.label}")
            back.clicked.connect(lambda: self.open_act(loaner_acts.give_back(one.id, one.label)))
            under.addWidget(back)
        return column(row(follow, None, _state(one), gap=6), under, gap=1)

    def open_act(self, act: Act) -> ActDialog:
        dialog = ActDialog(self._desk, act, self.window())
        dialog.open()
        return dialog


def _due(one: LoanerRow) -> str:
    return f"À rendre le {day(one.due)}" if one.due and one.returned_on is None else ""


def _state(one: LoanerRow) -> Badge:
    if one.returned_on is not None:
        return Badge(f"Rendu le {day(one.returned_on)}", Mark("ok"))
    if one.late(this_day()):
        return Badge("En retard", Mark("bad", loud=True))
    return Badge("Chez nous", Mark("hold", loud=True))
