"""The dialog of a contract's terms: targets by priority, hours by day, closings; refused or kept as one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QLabel, QLineEdit, QWidget

from app.entities import ENTITIES
from app.errors import AppError, InvalidFields
from app.fields import Field, plural
from app.fields.hours import read_slots, slots_text
from app.services import terms
from app.services.terms import DAYS, PRESETS, Level, ServiceTerms
from app.ui import theme
from app.ui.crud.editors import LineEditor
from app.ui.desk import Desk
from app.ui.pages.lines_editor import LinesEditor
from app.ui.parts.basics import column, fill, frame, holder, label, repolish, row, scrolled
from app.ui.parts.formshell import combo_box, dialog_buttons, dialog_foot

LEVEL, CLOSING = ENTITIES["service_level"], ENTITIES["closing_day"]
TARGETS = ("take_minutes", "on_site_minutes", "restore_minutes")
CLOSING_COLUMNS = (
    (CLOSING.field("first_day"), 120),
    (replace(CLOSING.field("last_day"), required=False, placeholder="Le même"), 120),
    (CLOSING.field("label"), 0),
)
OWN_HOURS = "Vos propres heures"
NIGHT_AND_DAY = "Jour et nuit, 7 jours sur 7"
NOTHING = "Rien de promis"
TARGET_HINT = "En heures couvertes, par exemple 4 h ou 30 min."
HOURS_HINT = "Par exemple 9 h - 12 h 30, 14 h - 18 h. Vide\u00a0: fermé ce jour-là."
KEPT = "Les tickets ouverts seront recomptés. Les tickets clos gardent leurs délais."
WIDTH = 720


class TermsDialog(QDialog):
    """Everything is checked before anything is kept; each refusal stands under its row.

    `keep` gets what was typed and raises what is wrong with it. The closings are not those of an amendment: they have
    their own dates.
    """

    def __init__(
        self,
        desk: Desk,
        kept: ServiceTerms,
        keep: Callable[[ServiceTerms], object],
        parent: QWidget,
        *,
        note: str = KEPT,
        closings: bool = True,
    ) -> None:
        super().__init__(parent)
        self._desk, self._kept, self._keep = desk, kept, keep
        self.setWindowTitle("Niveaux de service et heures couvertes")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._under: dict[str, QLabel] = {}
        self.targets: dict[str, LineEditor] = {}
        self.nothing: dict[str, QCheckBox] = {}
        self.days: list[QLineEdit] = []
        self.closings = LinesEditor("closings", "Fermeture", CLOSING_COLUMNS, "Ajouter une fermeture")
        self._told = label("", "strong", "bad.text", wrap=True)
        self._box = frame("banner-bad", column(self._told, margins=(12, 8, 12, 8)))
        self._box.hide()
        body = column(
            self._box,
            label("Délais promis", "card"), label(TARGET_HINT, "second", "ink2"), self._levels_grid(), 8,
            label("Heures couvertes", "card"), self._hours_head(), self._hours_grid(), 8,
            gap=6, margins=(22, 16, 22, 16),
        )  # fmt: skip
        if closings:
            fill(body, label("Fermetures du prestataire", "card"), self.closings, self._problem("closings"))
        body.addStretch(1)
        buttons = dialog_buttons("Enregistrer")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.setLayout(column(scrolled(holder(body)), dialog_foot(note, buttons), gap=0))
        self.resize(theme.scaled(WIDTH), theme.scaled(680))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        QShortcut(QKeySequence.StandardKey.Save, self, self.accept)
        self._show()

    # Building

    def _problem(self, name: str) -> QLabel:
        made = label("", "second", "bad.text", wrap=True)
        made.hide()
        self._under[name] = made
        return made

    def _levels_grid(self) -> QGridLayout:
        grid = _grid()
        for position, name in enumerate(TARGETS, 1):
            grid.addWidget(label(LEVEL.field(name).label, "small_title", "ink2"), 0, position)
            grid.setColumnStretch(position, 1)
        for at, level in enumerate(self._kept.levels):
            grid.addWidget(label(level.priority.label, "title"), 2 * at + 1, 0)
            for position, name in enumerate(TARGETS, 1):
                key = f"{level.priority.value}.{name}"
                self.targets[key] = cell = _target(LEVEL.field(name), level.priority.label)
                grid.addWidget(cell.widget, 2 * at + 1, position)
            self.nothing[level.priority.value] = said = QCheckBox(NOTHING)
            said.setAccessibleName(f"{level.priority.label}\u00a0: {NOTHING.lower()}")
            said.toggled.connect(self._follow)
            grid.addWidget(said, 2 * at + 1, 4)
            grid.addWidget(self._problem(level.priority.value), 2 * at + 2, 1, 1, 4)
        return grid

    def _hours_head(self) -> QWidget:
        self.preset = combo_box()
        self.preset.addItems([OWN_HOURS, *(name for name, _ in PRESETS), NIGHT_AND_DAY])
        self.preset.setAccessibleName("Modèle d’heures couvertes")
        self.preset.activated.connect(self._take_preset)
        self.always = QCheckBox(NIGHT_AND_DAY)
        self.always.toggled.connect(self._follow)
        told = label(HOURS_HINT, "second", "ink2", wrap=True)
        return holder(column(told, row(self.preset, self.always, None, gap=12), gap=6))

    def _hours_grid(self) -> QGridLayout:
        grid = _grid()
        grid.setColumnStretch(1, 1)
        for at, name in enumerate(DAYS):
            line = QLineEdit(placeholderText="Fermé")
            line.setAccessibleName(f"Heures du {name}")
            title = label(name.capitalize(), "title")
            title.setBuddy(line)
            self.days.append(line)
            grid.addWidget(title, 2 * at, 0)
            grid.addWidget(line, 2 * at, 1)
            grid.addWidget(self._problem(f"day.{at}"), 2 * at + 1, 1)
        return grid

    def _show(self) -> None:
        for level in self._kept.levels:
            for name in TARGETS:
                self.targets[f"{level.priority.value}.{name}"].show(getattr(level, name))
            self.nothing[level.priority.value].setChecked(level.nothing)
        self._show_week(self._kept.week)
        self.always.setChecked(self._kept.round_the_clock)
        self.closings.show_lines(self._kept.closings)
        self._shown = self.texts()
        self._follow()
        next(iter(self.targets.values())).widget.setFocus()

    def _show_week(self, week: terms.Week) -> None:
        for line, slots in zip(self.days, week, strict=True):
            line.setText(slots_text(slots))

    def _take_preset(self, position: int) -> None:
        if not position:
            return
        self.always.setChecked(position > len(PRESETS))
        if position <= len(PRESETS):
            self._show_week(PRESETS[position - 1][1])

    def _follow(self) -> None:
        for line in self.days:
            line.setEnabled(not self.always.isChecked())
        for name, cell in self.targets.items():
            cell.widget.setEnabled(not self._is_nothing(name))

    def _is_nothing(self, name: str) -> bool:
        return self.nothing[name.partition(".")[0]].isChecked()

    def texts(self) -> list[Any]:
        targets = [cell.text() for cell in self.targets.values()]
        said = [box.isChecked() for box in self.nothing.values()]
        return [targets, said, [line.text() for line in self.days], self.always.isChecked(), self.closings.texts()]

    # Saving

    def read(self) -> ServiceTerms:
        """What was typed; InvalidFields names each cell or day that cannot be read."""
        problems: dict[str, str] = {}
        values: dict[str, Any] = {}
        for key, cell in self.targets.items():
            try:
                values[key] = None if self._is_nothing(key) else cell.value()
            except ValueError as error:
                problems[key] = str(error)
        week = []
        for at, line in enumerate(self.days):
            try:
                week.append(read_slots(line.text()))
            except ValueError as error:
                problems[f"day.{at}"] = str(error)
        closings: list[dict[str, Any]] = []
        try:
            closings = self.closings.lines()
        except InvalidFields as error:
            problems |= error.problems
        if problems:
            raise InvalidFields(problems)
        levels = tuple(self._level(one, values) for one in self._kept.levels)
        return ServiceTerms(levels, tuple(week), self.always.isChecked(), tuple(closings))

    def _level(self, level: Level, values: Mapping[str, Any]) -> Level:
        priority = level.priority.value
        typed = {name: values[f"{priority}.{name}"] for name in TARGETS}
        return replace(level, **typed, nothing=self.nothing[priority].isChecked())

    def accept(self) -> None:
        try:
            self._keep(self.read())
        except AppError as error:
            self._refuse(error.problems if isinstance(error, InvalidFields) else {"": str(error)})
            return
        super().accept()

    def _refuse(self, problems: Mapping[str, str]) -> None:
        said: dict[str, list[str]] = {}
        for name, sentence in problems.items():
            said.setdefault(_row_of(name), []).append(_sentence(name, sentence))
        for name, under in self._under.items():
            under.setText(" ".join(said.get(name, [])))
            under.setVisible(name in said)
        for name, widget in self._cells():
            widget.setProperty("invalid", name in problems)
            repolish(widget)
        count = len([name for name in said if name in self._under])
        told = f"{count} {plural(count, 'ligne')} à corriger avant d’enregistrer" if count else ""
        self._told.setText(" ".join([told, *said.get("", [])]).strip())
        self._box.show()
        first = next((widget for name, widget in self._cells() if name in problems), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cells(self) -> list[tuple[str, QWidget]]:
        targets = [(name, cell.widget) for name, cell in self.targets.items()]
        return [*targets, *((f"day.{at}", line) for at, line in enumerate(self.days))]

    def reject(self) -> None:
        if self.texts() != self._shown:
            answer = self._desk.ask.unsaved(self, "Le niveau de service")
            if answer == "stay":
                return
            if answer == "save":
                QTimer.singleShot(0, self, self.accept)  # an error raised within the closing of a window ends Qt
                return
        super().reject()


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(3)
    return grid


def _target(field: Field, priority: str) -> LineEditor:
    made = LineEditor(field)
    made.widget.setAccessibleName(f"{priority}\u00a0: {field.label}")
    if isinstance(made.widget, QLineEdit):
        made.widget.setPlaceholderText("Non écrit")
    return made


def _row_of(name: str) -> str:
    """« P2.restore_minutes » is told under P2; a day and the closings under themselves."""
    head, _, rest = name.partition(".")
    return head if rest in TARGETS else name


def _sentence(name: str, sentence: str) -> str:
    _, _, rest = name.partition(".")
    return f"{LEVEL.field(rest).label}\u00a0: {sentence}" if rest in TARGETS else sentence
