"""Choose several rows of a list, and the day of what is done with them. A refusal is shown in it, nothing is lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QSizePolicy, QWidget

from app.entities import ENTITIES
from app.errors import AppError, InvalidFields
from app.fields import Day
from app.services.listing import Query
from app.ui import theme
from app.ui.crud.editors import LineEditor
from app.ui.crud.list_panel import ListPanel
from app.ui.desk import Desk
from app.ui.pages.acts import MANDATORY
from app.ui.parts.basics import column, label, row
from app.ui.parts.buttons import button
from app.ui.parts.formshell import FormShell, dialog_buttons, dialog_foot
from app.ui.state import UiState


@dataclass(frozen=True, kw_only=True)
class Choosing:
    """`query` is the list of `entity` to choose in, `day` the field of the day and `start` its first value. `run` does
    it with the ids chosen and gives what to tell; it raises an AppError to refuse."""

    title: str
    verb: str
    hint: str
    entity: str
    query: Query
    day: Day
    start: date
    run: Callable[[Sequence[int], date], str]


class RecordsChooser(QDialog):
    def __init__(self, desk: Desk, asked: Choosing, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._asked, self._entity = desk, asked, ENTITIES[asked.entity]
        self.setWindowTitle(asked.title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.panel = ListPanel(desk, self._entity, UiState(), asked.query)
        self.day = LineEditor(asked.day)
        self.day.show(asked.start)
        self.form = FormShell()
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.form.add(asked.day.name, asked.day.label, self.day.widget, required=True)
        every = button("Tout choisir", "quiet", "list-checks", "Toutes les lignes de la liste, après vos filtres.")
        every.clicked.connect(self.panel.table.selectAll)
        self._chosen = label("", "body", "ink2")
        self.buttons = dialog_buttons(asked.verb)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.panel.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        foot = column(row(self._chosen, None, every), self.form, gap=6, margins=(16, 8, 16, 12))
        self.setLayout(column(8, self.panel, foot, dialog_foot(asked.hint, self.buttons), gap=0))
        self.resize(theme.scaled(900), theme.scaled(600))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        self._follow()

    def _follow(self) -> None:
        count, e = len(self.panel.table.selectionModel().selectedRows()), "e" if self._entity.gender == "f" else ""
        none = f"Aucun{e} {self._entity.one.lower()} choisi{e}"
        self._chosen.setText(f"{self._entity.counted(count)} choisi{e}{'s' if count > 1 else ''}" if count else none)

    def accept(self) -> None:
        try:
            told = self._done()
        except AppError as error:
            self.form.set_problems(error.problems if isinstance(error, InvalidFields) else {"": str(error)})
            return
        self._desk.tell_done(told)
        super().accept()

    def _done(self) -> str:
        name, chosen = self._asked.day.name, self.panel.chosen_ids()
        if not chosen:
            one = "une" if self._entity.gender == "f" else "un"
            raise InvalidFields({"": f"Choisissez au moins {one} {self._entity.one.lower()} dans la liste."})
        try:
            on = self.day.value()
        except ValueError as error:
            raise InvalidFields({name: str(error)}) from error
        if on is None:
            raise InvalidFields({name: MANDATORY})
        return self._asked.run(chosen, on)
