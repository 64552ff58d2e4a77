"""The board: a tile per indicator, the volume of twelve months, the tickets restored late."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHeaderView, QWidget

from app.fields import MISSING, duration, moment, number
from app.reports.chart_data import Chart, Shape, Unit, line, series
from app.services import flow, indicators
from app.services.flow import Month
from app.services.indicators import IndicatorState, TicketRow
from app.ui import theme
from app.ui.desk import Desk
from app.ui.pages.base import Page
from app.ui.pages.indicator_choice import Choice
from app.ui.parts.basics import column, empty_layout, frame, holder, label, row, scrolled
from app.ui.parts.buttons import button
from app.ui.parts.card import Card
from app.ui.parts.charts import ChartView, Legend
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable
from app.ui.parts.tiles import Tile, TileData
from app.ui.state import UiState

ENTITY = "indicator"
LATE = "gtr"
GAP = 12
NARROWEST = 238
MOST_LATE = 6
TOUCHED = {"ticket", "ticket_event", "intervention", "contract", "service_level", "coverage_slot", "closing_day"}
COLUMNS = (
    SmallColumn("Ticket", 112),
    SmallColumn("Objet", 250),
    SmallColumn("Bien", 88),
    SmallColumn("Dépassement", 120, "number"),
)


class BoardPage(Page):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, state)
        self.tiles: list[Tile] = []
        self._late: list[TicketRow] = []
        self._stale = True
        self.choice = Choice(desk, self)
        self.choice.changed.connect(self.read)
        self.base = label("", "second", "ink2")
        chips = row(self.choice.period_chip, self.choice.contract_chip, None, self.base, margins=(0, 0, 0, 0))
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP)
        self._below = row(gap=GAP)
        whole = column(chips, self._grid, self._below, gap=GAP, margins=(16, 2, 16, GAP))
        whole.setStretch(2, 1)
        self.setLayout(column(scrolled(holder(whole)), gap=0))
        desk.changed.connect(self._on_change)

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TOUCHED:
            self._stale = True
            if self.isVisible():
                self.read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self.tiles:
            self.read()

    def refresh(self) -> None:
        self.choice.catch_up()
        self.read()

    def read(self) -> None:
        """Measure again, for the period and the contract asked for."""
        now, asked = datetime.now(UTC), self.choice.asked
        with self.desk.read() as session:
            tiles = indicators.board(session, asked.period, now, asked.scope)
            months = flow.flow(session, min(asked.period.end, now.date()), now, asked.scope)
            late = indicators.page(session, LATE, asked.period, now, asked.scope)
        self.base.setText(f"Heures ouvrées · données au {moment(now)}")
        self._show_tiles(tiles)
        empty_layout(self._below)
        self._below.addWidget(self._volume(months), 1)
        self._below.addWidget(self._late_card(list(late.rows)), 1)
        self._stale = False
        self.footed.emit(self.sentence())

    def _show_tiles(self, tiles: list[indicators.Tile]) -> None:
        shown = [tile_data(tile) for tile in tiles]
        if len(shown) == len(self.tiles):
            for made, data in zip(self.tiles, shown, strict=True):
                made.set_data(data)
        else:
            empty_layout(self._grid)
            self.tiles = [self._tile(position, data) for position, data in enumerate(shown)]
            self._place()

    def _tile(self, position: int, data: TileData) -> Tile:
        made = Tile(data)
        made.clicked.connect(lambda: self.desk.go_to.emit(ENTITY, position + 1))
        return made

    def _place(self) -> None:
        """As many in a line as fit, with the fewest holes in the last one."""
        fit = max(1, (self.width() - 32 + GAP) // (theme.scaled(NARROWEST) + GAP))
        columns = best_columns(len(self.tiles), fit)
        for position, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, position // columns, position % columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _volume(self, months: list[Month]) -> QWidget:
        opened, restored = [m.opened for m in months], [m.resolved for m in months]
        card = Card("Tickets ouverts et résolus", corner=Legend(("Ouverts", "Résolus")))
        names = tuple(m.label.split("\u00a0")[0].split(" ")[0] for m in months)
        if not any(opened + restored):
            told = (
                "Aucun ticket sur douze mois. Saisissez chaque panne et chaque demande\u00a0: tout se compte d’elles."
            )
            card.body.addWidget(label(told, "body", "ink2", wrap=True))
            card.body.addStretch(1)
            return card
        both = (series("Ouverts", opened), series("Résolus", restored))
        told = "Tickets ouverts et résolus, douze mois"
        card.body.addWidget(ChartView(Chart(shape=Shape.COLUMNS, sentence=told, labels=names, series=both)))
        return card

    def _late_card(self, rows: list[TicketRow]) -> QWidget:
        self._late = [one for one in rows if one.met is False]
        note = f"{number(len(self._late))} sur {number(len(rows))}" if rows else ""
        follow = button("Ouvrir l’indicateur", "link")
        follow.clicked.connect(self._open_late)
        if not self._late:
            told = "Tous les tickets de la période ont été rétablis dans le délai." if rows else "Aucun ticket à juger."
            words = holder(row(label(told, "body", "ink2", wrap=True), margins=(16, 8, 16, 8)))
            return table_card("Hors délai de rétablissement", note, follow, words)
        self.late_table = SmallTable(COLUMNS, [_late_line(one) for one in self._late], "Hors délai", most=MOST_LATE)
        self.late_table.opened.connect(lambda at: self.desk.go_to.emit("ticket", self._late[at].id))
        widen(self.late_table)
        return table_card("Hors délai de rétablissement", note, follow, self.late_table)

    def _open_late(self) -> None:
        codes = [tile.data.key for tile in self.tiles]
        self.desk.go_to.emit(ENTITY, codes.index(LATE) + 1)

    def sentence(self) -> str:
        """« 5 indicateurs · 2 tenus, 1 à surveiller, 1 non tenu, 1 sans donnée »."""
        if not self.tiles:
            return ""
        words = Counter(tile.data.word for tile in self.tiles)
        told = [_counted(words[state.label], state) for state in IndicatorState if words[state.label]]
        return f"{len(self.tiles)}\u00a0indicateurs  ·  {', '.join(told)}"


def table_card(title: str, note: str, corner: QWidget, table: QWidget, *, tall: bool = False) -> QFrame:
    """A card whose table goes from side to side, its first column under the title; `tall`: down to its foot."""
    head = row(label(title, "card"), label(note, "second", "ink2"), None, corner, margins=(16, 8, 16, 8))
    body = column(head, table, gap=0, margins=(1, 0, 1, 8))
    if not tall:
        body.addStretch(1)
    return frame("card", body)


def widen(table: SmallTable) -> None:
    """The subject of the tickets, second column, takes the room that is left."""
    table.head().setStretchLastSection(False)
    table.head().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)


def _counted(count: int, state: IndicatorState) -> str:
    agrees = state in {IndicatorState.MET, IndicatorState.MISSED} and count > 1
    return f"{count}\u00a0{state.label.lower()}{'s' if agrees else ''}"


def best_columns(count: int, fit: int) -> int:
    """The widest line that leaves the fewest holes, not less than half of what fits."""
    widest = min(fit, count) or 1
    return min(range(widest, max(1, (widest + 1) // 2) - 1, -1), key=lambda n: -count % n)


def tile_data(tile: indicators.Tile) -> TileData:
    none = tile.state == IndicatorState.NONE
    return TileData(
        key=tile.code,
        title=tile.label,
        value=tile.figure,
        unit=tile.unit,
        tone=tile.state.tone,
        word=tile.state.label,
        target=tile.target_text,
        change="" if none else tile.change,
        chart=replace(
            line([point.label for point in tile.trend], [point.value for point in tile.trend], tile.label, Unit.COUNT),
            target=None if tile.target is None else float(tile.target),
        ),
        period=tile.trend_text,
        count="Aucun ticket" if none else tile.n_text,
        sentence=tile.sentence,
    )


def _late_line(one: TicketRow) -> list[Cell]:
    over = f"+{duration(one.gap)}" if one.gap is not None else MISSING
    return [Cell(one.number), Cell(one.subject), Cell(one.asset or MISSING), Cell(over, "bad", strong=True)]
