"""The list of scorecards, each of which opens as a page of its own (domain.md G.2)."""

from app.entities import ENTITIES
from app.ui.crud.page import EntityPage
from app.ui.desk import Desk
from app.ui.pages import scorecard_acts as acts
from app.ui.parts.buttons import Button
from app.ui.parts.empty import Beginning
from app.ui.state import UiState

NEW = "Noter un prestataire…"


class ScorecardsPage(EntityPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, ENTITIES["scorecard"], state)

    def section_actions(self) -> list[Button]:
        return [self.new_button(NEW)]

    def new(self) -> None:
        acts.begin(self.desk, self, self.open_record)

    def beginnings(self) -> list[Beginning]:
        return [Beginning("new", NEW, "award", primary=True)]
