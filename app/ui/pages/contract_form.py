"""The form of a contract: a change of its terms times the open tickets again."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.services import terms
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk


class ContractForm(FormDialog):
    """`only` and `title` as for any form: a card of the page is corrected by its own fields."""

    def __init__(
        self, desk: Desk, contract_id: int, parent: QWidget, only: Sequence[str] = (), title: str = ""
    ) -> None:
        super().__init__(desk, ENTITIES["contract"], contract_id, parent=parent, only=only, title=title)
        self._contract = contract_id

    def _save(self, values: dict[str, Any]) -> int:
        contract, version = self._contract, self._version
        self._desk.act(f"Modification\u00a0: {self._name}", lambda s: terms.change(s, contract, values, version))
        return contract
