"""The form of an existing ticket: what describes it. Its asset and contract are changed by an act, with a reason."""

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk

TICKET = ENTITIES["ticket"]
DESCRIBED = tuple(field.name for field in TICKET.form_fields if field.name != "asset_id")


class TicketForm(FormDialog):
    def __init__(self, desk: Desk, record_id: int, parent: QWidget | None = None) -> None:
        super().__init__(desk, TICKET, record_id, parent=parent, only=DESCRIBED)
