"""The lot of an expertise: its verdicts, its feasibility, the list of its sheets."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.entities import ENTITIES
from app.fields import amount, counted, number
from app.services import export
from app.services.expertises.lot import Summary
from app.services.listing import Filter, Query
from app.ui import ask, theme
from app.ui.crud.list_panel import ListPanel
from app.ui.desk import Desk
from app.ui.parts.badge import Badge
from app.ui.parts.basics import column, holder, label, row
from app.ui.parts.card import Card
from app.ui.parts.delegates import word_of
from app.ui.parts.marks import Mark
from app.ui.parts.verdict import VerdictBar
from app.ui.state import UiState

SHEET = ENTITIES["expertise_sheet"]
VERDICT = SHEET.field("final_verdict")
FEASIBILITY_SIDE = 390
LETTERS = "ABCDE"


def short_words() -> dict[str, str]:
    """« En l’état » for A…"""
    return {letter: word_of(VERDICT.format(letter), letter) for letter in LETTERS}


class VerdictsCard(Card):
    """`chosen` gives the letter whose assets are wanted."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__("Verdicts", aside=" ")
        self.bar = VerdictBar(short_words(), "à évaluer")
        self.bar.chosen.connect(self.chosen)
        self.told = label("", "second", "ink2", wrap=True)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.told)
        self.body.addStretch(1)

    def show_summary(self, found: Summary) -> None:
        self.aside.setText(f"{number(found.done)} sur {counted(found.total, 'bien')}")
        self.bar.set_counts(found.counts, found.total - found.done)
        self.told.setText("  ·  ".join(_facts(found)))
        self.told.setVisible(bool(found.done))


def _facts(found: Summary) -> list[str]:
    """What the counts do not say: the cost of B and C, what moved since the last time, what is in doubt."""
    told = [f"Remise à niveau de B et C\u00a0: {amount(found.repair)} HT"]
    if found.better or found.worse:
        told.append(f"Depuis la fois d’avant\u00a0: {number(found.better)} mieux, {number(found.worse)} moins bien")
    if found.doubtful:
        told.append(f"{counted(found.doubtful, 'support')} à vérifier")
    return told


class FeasibilityCard(Card):
    """The opinion first, then its two ratios, each with its thresholds."""

    def __init__(self) -> None:
        self.opinion = Badge()
        super().__init__("Faisabilité", corner=self.opinion)
        theme.fix_width(self, FEASIBILITY_SIDE)
        self.sentence = label("", "body", "ink", wrap=True)
        self.body.addWidget(self.sentence)
        self._share, self._share_limits = label("", "strong"), label("", "second", "ink2", wrap=True)
        self._ratio, self._ratio_limits = label("", "strong"), label("", "second", "ink2", wrap=True)
        for name, value, limits in (
            ("Part maintenable (A, B, C)", self._share, self._share_limits),
            ("Contrat ÷ remplacement", self._ratio, self._ratio_limits),
        ):
            self.body.addLayout(column(row(label(name, "body", "ink2"), None, value), limits, gap=0))
        self.body.addStretch(1)

    def show_summary(self, found: Summary) -> None:
        told = found.told
        tone = told.opinion.tone if told.opinion else "mute"
        self.opinion.set_state(told.opinion.label if told.opinion else "Sans avis", Mark(tone, loud=True))
        self.sentence.setText(told.sentence)
        for target, text in (
            (self._share, told.share), (self._share_limits, told.share_limits), (self._ratio, told.ratio),
            (self._ratio_limits, told.ratio_limits),
        ):  # fmt: skip
            target.setText(text)


class Overview(QWidget):
    """`opened` gives the sheet asked for."""

    opened = Signal(int)
    footed = Signal()

    def __init__(self, desk: Desk, expertise_id: int) -> None:
        super().__init__()
        self._desk = desk
        self.verdicts, self.feasibility = VerdictsCard(), FeasibilityCard()
        self.verdicts.chosen.connect(self.show_letter)
        own = (Filter("expertise_id", (expertise_id,)),)
        self.panel = ListPanel(desk, SHEET, UiState(), Query(SHEET.shown, SHEET.order_by), own)
        self.panel.opened.connect(self.opened)
        self.panel.excel.connect(self.export)
        self.panel.tallied.connect(lambda _: self.footed.emit())
        cards = row(gap=12, margins=(16, 12, 16, 12))
        cards.addWidget(self.verdicts, 1)
        cards.addWidget(self.feasibility)
        top = holder(cards)
        top.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        body = column(top, gap=0)
        body.addWidget(self.panel, 1)
        self.setLayout(body)
        self.setFocusProxy(self.panel.table)

    def show_summary(self, found: Summary) -> None:
        self.verdicts.show_summary(found)
        self.feasibility.show_summary(found)

    def show_letter(self, letter: str) -> None:
        """Only the sheets of this verdict; those without any for ""."""
        wanted = VERDICT.check(letter) if letter else None
        self.panel.set_filter("final_verdict", Filter("final_verdict", (wanted,)))

    def sentence(self) -> str:
        tally = self.panel.model.tally
        totals = {SHEET.field(name).label: tally.totals.get(name) for name in ("repair_cost", "replacement_value")}
        told = (f"{name}\u00a0: {amount(total)}" for name, total in totals.items() if total)
        return "  ·  ".join([SHEET.counted(tally.shown), *told])

    def export(self) -> None:
        """The list as it is shown."""
        path = self._desk.ask.file_to_save(self, "Exporter la liste", "expertise.xlsx", ask.EXCEL)
        if path:
            query = self.panel.query
            self._desk.run(
                "Export de la liste",
                lambda: export.list_job(self._desk.store, SHEET, path, query=query),
                lambda n: self._desk.done.emit(f"{SHEET.counted(n)} dans {path.name}", 0),
                "Annuler ne laisse aucun fichier.",
            )
