"""The facts of the fast mode: the asset as the inventory knows it, and its costs."""

from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit

from app.entities import ENTITIES
from app.services.expertises.sheets import Sheet
from app.services.records import Sheet as Record
from app.ui import theme
from app.ui.crud.editors import LineEditor
from app.ui.parts.badge import Badge
from app.ui.parts.basics import Glyph, OneLine, column, hairline, holder, label, repolish, row, set_ink
from app.ui.parts.buttons import Segment, Segments
from app.ui.parts.card import Card
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.marks import Mark

ASSET, SHEET = ENTITIES["asset"], ENTITIES["expertise_sheet"]
AMOUNTS = ("repair_cost", "replacement_value", "maintenance_cost")
ASIDE = 250
FINDINGS = (Segment("seen", "Vu"), Segment("declared", "Déclaré"), Segment("tool", "Outil"))
_CTRL = Qt.KeyboardModifier.ControlModifier
_SIDEWAYS = (Qt.Key.Key_Left, Qt.Key.Key_Right)


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

    def ended(name: str, word: str) -> str:
        value = record.values[name]
        return f"{word} le {shown(name)}" if value is not None and value < on else shown(name)

    groups = {
        "": {"Famille": joined("family_id"), "Nom": joined("name"), "Série": joined("serial"),
             "Lieu": joined("site_id", "room"), "Affecté": joined("person_id", "service"),
             "Criticité": joined("criticality")},
        "Âge": {"Achat": shown("purchased_on"), "En service": shown("commissioned_on"),
                "Garantie": ended("warranty_end", "finie")},
        "Système": {"Système": joined("system"), "Support": ended("support_end", "fini"),
                    "Réseau": joined("hostname", "ip")},
    }  # fmt: skip
    told = [FactGroup(title, [Fact(k, v) for k, v in facts.items() if v]) for title, facts in groups.items()]
    return [FactGroup("", group.facts) for group in told if group.facts]


def _before(sheet: Sheet) -> list[FactGroup]:
    if sheet.previous_verdict is None:
        return []
    return [FactGroup("", [Fact("Avant", f"{sheet.previous_verdict.label} ({sheet.previous_score})")])]


class PassingBy(QObject):
    """Lets Ctrl with the arrows go through a short field to the shortcuts of the page."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            return event.modifiers() == _CTRL and event.key() in _SIDEWAYS
        return False


class CostsCard(Card):
    """Three amounts, each with where it comes from, and the network when the support has ended."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__("Coûts HT")
        self.editors = {name: LineEditor(SHEET.field(name)) for name in AMOUNTS}
        self._under = {name: OneLine("second", "ink2") for name in AMOUNTS}
        self._sources: dict[str, str] = {}
        through = PassingBy(self)
        line = row(gap=14)
        for name, made in self.editors.items():
            title = label(SHEET.field(name).label.removesuffix(" HT"), "title")
            title.setBuddy(made.widget)
            made.widget.setAccessibleName(SHEET.field(name).label)
            made.widget.installEventFilter(through)
            made.on_change(self.changed.emit)
            line.addLayout(column(title, made.widget, self._under[name], gap=3), 1)
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
