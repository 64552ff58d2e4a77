"""Linked records that are added, corrected and taken away in the tab of the one they belong to."""

from PySide6.QtWidgets import QWidget

from app.services import records
from app.ui.crud.form import FormDialog
from app.ui.crud.record_views import LinkedList
from app.ui.desk import Desk
from app.ui.parts.basics import column, row
from app.ui.parts.buttons import button, set_available


class KeptHere(QWidget):
    """A linked list and its acts; a new record begins with its link to `record_id`."""

    def __init__(self, desk: Desk, linked: LinkedList, via: str, record_id: int) -> None:
        super().__init__()
        self._desk, self.list, self._start = desk, linked, {via: record_id}
        self._entity = linked.model.entity
        self.list.opened.connect(self._edit)
        add = button("Ajouter…", icon="plus")
        add.setAccessibleName(f"Ajouter\u00a0: {self._entity.one.lower()}")
        add.clicked.connect(lambda: self._edit(None))
        self._remove_button = button("Retirer", icon="trash-2")
        self._remove_button.clicked.connect(self._remove)
        self.list.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        self.setLayout(column(row(None, self._remove_button, add, margins=(16, 8, 16, 8)), self.list, gap=0))
        self._follow()

    def _follow(self) -> None:
        chosen = self.list.table.selectionModel().hasSelection()
        set_available(self._remove_button, chosen, "Choisissez d’abord ce que vous retirez.")

    def _edit(self, record_id: int | None) -> None:
        start = self._start if record_id is None else None
        FormDialog(self._desk, self._entity, record_id, start, self.window()).open()

    def _remove(self) -> None:
        wanted = self.list.chosen_ids()
        entity = self._entity
        told = f"{entity.counted(len(wanted))} à la corbeille"
        self._desk.act(f"Retrait\u00a0: {told}", lambda s: records.to_bin(s, entity, wanted), told=told)
