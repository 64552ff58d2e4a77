"""The list of contracts; each opens as a page of its own. A new one begins with questions."""

from app.entities import ENTITIES
from app.ui.crud.form import FormDialog
from app.ui.crud.page import EntityPage
from app.ui.desk import Desk
from app.ui.pages.contract_questions import QuestionsDialog
from app.ui.parts.buttons import Button
from app.ui.parts.empty import Beginning
from app.ui.state import UiState


class ContractsPage(EntityPage):
    """A contract just created is opened: what nobody knew yet is still to be told."""

    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, ENTITIES["contract"], state)

    def section_actions(self) -> list[Button]:
        return [self.new_button("Nouveau contrat…")]

    def new(self) -> None:
        self.ask()

    def ask(self) -> QuestionsDialog:
        """The guided sequence; the plain form is one button away."""
        asked = QuestionsDialog(self.desk, self.window())
        asked.made.connect(self._on_saved)
        asked.by_form.connect(self._open_plain)
        asked.open()
        return asked

    def _open_plain(self) -> FormDialog:
        return self.open_form(None)

    def beginnings(self) -> list[Beginning]:
        return [Beginning("new", "Répondre aux questions", primary=True), Beginning("form", "Formulaire simple")]

    def begin(self, key: str) -> None:
        if key == "form":
            self._open_plain()
        else:
            super().begin(key)

    def _on_saved(self, record_id: int) -> None:
        super()._on_saved(record_id)
        self.open_record(record_id)
