"""What article 28 of the RGPD asks of the contract: fourteen points answered one by one, from the keyboard too."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.services import gdpr
from app.services.gdpr import Answered, Checklist
from app.ui import theme
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.parts.badge import Badge
from app.ui.parts.basics import column, hairline, holder, label, row, scrolled
from app.ui.parts.buttons import Segment, Segments, button
from app.ui.parts.card import Card
from app.ui.parts.explain import Explain
from app.ui.parts.marks import Mark
from app.ui.parts.meter import Meter, Run

KEYS = {"o": "yes", "n": "no", "v": "unknown", "s": "not_applicable"}
"""« Écrit » has o for oui, as on paper."""
SEGMENTS = (("yes", "Oui"), ("no", "Non"), ("unknown", "À vérifier"), ("not_applicable", "Sans objet"))
HOW = "Au clavier\u00a0: O oui, N non, V à vérifier, S sans objet\u00a0; flèches pour changer de point."
WHERE = "Où c’est écrit\u00a0: article, annexe"
EVIDENCE = 210


class PointRow(QWidget):
    """One point: `answered` gives the answer taken, `written` where it is written."""

    answered = Signal(str)
    written = Signal(str)
    moved = Signal(int)

    def __init__(self, number: int, shown: Answered) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        text = label(f"{number}. {shown.point.text}", "title", wrap=True)
        words = column(text, label(shown.point.why, "second", "ink2", wrap=True), None, gap=1)
        self.answers = Segments([Segment(key, name) for key, name in SEGMENTS], shown.point.text)
        self.answers.changed.connect(self.answered)
        self.evidence = QLineEdit()
        self.evidence.setPlaceholderText(WHERE)
        self.evidence.setAccessibleName(f"Où c’est écrit\u00a0: {shown.point.text}")
        self.evidence.setMaxLength(200)
        theme.fix_width(self.evidence, EVIDENCE)
        self.evidence.editingFinished.connect(self._tell)
        line = row(gap=14, margins=(16, 7, 16, 7))
        line.addLayout(words, 1)
        for answered in (self.answers, self.evidence):
            line.addWidget(answered, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self.show_answer(shown)

    def show_answer(self, shown: Answered) -> None:
        self._kept = shown.evidence
        self.answers.set_value(shown.answer.value)
        if not self.evidence.hasFocus():
            self.evidence.setText(shown.evidence)
            self.evidence.setCursorPosition(0)

    def _tell(self) -> None:
        if self.evidence.text() != self._kept:
            self._kept = self.evidence.text()
            self.written.emit(self._kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the segments leave: those of the answers, and the arrows."""
        if event.text().lower() in KEYS:
            self.answered.emit(KEYS[event.text().lower()])
            self.moved.emit(1)
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def take_focus(self) -> None:
        self.answers.setFocus(Qt.FocusReason.TabFocusReason)


class GdprTab(QWidget):
    """`tab_wanted` names the tab of the clauses."""

    tab_wanted = Signal(str)

    def __init__(self, desk: Desk, contract_id: int) -> None:
        super().__init__()
        self._desk, self._contract = desk, contract_id
        self.rows: list[PointRow] = []
        self._meter = Meter()
        self._score, self._state = label("", "page"), Badge()
        clause = button("Clause à insérer", "link", "chevron-right")
        clause.clicked.connect(lambda: self.tab_wanted.emit("Clauses"))
        self.without = button("Il n’accède à aucune donnée personnelle", "quiet", "shield-off")
        self.without.clicked.connect(self._set_aside)
        head = row(self._score, self._state, None, self.without, gap=10)
        self._card = Card("Données personnelles", corner=holder(row(Explain("Sous-traitant RGPD"), clause, gap=8)))
        self._card.body.addLayout(head)
        self._card.body.addWidget(self._meter)
        self._card.body.addWidget(label(HOW, "second", "ink2", wrap=True))
        self._points = column(gap=12)
        whole = column(self._card, self._points, None, gap=12, margins=PAGE_MARGINS)
        self.setLayout(column(scrolled(holder(whole))))
        self._read()
        self._make()
        self._show()

    def _read(self) -> None:
        with self._desk.read() as session:
            self._found = gdpr.checklist(session, self._contract)

    def reload(self) -> None:
        self._read()
        self._show()

    def _make(self) -> None:
        part = ""
        for number, one in enumerate(self._found.answers, 1):
            if one.point.part != part:
                part = one.point.part
                card = Card(part, flush=True)
                self._points.addWidget(card)
            elif self.rows:
                card.body.addWidget(hairline())
            made = PointRow(number, one)
            made.answered.connect(partial(self.answer, one.point.key))
            made.written.connect(partial(self._write, one.point.key))
            made.moved.connect(partial(self._move, len(self.rows)))
            self.rows.append(made)
            card.body.addWidget(made)

    def _show(self) -> None:
        found = self._found
        for made, one in zip(self.rows, found.answers, strict=True):
            made.show_answer(one)
        self._score.setText("–" if found.percent is None else f"{found.percent}\u00a0%")
        self._state.set_state(*state_of(found))
        share = (found.percent or 0) / 100
        self._meter.set_runs([Run(share, f"{state_of(found)[1].tone}.solid")], "Points écrits au contrat")
        self.without.setText(
            "Il accède à des données personnelles" if found.no_access else "Il n’accède à aucune donnée personnelle"
        )

    def _move(self, position: int, by: int) -> None:
        self.rows[max(0, min(len(self.rows) - 1, position + by))].take_focus()

    def answer(self, key: str, given: str) -> None:
        self._do(lambda s: gdpr.answer(s, self._contract, key, given))

    def _write(self, key: str, text: str) -> None:
        answers = {one.point.key: one.answer for one in self._found.answers}
        self._do(lambda s: gdpr.answer(s, self._contract, key, answers[key], text))

    def _do(self, use_case: Any) -> None:
        self._desk.act("Point RGPD", use_case)

    def _set_aside(self) -> None:
        if self._found.no_access:
            self._desk.act(
                "Données personnelles", lambda s: gdpr.with_access(s, self._contract), told="Points à vérifier"
            )
        else:
            self._desk.act(
                "Données personnelles", lambda s: gdpr.without_access(s, self._contract), told="Points mis sans objet"
            )


def state_of(found: Checklist) -> tuple[str, Mark]:
    """The word of the whole list, and its tone."""
    if found.no_access:
        return "Sans objet", Mark("mute", loud=True)
    if found.missing:
        return f"{found.missing} absent{'s' if found.missing > 1 else ''}", Mark("bad", loud=True)
    if found.unknown:
        return f"{found.unknown} à vérifier", Mark("warn", loud=True)
    return "Tout est écrit", Mark("ok", loud=True)
