"""The settings, drawn from their declarations: those of the company, and those of this workstation."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.errors import InvalidFields
from app.services import preferences
from app.settings import SETTINGS
from app.ui import theme
from app.ui.crud.editors import editor
from app.ui.desk import Desk
from app.ui.parts.basics import column, holder, scrolled
from app.ui.parts.formshell import FormShell, dialog_buttons, dialog_foot
from app.ui.state import UiState


class SettingsDialog(QDialog):
    """`kept` is emitted once the settings are saved."""

    guide_page = "fichier"

    kept = Signal()

    def __init__(self, desk: Desk, state: UiState, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Réglages")
        self._desk, self._state = desk, state
        with desk.read() as session:
            values = {**preferences.everything(session), **state.settings()}
        self.form = FormShell()
        self.editors = {}
        group = ""
        for setting in SETTINGS:
            if setting.group != group:
                group = setting.group
                self.form.add_heading(group)
            made = editor(setting.field, desk)
            made.show(values[setting.key])
            self.editors[setting.key] = made
            self.form.add(setting.key, setting.field.label, made.widget, hint=setting.field.help)
        buttons = dialog_buttons("Enregistrer")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        note = "Couleurs, texte et nom valent pour ce poste\u00a0; le reste suit l’entreprise."
        area = scrolled(holder(column(self.form, margins=(22, 16, 22, 16))))
        self.setLayout(column(area, dialog_foot(note, buttons), gap=0))
        theme.fit_size(self, theme.scaled(720), theme.scaled(600))
        self.form.focus_on(SETTINGS[0].key)

    def _values(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        problems: dict[str, str] = {}
        for key, made in self.editors.items():
            try:
                found[key] = made.value()
            except ValueError as error:
                problems[key] = str(error)
        if problems:
            raise InvalidFields(problems)
        return preferences.check(found)

    def accept(self) -> None:
        try:
            values = self._values()
        except InvalidFields as error:
            self.form.set_problems(error.problems)
            return
        company = {s.key: values[s.key] for s in SETTINGS if s.of_company}
        self._desk.act("Réglages", lambda s: preferences.save(s, company))
        for setting in SETTINGS:
            if not setting.of_company:
                self._state.set_setting(setting.key, values[setting.key])
        self._state.save()
        super().accept()
        self.kept.emit()
