"""The small dialog of one act: when it was done, by whom, in what words. A refusal is shown in it, nothing is lost."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QRadioButton, QWidget

from app.entities import ENTITIES
from app.entities.base import Entity
from app.errors import AppError, InvalidFields
from app.fields import Field, Moment, Text
from app.services import records
from app.ui import theme
from app.ui.crud.editors import LineEditor
from app.ui.crud.fields_form import FieldsForm
from app.ui.desk import Desk
from app.ui.parts.basics import column, label, row
from app.ui.parts.formshell import dialog_buttons, dialog_foot

MANDATORY = "Ce champ est obligatoire."
NO_REASON = "Choisissez ce que vous attendez."
WIDTH = 520
AT = Moment(name="at", label="Fait le", required=True, help="Une heure passée si l’acte est plus ancien.")
AUTHOR = Text(name="author", label="Par", placeholder="Vous", max_length=120, help="Le technicien, si c’est lui.")


def words(title: str, *, required: bool = False, hint: str = "") -> Text:
    return Text(name="text", label=title, multiline=True, required=required, help=hint)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a list of radio buttons; `aside` stands after it, `why` under the list once it is taken."""

    value: Any
    text: str
    aside: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Act:
    """`run` gets the session and the values of the fields (with `option` when there are some)."""

    title: str
    verb: str
    leave: str = "Annuler"
    run: Callable[[Any, dict[str, Any]], object]
    fields: tuple[Field, ...] = (AT, AUTHOR)
    start: Mapping[str, Any] = field(default_factory=dict)
    intro: str = ""
    icon: str = "check"
    told: str = ""
    options: Sequence[Option] = ()
    question: str = ""
    unanswered: str = NO_REASON
    taken: int | None = None
    """Position of the option taken at first; None: whoever acts must choose."""


class Radios(QWidget):
    """The options one under the other, and the reason of the one taken."""

    changed = Signal()

    def __init__(self, question: str, options: Sequence[Option]) -> None:
        super().__init__()
        self._options = options
        self._why = label("", "second", "ink2", wrap=True)
        self.buttons = [QRadioButton(option.text) for option in options]
        body = column(label(question, "title"), gap=3)
        for made, option in zip(self.buttons, options, strict=True):
            made.setAccessibleDescription(f"{option.aside}. {option.why}")
            made.toggled.connect(self._tell)
            body.addLayout(row(made, None, label(option.aside, "second", "ink2")))
        body.addWidget(self._why)
        self._why.setMinimumHeight(2 * theme.line("second"))
        self._why.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setLayout(body)

    def _tell(self) -> None:
        taken = self.taken()
        self._why.setText(taken.why if taken else "")
        self.changed.emit()

    def taken(self) -> Option | None:
        pairs = zip(self.buttons, self._options, strict=True)
        return next((option for made, option in pairs if made.isChecked()), None)


class ActDialog(QDialog):
    """`open()` it; `accepted` once the act is in the base. `above` and `extras` are places around the fields."""

    def __init__(self, desk: Desk, act: Act, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self.act = desk, act
        self.setWindowTitle(act.title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.form = FieldsForm(desk, act.fields)
        self.form.show_values({"at": this_minute(), **act.start})
        self._suggest_names()
        self.radios = Radios(act.question, act.options) if act.options else None
        if self.radios is not None and act.taken is not None:
            self.radios.buttons[act.taken].setChecked(True)
        body = column(gap=10, margins=(22, 16, 22, 14))
        self.above, self.extras = column(gap=6), column(gap=6)
        if act.intro:
            body.addWidget(label(act.intro, "body", "ink2", wrap=True))
        if self.radios is not None:
            body.addWidget(self.radios)
        body.addLayout(self.above)
        body.addWidget(self.form, 1)
        body.addLayout(self.extras)
        self.buttons = dialog_buttons(act.verb, act.icon, act.leave)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.setLayout(column(body, dialog_foot("", self.buttons), gap=0))
        self._first_texts = self.form.texts()
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        self.setMinimumWidth(theme.scaled(WIDTH))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self.form, self.form.make_room)

    def _suggest_names(self) -> None:
        with self._desk.read() as session:
            known = records.suggestions(session, ENTITIES["intervention"], "technician")
        for name in ("author", "to"):
            made = self.form.editors.get(name)
            if isinstance(made, LineEditor):
                made.suggest(known)

    def _values(self) -> dict[str, Any]:
        values = self.form.values()
        empty = [one.name for one in self.form.fields if one.required and values[one.name] is None]
        if empty:
            raise InvalidFields(dict.fromkeys(empty, MANDATORY))
        if self.radios is not None:
            taken = self.radios.taken()
            if taken is None:
                raise InvalidFields({"option": self.act.unanswered})
            values["option"] = taken.value
        return values

    def accept(self) -> None:
        """Do it; a refusal is shown in the dialog, which keeps what was typed."""
        try:
            values = self._values()
            self._desk.act(self.act.title, lambda session: self.act.run(session, values), self.act.told)
        except AppError as error:
            self._refuse(error)
            return
        super().accept()

    def _refuse(self, error: AppError) -> None:
        problems = error.problems if isinstance(error, InvalidFields) else {"": str(error)}
        self.form.set_problems(problems)
        if first := next((name for name in self.form.editors if name in problems), ""):
            self.form.focus_on(first)

    def reject(self) -> None:
        """Escape and « Annuler »: what was typed is asked about."""
        if self.form.texts() != self._first_texts:
            answer = self._desk.ask.unsaved(self, self.act.title)
            if answer == "stay":
                return
            if answer == "save":
                QTimer.singleShot(0, self, self.accept)  # an error raised within the closing of a window ends Qt
                return
        super().reject()


def this_minute() -> datetime:
    """Now, as it is shown: what is kept is what was read on the screen."""
    return datetime.now(UTC).replace(second=0, microsecond=0)


def to_bin(desk: Desk, entity: Entity, record_id: int, title: str) -> None:
    """Put the one record of a page in the bin."""
    mis = "mise" if entity.gender == "f" else "mis"
    desk.act(
        f"Mise à la corbeille\u00a0: {title}",
        lambda s: records.to_bin(s, entity, [record_id]),
        told=f"{title} {mis} à la corbeille",
    )
