"""What is chosen before the inventory report: its sites, its chapters, who wrote it and who gets it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QWidget

from app.errors import InvalidFields
from app.fields import Text
from app.services.inventory_report import choices
from app.services.inventory_report.choices import Choices, Option
from app.ui import theme
from app.ui.crud.fields_form import FieldsForm
from app.ui.desk import Desk
from app.ui.parts.basics import column, holder, label, row, scrolled
from app.ui.parts.buttons import button
from app.ui.parts.formshell import dialog_buttons, dialog_foot

WIDTH, HEIGHT = 720, 720
NO_SITE = "Choisissez un site au moins."
ALWAYS = "La page de garde, l’objet, la synthèse, l’inventaire, les réserves et les signatures sont toujours imprimés."
FIELDS = (
    Text(name="redactor", label="Rédacteur", max_length=120, help="Vide\u00a0: le gestionnaire de l’entreprise."),
    Text(
        name="participants",
        label="Participants",
        max_length=300,
        help="Qui était là aux visites, le prestataire par exemple.",
    ),
    Text(name="diffusion", label="Diffusion", max_length=300, help="À qui le rapport est remis."),
    Text(
        name="exclusions",
        label="Exclusions",
        multiline=True,
        max_length=2000,
        help="Ce que le rapport ne couvre pas, une exclusion par ligne.",
    ),
)


class Checks(QWidget):
    """Boxes to tick in columns, all or none at once."""

    def __init__(self, title: str, options: Sequence[Option], ticked: Sequence[object], columns: int) -> None:
        super().__init__()
        self._boxes = {one.key: QCheckBox(one.label) for one in options}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        lines = -(-len(options) // columns)
        for n, (key, box) in enumerate(self._boxes.items()):
            box.setChecked(key in ticked)
            grid.addWidget(box, n % lines, n // lines)
        every, none = button("Tout cocher", "link"), button("Tout décocher", "link")
        every.clicked.connect(lambda: self.tick(self._boxes))
        none.clicked.connect(lambda: self.tick(()))
        self.problem = label("", "second", "bad.text")
        self.problem.hide()
        self.setLayout(column(row(label(title, "card"), None, every, none, gap=12), grid, self.problem, gap=8))

    def tick(self, keys: object) -> None:
        for key, box in self._boxes.items():
            box.setChecked(key in keys)  # type: ignore[operator]  # a collection of keys

    def ticked(self) -> tuple[object, ...]:
        return tuple(key for key, box in self._boxes.items() if box.isChecked())

    def __len__(self) -> int:
        return len(self._boxes)


class ReportDialog(QDialog):
    """`open()` it; `chosen` gives the choices, once they are kept for the next time."""

    guide_page = "rapport-inventaire"

    chosen = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle("Rapport d’inventaire")
        with desk.read() as session:
            before, sites = choices.last(session), choices.sites(session)
        self.sites = Checks("Sites", sites, before.sites or [one.key for one in sites], columns=3)
        self.sites.setVisible(len(sites) > 1)
        self.sections = Checks("Chapitres et annexes", choices.sections(), before.sections, columns=2)
        self.form = FieldsForm(desk, FIELDS)
        self.form.show_values({field.name: getattr(before, field.name) or None for field in FIELDS})
        buttons = dialog_buttons("Aperçu", "printer")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        body = column(
            self.sites, self.sections, label(ALWAYS, "second", "ink2", wrap=True), self.form, None,
            gap=16, margins=(22, 16, 22, 16),
        )  # fmt: skip
        note = "Ces choix sont gardés pour la prochaine fois."
        self.setLayout(column(scrolled(holder(body)), dialog_foot(note, buttons), gap=0))
        theme.fit_size(self, theme.scaled(WIDTH), theme.scaled(HEIGHT))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)

    def _choices(self) -> Choices:
        """InvalidFields if a text is too long, or if no site is left."""
        texts, problems = self._texts()
        ticked = self.sites.ticked()
        if len(self.sites) and not ticked:
            problems["sites"] = NO_SITE
        if problems:
            raise InvalidFields(problems)
        some = ticked if len(ticked) < len(self.sites) else ()
        return Choices(sites=some, sections=self.sections.ticked(), **texts)  # type: ignore[arg-type]  # its own keys

    def _texts(self) -> tuple[dict[str, str], dict[str, str]]:
        """What is written in the fields, and a sentence for each that is refused."""
        problems = {}
        found = self.form.values()
        for field in FIELDS:
            try:
                found[field.name] = field.check(found[field.name]) or ""
            except ValueError as error:
                problems[field.name] = str(error)
        return found, problems

    def accept(self) -> None:
        try:
            made = self._choices()
        except InvalidFields as error:
            self._tell(error.problems)
            return
        self._desk.act("Choix du rapport d’inventaire", lambda session: choices.keep(session, made))
        super().accept()
        self.chosen.emit(made)

    def _tell(self, problems: dict[str, str]) -> None:
        self.sites.problem.setText(problems.get("sites", ""))
        self.sites.problem.setVisible("sites" in problems)
        self.form.set_problems({name: told for name, told in problems.items() if name != "sites"})
