"""The cards of one indicator: its value, its twelve periods, how it is calculated, what the manager says of it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from app.fields import MISSING, day, lowered, number, plural
from app.kpi import REGISTRY, Good, Kpi, Unit
from app.services import board
from app.services.indicator_notes import Note
from app.services.indicators import IndicatorState, value_text
from app.services.indicators import Page as Sheet
from app.services.spans import Period
from app.ui import theme
from app.ui.pages.indicator_words import nothing
from app.ui.parts.basics import column, hairline, holder, label, row
from app.ui.parts.buttons import button, icon_button
from app.ui.parts.card import Card
from app.ui.parts.charts import ChartView
from app.ui.parts.formula import formula
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable
from app.ui.parts.table import Shape

HEADS: tuple[tuple[str, Shape, int], ...] = (("Période", "text", 34), ("Valeur", "number", 26), ("n", "number", 30))
"""Of the table beside the chart: what each column is, and the room around its texts."""
SEEN = 7
SIDES = (272, 330)
THREE = 1150
"""From this width on, at the base size of text, three cards stand side by side."""
HIGHEST = 16_777_215
"""Qt's own greatest size."""
WIDEST = 124
"""Of the names of facts; a longer one is wrapped."""
BAR = 12
"""Room of the scroll bar."""
HINT = "Une cause connue, un mois qui ne se compare pas\u00a0: notez-le, le rapport périodique le redira."


def way(kpi: Kpi) -> str:
    """« Plus c’est haut, mieux c’est. »; nothing for a plain volume."""
    if kpi.good is None:
        return "Se constate, ne se juge pas."
    return "Plus c’est haut, mieux c’est." if kpi.good == Good.UP else "Plus c’est bas, mieux c’est."


def value_card(kpi: Kpi, shown: tuple[Sheet, int], period: Period, change_target: Callable[[], None]) -> QFrame:
    """`shown` is what is said of it, and how many records held."""
    sheet, held = shown
    tile = sheet.tile
    card = Card()
    unit = label(tile.unit, "body", "ink2")
    figure = row(label(tile.figure, "figure_big", "ink" if tile.value is not None else "ink2"), unit, None, gap=6)
    card.body.addWidget(label(period.name, "second", "ink2"))
    card.body.addLayout(figure)
    card.body.addWidget(label(_said(kpi, sheet, held), "body", "ink2", wrap=True))
    if tile.objective:
        card.body.addWidget(label(f"Sert l’objectif «\u00a0{tile.objective}\u00a0»", "second", "ink2", wrap=True))
    if kpi.good is not None:
        follow = button("Changer l’objectif…" if tile.target is not None else "Choisir un objectif…", "link")
        follow.clicked.connect(change_target)
        card.body.addLayout(row(follow, None))
    card.body.addWidget(hairline())
    card.body.addLayout(facts(_compared(sheet, period)))
    card.body.addStretch(1)
    return card


def _compared(sheet: Sheet, period: Period) -> list[tuple[str, str]]:
    whole = "Sur 12\u00a0mois" if period.months == 1 else "Sur 12 périodes"
    name = "Durée médiane" if REGISTRY[sheet.tile.code].median_unit == Unit.HOURS else "Médiane"
    median = [(name, sheet.median)] if sheet.median != MISSING else []
    also = [(name[0].upper() + name[1:], value) for name, value in sheet.also]
    return [(whole, sheet.year), *median, (period.before(1).name, sheet.previous), *also]


def _said(kpi: Kpi, sheet: Sheet, held: int) -> str:
    """« 20 tenus sur 24 · objectif ≥ 90 % », or what to do when there is no data."""
    tile = sheet.tile
    if tile.state == IndicatorState.NONE:
        return ". ".join(nothing(kpi))
    counted = tile.n_text
    if kpi.promise:
        counted = f"{number(held)} {plural(held, 'tenu')} sur {number(tile.n)}"
    elif kpi.unit == Unit.RATIO and sheet.bottom == number(tile.n):
        counted = f"{sheet.top} sur {sheet.bottom}"
    return f"{counted} · {lowered(tile.target_text)}"


def chart_card(kpi: Kpi, sheet: Sheet, period: Period) -> QFrame:
    """The line, and the same figures in a table beside it, the last period first."""
    tile = sheet.tile
    card = Card("Douze derniers mois" if period.months == 1 else "Douze dernières périodes")
    cells = [
        [
            Cell(point.label, strong=at == 0),
            Cell(value_text(kpi.unit, point.value, at_least=point.at_least), strong=at == 0),
            Cell(number(point.n) if point.value is not None else MISSING, "mute"),
        ]
        for at, point in enumerate(reversed(tile.trend))
    ]
    columns = _point_columns(cells)
    table = SmallTable(columns, cells, f"{tile.label}, période par période", SEEN)
    theme.fix_width(table, sum(one.width for one in columns) + BAR)
    side = column(table, None)
    drawn = row(ChartView(board.chart(tile, kpi)), side, gap=16)
    drawn.setStretch(0, 1)
    card.body.addLayout(drawn, 1)
    return card


def _point_columns(cells: Sequence[Sequence[Cell]]) -> list[SmallColumn]:
    """As wide as their longest value: a figure is never cut."""
    unit = theme.scaled(100) / 100
    return [
        SmallColumn(
            head,
            round(max(theme.width(one, "strong") for one in (head, *(line[at].text for line in cells))) / unit) + room,
            shape,
        )
        for at, (head, shape, room) in enumerate(HEADS)
    ]


def how_card(sheet: Sheet) -> QFrame:
    card = Card("Comment c’est calculé")
    above, _, below = sheet.formula.partition(" ÷ ")
    card.body.addWidget(formula(above, below.strip("()")))
    if sheet.worked:
        card.body.addWidget(label(sheet.worked, "strong", wrap=True))
    told = [
        ("Cohorte", sheet.cohort), ("Retenus", sheet.included), ("Laissés de côté", sheet.excluded),
        ("Base", sheet.base),
    ]  # fmt: skip
    card.body.addLayout(facts([(title, value) for title, value in told if value]))
    card.body.addStretch(1)
    return card


class TopCards(QWidget):
    """The value, the chart and the calculation side by side; the last one below when there is no room for three."""

    def __init__(self, value: QWidget, chart: QWidget, how: QWidget) -> None:
        super().__init__()
        self._how = how
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self._grid.addWidget(value, 0, 0)
        self._grid.addWidget(chart, 0, 1)
        self._grid.setColumnStretch(1, 1)
        theme.fix_width(value, SIDES[0])
        self.setLayout(self._grid)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        narrow = self.width() < theme.scaled(THREE)
        self._how.setMinimumWidth(0 if narrow else theme.scaled(SIDES[1]))
        self._how.setMaximumWidth(HIGHEST if narrow else theme.scaled(SIDES[1]))
        if narrow:
            self._grid.addWidget(self._how, 1, 0, 1, 2)
        else:
            self._grid.addWidget(self._how, 0, 2)


def facts(pairs: Sequence[tuple[str, str]]) -> QVBoxLayout:
    """Names in a column, values beside them."""
    lines: list[QWidget | int] = []
    widest = min(theme.scaled(WIDEST), max(theme.width(title, "second") for title, _ in pairs) + 8)
    for title, value in pairs:
        told = label(value, "second", "ink", wrap=True)
        told.setAccessibleName(f"{title}\u00a0: {value}")
        head = label(title, "second", "ink2")
        head.setFixedWidth(widest)
        head.setWordWrap(True)
        line = row(gap=6)
        line.addWidget(head, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(told, 1)
        lines.append(holder(line))
    return column(*lines, gap=3)


class NotesCard(Card):
    """What the manager said of this indicator over the period, and a way to say more."""

    def __init__(
        self, notes: Sequence[Note], add: Callable[[], None], change: Callable[[Note], None],
        remove: Callable[[Note], None],
    ) -> None:  # fmt: skip
        self.add = button("Ajouter une remarque…", "link")
        self.add.clicked.connect(add)
        super().__init__("Remarques du gestionnaire", note="" if notes else HINT, corner=self.add)
        for note in notes:
            self.body.addWidget(self._line(note, change, remove))
        if not notes:
            self.layout().setContentsMargins(0, 8, 0, 0)  # type: ignore[union-attr]  # it has one

    @staticmethod
    def _line(note: Note, change: Callable[[Note], None], remove: Callable[[Note], None]) -> QWidget:
        where = [note.period.name, note.contract, f"{note.author}, le {day(note.written_on)}".lstrip(", ")]
        told = column(
            label(note.text, "body", wrap=True), label(" · ".join(filter(None, where)), "second", "ink2"), gap=1
        )
        edit, away = icon_button("pencil", "Modifier la remarque"), icon_button("trash-2", "Supprimer la remarque")
        edit.clicked.connect(lambda: change(note))
        away.clicked.connect(lambda: remove(note))
        line = row(told, edit, away, gap=4)
        line.setStretch(0, 1)
        return holder(line)
