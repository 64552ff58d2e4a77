"""One sheet on the screen: the asset, the six criteria, the costs, and the verdict that follows each answer."""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.entities import ENTITIES
from app.fields import lowered
from app.services.expertises import sheets
from app.services.expertises.lot import Twin
from app.services.expertises.sheets import CRITERIA, Answers, Notes, Sheet
from app.services.expertises.words import AMOUNTS, NAMES, SCALES
from app.services.records import Sheet as Record
from app.ui import theme
from app.ui.pages.expertise_cards import ASIDE, AssetCard, CostsCard
from app.ui.pages.expertise_verdict import VERDICT_SIDE, VerdictCard
from app.ui.parts.basics import column, holder, scrolled
from app.ui.parts.card import Card
from app.ui.parts.scale import ScaleData, ScaleRow

FINDING = ENTITIES["expertise_sheet"].field("finding")
KNOWN_TONE, KNOWN_GLYPH = "mute", "circle-check"
DOUBT_TONE, DOUBT_GLYPH = "warn", "triangle-alert"
WIDE = 1160
"""From here on, three columns."""
BY_KEYS = Qt.FocusReason.TabFocusReason


class SheetForm(QWidget):
    """`submitted` by Enter in a text of several lines, elsewhere the key goes through; `override_asked` when the expert
    has another verdict in mind."""

    submitted = Signal()
    override_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._showing = False
        self._shown: tuple[object, ...] = ()
        self.asset, self.costs, self.verdict = AssetCard(), CostsCard(), VerdictCard()
        self.rows = {s.key: ScaleRow(ScaleData(s.label, s.question, s.steps)) for s in SCALES}
        criteria = Card()
        criteria.body.setContentsMargins(0, 0, 0, 0)
        criteria.body.setSpacing(0)
        for key, made in self.rows.items():
            criteria.body.addWidget(made)
            made.answered.connect(partial(self._answered, key))
            made.noted.connect(self._judge)
            made.moved.connect(partial(self._move, key))
        self._middle = holder(column(criteria, self.costs, None, gap=12))
        self._grid = QGridLayout()
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setSpacing(12)
        self._columns = 0
        self._place()
        self.setLayout(column(scrolled(holder(self._grid))))
        self.costs.changed.connect(self._judge)
        self.verdict.override_asked.connect(self.override_asked)
        self.verdict.submitted.connect(self.submitted)

    def _place(self) -> None:
        """The asset at the left of what is asked; where it is narrow, under the verdict at its right."""
        columns = 3 if self.width() >= theme.scaled(WIDE) else 2
        if columns == self._columns:
            return
        self._columns = columns
        theme.fix_width(self.asset, ASIDE if columns == 3 else VERDICT_SIDE)  # noqa: PLR2004 - as said above
        for one in (self.asset, self._middle, self.verdict):
            self._grid.removeWidget(one)
        if columns == 3:  # noqa: PLR2004 - as said above
            for at, one in enumerate((self.asset, self._middle, self.verdict)):
                self._grid.addWidget(one, 0, at)
        else:
            self._grid.addWidget(self._middle, 0, 0, 2, 1)
            self._grid.addWidget(self.verdict, 0, 1)
            self._grid.addWidget(self.asset, 1, 1)
        self._grid.setColumnStretch(0, columns == 2)  # noqa: PLR2004
        self._grid.setColumnStretch(1, columns == 3)  # noqa: PLR2004

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    # Showing

    def show_sheet(self, sheet: Sheet, asset: Record) -> None:
        self.sheet = sheet
        self._showing = True
        self.asset.show_asset(asset, sheet)
        for key, made in self.rows.items():
            made.set_missing(False)
            made.set_note(getattr(sheet.answers.notes, key))
        self.costs.show_sheet(sheet)
        self.verdict.show_sheet(sheet, sheets.evaluate(sheet.answers, sheet.known, sheet.override))
        self._showing = False
        self._judge()
        self._shown = self._texts()
        if not self.focus_waiting():
            self.rows[CRITERIA[0]].setFocus(BY_KEYS)

    def lock(self, locked: bool) -> None:
        """The sheets of a closed expertise are only read."""
        for made in (*self.rows.values(), self.costs, self.asset.finding):
            made.setEnabled(not locked)
        self.verdict.lock(locked)

    def _show_source(self, key: str) -> None:
        """« Connu » while the note is the one that the facts give; else what helps to answer."""
        made, known = self.rows[key], getattr(self.sheet.known.notes, key)
        source = self.sheet.sources.get(key, "")
        told = lowered(source)
        if key == "support" and self.sheet.known.support_unknown and made.note() == known:
            made.set_source(source, DOUBT_TONE, DOUBT_GLYPH)
        elif source and made.note() == known:
            made.set_source(f"Connu\u00a0: {told}", KNOWN_TONE, KNOWN_GLYPH)
        elif source:
            made.set_source(f"Les faits disent {known}\u00a0: {told}")
        else:
            made.set_source(self.sheet.hints.get(key, ""))

    def focus_waiting(self, after: int = 0) -> bool:
        """Put the cursor on the first answer that waits, from this criterion on; False when there is none."""
        key = next((key for key in CRITERIA[after:] if self.rows[key].note() is None), None)
        if key is not None:
            self.rows[key].setFocus(BY_KEYS)
        elif not self.costs.editors["repair_cost"].text():
            self.costs.focus("repair_cost")
        else:
            return False
        return True

    # Answering

    def _answered(self, key: str, _note: int) -> None:
        self.focus_waiting(CRITERIA.index(key) + 1)

    def _move(self, key: str, by: int) -> None:
        at = CRITERIA.index(key) + by
        if at == len(CRITERIA):
            self.costs.focus("repair_cost")
        elif at >= 0:
            self.rows[CRITERIA[at]].setFocus(BY_KEYS)

    def copy(self, twin: Twin) -> None:
        """What nobody else can tell, from an asset of the same model."""
        for key, note in twin.notes.items():
            self.rows[key].set_note(note)
        self.costs.editors["repair_cost"].show(twin.repair_cost)
        self._judge()

    def answers(self) -> tuple[Answers, dict[str, str]]:
        """What stands on the screen, and a sentence for each field that cannot be read."""
        costs, problems = self.costs.read()
        words, unread = self.verdict.read()
        known, support = self.sheet.known, self.rows["support"].note()
        given: dict[str, Any] = {
            **costs,
            **words,
            **self._constat(),
            "notes": Notes(**{key: made.note() for key, made in self.rows.items()}),
            "support_unknown": known.support_unknown and support == known.notes.support,
        }
        return replace(self.sheet.answers, **given), problems | unread

    def _constat(self) -> dict[str, Any]:
        kind = FINDING.check(self.asset.finding.value())
        return {"finding": kind, "seen_on": self.sheet.known.on if kind.value == "seen" else None}

    def complete(self) -> tuple[Answers, dict[str, str]]:
        """The same with what the verdict proposes, and a sentence for each answer that is missing as well."""
        found, problems = self.answers()
        ruled = sheets.evaluate(found, self.sheet.known, self.sheet.override)
        asked = {name: f"À donner\u00a0: {NAMES[name].lower()}." for name in ruled.missing}
        return sheets.with_proposals(found, ruled), asked | problems

    def is_changed(self) -> bool:
        return self._texts() != self._shown

    def _texts(self) -> tuple[object, ...]:
        """All that can be typed, as it stands."""
        return (*(made.note() for made in self.rows.values()), *self.costs.texts(), *self.verdict.texts())

    def _judge(self) -> None:
        """The verdict again, as things stand."""
        if self._showing:
            return
        found, _ = self.answers()
        ruled = sheets.evaluate(found, self.sheet.known, self.sheet.override)
        self.verdict.show_ruled(ruled, support_unknown=found.support_unknown)
        self.costs.ask_network(found.notes.support == 0)
        for key in self.rows:
            self._show_source(key)

    def tell(self, problems: dict[str, str]) -> None:
        """Each sentence at its place, the cursor on the first."""
        for key, made in self.rows.items():
            made.set_missing(key in problems)
        self.costs.tell({name: told for name, told in problems.items() if name in AMOUNTS})
        self.verdict.tell_renew(problems.get("renew_on", ""))
        first = next(name for name in (*CRITERIA, *AMOUNTS, "renew_on") if name in problems)
        if first in self.rows:
            self.rows[first].setFocus(BY_KEYS)
        elif first in AMOUNTS:
            self.costs.focus(first)
        else:
            self.verdict.renew.widget.setFocus(BY_KEYS)
