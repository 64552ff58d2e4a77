"""The cards of the fast mode: the asset, the costs, the verdict as it stands, what the expert adds in his own words."""

from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from app.entities import ENTITIES
from app.services.expertises.sheets import Ruled, Sheet
from app.services.records import Sheet as Record
from app.ui import theme
from app.ui.crud.editors import LineEditor
from app.ui.parts.badge import Badge
from app.ui.parts.basics import Glyph, OneLine, column, frame, hairline, holder, label, repolish, row, set_ink
from app.ui.parts.buttons import Segment, Segments, button
from app.ui.parts.card import Card
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.marks import VERDICTS, Mark
from app.ui.parts.meter import Meter, Run
from app.ui.parts.verdict import BIG, VerdictSquare

ASSET, SHEET = ENTITIES["asset"], ENTITIES["expertise_sheet"]
AMOUNTS = ("repair_cost", "replacement_value", "maintenance_cost")
ASIDE = 250
VERDICT_SIDE = 290
FINDINGS = (Segment("seen", "Vu"), Segment("declared", "Déclaré"), Segment("tool", "Outil"))
_CTRL = Qt.KeyboardModifier.ControlModifier
_SIDEWAYS = (Qt.Key.Key_Left, Qt.Key.Key_Right)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AssetCard(Card):
    """What the inventory says of the asset; `finding` is how its state was observed, kept from one to the next."""

    def __init__(self) -> None:
        super().__init__()
        theme.fix_width(self, ASIDE)
        self.number, self.status = label("", "second", "ink2"), Badge()
        self.model = label("", "record", wrap=True)
        self.facts = FactsView()
        self.finding = Segments(FINDINGS, "Constat")
        self.finding.set_value("seen")
        self.body.setSpacing(7)
        self.body.addLayout(row(self.number, None, self.status))
        self.body.addWidget(self.model)
        self.body.addWidget(self.facts)
        self.body.addStretch(1)
        self.body.addWidget(hairline())
        self.body.addLayout(column(label("Constat", "title"), self.finding, gap=3))

    def show_asset(self, record: Record, sheet: Sheet) -> None:
        values = record.values
        self.number.setText(values["number"])
        self.model.setText(record.title.removeprefix(values["number"]).strip() or values["name"] or values["number"])
        self.status.set_state(values["status"].label, Mark(values["status"].tone, loud=values["status"].loud))
        self.facts.set_groups([*_facts(record, sheet.known.on), *_before(sheet)])
        if sheet.answers.finding is not None:
            self.finding.set_value(sheet.answers.finding.value)


def _facts(record: Record, on: date) -> list[FactGroup]:
    """What tells the asset from another, and what its notes are drawn from, in a narrow column."""

    def shown(name: str) -> str:
        value = record.values[name]
        return record.titles.get(name) or ("" if value is None else ASSET.field(name).format(value))

    def joined(*names: str) -> str:
        return ", ".join(text for text in map(shown, names) if text)

    def ended(name: str) -> str:
        value = record.values[name]
        return f"finie le {shown(name)}" if value is not None and value < on else shown(name)

    groups = {
        "": {"Famille": joined("family_id"), "Nom": joined("name"), "Série": joined("serial"),
             "Lieu": joined("site_id", "room"), "Affecté": joined("person_id", "service"),
             "Criticité": joined("criticality")},
        "Âge": {"Achat": shown("purchased_on"), "En service": shown("commissioned_on"),
                "Garantie": ended("warranty_end")},
        "Système": {"Système": joined("system"), "Support": ended("support_end"),
                    "Réseau": joined("hostname", "ip")},
    }  # fmt: skip
    told = [FactGroup(title, [Fact(k, v) for k, v in facts.items() if v]) for title, facts in groups.items()]
    return [FactGroup("", group.facts) for group in told if group.facts]


def _before(sheet: Sheet) -> list[FactGroup]:
    if sheet.previous_verdict is None:
        return []
    return [FactGroup("", [Fact("Avant", f"{sheet.previous_verdict.label} ({sheet.previous_score})")])]


class _PassingBy(QObject):
    """Lets Ctrl with the arrows go through a short field to the shortcuts of the page."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            return event.modifiers() == _CTRL and event.key() in _SIDEWAYS
        return False


class CostsCard(Card):
    """Three amounts, each with where it comes from, and the network when the support has ended."""

    changed = Signal()
    submitted = Signal()

    def __init__(self) -> None:
        super().__init__("Coûts HT")
        self.editors = {name: LineEditor(SHEET.field(name)) for name in AMOUNTS}
        self._under = {name: OneLine("second", "ink2") for name in AMOUNTS}
        self._sources: dict[str, str] = {}
        through = _PassingBy(self)
        line = row(gap=14)
        for name, made in self.editors.items():
            title = label(SHEET.field(name).label.removesuffix(" HT"), "title")
            title.setBuddy(made.widget)
            made.widget.setAccessibleName(SHEET.field(name).label)
            made.widget.installEventFilter(through)
            made.on_change(self.changed.emit)
            line.addLayout(column(title, made.widget, self._under[name], gap=3), 1)
            self._line(name).returnPressed.connect(self.submitted)
        self.body.addLayout(line)
        self.networked = QCheckBox("Relié au réseau")
        self.isolated = QCheckBox("Isolé par une mesure écrite")
        told = label("Support fini\u00a0:", "second", "ink2")
        self._network = holder(
            row(Glyph("triangle-alert", "warn.solid", 14), told, self.networked, self.isolated, None)
        )
        self.body.addWidget(self._network)
        for box in (self.networked, self.isolated):
            box.toggled.connect(lambda _: self.changed.emit())

    def _line(self, name: str) -> QLineEdit:
        widget = self.editors[name].widget
        assert isinstance(widget, QLineEdit)  # noqa: S101 - the editor of amounts
        return widget

    def show_sheet(self, sheet: Sheet) -> None:
        for name, made in self.editors.items():
            made.show(getattr(sheet.answers, name))
        self._sources = {name: sheet.sources.get(name, "") for name in AMOUNTS}
        self._sources["repair_cost"] = "0 s’il n’y a rien à remettre en état"
        self.networked.setChecked(bool(sheet.answers.networked))
        self.isolated.setChecked(bool(sheet.answers.isolated))
        self.tell({})

    def tell(self, problems: dict[str, str]) -> None:
        """A sentence in the place of the source, for what cannot be read or is missing."""
        for name, under in self._under.items():
            problem = problems.get(name, "")
            under.show_text(problem or self._sources.get(name, ""))
            set_ink(under, "bad.text" if problem else "ink2")
            line = self._line(name)
            if bool(line.property("invalid")) != bool(problem):
                line.setProperty("invalid", bool(problem))
                repolish(line)

    def ask_network(self, asked: bool) -> None:
        self._network.setVisible(asked)

    def read(self) -> tuple[dict[str, Any], dict[str, str]]:
        """The answers of the card, an amount that cannot be read being none, and a sentence for each of those."""
        found: dict[str, Any] = {"networked": self.networked.isChecked(), "isolated": self.isolated.isChecked()}
        problems: dict[str, str] = {}
        for name, made in self.editors.items():
            try:
                found[name] = SHEET.field(name).check(made.value())
            except ValueError as error:
                found[name], problems[name] = None, str(error)
        return found, problems

    def texts(self) -> tuple[object, ...]:
        amounts = (made.text() for made in self.editors.values())
        return (*amounts, self.networked.isChecked(), self.isolated.isChecked())

    def focus(self, name: str) -> None:
        self._line(name).setFocus(Qt.FocusReason.TabFocusReason)
        self._line(name).selectAll()


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
        self._reserve = frame("banner-warn", row(Glyph("triangle-alert", "warn.text", 15),
                              label("Support à vérifier\u00a0: réserve au rapport", "second", "warn.text"), None,
                              margins=(9, 5, 9, 5)))  # fmt: skip
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
        line = self.renew.widget
        assert isinstance(line, QLineEdit)  # noqa: S101 - the editor of dates
        line.returnPressed.connect(self.submitted)
        line.installEventFilter(_PassingBy(self))
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
        tone = f"{VERDICTS[letter].tone}.solid" if letter else "mute.solid"
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


def shortcut_words() -> QWidget:
    """The keys of the fast mode, at its foot."""
    told = ("0 à 4", "note"), ("↑ ↓ Tab", "critère"), ("C", "même modèle"), ("Entrée", "suivant"), ("Échap", "liste")
    line = row(gap=5)
    for keys, act in told:
        line.addWidget(label(keys, "small_strong", "ink2"))
        line.addWidget(label(act, "small", "ink2"))
        line.addSpacing(8)
    return holder(line)
