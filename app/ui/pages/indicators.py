"""The board: a tile for each indicator chosen, the volume of twelve months, the tickets restored late."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QWidget

from app.fields import MISSING, duration, number
from app.jobs import Job
from app.kpi import REGISTRY
from app.reports.chart_data import Chart, Shape, series
from app.services import board, indicators
from app.services.board import Board, Late
from app.services.flow import Month
from app.services.indicators import IndicatorState, TicketRow
from app.ui import ask, theme
from app.ui.desk import Desk
from app.ui.pages.indicator_page import FiguresPage
from app.ui.pages.indicator_words import nothing
from app.ui.parts.awaited import Awaited
from app.ui.parts.basics import column, empty_layout, frame, holder, label, row, scrolled
from app.ui.parts.buttons import Button, button
from app.ui.parts.card import Card
from app.ui.parts.charts import ChartView, Legend
from app.ui.parts.ordering import OrderDialog
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable
from app.ui.parts.tiles import Tile, TileData
from app.ui.state import UiState

ENTITY = "indicator"
GAP = 12
NARROWEST = 238
WIDE = 880
"""At the base size of text: below, what is under the tiles stands one above the other."""
_WAYS = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
COLUMNS = (
    SmallColumn("Ticket", 112),
    SmallColumn("Objet", 250, elastic=True),
    SmallColumn("Bien", 88),
    SmallColumn("Dépassement", 120, "number"),
)
WHY_FEW = (
    "Huit suffisent\u00a0: un tableau de bord se lit d’un coup d’œil, et chaque tuile doit pouvoir changer une "
    "décision. Les autres restent mesurés, dans «\u00a0Tous les indicateurs\u00a0»."
)


def place_of(code: str) -> int:
    """The number by which a link names an indicator."""
    return list(REGISTRY).index(code) + 1


class BoardPage(FiguresPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, state)
        self.tiles: list[Tile] = []
        self._late: tuple[TicketRow, ...] = ()
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP)
        self._below = row(gap=GAP)
        whole = column(self._grid, self._below, gap=GAP, margins=(16, 4, 16, GAP))
        whole.setStretch(1, 1)
        self.lay_out(Awaited(scrolled(holder(whole))))

    def section_actions(self) -> list[Button]:
        choose = button("Choisir les indicateurs", icon="sliders-horizontal")
        choose.clicked.connect(self.choose_tiles)
        excel = button("Excel", icon="file-spreadsheet", tip="Exporter le tableau de bord")
        excel.clicked.connect(self.export)
        report = button("Rapport périodique", "primary", "file-chart-column")
        report.clicked.connect(self.print_paper)
        return [choose, excel, report]

    def print_paper(self) -> None:
        """What is printed of the indicators is the periodic report."""
        self.desk.show_list.emit("period_review", None)

    def reading(self) -> Job[Board]:
        asked = self.choice.asked
        return board.board_job(self.desk.store, asked.period, asked.scope)

    def show_figures(self, found: Board) -> None:
        self._show_tiles()
        empty_layout(self._below)
        self._below.addWidget(self._volume(found.months), 1)
        self._below.addWidget(self._late_card(found.late), 1)

    # The tiles

    def _show_tiles(self) -> None:
        shown = [tile_data(tile) for tile in self.figures]
        if len(shown) == len(self.tiles):
            for made, data in zip(self.tiles, shown, strict=True):
                made.set_data(data)
            return
        empty_layout(self._grid)
        self.tiles = [self._tile(data) for data in shown]
        self._place()

    def _tile(self, data: TileData) -> Tile:
        made = Tile(data)
        made.clicked.connect(lambda: self.desk.go_to.emit(ENTITY, place_of(made.data.key)))
        return made

    def _place(self) -> None:
        """As many in a line as fit, with the fewest holes in the last one."""
        fit = max(1, (self.width() - 32 + GAP) // (theme.scaled(NARROWEST) + GAP))
        columns = best_columns(len(self.tiles), fit)
        self._below.setDirection(_WAYS[self.width() >= theme.scaled(WIDE)])
        for position, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, position // columns, position % columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def choose_tiles(self) -> None:
        """Which indicators, in which order; the screen says why few."""
        with self.desk.read() as session:
            now = board.chosen(session)
        dialog = OrderDialog(
            ("Choisir les indicateurs", "Indicateurs du tableau de bord"),
            {code: kpi.label for code, kpi in REGISTRY.items()},
            now,
            self.window(),
            usual=board.usual(),
            back="Les huit d’origine",
            chosen=self._keep_tiles,
        )
        dialog.above.addWidget(label(WHY_FEW, "second", "ink2", wrap=True))
        dialog.resize(theme.scaled(440), theme.scaled(600))
        dialog.open()

    def _keep_tiles(self, codes: tuple[str, ...]) -> None:
        told = f"Tableau de bord\u00a0: {number(len(codes))}\u00a0indicateurs"
        self.desk.act("Choix des indicateurs", partial(board.choose, codes=codes), told=told)
        self.read()

    def export(self) -> None:
        """The tiles with their twelve periods, as a workbook."""
        path = self.desk.ask.file_to_save(self, "Exporter le tableau de bord", "tableau-de-bord.xlsx", ask.EXCEL)
        if path:
            from app.ui.pages import indicator_excel  # noqa: PLC0415 - openpyxl is read when a workbook is asked for

            figures, asked = self.figures, self.choice.asked
            self.desk.run(
                "Export du tableau de bord",
                lambda: indicator_excel.board_job(self.desk, figures, asked, path),
                lambda count: self.desk.done.emit(f"{number(count)}\u00a0indicateurs\u00a0: {path.name}", 0),
                "Annuler ne laisse aucun fichier.",
            )

    # Under the tiles

    def _volume(self, months: Sequence[Month]) -> QWidget:
        opened, restored = [m.opened for m in months], [m.resolved for m in months]
        card = Card("Tickets ouverts et résolus", corner=Legend(("Ouverts", "Résolus")))
        if not any(opened + restored):
            told = (
                "Aucun ticket sur douze mois. Saisissez chaque panne et chaque demande\u00a0: tout se compte d’elles."
            )
            card.body.addWidget(label(told, "body", "ink2", wrap=True))
            card.body.addStretch(1)
            return card
        names = tuple(m.label.split("\u00a0")[0] for m in months)
        both = (series("Ouverts", opened), series("Résolus", restored))
        told = "Tickets ouverts et résolus, douze mois"
        card.body.addWidget(ChartView(Chart(shape=Shape.COLUMNS, sentence=told, labels=names, series=both)))
        return card

    def _late_card(self, late: Late) -> QWidget:
        self._late = late.rows
        note = f"{number(late.count)} sur {number(late.n)}" if late.n else ""
        follow = button("Ouvrir l’indicateur", "link")
        follow.clicked.connect(lambda: self.desk.go_to.emit(ENTITY, place_of(board.LATE)))
        if not late.count:
            told = (
                "Tous les tickets de la période ont été rétablis dans le délai." if late.n else "Aucun ticket à juger."
            )
            words = holder(row(label(told, "body", "ink2", wrap=True), margins=(16, 8, 16, 8)))
            return table_card("Hors délai de rétablissement", note, follow, words)
        self.late_table = SmallTable(COLUMNS, [_late_line(one) for one in late.rows], "Hors délai")
        self.late_table.opened.connect(lambda at: self.desk.go_to.emit("ticket", self._late[at].id))
        return table_card("Hors délai de rétablissement", note, follow, self.late_table)

    def sentence(self) -> str:
        """« 8 indicateurs sur 21 · 4 tenus, 2 à surveiller, 1 non tenu, 1 sans donnée »."""
        return board_sentence(self.figures)


def board_sentence(figures: Sequence[indicators.Tile]) -> str:
    if not figures:
        return ""
    counts = Counter(tile.state for tile in figures)
    told = [_counted(counts[state], state) for state in IndicatorState if counts[state]]
    return f"{len(figures)}\u00a0indicateurs sur {len(REGISTRY)}  ·  {', '.join(told)}"


def table_card(title: str, note: str, corner: QWidget, table: QWidget, *, tall: bool = False) -> QFrame:
    """A card whose table goes from side to side, its first column under the title; `tall`: down to its foot."""
    head = row(label(title, "card"), label(note, "second", "ink2"), None, corner, margins=(16, 8, 16, 8))
    body = column(head, table, gap=0, margins=(1, 0, 1, 8))
    if not tall:
        body.addStretch(1)
    return frame("card", body)


def _counted(count: int, state: IndicatorState) -> str:
    agrees = state in {IndicatorState.MET, IndicatorState.MISSED, IndicatorState.FOLLOWED} and count > 1
    words = state.label.lower()
    plural = "non tenus" if state == IndicatorState.MISSED else f"{words}s"
    return f"{count}\u00a0{plural if agrees else words}"


def best_columns(count: int, fit: int) -> int:
    """The widest line that leaves the fewest holes, not less than half of what fits."""
    widest = min(fit, count) or 1
    return min(range(widest, max(1, (widest + 1) // 2) - 1, -1), key=lambda n: -count % n)


def tile_data(tile: indicators.Tile) -> TileData:
    kpi = REGISTRY[tile.code]
    none = tile.state == IndicatorState.NONE
    served = f", sert l’objectif «\u00a0{tile.objective}\u00a0»" if tile.objective else ""
    return TileData(
        key=tile.code,
        title=tile.label,
        value=tile.figure,
        unit=tile.unit,
        tone=tile.state.tone,
        word=tile.state.label,
        target=tile.target_text,
        change="" if none or tile.change == MISSING else tile.change,
        chart=board.chart(tile, kpi),
        period=tile.trend_text,
        count=nothing(kpi)[0] if none else tile.n_text,
        sentence=tile.sentence + served,
        objective=tile.objective,
    )


def _late_line(one: TicketRow) -> list[Cell]:
    over = f"+{duration(one.gap)}" if one.gap is not None else MISSING
    return [Cell(one.number), Cell(one.subject), Cell(one.asset or MISSING), Cell(over, "bad", strong=True)]
