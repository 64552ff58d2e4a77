"""The e-mail of a stage of a ticket, read again before the usual mail program opens it."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLineEdit, QPlainTextEdit, QWidget

from app.errors import InvalidFields
from app.fields import OneOf, Text
from app.services import ticket_mail
from app.services.ticket_mail import Written
from app.services.ticket_mail_words import Stage
from app.ui import theme
from app.ui.crud.documents import size_in_words
from app.ui.crud.editors import Editor, editor
from app.ui.desk import Desk
from app.ui.outside import open_copy
from app.ui.pages.acts import this_minute
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, holder, label, scrolled
from app.ui.parts.buttons import button
from app.ui.parts.formshell import FormShell, dialog_buttons, dialog_foot

WIDTH, LINES = 704, 18
TO_COMPLETE = "[à compléter"
NOTE = "Rien ne part d’ici\u00a0: votre messagerie l’ouvrira en brouillon, vous l’enverrez. Le journal en garde trace."


class TicketMailDialog(QDialog):
    """`accepted` once the draft was handed to the mail program and noted in the journal."""

    def __init__(self, desk: Desk, ticket_id: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._ticket = desk, ticket_id
        self._first: dict[str, dict[str, str]] = {}
        self._kept: dict[str, dict[str, str]] = {}
        self._missing: dict[str, str] = {}
        with desk.read() as session:
            stages = ticket_mail.stages(session, ticket_id, this_minute())
            offered = ticket_mail.documents(session, ticket_id)
        self.stage = stages[0]
        self.editors: dict[str, Editor] = {one.name: editor(one, desk) for one in _fields(stages)}
        self.form = FormShell()
        for one in _fields(stages):
            span = 1 if one.name in {"stage", "to"} else 2
            self.form.add(one.name, one.label, self.editors[one.name].widget, span=span)
        self._tall(self.editors["body"].widget)
        self._told = column(gap=0)
        self.documents = {one.id: QCheckBox(f"{one.name}  ({size_in_words(one.size)})") for one in offered}
        body = column(label(NOTE, "body", "ink2", wrap=True), self._told, self.form, gap=10, margins=(22, 16, 22, 14))
        if offered:
            body.addLayout(column(label("Joindre", "title"), *self.documents.values(), gap=3))
        body.addStretch(1)
        foot = dialog_foot("Ctrl+Entrée pour ouvrir", self._buttons(), self._copy())
        self.setLayout(column(scrolled(holder(body)), foot, gap=0))
        self.setWindowTitle("Préparer un courriel")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        theme.fit_size(self, theme.scaled(WIDTH), body.sizeHint().height() + foot.sizeHint().height() + 2)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        self.editors["stage"].show(self.stage.value)
        self._show(self._written(self.stage))
        for name, made in self.editors.items():
            made.on_change(partial(self._follow, name))

    @staticmethod
    def _tall(area: QWidget) -> None:
        if isinstance(area, QPlainTextEdit):
            area.setFixedHeight(LINES * theme.line() + 16)

    def _buttons(self) -> QDialogButtonBox:
        self.buttons = dialog_buttons("Ouvrir dans la messagerie", "mail")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        return self.buttons

    def _copy(self) -> QWidget:
        copy = button("Copier le texte", icon="copy", tip="Pour une messagerie qui s’ouvre dans le navigateur")
        copy.clicked.connect(self.copy)
        return copy

    # What is written

    def _written(self, stage: Stage) -> Written:
        with self._desk.read() as session:
            return ticket_mail.write(session, self._ticket, stage, this_minute(), self._desk.store.who)

    def _show(self, letter: Written) -> None:
        texts = {"to": letter.to, "subject": letter.subject, "body": letter.body}
        self._missing[letter.stage.value] = letter.missing
        self._put(self._kept.get(letter.stage.value, texts))
        self._first.setdefault(letter.stage.value, self._texts())

    def _put(self, texts: dict[str, str]) -> None:
        for name, text in texts.items():
            self.editors[name].put_text(text)
            line = self.editors[name].widget
            if isinstance(line, QLineEdit):
                line.setCursorPosition(0)
        self._tell()

    def _tell(self) -> None:
        """Why there is no address, until one is typed."""
        empty_layout(self._told)
        why = self._missing[self.stage.value]
        if why and not self.editors["to"].text().strip():
            self._told.addWidget(Banner(BannerData("warn", "Pas d’adresse connue", why)))

    def _follow(self, name: str) -> None:
        self.form.forgive(name)
        if name == "stage":
            self._change(Stage.of(self.editors["stage"].value()))
        elif name == "to":
            self._tell()

    def _change(self, stage: Stage) -> None:
        """Another letter; what was typed in this one waits there."""
        self._kept[self.stage.value] = self._texts()
        self.stage = stage
        self._show(self._written(stage))

    # Handing over

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self.editors["body"].text())
        self._desk.done.emit("Texte du courriel copié", 0)

    def accept(self) -> None:
        """Hand the draft over, and keep in the journal that it was prepared."""
        try:
            content = self._content()
        except InvalidFields as error:
            self.form.set_problems(error.problems)
            self.form.focus_on(next(iter(error.problems)))
            return
        to = self.editors["to"].text()
        note = partial(_note, self._ticket, self.stage, to)
        self._desk.act("Courriel préparé", note, told="Courriel préparé, noté au journal")
        open_copy(f"{self.stage.value}.eml", content, read_only=False)
        super().accept()

    def reject(self) -> None:
        """Escape and « Annuler »: what was typed is asked about."""
        if self._typed():
            answer = self._desk.ask.unsaved(self, "Courriel")
            if answer == "stay":
                return
            if answer == "save":
                QTimer.singleShot(0, self, self.accept)  # an error raised within the closing of a window ends Qt
                return
        super().reject()

    def _typed(self) -> bool:
        return self._texts() != self._first[self.stage.value] or any(
            texts != self._first[stage] for stage, texts in self._kept.items()
        )

    def _texts(self) -> dict[str, str]:
        return {name: self.editors[name].text() for name in ("to", "subject", "body")}

    def _content(self) -> bytes:
        texts = self._texts()
        if TO_COMPLETE in texts["body"]:
            raise InvalidFields({"body": "Complétez ce qui est entre crochets, puis ouvrez le courriel."})
        wanted = [one for one, box in self.documents.items() if box.isChecked()]
        with self._desk.read() as session:
            return ticket_mail.eml(session, texts["to"], texts["subject"], texts["body"], wanted)


def _note(ticket_id: int, stage: Stage, to: str, session: Any) -> None:
    ticket_mail.note(session, ticket_id, stage, to, this_minute())


def _fields(stages: tuple[Stage, ...]) -> tuple[OneOf | Text, ...]:
    return (
        OneOf(name="stage", label="Pour", options=tuple((one.value, one.label) for one in stages), required=True),
        Text(name="to", label="À", max_length=400, placeholder="adresse@exemple.fr"),
        Text(name="subject", label="Objet", max_length=200),
        Text(name="body", label="Texte", multiline=True),
    )


def ticket_mail_dialog(desk: Desk, ticket_id: int, parent: QWidget) -> TicketMailDialog:
    """Open the dialog for this ticket, on its most likely letter."""
    dialog = TicketMailDialog(desk, ticket_id, parent)
    dialog.open()
    return dialog
