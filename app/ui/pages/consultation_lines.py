"""The criteria of a consultation and its price grid, typed as short tables; refused or kept as one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from app.entities import ENTITIES
from app.errors import AppError, InvalidFields
from app.fields import NBSP, Field, plural
from app.services import consultations
from app.ui import theme
from app.ui.desk import Desk
from app.ui.pages.lines_editor import LinesEditor
from app.ui.parts.basics import column, frame, holder, label, row, scrolled, set_ink
from app.ui.parts.formshell import dialog_buttons, dialog_foot

CRITERION, PRICE_LINE = ENTITIES["criterion"], ENTITIES["price_line"]
WIDTH, HEIGHT = 860, 560
CRITERIA_TOLD = (
    "Chaque critère est noté de 0 à 5. Celui du prix se note tout seul\u00a0: 5 × total le plus bas ÷ total de l’offre."
)
GRID_TOLD = (
    "Chaque prestataire donne un prix unitaire par ligne. Les quantités sont celles d’une année. Les options sont "
    "comparées à part."
)


@dataclass(frozen=True, kw_only=True)
class Lines:
    """What a dialog of lines is about: `save` gets the session and the lines; `live` says what they make so far."""

    title: str
    intro: str
    name: str
    one: str
    columns: Sequence[tuple[Field, int]]
    add: str
    start: Sequence[Mapping[str, Any]]
    save: Callable[[Any, Sequence[Mapping[str, Any]]], None]
    live: Callable[[Sequence[Sequence[str]]], tuple[str, bool]]
    told: str


class LinesDialog(QDialog):
    """`open()` it. What is refused is said on top, and stays as it was typed."""

    def __init__(self, desk: Desk, about: Lines, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._about = desk, about
        self.setWindowTitle(about.title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.lines = LinesEditor(about.name, about.one, about.columns, about.add)
        self._told = label("", "strong", "bad.text", wrap=True)
        self._box = frame("banner-bad", column(self._told, margins=(12, 8, 12, 8)))
        self._box.hide()
        self._live = label("", "strong", "ink2")
        body = column(
            label(about.intro, "body", "ink2", wrap=True), self._box, self.lines, row(None, self._live), None,
            gap=10, margins=(22, 16, 22, 16),
        )  # fmt: skip
        buttons = dialog_buttons("Enregistrer")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.setLayout(column(scrolled(holder(body)), dialog_foot("", buttons), gap=0))
        self.lines.show_lines(about.start)
        self.lines.changed.connect(self._follow)
        self._shown = self.lines.texts()
        self._follow()
        theme.fit_size(self, theme.scaled(WIDTH), theme.scaled(HEIGHT))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        QShortcut(QKeySequence.StandardKey.Save, self, self.accept)

    def _follow(self) -> None:
        told, sound = self._about.live(self.lines.texts())
        self._live.setText(told)
        set_ink(self._live, "ink2" if sound else "bad.text")

    def accept(self) -> None:
        try:
            wanted = self.lines.lines()
            self._desk.act(self._about.title, lambda s: self._about.save(s, wanted), self._about.told)
        except AppError as error:
            said = error.problems.values() if isinstance(error, InvalidFields) else [str(error)]
            self._told.setText(" ".join(said))
            self._box.show()
            return
        super().accept()

    def reject(self) -> None:
        if self.lines.texts() != self._shown:
            answer = self._desk.ask.unsaved(self, self._about.title)
            if answer == "stay":
                return
            if answer == "save":
                QTimer.singleShot(0, self, self.accept)  # an error raised within the closing of a window ends Qt
                return
        super().reject()


def criteria(consultation_id: int, start: Sequence[Mapping[str, Any]]) -> Lines:
    asked = CRITERION.field
    return Lines(
        title="Critères de choix",
        intro=CRITERIA_TOLD,
        name="criteria",
        one="Critère",
        columns=(
            (asked("label"), 230),
            (asked("weight"), 70),
            (replace(asked("is_price"), label="Prix"), 50),
            (asked("meaning"), 0),
        ),
        add="Ajouter un critère",
        start=start,
        save=lambda s, lines: consultations.save_criteria(s, consultation_id, lines),
        live=_weights,
        told="Critères enregistrés",
    )


def _weights(texts: Sequence[Sequence[str]]) -> tuple[str, bool]:
    """« Total des poids : 95 %, il manque 5 »; what cannot be read yet counts for nothing."""
    whole = sum(int(line[1]) for line in texts if line[1].strip().isdigit())
    left = 100 - whole
    rest = "" if not left else f", il manque {left}" if left > 0 else f", {-left} de trop"
    return f"Total des poids\u00a0: {whole}{NBSP}%{rest}", not left


def grid(consultation_id: int, start: Sequence[Mapping[str, Any]]) -> Lines:
    asked = PRICE_LINE.field
    return Lines(
        title="Grille de prix",
        intro=GRID_TOLD,
        name="grid",
        one="Ligne",
        columns=((asked("label"), 0), (asked("unit"), 130), (asked("quantity"), 90), (asked("optional"), 70)),
        add="Ajouter une ligne",
        start=start,
        save=lambda s, lines: consultations.save_grid(s, consultation_id, lines),
        live=lambda texts: (_counted(texts), True),
        told="Grille de prix enregistrée",
    )


def _counted(texts: Sequence[Sequence[str]]) -> str:
    """« 7 lignes, dont 1 option »."""
    lines = [line for line in texts if line[0].strip()]
    options = sum(bool(line[3]) for line in lines)
    told = f"{len(lines)}{NBSP}{plural(len(lines), 'ligne')}"
    return f"{told}, dont {options}{NBSP}{plural(options, 'option')}" if options else told
