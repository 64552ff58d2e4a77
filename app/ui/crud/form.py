"""The form of any entity: errors under their fields, nothing typed is lost, unsaved work is asked about."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from app.entities import Entity
from app.errors import InvalidFields, StaleRecord
from app.fields import Count, Field, Text, moment
from app.services import records
from app.ui import theme
from app.ui.crud import drafts
from app.ui.crud.editors import Editor, LineEditor, editor
from app.ui.desk import Desk
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, holder, scrolled
from app.ui.parts.formshell import FormShell, dialog_buttons, dialog_foot

DRAFT_EVERY = 3000
WIDTH, HEIGHT = 720, 640


class FieldsForm(FormShell):
    """The editors of some fields; reads them all at once."""

    def __init__(self, desk: Desk, fields: tuple[Field, ...]) -> None:
        super().__init__()
        self.fields = fields
        self.editors: dict[str, Editor] = {}
        group = ""
        for field in fields:
            if field.group and field.group != group:
                self.add_heading(field.group)
            group = field.group or group
            made = editor(field, desk)
            self.editors[field.name] = made
            wide = isinstance(field, Text) and field.multiline
            unit = f" ({field.unit})" if isinstance(field, Count) and field.unit else ""
            self.add(
                field.name,
                field.label + unit,
                made.widget,
                required=field.required,
                hint=field.help,
                span=2 if wide else 1,
            )

    def show_values(self, values: Mapping[str, Any]) -> None:
        for name, made in self.editors.items():
            made.show(values.get(name))

    def read(self) -> tuple[dict[str, Any], dict[str, str]]:
        """What the editors hold, and a sentence for each that cannot be read."""
        found: dict[str, Any] = {}
        problems: dict[str, str] = {}
        for name, made in self.editors.items():
            try:
                found[name] = made.value()
            except ValueError as error:
                problems[name] = str(error)
        return found, problems

    def values(self) -> dict[str, Any]:
        """What the editors hold; InvalidFields with a sentence for each that cannot be read."""
        found, problems = self.read()
        if problems:
            raise InvalidFields(problems)
        return found

    def texts(self) -> dict[str, str]:
        """Every field as text, for a draft: what cannot be read is left out of it but stays on the screen."""
        return {name: made.text() for name, made in self.editors.items() if made.text()}

    def put_texts(self, texts: Mapping[str, str]) -> None:
        for name, text in texts.items():
            if name in self.editors:
                self.editors[name].put_text(text)


class FormDialog(QDialog):
    """A new record (`record_id` None, begun from `start`) or an existing one. `saved` gives its id."""

    saved = Signal(int)

    def __init__(
        self,
        desk: Desk,
        entity: Entity,
        record_id: int | None = None,
        start: Mapping[str, Any] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self.entity, self.record_id = desk, entity, record_id
        self._version: int | None = None
        self.form = FieldsForm(desk, entity.form_fields)
        self.form.show_values(self._first_values(start))
        self._suggest()
        self._shown = self.form.texts()
        buttons = dialog_buttons("Enregistrer")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._body = column(self.form, margins=(22, 16, 22, 16), gap=12)
        area = scrolled(holder(self._body))
        self.setLayout(column(area, dialog_foot("Les champs non marqués sont facultatifs.", buttons), gap=0))
        self._title()
        self.resize(theme.scaled(WIDTH), theme.scaled(HEIGHT))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        QShortcut(QKeySequence.StandardKey.Save, self, self.accept)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        self._draft = QTimer(self, interval=DRAFT_EVERY)
        self._draft.timeout.connect(self._keep_draft)
        self._draft.start()
        self._offer_draft()
        self.form.focus_on(entity.form_fields[0].name)

    def _first_values(self, start: Mapping[str, Any] | None) -> dict[str, Any]:
        if self.record_id is None:
            return {**records.defaults(self.entity), **(start or {})}
        with self._desk.read() as session:
            sheet = records.get(session, self.entity, self.record_id)
        self._version = sheet.version
        self._name = sheet.title
        return sheet.values

    def _title(self) -> None:
        new = "Nouvelle" if self.entity.gender == "f" else "Nouveau"
        named = f"{new} {self.entity.one.lower()}" if self.record_id is None else f"Modifier {self._name}"
        self.setWindowTitle(named.replace("Nouveau a", "Nouvel a") + "[*]")
        for name, made in self.form.editors.items():
            made.on_change(self._mark)
            made.on_change(partial(self.form.forgive, name))

    def _mark(self) -> None:
        self.setWindowModified(self.is_modified())

    def _suggest(self) -> None:
        """Offer the values already used, in the fields that ask for it."""
        with self._desk.read() as session:
            for field in self.entity.form_fields:
                made = self.form.editors[field.name]
                if isinstance(field, Text) and field.suggest and isinstance(made, LineEditor):
                    made.suggest(records.suggestions(session, self.entity, field.name))

    def is_modified(self) -> bool:
        return self.form.texts() != self._shown

    # Drafts

    def _keep_draft(self) -> None:
        if self.is_modified():
            drafts.keep(self.entity.key, self.record_id, self.form.texts())

    def _offer_draft(self) -> None:
        found = drafts.find(self.entity.key, self.record_id)
        if found is None:
            return
        banner = Banner(
            BannerData(
                "info", "Une saisie non enregistrée a été retrouvée", f"Elle date du {moment(found.at)}.", "Reprendre",
                closable=True,
            )
        )  # fmt: skip
        banner.acted.connect(lambda: self.form.put_texts(found.texts))
        banner.closed.connect(lambda: drafts.forget(self.entity.key, self.record_id))
        for answered in (banner.acted, banner.closed):
            answered.connect(banner.hide)
        self._body.insertWidget(0, banner)

    # Saving

    def accept(self) -> None:
        """Save; a refusal is shown under its field and the form stays as it is."""
        values, unread = self.form.read()
        try:
            if unread:
                self._refuse(values, unread)
            done = self._save(values)
        except InvalidFields as error:
            self._tell({**error.problems, **unread})
            return
        except StaleRecord as error:
            self._tell({"": str(error)})
            return
        self._close()
        self.saved.emit(done)

    def _refuse(self, values: Mapping[str, Any], unread: Mapping[str, str]) -> None:
        """Look at what could be read as well, so that all that is to be corrected is told at once."""
        with self._desk.read() as session:
            records.checked(session, self.entity, values, self.record_id)
        raise InvalidFields(unread)

    def _tell(self, problems: Mapping[str, str]) -> None:
        self.form.set_problems(problems)
        first = next((name for name in self.form.editors if name in problems), "")
        if first:
            self.form.focus_on(first)

    def _save(self, values: dict[str, Any]) -> int:
        entity, record_id = self.entity, self.record_id
        if record_id is None:
            return self._desk.act(f"Création\u00a0: {entity.one.lower()}", lambda s: records.create(s, entity, values))
        self._desk.act(
            f"Modification\u00a0: {self._name}",
            lambda s: records.update(s, entity, record_id, values, self._version),
        )
        return record_id

    def _close(self) -> None:
        self._draft.stop()
        drafts.forget(self.entity.key, self.record_id)
        super().accept()

    def reject(self) -> None:
        """Escape, the cross or « Annuler »: unsaved work is asked about."""
        if self.is_modified():
            answer = self._desk.ask.unsaved(self, self.windowTitle().replace("[*]", ""))
            if answer == "stay":
                return
            if answer == "save":
                QTimer.singleShot(0, self, self.accept)  # an error raised within the closing of a window ends Qt
                return
        self._draft.stop()
        drafts.forget(self.entity.key, self.record_id)
        super().reject()
