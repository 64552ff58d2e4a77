"""The fast mode: one asset after the other by the keyboard, in the order of a walk; nothing typed is ever lost."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.services import records
from app.services.expertises import lot, sheets
from app.services.expertises.lot import Stop, Twin
from app.services.expertises.sheets import CRITERIA, Answers, Notes, Sheet
from app.services.expertises.words import AMOUNTS, NAMES, SCALES
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.expertise_acts import override
from app.ui.pages.expertise_cards import ASSET, AssetCard, CostsCard, VerdictCard, shortcut_words
from app.ui.parts.badge import Badge
from app.ui.parts.basics import column, frame, holder, label, row, scrolled
from app.ui.parts.buttons import button, icon_button, set_available
from app.ui.parts.card import Card
from app.ui.parts.marks import Mark
from app.ui.parts.meter import Meter, Run
from app.ui.parts.scale import ScaleData, ScaleRow

SHEET = ENTITIES["expertise_sheet"]
KNOWN_TONE, KNOWN_GLYPH = "mute", "circle-check"
DOUBT_TONE, DOUBT_GLYPH = "warn", "triangle-alert"
CLOSED = "Expertise close\u00a0: rouvrez-la pour la changer"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AssessView(QWidget):
    """`left` when the list is wanted again; `finished` when the last asset was given its verdict."""

    left = Signal()
    finished = Signal()

    def __init__(self, desk: Desk, expertise_id: int) -> None:
        super().__init__()
        self._desk, self._expertise = desk, expertise_id
        self._way: list[Stop] = []
        self._at = 0
        self._twin: Twin | None = None
        self._showing = self._saving = self._closed = False
        self._build()
        self._wire()

    # Building

    def _build(self) -> None:
        self.asset, self.costs, self.verdict = AssetCard(), CostsCard(), VerdictCard()
        self.rows = {s.key: ScaleRow(ScaleData(s.label, s.question, s.steps)) for s in SCALES}
        criteria = Card()
        criteria.body.setContentsMargins(0, 0, 0, 0)
        criteria.body.setSpacing(0)
        for made in self.rows.values():
            criteria.body.addWidget(made)
        middle = column(criteria, self.costs, None, gap=12)
        body = row(gap=12, margins=(16, 12, 16, 12))
        body.addWidget(self.asset)
        body.addLayout(middle, 1)
        body.addWidget(self.verdict)
        self.setLayout(column(self._bar(), scrolled(holder(body)), self._foot(), gap=0))

    def _bar(self) -> QWidget:
        back = icon_button("arrow-left", "Retour à la liste (Échap)")
        back.clicked.connect(self.leave)
        self.title, self.progress = label("", "title"), label("", "second_strong", "ink")
        self.meter, self._locked = Meter(height=8), Badge(CLOSED, Mark("mute", loud=True, glyph="lock"))
        self.meter.setFixedWidth(200)
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
        return frame(
            "foot",
            row(shortcut_words(), None, self.copy_button, self.back_button, self.pass_button, self.next_button,
                margins=(16, 8, 16, 8)),
        )  # fmt: skip

    def _wire(self) -> None:
        for key, made in self.rows.items():
            made.answered.connect(partial(self._answered, key))
            made.moved.connect(partial(self._move, key))
        self.costs.changed.connect(self._judge)
        self.verdict.override_asked.connect(self.ask_override)
        for card in (self.costs, self.verdict):
            card.submitted.connect(self.save)
        for keys, act in self._shortcuts().items():
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._desk.changed.connect(self._on_change)

    def _shortcuts(self) -> dict[str, Callable[[], None]]:
        return {"Escape": self.leave, "Ctrl+Left": partial(self.step, -1), "Ctrl+Right": partial(self.step, 1)}

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
        self.title.setText(f"{found.number}  ·  {found.title}")
        self._done, self._closed = found.done, found.status.value == "closed"
        self._locked.setVisible(self._closed)
        for made in (*self.rows.values(), self.costs, self.asset.finding):
            made.setEnabled(not self._closed)
        self.verdict.lock(self._closed)

    def _next_to_do(self, after: int) -> int:
        """The next position without verdict, going round; `after` itself when there is none."""
        order = [*range(after + 1, len(self._way)), *range(max(after, 0))]
        return next((at for at in order if not self._way[at].done), max(after, 0))

    def _show(self, at: int) -> None:
        self._at = at
        with self._desk.read() as session:
            self.sheet: Sheet = sheets.read(session, self._way[at].sheet_id)
            asset = records.get(session, ASSET, self.sheet.asset_id)
            self._twin = lot.twin(session, self.sheet.id)
        self._showing = True
        self.asset.show_asset(asset, self.sheet)
        for key, made in self.rows.items():
            made.set_missing(False)
            made.set_note(getattr(self.sheet.answers.notes, key))
            self._show_source(key)
        self.costs.show_sheet(self.sheet)
        self.verdict.show_sheet(self.sheet, sheets.evaluate(self.sheet.answers, self.sheet.known))
        self._showing = False
        self._judge()
        self._first = self._texts()
        self._show_foot()
        self._focus_first()

    def _show_source(self, key: str) -> None:
        """« Connu » while the note is the one that the facts give; else what helps to answer."""
        made, known = self.rows[key], getattr(self.sheet.known.notes, key)
        source = self.sheet.sources.get(key, "")
        if key == "support" and self.sheet.known.support_unknown and made.note() == known:
            made.set_source(source, DOUBT_TONE, DOUBT_GLYPH)
        elif source and made.note() == known:
            made.set_source(f"Connu\u00a0: {source[:1].lower()}{source[1:]}", KNOWN_TONE, KNOWN_GLYPH)
        elif source:
            made.set_source(f"Les faits disaient {known}\u00a0: {source[:1].lower()}{source[1:]}")
        else:
            made.set_source(self.sheet.hints.get(key, ""))

    def _show_foot(self) -> None:
        whole = len(self._way)
        self.progress.setText(f"{self._done} sur {whole} évalué{'s' if self._done > 1 else ''}")
        self.next_button.setVisible(not self._closed)
        self.meter.set_runs([Run(self._done / whole, "accent")], self.progress.text())
        name = self._twin.number if self._twin else "un bien"
        self.copy_button.setText(f"Reprendre {name} (C)" if self._twin else "Reprendre (C)")
        why = CLOSED if self._closed else "Aucun bien du même modèle n’est encore évalué."
        set_available(self.copy_button, self._twin is not None and not self._closed, why)
        set_available(self.back_button, self._at > 0, "C’est le premier bien.")
        set_available(self.pass_button, self._at < whole - 1, "C’est le dernier bien.")

    def _focus_first(self) -> None:
        key = next((key for key, made in self.rows.items() if made.note() is None), None)
        if key is not None:
            self.rows[key].setFocus(Qt.FocusReason.TabFocusReason)
        elif self.sheet.answers.repair_cost is None:
            self.costs.focus("repair_cost")
        else:
            self.rows[CRITERIA[0]].setFocus(Qt.FocusReason.TabFocusReason)

    # Answering

    def _answered(self, key: str, _note: int) -> None:
        """On to what is still unanswered after it."""
        self._judge()
        after = CRITERIA[CRITERIA.index(key) + 1 :]
        following = next((other for other in after if self.rows[other].note() is None), None)
        if following is not None:
            self.rows[following].setFocus(Qt.FocusReason.TabFocusReason)
        elif not self.costs.editors["repair_cost"].text():
            self.costs.focus("repair_cost")

    def _move(self, key: str, by: int) -> None:
        at = CRITERIA.index(key) + by
        if at == len(CRITERIA):
            self.costs.focus("repair_cost")
        elif at >= 0:
            self.rows[CRITERIA[at]].setFocus(Qt.FocusReason.TabFocusReason)

    def answers(self) -> tuple[Answers, dict[str, str]]:
        """What stands on the screen, and a sentence for each field that cannot be read."""
        costs, problems = self.costs.read()
        words, unread = self.verdict.read()
        support = self.rows["support"].note()
        given: dict[str, Any] = {
            **costs,
            **words,
            **self._constat(),
            "notes": Notes(**{key: made.note() for key, made in self.rows.items()}),
            "support_unknown": self.sheet.known.support_unknown and support == self.sheet.known.notes.support,
        }
        return replace(self.sheet.answers, **given), problems | unread

    def _constat(self) -> dict[str, Any]:
        finding: Any = SHEET.field("finding")
        kind = finding.options.of(self.asset.finding.value())
        return {"finding": kind, "seen_on": self.sheet.known.on if kind.value == "seen" else None}

    def _texts(self) -> tuple[Any, ...]:
        """All that can be typed, as it stands: what was changed is what differs."""
        return (*(made.note() for made in self.rows.values()), *self.costs.texts(), *self.verdict.texts())

    def _judge(self) -> None:
        """The verdict again, as things stand."""
        if self._showing:
            return
        found, _ = self.answers()
        ruled = sheets.evaluate(found, self.sheet.known)
        self.verdict.show_ruled(ruled, support_unknown=found.support_unknown)
        self.costs.ask_network(found.notes.support == 0)
        for key in self.rows:
            self._show_source(key)

    # Keeping

    def save(self) -> None:
        """Keep the sheet with its verdict, and go to the next asset without one; tell what is missing instead."""
        if self._closed:
            self.step(1)
            return
        found, problems = self.answers()
        ruled = sheets.evaluate(found, self.sheet.known)
        problems |= {name: f"À donner\u00a0: {NAMES[name].lower()}." for name in ruled.missing if name not in problems}
        if problems:
            self._tell(problems)
            return
        self._keep(sheets.with_proposals(found, ruled))
        ended = self._done == len(self._way)
        if ended:
            self.finished.emit()
        else:
            self._show(self._next_to_do(self._at))

    def _tell(self, problems: dict[str, str]) -> None:
        for key, made in self.rows.items():
            made.set_missing(key in problems)
        self.costs.tell({name: told for name, told in problems.items() if name in AMOUNTS})
        self.verdict.tell_renew(problems.get("renew_on", ""))
        first = next(name for name in (*CRITERIA, *AMOUNTS, "renew_on") if name in problems)
        if first in self.rows:
            self.rows[first].setFocus(Qt.FocusReason.TabFocusReason)
        elif first in AMOUNTS:
            self.costs.focus(first)
        else:
            self.verdict.renew.widget.setFocus(Qt.FocusReason.TabFocusReason)

    def _keep(self, found: Answers) -> None:
        stop = self._way[self._at]
        self._saving = True
        try:
            verdict = self._desk.act(
                f"Expertise de {stop.number}", lambda s: sheets.save(s, self.sheet.id, found, self.sheet.version)
            )
        finally:
            self._saving = False
        told = f"{stop.number}\u00a0: {verdict.label}" if verdict else f"{stop.number} gardé, sans verdict"
        self._desk.tell_done(told)
        self._done += (verdict is not None) - stop.done
        self._way[self._at] = replace(stop, done=verdict is not None)

    def _keep_as_it_is(self) -> bool:
        """Keep what was typed, complete or not; False when something cannot be read."""
        if self._texts() == self._first:
            return True
        found, problems = self.answers()
        if problems:
            self._tell(problems)
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
        """What nobody else can tell, from the asset of the same model assessed last."""
        if self._twin is None or self._closed:
            return
        for key, note in self._twin.notes.items():
            self.rows[key].set_note(note)
        self.costs.editors["repair_cost"].show(self._twin.repair_cost)
        self._judge()
        self.next_button.setFocus(Qt.FocusReason.TabFocusReason)

    def ask_override(self) -> None:
        """The sheet is kept first: an opinion stands beside a verdict."""
        found, problems = self.answers()
        ruled = sheets.evaluate(found, self.sheet.known)
        if problems or ruled.missing:
            self.save()
            return
        if self._texts() != self._first or not self._way[self._at].done:
            self._keep(sheets.with_proposals(found, ruled))
        dialog = ActDialog(self._desk, override(self.sheet), self)
        dialog.open()

    # Changes from elsewhere

    def _on_change(self, tables: frozenset[str]) -> None:
        """An act undone, or a change in the inventory: read again what is not being typed."""
        concerned = bool(tables & {"expertise_sheet", "asset", "ticket"})
        if concerned and not self._saving and self.isVisible() and self._way:
            self._read_way()
            untouched = self._texts() == self._first
            self._at = min(self._at, len(self._way) - 1)
            if untouched:
                self._show(self._at)
            else:
                self._show_foot()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.save()
        elif event.key() == Qt.Key.Key_C and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.copy()
        else:
            super().keyPressEvent(event)
