"""The list of contracts; each opens as a page of its own."""

from app.entities import ENTITIES
from app.ui.crud.page import EntityPage
from app.ui.desk import Desk
from app.ui.state import UiState


class ContractsPage(EntityPage):
    """A contract just created is opened: its perimeter and its levels are still to be told."""

    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, ENTITIES["contract"], state)

    def _on_saved(self, record_id: int) -> None:
        super()._on_saved(record_id)
        self.open_record(record_id)
