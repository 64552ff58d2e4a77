"""The providers, with what is to be asked of them or taken back from them."""

from app.entities import ENTITIES
from app.fields import this_day
from app.services import accesses, vigilance
from app.ui.crud.questions import Question, QuestionsPage
from app.ui.desk import Desk
from app.ui.state import UiState

PROVIDER = ENTITIES["provider"]
WATCHED = frozenset({"certificate", "access_grant", "contract", "amendment", "provider_contact", "person"})
QUESTIONS: tuple[Question, ...] = (
    ("Document à demander", lambda session: vigilance.to_ask(session, this_day())),
    ("Accès à retirer", lambda session: sorted({o.provider_id for o in accesses.to_withdraw(session, this_day())})),
)


class ProvidersPage(QuestionsPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, PROVIDER, state, QUESTIONS, WATCHED)
