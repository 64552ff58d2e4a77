"""The verdict of the fast mode as it stands, and what the expert adds in his own words."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from app.services.expertises.sheets import Ruled, Sheet
from app.ui import theme
from app.ui.crud.editors import LineEditor
from app.ui.pages.expertise_cards import SHEET, PassingBy
from app.ui.parts.basics import Glyph, column, frame, hairline, label, row
from app.ui.parts.buttons import button
from app.ui.parts.card import Card
from app.ui.parts.meter import Meter, Run
from app.ui.parts.verdict import BIG, SOLID, VerdictSquare

VERDICT_SIDE = 290
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Lines(QPlainTextEdit):
    """A few lines of text: Enter submits, Shift+Enter goes to the next line, Tab to the next field."""

    submitted = Signal()

    def __init__(self, lines: int, name: str) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setFixedHeight(lines * theme.line() + 16)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.submitted.emit()
        else:
            super().keyPressEvent(event)


class VerdictCard(Card):
    """The verdict as it stands, with the rule that gives it; under it, what the expert writes.

    An action and a date that the rule proposed follow it until the expert writes his own.
    """

    submitted = Signal()
    changed = Signal()
    override_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme.fix_width(self, VERDICT_SIDE)
        self._proposed = ("", "")
        self._build_verdict()
        self._build_words()
        self.body.addStretch(1)

    def _build_verdict(self) -> None:
        self.square = VerdictSquare(BIG)
        self.words, self.rule = label("", "card", wrap=True), label("", "second", "ink2", wrap=True)
        self.rule.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.rule.setMinimumHeight(3 * theme.line("second"))
        head = row(gap=12)
        head.addWidget(self.square, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(column(self.words, self.rule, gap=3), 1)
        self.score, of = label("", "figure"), label("/ 100", "second", "ink2")
        self.ratios = label("", "second", "ink2")
        self.ratios.setToolTip(
            "R\u00a0: remise en état ÷ remplacement. M\u00a0: maintenance sur 12\u00a0mois ÷ remplacement."
        )
        self._meter = Meter(height=6)
        line = row(self.score, of, None, self.ratios, gap=6)
        for one in (of, self.ratios):
            line.setAlignment(one, Qt.AlignmentFlag.AlignBottom)
        told = label("Support à vérifier\u00a0: réserve au rapport", "second", "warn.text", wrap=True)
        reserve = row(Glyph("triangle-alert", "warn.text", 15), margins=(9, 5, 9, 5))
        reserve.addWidget(told, 1)
        self._reserve = frame("banner-warn", reserve)
        self.own = label("", "second", "ink", wrap=True)
        self.override = button("Donner un autre avis…", "link")
        self.override.clicked.connect(self.override_asked)
        self.body.setSpacing(7)
        self.body.addLayout(head)
        self.body.addLayout(line)
        self.body.addWidget(self._meter)
        self.body.addWidget(self._reserve)
        self.body.addWidget(self.own)
        self.body.addLayout(row(self.override, None))

    def _build_words(self) -> None:
        self.observations = Lines(2, "Observations")
        self.action = Lines(3, "Action proposée")
        self.renew = LineEditor(SHEET.field("renew_on"))
        self.renew_told = label("", "second", "bad.text", wrap=True)
        self.body.addWidget(hairline())
        for title, widget in (
            ("Observations", self.observations), ("Action proposée", self.action),
            (SHEET.field("renew_on").label, self.renew.widget),
        ):  # fmt: skip
            named = label(title, "title")
            named.setBuddy(widget)
            widget.setAccessibleName(title)
            self.body.addLayout(column(named, widget, gap=3))
        self.body.addWidget(self.renew_told)
        for lines in (self.observations, self.action):
            lines.submitted.connect(self.submitted)
            lines.textChanged.connect(self.changed)
        self.renew.widget.installEventFilter(PassingBy(self))
        self.renew.on_change(self.changed.emit)

    def show_sheet(self, sheet: Sheet, ruled: Ruled) -> None:
        answers = sheet.answers
        self.observations.setPlainText(answers.observations or "")
        own = answers.action not in {None, ruled.action} or answers.renew_on not in {None, ruled.renew_on}
        self.action.setPlainText(answers.action or "")
        self.renew.show(answers.renew_on)
        self._proposed = ("\0", "\0") if own else (self.action.toPlainText(), self.renew.text())
        self.tell_renew("")
        self._show_override(sheet)
        self.show_ruled(ruled, support_unknown=answers.support_unknown)

    def _show_override(self, sheet: Sheet) -> None:
        given = sheet.override is not None
        self.own.setVisible(given)
        if sheet.override is not None:
            self.own.setText(f"Avis de l’expert\u00a0: {sheet.override.label}. {sheet.override_reason}")
        self.override.setText("Changer l’avis de l’expert…" if given else "Donner un autre avis…")

    def show_ruled(self, ruled: Ruled, *, support_unknown: bool) -> None:
        letter = ruled.verdict.value if ruled.verdict else ""
        self.square.set_letter(letter)
        self.words.setText(ruled.words or "Pas encore de verdict")
        self.rule.setText(ruled.rule)
        self.score.setText(ruled.score)
        self.ratios.setText(f"R {ruled.repair}  ·  M {ruled.maintenance}")
        self.override.setVisible(bool(letter))
        tone = SOLID.get(letter, "mute.solid")
        self._meter.set_runs(
            [Run(float(ruled.judgement.score or 0) / 100, tone)], f"Score\u00a0: {ruled.score} sur 100"
        )
        self._reserve.setVisible(support_unknown)
        self._propose(ruled)

    def _propose(self, ruled: Ruled) -> None:
        if (self.action.toPlainText(), self.renew.text()) != self._proposed:
            return
        for target in (self.action, self.renew.widget):
            target.blockSignals(True)
        self.action.setPlainText(ruled.action)
        self.renew.show(ruled.renew_on)
        for target in (self.action, self.renew.widget):
            target.blockSignals(False)
        self._proposed = (self.action.toPlainText(), self.renew.text())

    def read(self) -> tuple[dict[str, Any], dict[str, str]]:
        """The answers of the card, and a sentence for a date that cannot be read."""
        found = {
            "observations": self.observations.toPlainText().strip() or None,
            "action": self.action.toPlainText().strip() or None,
        }
        try:
            return found | {"renew_on": self.renew.value()}, {}
        except ValueError as error:
            return found, {"renew_on": str(error)}

    def texts(self) -> tuple[object, ...]:
        return (self.observations.toPlainText(), self.action.toPlainText(), self.renew.text())

    def lock(self, locked: bool) -> None:
        """Nothing can be written any more."""
        for target in (self.observations, self.action, self.renew.widget, self.override):
            target.setEnabled(not locked)

    def tell_renew(self, problem: str) -> None:
        self.renew_told.setText(problem)
        self.renew_told.setVisible(bool(problem))
