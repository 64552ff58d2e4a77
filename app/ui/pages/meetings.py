"""The list of meetings, each of which opens as a page of its own."""

from app.entities import ENTITIES
from app.ui.crud.page import EntityPage
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
