"""How complete a contract is, beside its facts: the score, what it lacks, the way to fill it (look 03)."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

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
NARROW = 85 * theme.DESIGN_PIXELS
"""Below this width the card goes under the tab."""
STRIP, WIDEST = 230, 16_777_215
"""The height it then has, and what Qt takes for no limit."""


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
        self._body = column(self.card, None)
        area = scrolled(holder(self._body))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(column(area, gap=0))
        self.reload()

    def stand_beside(self, beside: bool) -> None:
        """A column of its own width, or a strip of its own height under the tab."""
        width = theme.scaled(WIDTH + PAGE_MARGINS[0]) if beside else WIDEST
        height = WIDEST if beside else theme.scaled(STRIP)
        self._body.setContentsMargins(0 if beside else PAGE_MARGINS[0], *PAGE_MARGINS[1:])
        self.setMinimumWidth(width if beside else 0)
        self.setMaximumSize(width, height)

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
    """A tab of the contract and, beside it or under it when narrow, what the contract lacks."""

    def __init__(self, tab: QWidget, gaps: ContractGaps) -> None:
        super().__init__()
        self.tab, self.gaps = tab, gaps
        self._both = row(gap=0)
        self._both.addWidget(tab, 1)
        self._both.addWidget(gaps)
        self.setLayout(self._both)
        gaps.stand_beside(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= theme.scaled(NARROW)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._both.direction() != way:
            self._both.setDirection(way)
            self.gaps.stand_beside(beside)


def tone_of(score: int) -> str:
    """Complete, nearly so, or far from it."""
    return "ok" if score >= NEARLY else "warn" if score >= HALF else "bad"
