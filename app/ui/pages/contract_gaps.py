"""How complete a contract is, beside its facts: the score, what it lacks, the way to fill it (look 03)."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.fields import counted, this_day
from app.services import completeness
from app.ui import theme
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.parts.basics import column, holder, row, scrolled
from app.ui.parts.gaps import Completeness, Gap, GapsCard

WIDTH = 318
FEW = 6
"""Gaps shown before one asks for the others."""
TITLE = "Contrat complet à"
NEARLY, HALF = 95, 50


class ContractGaps(QWidget):
    """`followed` gives the tab of the contract to open and the key of the gap to fill there."""

    followed = Signal(str, str)

    def __init__(self, desk: Desk, contract_id: int) -> None:
        super().__init__()
        self._desk, self._contract = desk, contract_id
        self._all = False
        self.card = GapsCard()
        self.card.followed.connect(self._follow)
        self.card.unfolded.connect(self._unfold)
        left, top, right, bottom = PAGE_MARGINS
        area = scrolled(holder(column(self.card, None, margins=(0, top, right, bottom))))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(column(area, gap=0))
        theme.fix_width(self, WIDTH + left)
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            self._found = completeness.of_contract(session, self._contract, this_day())
        self._show()

    def _show(self) -> None:
        found = self._found
        shown = found.gaps if self._all else found.gaps[:FEW]
        note = f"{counted(len(found.gaps), 'point')}, du plus lourd au moins lourd"
        gaps = [Gap(gap.key, gap.tone, gap.title, gap.why, gap.link) for gap in shown]
        left = len(found.gaps) - len(shown)
        more = f"Voir les {left} autres" if left > 1 else "Voir le dernier" if left else ""
        self.card.set_data(
            Completeness(TITLE, found.score, tone_of(found.score), note if gaps else "Rien ne manque.", gaps, more)
        )

    def _unfold(self) -> None:
        self._all = True
        self._show()

    def _follow(self, key: str) -> None:
        gap = next(one for one in self._found.gaps if one.key == key)
        self.followed.emit(gap.tab, key)


class WithGaps(QWidget):
    """A tab of the contract and, beside it, what the contract lacks."""

    def __init__(self, tab: QWidget, gaps: ContractGaps) -> None:
        super().__init__()
        self.tab, self.gaps = tab, gaps
        both = row(gap=0)
        both.addWidget(tab, 1)
        both.addWidget(gaps)
        self.setLayout(both)


def tone_of(score: int) -> str:
    """Complete, nearly so, or far from it."""
    return "ok" if score >= NEARLY else "warn" if score >= HALF else "bad"
