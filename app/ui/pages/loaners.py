"""Everything that providers lent, what is still with us first asked for."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import day, this_day
from app.services import loaners
from app.services.records import Sheet
from app.ui.crud.pane import DetailPane, MenuAct
from app.ui.crud.questions import Question, QuestionsPage
from app.ui.desk import Desk
from app.ui.pages import loaner_acts
from app.ui.pages.acts import ActDialog
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, holder
from app.ui.state import UiState

LOANER = ENTITIES["loaner"]
QUESTIONS: tuple[Question, ...] = (
    ("Chez nous", loaners.here),
    ("En retard", lambda session: loaners.late(session, this_day())),
)


class LoanerPane(DetailPane):
    """Its facts under what is to be done of it."""

    watched = frozenset({"ticket"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, LOANER)
        self._told = column(gap=8)

    def facts_body(self) -> QWidget:
        return holder(column(self._told, self.facts, gap=12))

    def show_facts(self, sheet: Sheet) -> None:
        super().show_facts(sheet)
        with self._desk.read() as session:
            one = loaners.row_of(session, sheet.id)
        empty_layout(self._told)
        if one.returned_on is None:
            late = one.late(this_day())
            due = f"À rendre le {day(one.due)}." if one.due else "Sans date de retour."
            title = "Chez nous, en retard" if late else "Chez nous"
            told = BannerData("bad" if late else "hold", title, due, "Rendre…", action_icon="package-check")
            banner = Banner(told)
            banner.acted.connect(lambda: give_back(self._desk, one.id, one.label, self))
            self._told.addWidget(banner)


def give_back(desk: Desk, loaner_id: int, label: str, parent: QWidget) -> ActDialog:
    dialog = ActDialog(desk, loaner_acts.give_back(loaner_id, label), parent.window())
    dialog.open()
    return dialog


class LoanersPage(QuestionsPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, LOANER, state, QUESTIONS, frozenset({"ticket"}))

    def make_pane(self) -> LoanerPane:
        return LoanerPane(self.desk)

    def acts_on(self, wanted: Sequence[int]) -> Sequence[MenuAct]:
        if len(wanted) != 1:
            return ()
        with self.desk.read() as session:
            one = loaners.row_of(session, wanted[0])
        if one.returned_on is not None:
            return ()
        return (("Noter le retour…", lambda: give_back(self.desk, one.id, one.label, self)),)
