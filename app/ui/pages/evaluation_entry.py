"""Forms of paper typed one after the other: Tab and digits, the dialog stays. Nothing is ticked beforehand."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from app.errors import AppError, InvalidFields
from app.fields import counted, plural
from app.reports.form_model import FormModel
from app.services.form_returns import TYPED, FormKind, Given, Kept, Target
from app.ui import theme
from app.ui.crud.fields_form import FieldsForm
from app.ui.desk import Desk
from app.ui.pages.evaluation_after import propose
from app.ui.pages.evaluation_answers import AnswersForm
from app.ui.pages.evaluation_pane import FORM, whose_field
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, hairline, holder, label, row, scrolled
from app.ui.parts.formshell import dialog_buttons, foot_frame

WIDTH, HEIGHT = 780, 740
KEYS = (
    "De 1, très insatisfait, à 5, très satisfait. Au clavier\u00a0: un chiffre répond (0 sans avis, o ou n pour oui ou "
    "non), Entrée ou Tab passe à la suivante, Suppr efface."
)
EMPTY = "Aucune réponse n’est donnée\u00a0: il n’y a rien à enregistrer."
Begun = tuple[Mapping[str, int | None], Mapping[str, str]]


class EntryDialog(QDialog):
    """`noted` gives the id of each form once it is kept. With `record_id` the form is that one; with `begun` the
    answers it had are put right."""

    noted = Signal(int)

    def __init__(
        self, desk: Desk, kind: FormKind, parent: QWidget, record_id: int | None = None, begun: Begun | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self.kind, self._begun = desk, kind, begun
        self._noun = kind.one.partition(" ")[0]
        self._kept: list[Kept] = []
        with desk.read() as session:
            self.target: Target = kind.chosen(session, record_id, 0)
        self.setWindowTitle(f"{'Corriger une' if begun else 'Saisir une'} {kind.one}[*]")
        self._told = column(gap=6)
        self.about = label("", "second", "ink2", wrap=True)
        self.fields = FieldsForm(desk, (whose_field(kind), *kind.fields))
        self.answers = AnswersForm(kind.model)
        body = column(
            self._told, self.fields, self.about, hairline(), label(KEYS, "second", "ink2", wrap=True), self.answers,
            None, gap=10, margins=(22, 16, 22, 14),
        )  # fmt: skip
        self.setLayout(column(scrolled(holder(body)), self._foot(), gap=0))
        theme.fit_size(self, theme.scaled(WIDTH), theme.scaled(HEIGHT))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.keep)
        QShortcut(QKeySequence.StandardKey.Save, self, self.keep)
        self._show(record_id)
        self.fields.on_change(self._follow)
        self.answers.changed.connect(self._mark)
        self.answers.finished.connect(self.keep)

    @property
    def model(self) -> FormModel:
        return self.kind.model

    def _foot(self) -> QFrame:
        self.count = label("", "second", "ink2")
        self.buttons = dialog_buttons(f"Enregistrer la {self._noun}", cancel="Fermer")
        self.buttons.accepted.connect(self.keep)
        self.buttons.rejected.connect(self.reject)
        return foot_frame(row(self.count, None, self.buttons, margins=(22, 11, 22, 11)))

    def _show(self, record_id: int | None) -> None:
        self.fields.show_values({FORM: record_id, **self.target.start})
        if self._begun is not None:
            self.answers.show_answers(*self._begun)
        self._tell()
        first = self.answers.begin if record_id is not None else lambda: self.fields.focus_on(FORM)
        QTimer.singleShot(0, self, first)
        self.setWindowModified(False)

    def _tell(self) -> None:
        """Of which intervention, and whether it came back already."""
        empty_layout(self._told)
        self.about.setText(self.target.about)
        self.about.setVisible(bool(self.target.about))
        if self.target.received and self._begun is None:
            text = "Pour changer ses réponses, corrigez-la depuis la liste des évaluations."
            self._told.addWidget(Banner(BannerData("warn", self.target.received, text)))

    def _follow(self, name: str) -> None:
        self.fields.forgive(name)
        if name != FORM:
            return
        values, problems = self.fields.read()
        if FORM in problems or values[FORM] == self.target.id:
            return
        with self._desk.read() as session:
            self.target = self.kind.chosen(session, values[FORM], 0)
        for field in self.kind.fields:
            self.fields.editors[field.name].show(self.target.start.get(field.name))
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the fields above leads to the first line: it must not keep a form that says nothing."""
        above = self.fields.isAncestorOf(self.focusWidget() or self)
        if above and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.answers.begin()
        else:
            super().keyPressEvent(event)

    def _mark(self) -> None:
        self.setWindowModified(not self.answers.is_empty())

    # Keeping

    def keep(self) -> None:
        """Note the form, and clear the way for the next one."""
        try:
            given = self._given(self.fields.values())
            target = self.target
            label_ = f"Saisie\u00a0: {self.kind.one}"
            kept = self._desk.act(label_, lambda session: self.kind.keep(session, target, given))
        except AppError as error:
            self.fields.set_problems(error.problems if isinstance(error, InvalidFields) else {"": str(error)})
            return
        self._kept.append(kept)
        self._desk.tell_done(kept.told)
        self.noted.emit(kept.id)
        self.setWindowModified(False)
        if self._begun is not None:
            self.accept()
        else:
            self._next()

    def _given(self, values: Mapping[str, Any]) -> Given:
        if self.answers.is_empty():
            raise InvalidFields({"": EMPTY})
        asked = {field.name: values[field.name] for field in self.kind.fields}
        empty = [field.name for field in self.kind.fields if field.required and asked[field.name] is None]
        if empty:
            raise InvalidFields(dict.fromkeys(empty, "Ce champ est obligatoire."))
        return Given(self.answers.answers(), self.answers.texts(), asked, TYPED, again=self._begun is not None)

    def _next(self) -> None:
        n = len(self._kept)
        self.count.setText(f"{self._kept[-1].told}. {counted(n, self._noun)} {plural(n, 'saisie')}.")
        self.fields.set_problems({})
        with self._desk.read() as session:
            self.target = self.kind.chosen(session, None, 0)
        self.answers.show_answers({}, {})
        self._show(self.target.id)

    def reject(self) -> None:
        """Escape and « Fermer »: a form being typed is asked about."""
        if self.isWindowModified():
            answer = self._desk.ask.unsaved(self, "La fiche en cours de saisie")
            if answer == "stay":
                return
            if answer == "save":
                QTimer.singleShot(0, self, self._keep_and_close)
                return
        self._leave()

    def _keep_and_close(self) -> None:
        before = len(self._kept)
        self.keep()
        if len(self._kept) > before and self._begun is None:
            self._leave()

    def accept(self) -> None:
        super().accept()
        propose(self._desk, self.parentWidget() or self, self._kept)

    def _leave(self) -> None:
        super().reject()
        propose(self._desk, self.parentWidget() or self, self._kept)
