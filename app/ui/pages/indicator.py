"""One indicator: its value, twelve months, how it is calculated with the figures put in, the tickets behind it."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from app.fields import MISSING, counted, duration, lowered, number, plural
from app.kpi import REGISTRY, Good, Kpi
from app.kpi import Unit as KpiUnit
from app.reports.chart_data import Unit, line
from app.services import indicators
from app.services.indicators import IndicatorState, TicketRow, state_of
from app.services.indicators import Page as Sheet
from app.ui import ask, theme
from app.ui.desk import Desk
from app.ui.pages.base import RecordPage
from app.ui.pages.indicator_choice import Choice
from app.ui.pages.indicator_rows import BARE, COLUMNS, bare_line, judged_line, workbook_job
from app.ui.pages.indicators import TOUCHED, table_card, widen
from app.ui.parts.basics import column, empty_layout, hairline, holder, label, row, scrolled
from app.ui.parts.buttons import button, set_available
from app.ui.parts.card import Card
from app.ui.parts.charts import ChartView
from app.ui.parts.chips import Chip
from app.ui.parts.crumbs import HeadData, RecordHead
from app.ui.parts.formula import formula
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import SmallTable

HIGHEST = 16_777_215
"""Qt's own greatest size."""
SIDES = (272, 330)
TABLE_HEIGHT = 220
WAYS = {Good.UP: "Plus c’est haut, mieux c’est.", Good.DOWN: "Plus c’est bas, mieux c’est.", None: ""}
JUDGED = {None: "Tous", False: "Dépassés", True: "Tenus"}
NOTHING = {
    "on_site": "Aucun déplacement promis sur cette période.",
    "take": "Aucun ticket pris en charge sur cette période. Choisissez-en une autre, ou saisissez vos tickets.",
    "restore": "Aucun ticket rétabli sur cette période. Choisissez-en une autre, ou saisissez vos tickets.",
    None: "Aucune réparation chiffrée sur cette période. Saisissez le temps passé dans les interventions.",
}


class IndicatorPage(RecordPage):
    """`record_id` is the place of the indicator on the board, from 1."""

    def __init__(self, desk: Desk, record_id: int) -> None:
        super().__init__(desk, record_id)
        self.sheet: Sheet | None = None
        self.rows: list[TicketRow] = []
        self._judged: bool | None = None
        self.choice = Choice(desk, self)
        self.choice.changed.connect(self.read)
        self.excel = button("Excel", icon="file-spreadsheet", tip="Exporter les tickets de cet indicateur")
        self.excel.clicked.connect(self.export)
        self.head = RecordHead([self.choice.period_chip, self.choice.contract_chip, self.excel])
        self.head.back.connect(self.closed)
        self.head.previous.connect(lambda: self._step(-1))
        self.head.following.connect(lambda: self._step(1))
        self.result = Chip("Résultat")
        self.result.clicked.connect(self._offer_results)
        self.result.cleared.connect(lambda: self._take_result(None))
        self._body: QVBoxLayout = column(gap=12, margins=(16, 12, 16, 12))
        self.setLayout(column(self.head, scrolled(holder(self._body)), gap=0))
        self.read()
        desk.changed.connect(self._on_change)

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TOUCHED:
            self.read()

    @property
    def kpi(self) -> Kpi:
        return list(REGISTRY.values())[self.record_id - 1]

    def _step(self, by: int) -> None:
        self.record_id += by
        self._judged = None
        self.read()

    def read(self) -> None:
        """Measure again, for the period and the contract asked for."""
        asked, kpi = self.choice.asked, self.kpi
        with self.desk.read() as session:
            self.sheet = indicators.page(session, kpi.code, asked.period, datetime.now(UTC), asked.scope)
        tile = self.sheet.tile
        way = WAYS[kpi.good]
        place = f"{self.record_id}\u00a0sur\u00a0{len(REGISTRY)}"
        badge = (tile.state.label, Mark(tile.state.tone, loud=True))
        context = f"{self.sheet.definition} {way}"
        self.head.set_data(HeadData("Indicateurs", tile.label, tile.label, context, place, [badge]))
        self.head.set_steps(self.record_id > 1, self.record_id < len(REGISTRY))
        set_available(self.excel, bool(self.sheet.rows), "Il n’y a pas de ticket à exporter.")
        self._show(self.sheet)
        self.footed.emit(self.sentence())

    def _show(self, sheet: Sheet) -> None:
        self.result.setParent(None)
        empty_layout(self._body)
        value, how = self._value_card(sheet), self._how_card(sheet)
        theme.fix_width(value, SIDES[0])
        theme.fix_width(how, SIDES[1])
        top = row(value, self._chart_card(sheet), how, gap=12)
        top.setStretch(1, 1)
        self._body.addLayout(top)
        self._body.addWidget(self._tickets_card(sheet), 1)

    # The three cards

    def _value_card(self, sheet: Sheet) -> QFrame:
        tile = sheet.tile
        card = Card()
        unit = label(tile.unit, "body", "ink2")
        figure = row(label(tile.figure, "figure_big", "ink" if tile.value is not None else "ink2"), unit, None, gap=6)
        said = self._said(sheet)
        card.body.addWidget(label(self.choice.asked.period.name, "second", "ink2"))
        card.body.addLayout(figure)
        card.body.addWidget(label(said, "body", "ink2", wrap=True))
        card.body.addWidget(hairline())
        previous = self.choice.asked.period.before(1).name
        whole = "Sur 12\u00a0mois" if self.choice.asked.period.months == 1 else "Sur 12 périodes"
        facts = [(whole, sheet.year), (previous, sheet.previous)]
        if self.kpi.unit == KpiUnit.HOURS or sheet.median != MISSING:
            facts.insert(1, ("Durée médiane", sheet.median))
        card.body.addLayout(_facts(facts))
        card.body.addStretch(1)
        return card

    def _said(self, sheet: Sheet) -> str:
        """« 20 tenus sur 24 · objectif ≥ 90 % », or what to do when there is no data."""
        if sheet.tile.state == IndicatorState.NONE:
            return NOTHING[self.kpi.promise]
        target = lowered(sheet.tile.target_text)
        if self.kpi.unit == KpiUnit.HOURS:
            return f"{sheet.tile.n_text} · {target}"
        held = sum(one.met is True for one in sheet.rows)
        return f"{number(held)} {plural(held, 'tenu')} sur {number(sheet.tile.n)} · {target}"

    def _chart_card(self, sheet: Sheet) -> QFrame:
        tile, period = sheet.tile, self.choice.asked.period
        target = tile.target_text.replace("≥", "").replace("≤", "").replace("  ", " ").replace(" \u00a0", " ")
        labels = [period.before(steps).short_name for steps in range(len(tile.trend) - 1, -1, -1)]
        unit = Unit.RATIO if self.kpi.unit == KpiUnit.RATIO else Unit.HOURS
        chart = replace(
            line(labels, [point.value for point in tile.trend], f"{tile.label}, douze périodes", unit),
            target=None if tile.target is None else float(tile.target), target_text=target,
            tones=tuple(_tone(self.kpi, tile.target, point) for point in tile.trend),
        )  # fmt: skip
        card = Card("Douze derniers mois" if period.months == 1 else "Douze dernières périodes")
        card.body.addWidget(ChartView(chart), 1)
        return card

    def _how_card(self, sheet: Sheet) -> QFrame:
        card = Card("Comment c’est calculé")
        above, _, below = sheet.formula.partition(" ÷ ")
        card.body.addWidget(formula(above, below.strip("()")))
        if worked := sheet.worked:
            card.body.addWidget(label(worked, "strong"))
        card.body.addLayout(
            _facts([
                ("Cohorte", sheet.cohort), ("Retenus", sheet.included), ("Laissés de côté", sheet.excluded),
                ("Base", sheet.base),
            ])
        )  # fmt: skip
        card.body.addStretch(1)
        return card

    # The tickets

    def _tickets_card(self, sheet: Sheet) -> QFrame:
        count = len(sheet.rows)
        title = f"Les {number(count)} tickets retenus" if count > 1 else "Le ticket retenu" if count else "Aucun ticket"
        self.result.setVisible(self.kpi.promise is not None and count > 0)
        if not count:
            told = label("Chaque ticket compté se lira ici, avec sa durée et son écart.", "body", "ink2", wrap=True)
            return table_card(title, "", self.result, holder(row(told, margins=(16, 8, 16, 8))))
        self.table = SmallTable(COLUMNS if self.kpi.promise else BARE, (), title)
        self.table.opened.connect(lambda at: self.desk.go_to.emit("ticket", self.rows[at].id))
        widen(self.table)
        made = table_card(title, "", self.result, self.table, tall=True)
        self._show_rows()
        return made

    def _show_rows(self) -> None:
        every = self.sheet.rows if self.sheet else ()
        self.rows = [one for one in every if self._judged in {None, one.met}]
        line = judged_line if self.kpi.promise else bare_line
        self.table.set_rows([line(one) for one in self.rows])
        self.table.setMinimumHeight(theme.scaled(TABLE_HEIGHT))
        self.table.setMaximumHeight(HIGHEST)

    def _offer_results(self) -> None:
        menu = QMenu(self)
        for judged, word in JUDGED.items():
            menu.addAction(word, partial(self._take_result, judged))
        menu.popup(self.result.mapToGlobal(self.result.rect().bottomLeft()))

    def _take_result(self, judged: bool | None) -> None:
        self._judged = judged
        self.result.set_value("" if judged is None else JUDGED[judged], removable=True)
        self._show_rows()

    def sentence(self) -> str:
        if self.sheet is None:
            return ""
        count = len(self.sheet.rows)
        spent = sum(one.minutes or 0 for one in self.sheet.rows)
        told = counted(count, "ticket")
        return f"{told}  ·  durée totale {duration(spent)}" if count else told

    def export(self) -> None:
        """The tickets shown, as a workbook."""
        if self.sheet is None:
            return
        sheet, rows = self.sheet, list(self.rows)
        path = self.desk.ask.file_to_save(self, "Exporter les tickets", f"indicateur-{self.kpi.code}.xlsx", ask.EXCEL)
        if path:
            period = self.choice.asked.period.name
            self.desk.run(
                "Export des tickets",
                lambda: workbook_job(self.desk, sheet, rows, period, path),
                lambda count: self.desk.done.emit(f"{number(count)}\u00a0tickets\u00a0: {path.name}", 0),
                "Annuler ne laisse aucun fichier.",
            )


def _facts(facts: list[tuple[str, str]]) -> QVBoxLayout:
    """Names in a column, values beside them."""
    lines: list[QWidget | int] = []
    for title, value in facts:
        told = label(value, "second", "ink", wrap=True)
        told.setAccessibleName(f"{title}\u00a0: {value}")
        head = label(title, "second", "ink2")
        head.setFixedWidth(theme.width("4e trimestre 2026", "second") + 8)
        head.setWordWrap(True)
        line = row(gap=6)
        line.addWidget(head, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(told, 1)
        lines.append(holder(line))
    return column(*lines, gap=3)


def _tone(kpi: Kpi, target: Decimal | None, point: indicators.Point) -> str:
    """Only a month that misses its target is tinted."""
    state = state_of(kpi, point.value, target)
    return state.tone if state.loud else ""
