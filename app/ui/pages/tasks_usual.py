"""The usual tasks of the families that the company has: ticked, then made all at once with their visits."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QPushButton, QWidget

from app.entities import ENTITIES
from app.errors import InvalidFields
from app.fields import counted, duration, joined, this_day
from app.services import records
from app.services.planning import usual, words
from app.services.planning.usual import Proposal
from app.ui import theme
from app.ui.crud.editors import LineEditor
from app.ui.crud.fields_form import FieldsForm
from app.ui.desk import Desk
from app.ui.parts.basics import column, hairline, holder, label, row, scrolled
from app.ui.parts.buttons import button
from app.ui.parts.formshell import dialog_buttons, dialog_foot

TASK = ENTITIES["maintenance_task"]
INTRO = (
    "Proposées d’après les biens que vous avez. La fréquence, la durée et les points à vérifier se corrigent ensuite, "
    "tâche par tâche."
)
WIDTH, HEIGHT = 720, 640
MANDATORY = "Ce champ est obligatoire."


class UsualDialog(QDialog):
    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle("Tâches usuelles")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        with desk.read() as session:
            self._offered = usual.proposals(session)
            people = records.suggestions(session, TASK, "technician")
        self.boxes = [_box(one) for one in self._offered]
        lines = column(gap=2)
        for one, box in zip(self._offered, self.boxes, strict=True):
            box.toggled.connect(self._count)
            lines.addWidget(_line(one, box))
        lines.addStretch(1)
        fields = tuple(replace(TASK.field(name), group="") for name in ("first_on", "technician", "contract_id"))
        self.form = FieldsForm(desk, fields)
        self.form.show_values({"first_on": this_day()})
        made = self.form.editors["technician"]
        if isinstance(made, LineEditor):
            made.suggest(people)
        every = button("Tout choisir", "link")
        every.clicked.connect(self.choose_all)
        foot = row(label("Tâches proposées", "card"), None, every)
        head = column(label(INTRO, "body", "ink2", wrap=True), self.form, foot, margins=(22, 16, 22, 6), gap=10)
        self.buttons = dialog_buttons("Créer les tâches", "list-checks")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        area = scrolled(holder(column(lines, margins=(22, 8, 22, 8))))
        self.setLayout(column(head, hairline(), area, dialog_foot("", self.buttons), gap=0))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        theme.fit_size(self, theme.scaled(WIDTH), theme.scaled(HEIGHT))
        self._count()
        if first := next((box for box in self.boxes if box.isEnabled()), None):
            first.setFocus()

    def choose_all(self) -> None:
        for box in self.boxes:
            box.setChecked(box.isEnabled())

    def chosen(self) -> list[str]:
        return [one.key for one, box in zip(self._offered, self.boxes, strict=True) if box.isChecked()]

    def _count(self) -> None:
        count = len(self.chosen())
        save = next(one for one in self.buttons.buttons() if isinstance(one, QPushButton) and one.isDefault())
        save.setText(f"Créer {counted(count, 'tâche')}" if count else "Créer les tâches")
        save.setEnabled(bool(count))

    def accept(self) -> None:
        keys = self.chosen()
        if not keys:
            return
        values, problems = self.form.read()
        if values.get("first_on") is None:
            problems.setdefault("first_on", MANDATORY)
        if problems:
            self.form.set_problems(problems)
            return
        try:
            made = self._desk.act(
                "Tâches usuelles",
                lambda s: usual.add(s, keys, values["first_on"], values["contract_id"], values["technician"]),
            )
        except InvalidFields as error:
            self.form.set_problems(error.problems)
            return
        self._desk.tell_done(f"{counted(len(made), 'tâche')} et leurs visites ajoutées au planning")
        super().accept()


def _box(one: Proposal) -> QCheckBox:
    made = QCheckBox(one.usual.label)
    made.setEnabled(not one.there)
    made.setToolTip("\n".join(one.usual.points))
    made.setAccessibleDescription(_about(one))
    return made


def _about(one: Proposal) -> str:
    held = counted(one.count, "bien") if one.count else ""
    often = words.every(one.usual.every, one.usual.unit)
    points = counted(len(one.usual.points), "point")
    told = joined(joined(one.on, held, by=", "), often, duration(one.usual.minutes), points, by=" · ")
    return f"{told} · déjà prévue" if one.there else told


def _line(one: Proposal, box: QCheckBox) -> QWidget:
    about = label(_about(one), "second", "ink2")
    about.setContentsMargins(24, 0, 0, 6)
    return holder(column(row(box, None), about, gap=0))
