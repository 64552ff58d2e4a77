"""The list of consultations; each opens as a page of its own, a new one at once."""

from app.entities import ENTITIES
from app.ui.crud.form import FormDialog
from app.ui.crud.page import EntityPage
from app.ui.desk import Desk
from app.ui.parts.empty import Beginning
from app.ui.state import UiState

ASKED = ("subject", "context", "answers_until", "decided_until")
"""What begins a consultation; the rest is told on its page."""


class ConsultationsPage(EntityPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, ENTITIES["consultation"], state)

    def new(self) -> None:
        form = FormDialog(self.desk, self.entity, parent=self.window(), only=ASKED, title="Nouvelle consultation")
        form.saved.connect(self._on_saved)
        form.open()

    def beginnings(self) -> list[Beginning]:
        return [Beginning("new", "Nouvelle consultation", primary=True)]

    def _on_saved(self, record_id: int) -> None:
        super()._on_saved(record_id)
        self.open_record(record_id)
