"""Everything that providers lent, what is still with us first asked for."""

from collections.abc import Sequence

from app.entities import ENTITIES
from app.fields import this_day
from app.services import loaners, records
from app.ui.crud.pane import MenuAct
from app.ui.crud.questions import Question, QuestionsPage
from app.ui.desk import Desk
from app.ui.pages import loaner_acts
from app.ui.pages.acts import ActDialog
from app.ui.parts.buttons import icon_button
from app.ui.state import UiState

LOANER = ENTITIES["loaner"]
QUESTIONS: tuple[Question, ...] = (
    ("Chez nous", loaners.here),
    ("En retard", lambda session: loaners.late(session, this_day())),
)


class LoanersPage(QuestionsPage):
    topic = "interventions"

    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, LOANER, state, QUESTIONS, frozenset({"ticket"}))
        back = icon_button("package-check", "Noter le retour")
        back.clicked.connect(lambda: self.give_back(self.detail.record_id))
        self.detail.add_act(back)

    def acts_on(self, wanted: Sequence[int]) -> Sequence[MenuAct]:
        if len(wanted) != 1:
            return ()
        with self.desk.read() as session:
            returned = records.get(session, LOANER, wanted[0]).values["returned_on"]
        return () if returned else (("Noter le retour…", lambda: self.give_back(wanted[0])),)

    def give_back(self, loaner_id: int) -> ActDialog:
        with self.desk.read() as session:
            label = records.get(session, LOANER, loaner_id).values["label"]
        dialog = ActDialog(self.desk, loaner_acts.give_back(loaner_id, label), self.window())
        dialog.open()
        return dialog
