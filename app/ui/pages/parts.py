"""« Pièces et réparations »: what is to order, to receive, to fit, to check, and what is still under warranty."""

from collections.abc import Sequence

from app.entities import ENTITIES
from app.fields import this_day
from app.services import parts, records
from app.services.parts import ON_ITS_WAY, PartState
from app.ui.crud.pane import MenuAct
from app.ui.crud.questions import Question, QuestionsPage
from app.ui.desk import Desk
from app.ui.pages import parts_acts
from app.ui.parts.buttons import icon_button
from app.ui.state import UiState

PART = ENTITIES["part"]
QUESTIONS: tuple[Question, ...] = (
    ("À commander", lambda session: parts.in_state(session, PartState.REQUESTED)),
    ("Attendues", lambda session: parts.in_state(session, *ON_ITS_WAY)),
    ("À poser", lambda session: parts.in_state(session, PartState.RECEIVED)),
    ("À contrôler", lambda session: parts.in_state(session, PartState.FITTED)),
    ("Ancienne non récupérée", parts.unreturned),
    ("Sous garantie", lambda session: parts.guaranteed(session, this_day())),
)


class PartsPage(QuestionsPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, PART, state, QUESTIONS, frozenset({"intervention", "ticket"}))
        step = icon_button("package-check", "Passer à l’état suivant")
        step.clicked.connect(lambda: parts_acts.step(self.desk, self.detail.record_id, self))
        self.detail.add_act(step)

    def acts_on(self, wanted: Sequence[int]) -> Sequence[MenuAct]:
        if len(wanted) != 1:
            return ()
        with self.desk.read() as session:
            values = records.get(session, PART, wanted[0]).values
        return parts_acts.menu_of(self.desk, wanted[0], values["state"], values["label"], self)
