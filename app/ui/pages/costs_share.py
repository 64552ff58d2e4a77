"""Who costs what: the year until today by contract, asset, workstation, site, family, month or purpose."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget

from app.fields import MISSING, amount, fold, percent
from app.services import spending
from app.services.spending import Dimension, Group, Nature, Shown
from app.ui import theme
from app.ui.pages.costs_view import CostsView
from app.ui.parts.basics import column, frame, label, row
from app.ui.parts.chips import Chip
from app.ui.parts.empty import no_match
from app.ui.parts.figures import FigureColumn, FiguresTable
from app.ui.parts.search import search_field
from app.ui.parts.smalltable import Cell

TYPING = 120
HEAVY = 0.3
"""M above which an asset is to be replaced (domain.md A.7)."""
PURCHASE, MAINTENANCE, OTHER = "Achats", "Maintenance", "Autres"
UNBILLED, BEFORE, VALUE, RATIO = "dont sans facture", "Exercice d’avant", "Remplacement", "Part par an"
NATURES = {PURCHASE: Nature.PURCHASE, MAINTENANCE: Nature.MAINTENANCE, OTHER: Nature.OTHER}
"""The columns that open a part of the list; the others open all of it."""
ONE = {
    Dimension.CONTRACT: "contrat", Dimension.ASSET: "bien", Dimension.STATION: "poste", Dimension.SITE: "site",
    Dimension.FAMILY: "famille", Dimension.MONTH: "mois", Dimension.PURPOSE: "nature",
}  # fmt: skip


def _money(cents: int | None, *, strong: bool = False) -> Cell:
    return Cell(amount(cents or None, ""), "" if cents else "mute", strong and bool(cents))


def _ratio(one: Group) -> Cell:
    heavy = one.ratio is not None and one.ratio > HEAVY
    return Cell(percent(one.ratio), "warn" if heavy else "" if one.ratio is not None else "mute", heavy)


NAME, NOTE = "Nom", "Chez"
COLUMNS = (
    FigureColumn(NAME, 250, lambda one: Cell(one.title), lambda one: fold(one.title), elastic=True),
    FigureColumn(NOTE, 130, lambda one: Cell(one.note or MISSING, "" if one.note else "mute"),
                 lambda one: fold(one.note), elastic=True),
    FigureColumn(PURCHASE, 98, lambda one: _money(one.purchase), lambda one: one.purchase, "number"),
    FigureColumn(MAINTENANCE, 108, lambda one: _money(one.maintenance), lambda one: one.maintenance, "number"),
    FigureColumn(OTHER, 88, lambda one: _money(one.other), lambda one: one.other, "number"),
    FigureColumn("Total", 102, lambda one: _money(one.total, strong=True), lambda one: one.total, "number"),
    FigureColumn(UNBILLED, 138, lambda one: _money(one.unbilled), lambda one: one.unbilled, "number",
                 tip="Ce qu’aucune facture ne dit\u00a0: le contrat, un acte ou une fiche le font connaître."),
    FigureColumn(BEFORE, 126, lambda one: _money(one.before), lambda one: one.before, "number"),
    FigureColumn(VALUE, 118, lambda one: _money(one.value), lambda one: one.value or 0, "number",
                 tip="Ce que coûterait le remplacement de ces biens."),
    FigureColumn(RATIO, 112, _ratio, lambda one: one.ratio or 0, "number",
                 tip="Maintenance de l’exercice sur le prix de remplacement\u00a0: au-delà de 30\u00a0%, mieux vaut "
                     "remplacer."),
)  # fmt: skip
HEADS = {
    Dimension.CONTRACT: ("Contrat", ""), Dimension.ASSET: ("Bien", "Chez"), Dimension.STATION: ("Poste", "Chez"),
    Dimension.SITE: ("Site", "Biens"), Dimension.FAMILY: ("Famille", "Biens"), Dimension.MONTH: ("Mois", ""),
    Dimension.PURPOSE: ("Nature", ""),
}  # fmt: skip
"""What the first two columns are called."""
WIDE = 1200
"""Under this width, at the base size of text, what can be told elsewhere leaves."""


class ShareView(CostsView):
    def __init__(self) -> None:
        super().__init__()
        self.by = Dimension.CONTRACT
        self._of: Shown | None = None
        self._groups: Sequence[Group] = ()
        self._shown: Sequence[Group] = ()
        self.chip = Chip("Par")
        self.chip.clicked.connect(self._offer)
        self.search = search_field("Filtrer", "Ctrl+F")
        self._delay = QTimer(self, singleShot=True, interval=TYPING)
        self._delay.timeout.connect(self._filter)
        self.search.textChanged.connect(lambda _: self._delay.start())
        self.note = label("Entrée ou double clic ouvre ce qui fait un chiffre.", "second", "ink2")
        self.table = FiguresTable(COLUMNS, "Répartition des coûts")
        self.table.opened.connect(self._open)
        self.answers = QStackedWidget()
        self.answers.addWidget(self.table)
        nothing = no_match("Rien ne correspond")
        nothing.chosen.connect(lambda _: self.search.clear())
        self.answers.addWidget(nothing)
        bar = frame("filters", row(self.chip, self.search, None, self.note, margins=(16, 0, 16, 8)))
        self.setLayout(column(bar, self.answers, gap=0))
        self.setFocusProxy(self.table)

    def show_figures(self, of: Shown) -> None:
        self._of = of
        self.show_by(self.by)

    def show_by(self, by: Dimension) -> None:
        self.by = by
        self.chip.set_value(ONE[by])
        self._groups = self._of.groups[by] if self._of else ()
        for at, title in enumerate(HEADS[by]):
            self.table.rename(at, title)
        self._hide()
        self._filter()

    def _hide(self) -> None:
        """Only assets have a price of replacement; a narrow window keeps what this year costs."""
        assets = self.by in spending.OF_ASSETS
        hidden = [] if assets else [NOTE, VALUE, RATIO]
        if self.width() < theme.scaled(WIDE):
            hidden += [BEFORE, UNBILLED] if assets else [BEFORE]
        self.table.hide_columns(hidden)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._hide)

    def _filter(self) -> None:
        words = fold(self.search.text()).split()
        self._shown = [one for one in self._groups if all(word in fold(f"{one.title} {one.note}") for word in words)]
        self.table.show_items(self._shown)
        self.answers.setCurrentIndex(1 if words and not self._shown else 0)
        self.told.emit(self.sentence())

    def _offer(self) -> None:
        menu = QMenu(self)
        for by in Dimension:
            menu.addAction(by.label, partial(self.show_by, by))
        menu.popup(self.chip.mapToGlobal(self.chip.rect().bottomLeft()))

    def _open(self, one: Group, title: str) -> None:
        nature = NATURES.get(title)
        said = f"{one.title}, {title.lower()}" if nature else one.title
        self.asked.emit(said, partial(spending.of_group, self.by, one.key, nature))

    def sentence(self) -> str:
        """« 88 lignes · 38 420,10 €, dont 39,00 € sans facture »."""
        whole, unbilled = sum(one.total for one in self._shown), sum(one.unbilled for one in self._shown)
        lines = spending.counted_lines(len(self._shown))
        return f"{lines}  ·  {amount(whole)} à ce jour, dont {amount(unbilled)} sans facture"
