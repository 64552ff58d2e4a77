"""The list of periodic reports, each of which opens as a page of its own (domain.md B; papers.md 2)."""

from app.entities import ENTITIES
from app.ui.crud.page import EntityPage
from app.ui.desk import Desk
from app.ui.pages import periodic_acts as acts
from app.ui.parts.buttons import Button
from app.ui.parts.empty import Beginning
from app.ui.state import UiState

NEW = "Établir un rapport…"


class ReviewsPage(EntityPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, ENTITIES["period_review"], state)

    def section_actions(self) -> list[Button]:
        return [self.new_button(NEW)]

    def new(self) -> None:
        acts.establish(self.desk, self, self.open_record)

    def beginnings(self) -> list[Beginning]:
        return [Beginning("new", NEW, "file-chart-column", primary=True)]
