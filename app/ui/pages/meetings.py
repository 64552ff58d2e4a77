"""The list of meetings, each of which opens as a page of its own; and that of all the actions they decided."""

from app.entities import ENTITIES
from app.fields import this_day
from app.services import meetings
from app.ui.crud.page import EntityPage
from app.ui.crud.questions import Question, QuestionsPage
from app.ui.desk import Desk
from app.ui.pages import meeting_acts
from app.ui.parts.buttons import Button
from app.ui.parts.empty import Beginning
from app.ui.state import UiState


class MeetingsPage(EntityPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, ENTITIES["meeting"], state)

    def section_actions(self) -> list[Button]:
        return [self.new_button("Préparer une réunion…")]

    def new(self) -> None:
        meeting_acts.prepare_any(self.desk, self, self.open_record)

    def beginnings(self) -> list[Beginning]:
        return [Beginning("new", "Préparer une réunion…", "users", primary=True)]


QUESTIONS: tuple[Question, ...] = (
    ("En retard", lambda session: meetings.actions_in(session, before=this_day())),
    ("À faire", meetings.actions_in),
)


class ActionsPage(QuestionsPage):
    """All meetings together; the day of what is settled calls for nothing any more."""

    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, ENTITIES["meeting_action"], state, QUESTIONS, frozenset())

    def _count_views(self) -> None:
        super()._count_views()
        with self.desk.read() as session:
            self.panel.model.quiet = frozenset(meetings.actions_in(session, settled=True))
