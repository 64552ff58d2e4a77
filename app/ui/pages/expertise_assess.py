"""The fast mode: one asset after the other by the keyboard, in the order of a walk; nothing typed is ever lost."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import plural
from app.services import records
from app.services.expertises import lot, sheets
from app.services.expertises.lot import Stop, Twin
from app.services.expertises.sheets import Answers
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.expertise_acts import override
from app.ui.pages.expertise_sheet import SheetForm
from app.ui.parts.badge import Badge
from app.ui.parts.basics import OneLine, column, frame, label, row
from app.ui.parts.buttons import button, icon_button, set_available
from app.ui.parts.marks import Mark
from app.ui.parts.meter import Meter, Run

ASSET = ENTITIES["asset"]
CONCERNED = frozenset({"expertise", "expertise_sheet", "asset", "ticket"})
CLOSED = "Expertise close\u00a0: rouvrez-la pour la changer"
NO_TWIN = "Aucun bien du même modèle n’est encore évalué."
KEYS = (
    "0 à 4\u00a0: note  ·  ↑ ↓\u00a0: critère  ·  C\u00a0: même modèle  ·  Entrée\u00a0: suivant  ·  Échap\u00a0: liste"
)
METER = 200
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AssessView(QWidget):
    """`left` when the list is wanted again; `finished` when the last asset was given its verdict."""

    left = Signal()
    finished = Signal()

    def __init__(self, desk: Desk, expertise_id: int) -> None:
        super().__init__()
        self._desk, self._expertise = desk, expertise_id
        self._way: list[Stop] = []
        self._at = self._done = 0
        self._number = ""
        self._twin: Twin | None = None
        self._saving = self._closed = False
        self.form = SheetForm()
        self.form.submitted.connect(self.save)
        self.form.override_asked.connect(self.ask_override)
        self.setLayout(column(self._bar(), self.form, self._foot(), gap=0))
        for keys, act in self._shortcuts().items():
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        desk.changed.connect(self._on_change)

    def _shortcuts(self) -> dict[str, Callable[[], None]]:
        return {"Escape": self.leave, "Ctrl+Left": partial(self.step, -1), "Ctrl+Right": partial(self.step, 1)}

    def _bar(self) -> QWidget:
        back = icon_button("arrow-left", "Retour à la liste (Échap)")
        back.clicked.connect(self.leave)
        self.title, self.progress = OneLine("title", "ink"), label("", "second_strong", "ink")
        self.meter, self._locked = Meter(height=8), Badge(CLOSED, Mark("mute", loud=True, glyph="lock"))
        self.meter.setFixedWidth(METER)
        line = row(back, self.title, self._locked, None, self.progress, self.meter, gap=10, margins=(9, 7, 16, 7))
        return frame("bar", line)

    def _foot(self) -> QWidget:
        self.copy_button = button("Reprendre", icon="copy")
        self.copy_button.clicked.connect(self.copy)
        self.back_button = button("Précédent", icon="arrow-left", tip="Bien précédent (Ctrl+←)")
        self.back_button.clicked.connect(partial(self.step, -1))
        self.pass_button = button("Passer", icon="arrow-right", tip="Bien suivant, sans verdict (Ctrl+→)")
        self.pass_button.clicked.connect(partial(self.step, 1))
        self.next_button = button("Enregistrer et suivant", "primary", "check", "Entrée")
        self.next_button.clicked.connect(self.save)
        acts = self.copy_button, self.back_button, self.pass_button, self.next_button
        keys = OneLine("small", "ink2")
        keys.show_text(KEYS)
        line = row(keys, *acts, margins=(16, 8, 16, 8))
        line.setStretch(0, 1)
        return frame("foot", line)

    # Going

    def start(self, sheet_id: int = 0) -> None:
        """Show this sheet, or the first that waits for its verdict."""
        self._read_way()
        wanted = next((at for at, stop in enumerate(self._way) if stop.sheet_id == sheet_id), None)
        self._show(self._next_to_do(-1) if wanted is None else wanted)

    def _read_way(self) -> None:
        with self._desk.read() as session:
            self._way = lot.way(session, self._expertise)
            found = lot.summary(session, self._expertise)
        self._number = found.number
        self._done, self._closed = found.done, found.status.value == "closed"
        self._locked.setVisible(self._closed)
        self.next_button.setVisible(not self._closed)
        self.form.lock(self._closed)

    def _next_to_do(self, after: int) -> int:
        """The next position without verdict, going round; `after` itself when there is none."""
        order = [*range(after + 1, len(self._way)), *range(max(after, 0))]
        return next((at for at in order if not self._way[at].done), max(after, 0))

    def _show(self, at: int) -> None:
        self._at = at
        with self._desk.read() as session:
            sheet = sheets.read(session, self._way[at].sheet_id)
            asset = records.get(session, ASSET, sheet.asset_id)
            self._twin = lot.twin(session, sheet.id)
        self.form.show_sheet(sheet, asset)
        self.title.show_text(f"{self._number}  ·  {asset.title}")
        self._show_foot()

    def _show_foot(self) -> None:
        whole = len(self._way)
        self.progress.setText(f"{self._done} sur {whole} {plural(self._done, 'évalué')}")
        self.meter.set_runs([Run(self._done / whole, "accent")], self.progress.text())
        self.copy_button.setText(f"Reprendre {self._twin.number} (C)" if self._twin else "Reprendre (C)")
        can_copy = self._twin is not None and not self._closed
        set_available(self.copy_button, can_copy, CLOSED if self._closed else NO_TWIN)
        set_available(self.back_button, self._at > 0, "C’est le premier bien.")
        set_available(self.pass_button, self._at < whole - 1, "C’est le dernier bien.")

    # Keeping

    def save(self) -> None:
        """Keep the sheet with its verdict, and go to the next asset without one; tell what is missing instead."""
        if self._closed:
            self.step(1)
            return
        found, problems = self.form.complete()
        if problems:
            self.form.tell(problems)
            return
        self._keep(found)
        if self._done == len(self._way):
            self.finished.emit()
        else:
            self._show(self._next_to_do(self._at))

    def _keep(self, found: Answers) -> None:
        stop, sheet = self._way[self._at], self.form.sheet
        self._saving = True
        try:
            verdict = self._desk.act(
                f"Expertise de {stop.number}", lambda s: sheets.save(s, sheet.id, found, sheet.version)
            )
        finally:
            self._saving = False
        self._desk.tell_done(
            f"{stop.number}\u00a0: {verdict.label}" if verdict else f"{stop.number} gardé, sans verdict"
        )
        self._done += (verdict is not None) - stop.done
        self._way[self._at] = replace(stop, done=verdict is not None)

    def _keep_as_it_is(self) -> bool:
        """Keep what was typed, complete or not; False when something cannot be read."""
        if not self.form.is_changed():
            return True
        found, problems = self.form.answers()
        if problems:
            self.form.tell(problems)
            return False
        self._keep(found)
        return True

    def step(self, by: int) -> None:
        """The asset before or after, what was typed on this one being kept."""
        if 0 <= self._at + by < len(self._way) and self._keep_as_it_is():
            self._show(self._at + by)

    def leave(self) -> None:
        if self._keep_as_it_is():
            self.left.emit()

    def copy(self) -> None:
        """The answers of the asset of the same model assessed last; Enter then keeps them."""
        if self._twin is not None and not self._closed:
            self.form.copy(self._twin)
            if not self.form.focus_waiting():
                self.next_button.setFocus(Qt.FocusReason.TabFocusReason)

    def ask_override(self) -> None:
        """The sheet is kept first: an opinion stands beside a verdict."""
        found, problems = self.form.complete()
        if problems:
            self.form.tell(problems)
            return
        if self.form.is_changed() or not self._way[self._at].done:
            self._keep(found)
            self._show(self._at)
        ActDialog(self._desk, override(self.form.sheet), self).open()

    # Changes from elsewhere

    def _on_change(self, tables: frozenset[str]) -> None:
        """An act undone, or a change in the inventory: read again what is not being typed."""
        if not tables & CONCERNED or self._saving or not self.isVisible():
            return
        self._read_way()
        self._at = min(self._at, len(self._way) - 1)
        if self.form.is_changed():
            self._show_foot()
        else:
            self._show(self._at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.save()
        elif event.key() == Qt.Key.Key_C and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.copy()
        else:
            super().keyPressEvent(event)
