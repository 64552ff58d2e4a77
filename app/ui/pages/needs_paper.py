"""Before the questionnaire of needs is printed: for whom, blank or by name, to whom and when it comes back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from app.errors import InvalidFields
from app.fields import Day, Text, counted
from app.services import needs_paper
from app.services.needs_paper import ALL, Choices
from app.ui.crud.editors import LineEditor
from app.ui.desk import Desk
from app.ui.parts.basics import column, holder, label, row
from app.ui.parts.buttons import Segment, Segments
from app.ui.parts.formshell import FormShell, dialog_buttons, dialog_foot

RETURN_TO = Text(name="return_to", label="À rendre à", max_length=80)
BEFORE = Day(name="before", label="Avant le", help="Vide\u00a0: une ligne à remplir.")
BLANK, NAMED = "blank", "named"
WAYS = (Segment(BLANK, "Feuilles vierges"), Segment(NAMED, "Une par personne"))
NOBODY = "Choisissez au moins une feuille."


class NeedsPaperDialog(QDialog):
    """`chosen` gives the Choices of services.needs_paper."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle("Questionnaire des besoins")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.sources = {one: QCheckBox(f"{one.label}s") for one in ALL.sources}
        self.way = Segments(WAYS, "Feuilles")
        self.way.set_value(BLANK)
        self.return_to, self.before = LineEditor(RETURN_TO), LineEditor(BEFORE)
        self._told = label("", "title")
        self.form = FormShell()
        self.form.add("way", "Feuilles", self.way, span=2)
        self.form.add("sources", "Pour les", holder(row(*self.sources.values(), None, gap=14)), span=2)
        self.form.add("return_to", RETURN_TO.label, self.return_to.widget)
        self.form.add("before", BEFORE.label, self.before.widget, hint=BEFORE.help)
        self._wire()
        self.buttons = dialog_buttons("Voir les feuilles", "printer")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        body = column(self.form, self._told, gap=12, margins=(22, 16, 22, 14))
        foot = "Chaque source a ses propres questions. Saisissez ensuite les réponses dans le même ordre."
        self.setLayout(column(body, dialog_foot(foot, self.buttons), gap=0))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        self._follow()

    def _wire(self) -> None:
        for box in self.sources.values():
            box.setChecked(True)
            box.toggled.connect(lambda _: self._follow())
        self.way.changed.connect(lambda _: self._follow())
        with self._desk.read() as session:
            self.return_to.show(needs_paper.manager(session))

    def choices(self) -> Choices:
        """What stands in the dialog; ValueError for a date that cannot be read."""
        return Choices(
            sources=tuple(one for one, box in self.sources.items() if box.isChecked()),
            named=self.way.value() == NAMED,
            return_to=self.return_to.text().strip(),
            before=self.before.value(),
        )

    def count(self) -> int:
        """How many pages that makes."""
        ticked = [box for box in self.sources.values() if box.isChecked()]
        if self.way.value() == BLANK:
            return len(ticked)
        with self._desk.read() as session:
            chosen = Choices(tuple(one for one, box in self.sources.items() if box.isChecked()), named=True)
            return needs_paper.count_named(session, chosen)

    def _follow(self) -> None:
        n = self.count()
        self._told.setText(f"{counted(n, 'feuille')} à imprimer." if n else "Aucune feuille.")

    def accept(self) -> None:
        try:
            found = self._checked()
        except InvalidFields as error:
            self.form.set_problems(error.problems)
            return
        super().accept()
        self.chosen.emit(found)

    def _checked(self) -> Choices:
        if not self.count():
            raise InvalidFields({"sources": NOBODY})
        try:
            return self.choices()
        except ValueError as error:
            raise InvalidFields({"before": str(error)}) from error
