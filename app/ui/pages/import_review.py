"""Telling the columns of a list, from its preview."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.services.importing import Options, TableView
from app.ui.desk import Desk
from app.ui.pages.import_columns import TICKET, MappingDialog, columns_job


class Review(QObject):
    """`told` gives a path and how to read it again; `elsewhere` the same, where the list holds what the preview that
    asks does not show: tickets, or anything else. `entity` is « ticket » for a preview of tickets."""

    told = Signal(object, object)
    elsewhere = Signal(object, object)

    def __init__(self, desk: Desk, preview: QWidget, entity: str) -> None:
        super().__init__(preview)
        self._desk, self._preview, self._entity = desk, preview, entity

    def choose(self, found: Sequence[Path], told: Mapping[Path, Options], under: QWidget) -> None:
        """The columns of the only list, or of the one chosen in a menu."""
        if len(found) == 1:
            self.ask(found[0], told.get(found[0]))
            return
        menu = QMenu(self._preview)
        for path in found:
            menu.addAction(path.name, partial(self.ask, path, told.get(path)))
        menu.popup(under.mapToGlobal(under.rect().bottomLeft()))

    def ask(self, path: Path, options: Options | None) -> None:
        self._desk.run(
            "Lecture des colonnes",
            columns_job(self._desk, path, self._entity, options),
            partial(self._open, path),
            "Rien n’est écrit dans la base.",
        )

    def _open(self, path: Path, view: TableView) -> None:
        dialog = MappingDialog(self._desk, path, view, self._preview)
        dialog.accepted.connect(lambda: self._tell(path, dialog.options, dialog.view.entity))
        dialog.open()

    def _tell(self, path: Path, options: Options | None, entity: str) -> None:
        if options is not None:
            is_here = (entity == TICKET) == (self._entity == TICKET)
            (self.told if is_here else self.elsewhere).emit(path, options)
