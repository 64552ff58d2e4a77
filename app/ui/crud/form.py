"""The form of any entity: errors under their fields, nothing typed is lost, unsaved work is asked about."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from app.entities import Entity
from app.errors import InvalidFields, StaleRecord
from app.fields import Field, Text, moment
from app.services import records
from app.ui import theme
from app.ui.crud import drafts
from app.ui.crud.editors import LineEditor
from app.ui.crud.fields_form import FieldsForm
from app.ui.desk import Desk
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, holder, row, scrolled
from app.ui.parts.formshell import dialog_buttons, dialog_foot

DRAFT_EVERY = 3000
WIDTH, HEIGHT, FOOT = 720, 640, 64
MOST = 1000
"""Share of the width that the form takes up to its greatest one: the height it asks for is told for that width."""


class FormDialog(QDialog):
    """A new record (`record_id` None, begun from `start`) or an existing one. `saved` gives its id.

    `only` shows those of its fields and leaves the others as they are; `title` then says what they are about.
    """

    saved = Signal(int)

    def __init__(
        self,
        desk: Desk,
        entity: Entity,
        record_id: int | None = None,
        start: Mapping[str, Any] | None = None,
        parent: QWidget | None = None,
        *,
        only: Sequence[str] = (),
        title: str = "",
    ) -> None:
        super().__init__(parent)
        self._desk, self.entity, self.record_id = desk, entity, record_id
        self._about, self._draft_key = title, "-".join([entity.key, *only[:1]])
        self._version: int | None = None
        fields = tuple(field for field in entity.form_fields if not only or field.name in only)
        self.form = FieldsForm(desk, fields, self.more_from())
        begun = start or {} if only else {}
        self._start = {name: value for name, value in begun.items() if name not in self.form.editors}
        self._values = self._first_values(start)
        self.form.show_values({name: self._values.get(name) for name in self.form.editors})
        self._show_own()
        self._suggest()
        self._shown = self.form.texts()
        buttons = dialog_buttons("Enregistrer")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        held = row()
        held.addWidget(self.form, MOST)
        held.addStretch(1)
        self._body = column(held, margins=(22, 16, 22, 16), gap=12)
        area = scrolled(holder(self._body))
        self.setLayout(column(area, dialog_foot("Les champs non marqués sont facultatifs.", buttons), gap=0))
        self._title()
        theme.fit_size(self, theme.scaled(WIDTH), self._fitting(only))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        QShortcut(QKeySequence.StandardKey.Save, self, self.accept)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        self._draft = QTimer(self, interval=DRAFT_EVERY)
        self._draft.timeout.connect(self._keep_draft)
        self._draft.start()
        self._offer_draft()
        self.form.focus_on(self._first_to_type(start or {}))

    def _fitting(self, only: Sequence[str]) -> int:
        """The height of a whole form, or what a few fields need."""
        foot = theme.scaled(FOOT)
        return min(theme.scaled(HEIGHT), self._body.sizeHint().height() + foot) if only else theme.scaled(HEIGHT)

    def _first_values(self, start: Mapping[str, Any] | None) -> dict[str, Any]:
        if self.record_id is None:
            return {**records.defaults(self.entity), **(start or {})}
        with self._desk.read() as session:
            sheet = records.get(session, self.entity, self.record_id)
        self._version = sheet.version
        self._name = sheet.title
        return sheet.values

    def _first_to_type(self, start: Mapping[str, Any]) -> str:
        """The first field, or the first that `start` does not tell."""
        names = [field.name for field in self.form.fields]
        return next((name for name in names if start.get(name) is None), names[0])

    def _title(self) -> None:
        new = "Nouvelle" if self.entity.gender == "f" else "Nouveau"
        named = f"{new} {self.entity.one.lower()}" if self.record_id is None else f"Modifier {self._name}"
        named = f"{self._name}\u00a0: {self._about}" if self._about and self.record_id else self._about or named
        self.setWindowTitle(named.replace("Nouveau a", "Nouvel a") + "[*]")
        self.form.on_change(self._follow)

    def _follow(self, name: str) -> None:
        self.form.forgive(name)
        if name == self.more_from():
            self._show_own()
        self._mark()

    def _mark(self) -> None:
        self.setWindowModified(self.is_modified())

    def _show_own(self) -> None:
        """The fields that the record's family has, as it is told now; while it cannot be read, those before stay."""
        name = self.more_from()
        if name not in self.form.editors:
            return
        with suppress(ValueError):
            self.form.set_own(self.own_fields({**self._values, name: self.form.editors[name].value()}), self._values)

    def more_from(self) -> str:
        """The field on which others depend, or none."""
        return self.entity.more_from

    def own_fields(self, values: Mapping[str, Any]) -> tuple[Field, ...]:
        """Those that a record of these values has besides."""
        with self._desk.read() as session:
            return records.own_fields(session, self.entity, values, self.record_id)

    def _suggest(self) -> None:
        """Offer the values already used, in the fields that ask for it."""
        with self._desk.read() as session:
            for field in self.form.fields:
                made = self.form.editors[field.name]
                if isinstance(field, Text) and field.suggest and isinstance(made, LineEditor):
                    made.suggest(records.suggestions(session, self.entity, field.name))

    def texts(self) -> dict[str, str]:
        """All that is typed, as a draft keeps it."""
        return self.form.texts()

    def put_texts(self, texts: Mapping[str, str]) -> None:
        """Everything as it was typed when the program stopped."""
        self.form.put_texts(texts)

    def is_modified(self) -> bool:
        return self.texts() != self._shown

    # Drafts

    def _keep_draft(self) -> None:
        if self.is_modified():
            drafts.keep(self._draft_key, self.record_id, self.texts())

    def _offer_draft(self) -> None:
        found = drafts.find(self._draft_key, self.record_id)
        if found is None:
            return
        banner = Banner(
            BannerData(
                "info", "Une saisie non enregistrée a été retrouvée", f"Elle date du {moment(found.at)}.", "Reprendre",
                closable=True,
            )
        )  # fmt: skip
        banner.acted.connect(lambda: self.put_texts(found.texts))
        banner.closed.connect(lambda: drafts.forget(self._draft_key, self.record_id))
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
        told = f"{entity.one} enregistré{'e' if entity.gender == 'f' else ''}"
        if record_id is None:
            whole = {**self._start, **values}
            label = f"Création\u00a0: {entity.one.lower()}"
            return self._desk.act(label, lambda s: records.create(s, entity, whole), told)
        self._desk.act(
            f"Modification\u00a0: {self._name}",
            lambda s: records.update(s, entity, record_id, values, self._version),
            told,
        )
        return record_id

    def _close(self) -> None:
        self._draft.stop()
        drafts.forget(self._draft_key, self.record_id)
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
        drafts.forget(self._draft_key, self.record_id)
        super().reject()
