"""The dialog of an amendment: what changes, from what value to what, from which day; a draft until it is signed."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from app.entities import ENTITIES
from app.errors import AppError, InvalidFields
from app.fields import Field, this_day
from app.services import amending, amendment_words, terms
from app.services.amending import Wanted
from app.services.amendments import AMENDABLE
from app.services.terms import ServiceTerms
from app.ui import theme
from app.ui.crud.editors import editor
from app.ui.crud.fields_form import FieldsForm
from app.ui.desk import Desk
from app.ui.pages.contract_terms_dialog import TermsDialog
from app.ui.parts.basics import column, frame, holder, label, repolish, row, scrolled, set_ink
from app.ui.parts.buttons import button, icon_button
from app.ui.parts.formshell import dialog_buttons, dialog_foot

AMENDMENT = ENTITIES["amendment"]
FIELDS = (
    AMENDMENT.field("subject"),
    replace(AMENDMENT.field("effective_on"), help="Ce qui change vaut à partir de ce jour, inclus."),
    replace(AMENDMENT.field("signed_on"), help="Vide\u00a0: l’avenant reste un projet, qui ne change rien."),
    AMENDMENT.field("reason"),
)
ELSEWHERE = {"round_the_clock"}
"""Terms that the dialog of levels and hours has."""
WIDTH, HEIGHT = 760, 660
SERVICE_NOTE = "Ces délais et ces heures remplaceront ceux d’avant à partir du jour de l’avenant."


class ChangeLine(QWidget):
    """One term: its value that day, and the new one."""

    removed = Signal(str)

    def __init__(self, desk: Desk, field: Field, value: Any) -> None:
        super().__init__()
        self.field = field
        self.editor = editor(field, desk)
        self.editor.show(value)
        self._before, self._under = label("", "second", "ink2", wrap=True), label("", "second", "bad.text", wrap=True)
        self._under.hide()
        away = icon_button("x", f"Ne pas changer\u00a0: {field.label}")
        away.clicked.connect(lambda: self.removed.emit(field.name))
        target = self.editor.widget.focusProxy() or self.editor.widget
        target.setAccessibleName(f"{field.label}, nouvelle valeur")
        line = row(gap=10)
        line.addLayout(column(label(field.label, "title"), self._before, None, gap=1), 1)
        line.addWidget(self.editor.widget, 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(line, self._under, gap=2))

    def show_before(self, text: str) -> None:
        self._before.setText(f"Ce jour-là\u00a0: {text}")

    def tell(self, problem: str) -> None:
        self._under.setText(problem)
        self._under.setVisible(bool(problem))
        target = self.editor.widget.focusProxy() or self.editor.widget
        target.setProperty("invalid", bool(problem))
        repolish(target)


class AmendmentDialog(QDialog):
    """A new amendment of the contract, or a draft of it taken up again. A refusal leaves what was typed."""

    def __init__(self, desk: Desk, contract_id: int, parent: QWidget, draft: int | None = None) -> None:
        super().__init__(parent)
        self._desk, self._contract, self._draft = desk, contract_id, draft
        self.lines: dict[str, ChangeLine] = {}
        self.service: ServiceTerms | None = None
        self.setWindowTitle("Nouvel avenant" if draft is None else "Modifier le projet d’avenant")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.form = FieldsForm(desk, FIELDS)
        self._told = label("", "strong", "bad.text", wrap=True)
        self._box = frame("banner-bad", column(self._told, margins=(12, 8, 12, 8)))
        self._box.hide()
        self._changes = column(gap=10)
        self._nothing = label("Rien de choisi pour l’instant.", "second", "ink2")
        self._service = label("", "second", "ink2", wrap=True)
        body = column(
            self.form, self._box, label("Ce qui change", "card"), self._nothing, self._changes, self._pickers(),
            self._service, None, gap=10, margins=(22, 16, 22, 16),
        )  # fmt: skip
        buttons = dialog_buttons("Enregistrer l’avenant")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        foot = dialog_foot("Une fois signé, les tickets ouverts seront recomptés.", buttons)
        self.setLayout(column(scrolled(holder(body)), foot, gap=0))
        self.resize(theme.scaled(WIDTH), theme.scaled(HEIGHT))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        QShortcut(QKeySequence.StandardKey.Save, self, self.accept)
        self._show()

    def _pickers(self) -> QWidget:
        self._add = button("Choisir ce qui change…", icon="plus")
        self._add.clicked.connect(self._offer)
        hours = button("Délais et heures…", icon="clock")
        hours.clicked.connect(self.change_service)
        return holder(row(self._add, hours, None))

    def _show(self) -> None:
        wanted = Wanted(None, this_day())
        if self._draft is not None:
            with self._desk.read() as session:
                wanted = amending.wanted_of(session, self._draft)
        self.form.show_values({field.name: getattr(wanted, field.name) for field in FIELDS})
        for name, value in wanted.values.items():
            self.add(name, value)
        self._take(wanted.service)
        self.form.on_change(self._follow)
        self._shown = self.texts()
        self.form.focus_on("subject")

    # What changes

    def _offer(self) -> None:
        menu = QMenu(self)
        inside: dict[str, QMenu] = {}
        for name, field in AMENDABLE.items():
            if name not in self.lines and name not in ELSEWHERE:
                group = field.group or "Objet"
                if group not in inside:
                    inside[group] = menu.addMenu(group)
                inside[group].addAction(field.label, partial(self.add, name))
        menu.popup(self._add.mapToGlobal(QPoint(0, self._add.height())))

    def add(self, name: str, value: Any = None) -> None:
        """Have this term among those that change; it begins with `value`, or what it is that day."""
        before = self._in_force()[name].value
        line = self.lines[name] = ChangeLine(self._desk, AMENDABLE[name], before if value is None else value)
        line.removed.connect(self._take_off)
        line.editor.on_change(lambda: line.tell(""))
        self._changes.addWidget(line)
        self._refresh()
        (line.editor.widget.focusProxy() or line.editor.widget).setFocus()

    def _take_off(self, name: str) -> None:
        line = self.lines.pop(name)
        self._changes.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._refresh()

    def change_service(self) -> None:
        with self._desk.read() as session:
            kept = self.service or terms.service_terms(session, self._contract, self._day())
        TermsDialog(self._desk, kept, self._keep_service, self, note=SERVICE_NOTE, closings=False).open()

    def _keep_service(self, wanted: ServiceTerms) -> None:
        """InvalidFields under its rows; kept in this dialog until it is saved."""
        if problems := terms.wrong_levels(wanted.levels) | terms.wrong_week(wanted.week):
            raise InvalidFields(problems)
        self._take(wanted)

    def _take(self, service: ServiceTerms | None) -> None:
        self.service = service
        self._refresh()

    def _day(self) -> Any:
        try:
            return self.form.editors["effective_on"].value() or this_day()
        except ValueError:
            return this_day()

    def _in_force(self) -> dict[str, amendment_words.Term]:
        with self._desk.read() as session:
            found = amendment_words.in_force(session, self._contract, self._day())
        return {one.field.name: one for one in found.terms}

    def _follow(self, name: str) -> None:
        self.form.forgive(name)
        if name == "effective_on":
            self._refresh()

    def _refresh(self) -> None:
        """The values of that day beside the new ones."""
        known = self._in_force()
        for name, line in self.lines.items():
            line.show_before(AMENDABLE[name].format(known[name].value) or "–")
        self._nothing.setVisible(not self.lines and self.service is None)
        self._service.setText("Les délais promis et les heures couvertes sont changés." if self.service else "")
        self._service.setVisible(self.service is not None)
        set_ink(self._service, "ink")

    def texts(self) -> list[Any]:
        return [self.form.texts(), {name: line.editor.text() for name, line in self.lines.items()}, self.service]

    # Saving

    def _read(self) -> Wanted:
        told, problems = self.form.read()
        values: dict[str, Any] = {}
        for name, line in self.lines.items():
            try:
                values[name] = line.editor.value()
            except ValueError as error:
                problems[name] = str(error)
        if problems:
            raise InvalidFields(problems)
        return Wanted(**told, values=values, service=self.service)

    def accept(self) -> None:
        try:
            wanted = self._read()
            contract, draft = self._contract, self._draft
            signed = "signé" if wanted.signed_on else "enregistré"
            self._desk.act(
                f"Avenant\u00a0: {wanted.subject}",
                lambda s: amending.save(s, contract, wanted, draft),
                f"Avenant {signed}",
            )
        except AppError as error:
            self._refuse(error.problems if isinstance(error, InvalidFields) else {"": str(error)})
            return
        super().accept()

    def _refuse(self, problems: Mapping[str, str]) -> None:
        own = {name: told for name, told in problems.items() if name in self.form.editors}
        self.form.set_problems(own)
        for name, line in self.lines.items():
            line.tell(problems.get(name, ""))
        rest = [told for name, told in problems.items() if name not in own and name not in self.lines]
        self._told.setText(" ".join(rest))
        self._box.setVisible(bool(rest))
        if first := next(iter(own), ""):
            self.form.focus_on(first)

    def reject(self) -> None:
        if self.texts() != self._shown:
            answer = self._desk.ask.unsaved(self, self.windowTitle())
            if answer == "stay":
                return
            if answer == "save":
                QTimer.singleShot(0, self, self.accept)  # an error raised within the closing of a window ends Qt
                return
        super().reject()
