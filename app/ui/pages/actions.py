"""The lists of actions decided, by meetings and by reports: the day of what is settled calls for nothing any more."""

from functools import partial

from app.entities import ENTITIES
from app.fields import this_day
from app.services import actions
from app.ui.crud.questions import Question, QuestionsPage
from app.ui.desk import Desk
from app.ui.state import UiState


def _questions(key: str) -> tuple[Question, ...]:
    return (
        ("En retard", lambda session: actions.ids(session, key, before=this_day())),
        ("À faire", partial(actions.ids, key=key)),
    )


class ActionsPage(QuestionsPage):
    """Those of every meeting together."""

    key = "meeting_action"

    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, ENTITIES[self.key], state, _questions(self.key), frozenset())

    def _count_views(self) -> None:
        super()._count_views()
        with self.desk.read() as session:
            self.panel.model.quiet = frozenset(actions.ids(session, self.key, settled=True))


class ImprovementsPage(ActionsPage):
    """Those that reports, scorecards and surveys decided."""

    key = "improvement"
