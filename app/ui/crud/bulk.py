"""Change one field of many records at once, then tell what was refused and why."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.entities import Entity
from app.fields import Field, plural
from app.services import records
from app.services.records import Outcome
from app.ui.crud.editors import editor
from app.ui.desk import Desk
from app.ui.parts.basics import column, label
from app.ui.parts.buttons import button
from app.ui.parts.formshell import combo_box


class BulkDialog(QDialog):
    """`chosen` gets the field and its new value; nothing typed empties the field."""

    def __init__(
        self, desk: Desk, entity: Entity, wanted: Sequence[int], chosen: Callable[[Field, Any], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        told_of = entity.counted(len(wanted))
        self.setWindowTitle(f"Modifier {told_of}")
        self._chosen = chosen
        with desk.read() as session:
            self._fields = records.bulk_fields(session, entity, wanted)
        self.combo = combo_box()
        self.combo.addItems([f.label for f in self._fields])
        self.combo.setAccessibleName("Champ à modifier")
        self._editors = [editor(field, desk) for field in self._fields]
        self._place = QStackedWidget()
        for field, made in zip(self._fields, self._editors, strict=True):
            made.show(None)
            made.widget.setAccessibleName(field.label)
            made.on_change(self._say_act)
            self._place.addWidget(made.widget)
        self._told = label("", "second", "bad.text", wrap=True)
        self.combo.currentIndexChanged.connect(self._show_field)
        box = QDialogButtonBox()
        self._told_of = told_of
        self.change = button("", "primary", "check")
        box.addButton(self.change, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(button("Annuler"), QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        note = label("Sans nouvelle valeur, le champ sera vidé. Vous pourrez annuler.", "second", "ink2", wrap=True)
        self.setLayout(
            column(label("Champ à modifier", "title"), self.combo, label("Nouvelle valeur", "title"),
                   self._place, self._told, note, box, gap=8, margins=(18, 16, 18, 16))
        )  # fmt: skip
        self.setMinimumWidth(420)
        self._show_field(0)

    def _show_field(self, position: int) -> None:
        self.field, self.editor = self._fields[position], self._editors[position]
        self._place.setCurrentIndex(position)
        self._say_act()

    def _say_act(self) -> None:
        """The button tells when the field would be emptied: nobody does it unaware."""
        self.change.setText(f"Modifier {self._told_of}" if self.editor.text() else f"Vider pour {self._told_of}")

    def accept(self) -> None:
        try:
            value = self.editor.value()
        except ValueError as error:
            self._told.setText(str(error))
            return
        super().accept()
        self._chosen(self.field, value)


class OutcomeDialog(QDialog):
    """What was refused, one line each."""

    def __init__(self, outcome: Outcome, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Résultat de la modification")
        done, refused = len(outcome.done), len(outcome.refused)
        table = QTableWidget(refused, 2)
        table.setHorizontalHeaderLabels(["Élément", "Pourquoi il est resté comme avant"])
        table.horizontalHeader().setStretchLastSection(True)
        table.verticalHeader().hide()
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        for position, (title, why) in enumerate(outcome.refused):
            table.setItem(position, 0, QTableWidgetItem(title))
            table.setItem(position, 1, QTableWidgetItem(why))
        table.setColumnWidth(0, 220)
        close = button("Fermer", "primary")
        close.clicked.connect(self.accept)
        box = QDialogButtonBox()
        box.addButton(close, QDialogButtonBox.ButtonRole.AcceptRole)
        told = f"{done} {plural(done, 'modifié')}, {refused} {plural(refused, 'refusé')}"
        self.setLayout(column(label(told, "card"), table, box, gap=10, margins=(18, 16, 18, 16)))
        self.resize(640, 380)
