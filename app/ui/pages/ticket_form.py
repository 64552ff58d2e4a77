"""The form of an existing ticket: another asset may mean another contract, so it goes through its own use case."""

from typing import Any

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.services import records, tickets
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk

TICKET = ENTITIES["ticket"]


class TicketForm(FormDialog):
    def __init__(self, desk: Desk, record_id: int, parent: QWidget | None = None) -> None:
        super().__init__(desk, TICKET, record_id, parent=parent)
        self._ticket = record_id
        with desk.read() as session:
            self._asset = records.get(session, TICKET, record_id).values["asset_id"]

    def _save(self, values: dict[str, Any]) -> int:
        asset = values.pop("asset_id")

        def use_case(session: Any) -> None:
            records.update(session, TICKET, self._ticket, values, self._version)
            if asset != self._asset:
                tickets.change_asset(session, self._ticket, asset)

        self._desk.act(f"Modification\u00a0: {self._name}", use_case)
        return self._ticket
