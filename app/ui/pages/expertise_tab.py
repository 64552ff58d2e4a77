"""What the expertises said of one asset, the newest first: for the tab of its pane."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.fields import day, number, percent
from app.services import expertises
from app.services.expertises import Assessed, Waiting
from app.ui.desk import Desk
from app.ui.parts.basics import column, hairline, holder, label, row, scrolled
from app.ui.parts.buttons import button
from app.ui.parts.empty import EmptyState
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.meter import Meter, Run
from app.ui.parts.section import SectionPart
from app.ui.parts.verdict import SOLID, VerdictSquare

MARGINS = (17, 12, 17, 12)
SHEET = "expertise_sheet"
NONE = "Aucune expertise de ce bien pour l’instant"
SQUARE = 32


class ExpertisePart(SectionPart):
    """In the facts of an asset: its last verdict and score, with the way to the sheet. Hidden until there is one."""

    def __init__(self, desk: Desk) -> None:
        self._follow = button("Voir la fiche", "link")
        super().__init__("Expertise", self._follow)
        self._desk, self._sheet = desk, 0
        self._follow.clicked.connect(lambda: desk.go_to.emit(SHEET, self._sheet))
        self.square, self.words = VerdictSquare(), label("", "strong", wrap=True)
        self.score, self._meter = label("", "amount"), Meter(height=6)
        head = row(self.square, self.words, self.score, label("/ 100", "second", "ink2"), gap=8)
        head.setStretch(1, 1)
        self.body.addLayout(column(head, self._meter, gap=7))

    def show_asset(self, asset_id: int) -> None:
        with self._desk.read() as session:
            found = expertises.standing(session, asset_id)
        self.setVisible(found is not None)
        if found is None:
            return
        self._sheet = found.sheet_id
        letter = found.verdict.value
        self.square.set_letter(letter)
        self.words.setText(found.words)
        self.words.setToolTip(f"Expertise du {day(found.held_on)}")
        self.score.setText(number(found.score, 2))
        self._meter.set_runs([Run(float(found.score) / 100, SOLID[letter])], f"Score\u00a0: {number(found.score, 2)}")


def expertise_tab(desk: Desk, asset_id: int) -> QWidget:
    """The verdicts of the asset, and the sheets that wait for one."""
    with desk.read() as session:
        found, left = expertises.of_asset(session, asset_id), expertises.waiting(session, asset_id)
    if not found and not left:
        return EmptyState("stethoscope", NONE)
    body = column(gap=12, margins=MARGINS)
    for waiting in left:
        body.addWidget(_waiting(desk, waiting))
    for at, assessed in enumerate(found):
        if at or left:
            body.addWidget(hairline())
        body.addWidget(sheet_told(desk, assessed))
    body.addStretch(1)
    return scrolled(holder(body))


def _waiting(desk: Desk, waiting: Waiting) -> QWidget:
    told = label(f"À évaluer dans {waiting.expertise}", "strong")
    act = button("Évaluer", icon="stethoscope")
    act.clicked.connect(lambda: desk.go_to.emit(SHEET, waiting.sheet_id))
    return holder(row(told, None, act))


def sheet_told(desk: Desk, found: Assessed) -> QWidget:
    """One sheet: verdict and score, the rule, what the expert wrote."""
    square = VerdictSquare(SQUARE)
    square.set_letter(found.verdict.value)
    follow = button(found.expertise, "link")
    follow.setProperty("fact", True)
    follow.clicked.connect(lambda: desk.go_to.emit(SHEET, found.sheet_id))
    meter = Meter([Run(float(found.score) / 100, SOLID[found.verdict.value])], height=6)
    facts = FactsView([FactGroup("", _facts(found))])
    figures = label(number(found.score, 2), "amount"), label("/ 100", "second", "ink2")
    head = row(square, _words(found), *figures, gap=8)
    head.setStretch(1, 1)
    body = column(row(follow, None, label(day(found.held_on), "second", "ink2")), head, meter, facts, gap=7)
    return holder(body)


def _words(found: Assessed) -> QVBoxLayout:
    return column(label(found.words, "strong", wrap=True), label(found.rule, "second", "ink2", wrap=True), gap=1)


def _facts(found: Assessed) -> list[Fact]:
    """What there is to say beside the rule."""
    told = {
        "R et M": f"{percent(found.repair_ratio)} et {percent(found.maintenance_ratio)}",
        "Avis de l’expert": f"{found.verdict.label} au lieu de {found.ruled.label}\u00a0: {found.reason}"
        if found.reason
        else "",
        "Observations": found.observations or "",
        "Action": found.action or "",
        "À remplacer": f"avant le {day(found.renew_on)}" if found.renew_on else "",
        "Avant": f"{found.before.verdict.label} ({number(found.before.score, 2)})" if found.before else "",
        "Support": "à vérifier" if found.support_unknown else "",
    }
    return [Fact(name, text) for name, text in told.items() if text]
