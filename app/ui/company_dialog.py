"""The company's own card: created at the first start, corrected later."""

from typing import Any

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.services import setup
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk


class CompanyDialog(FormDialog):
    """The generic form on the one company of the base."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        with desk.read() as session:
            found = setup.company_id(session)
        super().__init__(desk, ENTITIES["company"], found, None, parent)

    def _save(self, values: dict[str, Any]) -> int:
        return self._desk.act("Entreprise", lambda s: setup.save_company(s, values))
