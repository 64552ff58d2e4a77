"""Needs typed one after the other, in the order of the paper: the dialog stays, with who answers."""

from functools import partial
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QListWidget, QListWidgetItem, QWidget

from app.entities import ENTITIES
from app.errors import InvalidFields
from app.fields import Choice, counted, plural, this_day
from app.reports.needs_data import QUESTIONS
from app.services import needs, records
from app.services.records import Sheet
from app.ui import icons, theme
from app.ui.crud.editors import AreaEditor, Editor, LineEditor, editor
from app.ui.desk import Desk
from app.ui.parts.basics import column, frame, hairline, holder, label, row, scrolled
from app.ui.parts.buttons import Segment, Segments, button
from app.ui.parts.formshell import FormShell, dialog_buttons, foot_frame

NEED, PERSON = ENTITIES["need"], ENTITIES["person"]
WHO = ("person_id", "stated_by", "service", "stated_on")
"""Kept from one need to the next."""
ASKED = ("statement", "expectation", "frequency", "priority")
SEGMENTED = ("source", "frequency", "priority")
SPOKEN = Qt.ItemDataRole.AccessibleTextRole
WIDTH, HEIGHT, ASIDE = 900, 640, 260
BETWEEN, BESIDE = 10, 56
"""Between two questions, so that one of several lines is told from the next; what stands beside their words."""


def _segments(name: str) -> Segments:
    field = NEED.field(name)
    assert isinstance(field, Choice)  # noqa: S101 - as declared
    return Segments([Segment(one.value, one.label) for one in field.options], field.label)


def _height(question: str) -> int:
    """Of its lines, in the list of the questions."""
    room = QRect(0, 0, theme.scaled(ASIDE) - BESIDE, 0)
    return theme.metrics().boundingRect(room, Qt.TextFlag.TextWordWrap, question).height()


class NeedsEntryDialog(QDialog):
    """`noted` gives the id of each need once it is in the base."""

    guide_page = "besoins"

    noted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget, start: str = "user") -> None:
        super().__init__(parent)
        self._desk = desk
        self._at, self._count = 0, 0
        self._answered: set[int] = set()
        self.setWindowTitle("Saisir des besoins[*]")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.choices = {name: _segments(name) for name in SEGMENTED}
        self.choices["source"].set_value(start)
        typed = [name for name in (*WHO, *ASKED) if name not in SEGMENTED]
        self.editors: dict[str, Editor] = {name: editor(NEED.field(name), desk) for name in typed}
        self.editors["statement"] = AreaEditor(NEED.field("statement"))
        self.editors["stated_on"].show(this_day())
        self._build()
        self._wire()
        self._show_questions()
        self._focus_statement()

    # Building

    def _build(self) -> None:
        self.form = FormShell()
        self.form.add("source", NEED.field("source").label, self.choices["source"], required=True, span=2)
        for name in WHO:
            self.form.add(name, NEED.field(name).label, self.editors[name].widget)
        self.question = label("", "card", wrap=True)
        self.asked = FormShell()
        for name in ("statement", "expectation"):
            field = NEED.field(name)
            self.asked.add(
                name, field.label, self.editors[name].widget, required=field.required, hint=field.help, span=2
            )
        for name in ("frequency", "priority"):
            self.asked.add(name, NEED.field(name).label, self.choices[name], span=2)
        main = column(self.form, hairline(), self.question, self.asked, None, gap=12, margins=(22, 16, 22, 14))
        body = row(self._aside(), frame("hairline"), gap=0)
        body.addWidget(scrolled(holder(main)), 1)
        self.setLayout(column(body, self._foot(), gap=0))
        theme.fit_size(self, theme.scaled(WIDTH), theme.scaled(HEIGHT))

    def _aside(self) -> QFrame:
        """The questions of the paper, with what is already answered."""
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setAccessibleName("Questions de la feuille")
        self.list.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(lambda item: self.ask(self.list.row(item)))
        self._told = label("", "second", "ink2", wrap=True)
        title = row(label("Questions de la feuille", "title"), margins=(14, 14, 12, 8))
        listed = row(self.list, margins=(10, 0, 6, 0))
        aside = frame("plainpage", column(title, listed, row(self._told, margins=(14, 8, 12, 12)), gap=0))
        theme.fix_width(aside, ASIDE)
        return aside

    def _foot(self) -> QFrame:
        self.next_sheet = button("Feuille suivante", icon="file-text", tip="Une autre personne, de la même source")
        self.next_sheet.clicked.connect(self.turn)
        buttons = dialog_buttons("Noter ce besoin", cancel="Fermer")
        buttons.accepted.connect(self.keep)
        buttons.rejected.connect(self.reject)
        self.pass_button = button("Passer", icon="arrow-right", tip="Question sans réponse (Alt+↓)")
        self.pass_button.clicked.connect(lambda: self.ask(self._at + 1))
        buttons.addButton(self.pass_button, QDialogButtonBox.ButtonRole.ActionRole)
        return foot_frame(row(self.next_sheet, None, buttons, margins=(22, 11, 22, 11)))

    def _wire(self) -> None:
        QShortcut(QKeySequence("Ctrl+Return"), self, self.keep)
        QShortcut(QKeySequence.StandardKey.Save, self, self.keep)
        QShortcut(QKeySequence("Alt+Down"), self, lambda: self.ask(self._at + 1))
        QShortcut(QKeySequence("Alt+Up"), self, lambda: self.ask(self._at - 1))
        self.choices["source"].changed.connect(lambda _: self._change_source())
        self.editors["person_id"].on_change(self._take_person)
        for name, made in self.editors.items():
            made.on_change(partial(self._forgive, name))
        with self._desk.read() as session:
            service = self.editors["service"]
            if isinstance(service, LineEditor):
                service.suggest(records.suggestions(session, PERSON, "service"))

    def _forgive(self, name: str) -> None:
        for shell in (self.form, self.asked):
            shell.forgive(name)
        self.setWindowModified(self.is_modified())

    # The paper

    @property
    def questions(self) -> tuple[str, ...]:
        return QUESTIONS[self.choices["source"].value()]

    def _change_source(self) -> None:
        self._at = 0
        self._answered.clear()
        self._show_questions()

    def ask(self, at: int) -> None:
        """Go to a question of the paper; what was typed for another one stays in the field."""
        self._at = max(0, min(at, len(self.questions) - 1))
        self._show_questions()
        self._focus_statement()

    def _show_questions(self) -> None:
        self.question.setText(f"{self._at + 1}. {self.questions[self._at]}")
        self.list.clear()
        for at, words in enumerate(self.questions):
            done = at in self._answered
            sign = icons.icon("circle-check" if done else "circle", "ok.solid" if done else "ctl")
            item = QListWidgetItem(sign, f"{at + 1}. {words}", self.list)
            item.setSizeHint(QSize(0, _height(item.text()) + BETWEEN))
            item.setData(SPOKEN, f"{words} {'Répondue' if done else 'Sans réponse'}.")
        self.list.setCurrentRow(self._at)
        told = f"{counted(self._count, 'besoin')} {plural(self._count, 'noté')}"
        self._told.setText(f"{told} dans cette fenêtre." if self._count else "")

    def _focus_statement(self) -> None:
        self.editors["statement"].widget.setFocus()

    def turn(self) -> None:
        """The next sheet of the pile: another person, the same source and service."""
        for name in ("person_id", "stated_by"):
            self.editors[name].show(None)
        self._answered.clear()
        self.ask(0)
        self.form.focus_on("person_id")

    def _take_person(self) -> None:
        """The service of who answers, when none is written yet."""
        try:
            person = self.editors["person_id"].value()
        except ValueError:
            return
        if person and not self.editors["service"].text():
            with self._desk.read() as session:
                found: Sheet = records.get(session, PERSON, person)
            self.editors["service"].show(found.values["service"])

    # Keeping

    def _values(self) -> dict[str, Any]:
        values: dict[str, Any] = {name: made.value() or None for name, made in self.choices.items()}
        problems: dict[str, str] = {}
        for name, made in self.editors.items():
            try:
                values[name] = made.value()
            except ValueError as error:
                problems[name] = str(error)
        if problems:
            raise InvalidFields(problems)
        return values

    def keep(self) -> None:
        """Note the need, and clear the way for the next one."""
        try:
            values = self._values()
            made = self._desk.act("Besoin noté", lambda s: needs.note(s, values))
        except InvalidFields as error:
            self._refuse(error.problems)
            return
        self._count += 1
        self._answered.add(self._at)
        self._desk.tell_done(f"Besoin noté\u00a0: {values['statement']}")
        self._clear()
        self.ask(self._at + 1)
        self.noted.emit(made)

    def _refuse(self, problems: dict[str, str]) -> None:
        for shell, names in ((self.form, ("source", *WHO)), (self.asked, ASKED)):
            shell.set_problems({name: told for name, told in problems.items() if name in names})
        first = next(name for name in (*WHO, *ASKED) if name in problems)
        (self.form if first in WHO else self.asked).focus_on(first)

    def _clear(self) -> None:
        for name in ("statement", "expectation"):
            self.editors[name].show(None)
        for name in ("frequency", "priority"):
            self.choices[name].set_value("")
        self.setWindowModified(False)

    def is_modified(self) -> bool:
        return bool(self.editors["statement"].text() or self.editors["expectation"].text())

    def reject(self) -> None:
        """Escape and « Fermer »: a need being typed is asked about."""
        if self.is_modified():
            answer = self._desk.ask.unsaved(self, "le besoin en cours de saisie")
            if answer == "stay":
                return
            if answer == "save":
                QTimer.singleShot(0, self, self._keep_and_close)
                return
        super().reject()

    def _keep_and_close(self) -> None:
        self.keep()
        if not self.is_modified():
            super().reject()
