"""The lists of surveys and of questionnaires; each opens as a page of its own (domain.md G.3)."""

from app.entities import ENTITIES
from app.ui.crud.page import EntityPage
from app.ui.desk import Desk
from app.ui.pages import satisfaction_acts as acts
from app.ui.parts.buttons import Button, button
from app.ui.parts.empty import Beginning
from app.ui.state import UiState


class SurveysPage(EntityPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, ENTITIES["satisfaction_survey"], state)

    def section_actions(self) -> list[Button]:
        back = button(
            "Importer des feuilles…", icon="scan-text", tip="Scans, photos ou PDF remplis\u00a0; ou déposez-les ici."
        )
        back.clicked.connect(lambda: acts.bring_back(self.desk, self))
        return [back, self.new_button("Préparer une enquête…")]

    def new(self) -> None:
        acts.prepare(self.desk, self, self.open_record)

    def beginnings(self) -> list[Beginning]:
        return [Beginning("new", "Préparer une enquête…", "smile", primary=True)]


class QuestionnairesPage(EntityPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, ENTITIES["questionnaire"], state)

    def section_actions(self) -> list[Button]:
        return [self.new_button("Ajouter les questions usuelles")]

    def new(self) -> None:
        """The usual questions, to be put right: nobody begins from a blank page."""
        acts.add_usual(self.desk, self.open_record)

    def beginnings(self) -> list[Beginning]:
        return [Beginning("new", "Ajouter les questions usuelles", "file-question-mark", primary=True)]
