"""The loans: their asset is marked lent or given back as they are."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import this_day
from app.services import loans, records
from app.ui.crud.form import FormDialog
from app.ui.crud.page import EntityPage
from app.ui.crud.pane import MenuAct
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.asset_acts import take_back
from app.ui.state import UiState

LOAN = ENTITIES["loan"]


class LoanForm(FormDialog):
    """The generic form; the asset follows its loan."""

    def __init__(self, desk: Desk, record_id: int | None, start: dict[str, Any] | None, parent: QWidget) -> None:
        super().__init__(desk, LOAN, record_id, start, parent)

    def _save(self, values: dict[str, Any]) -> int:
        kept, version = self.record_id, self._version
        label = "Prêt" if kept is None else f"Modification\u00a0: {self._name}"
        return self._desk.act(label, lambda s: loans.save(s, kept, values, version))


class LoansPage(EntityPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, LOAN, state)

    def open_form(self, record_id: int | None, start: dict[str, Any] | None = None) -> FormDialog:
        begun = {"lent_on": this_day(), **(start or {})} if record_id is None else start
        form = LoanForm(self.desk, record_id, begun, self.window())
        form.saved.connect(self._on_saved)
        form.open()
        return form

    def acts_on(self, wanted: Sequence[int]) -> Sequence[MenuAct]:
        if len(wanted) != 1:
            return ()
        with self.desk.read() as session:
            asset = records.get(session, LOAN, wanted[0]).values["asset_id"]
            loan = loans.of_asset(session, asset, this_day())
        if loan is None or loan.id != wanted[0]:
            return ()
        return (("Rendre…", lambda: ActDialog(self.desk, take_back(loan), self).open()),)

    def to_bin(self, wanted: Sequence[int]) -> None:
        told = LOAN.counted(len(wanted))
        self.close_pane()
        self.desk.act(
            f"Mise à la corbeille\u00a0: {told}", lambda s: loans.to_bin(s, wanted), told=f"{told} à la corbeille"
        )
