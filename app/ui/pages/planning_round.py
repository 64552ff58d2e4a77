"""The round of a day: where somebody goes, in which order, changed by keys; and its route sheet."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from app.fields import MISSING, counted, day_words, duration, joined, this_day
from app.fields import time_of_day as hour
from app.services.planning import ICONS, rounds
from app.services.planning.rounds import Stop
from app.services.planning.visits import VisitRow
from app.ui import icons, theme
from app.ui.desk import Desk
from app.ui.pages.planning_views import NOBODY
from app.ui.parts.basics import column, frame, row
from app.ui.parts.buttons import button, set_available
from app.ui.parts.chips import Chip
from app.ui.parts.empty import EmptyState
from app.ui.parts.marks import MARK, PLAIN, Mark
from app.ui.parts.table import ListColumn, ListView, Shape

COLUMNS: tuple[tuple[str, int, Shape], ...] = (
    ("Ordre", 64, "text"), ("Heure", 74, "text"), ("Visite", 330, "text"), ("Bien", 220, "text"),
    ("Durée", 90, "number"), ("État", 150, "badge"),
)  # fmt: skip
LEAST = 110
ORDER, AT, WHAT, ASSET, LASTS, STATE = range(6)
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class RoundModel(QAbstractTableModel):
    """A line for each stop above its visits."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[Stop | tuple[int, VisitRow]] = []

    def show(self, stops: Sequence[Stop]) -> None:
        self.beginResetModel()
        self.lines, place = [], 0
        for stop in stops:
            self.lines.append(stop)
            for one in stop.visits:
                place += 1
                self.lines.append((place, one))
        self.endResetModel()

    def visit(self, at: int) -> VisitRow | None:
        line = self.lines[at] if 0 <= at < len(self.lines) else None
        return line[1] if isinstance(line, tuple) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        return COLUMNS[section][0] if not role and orientation == Qt.Orientation.Horizontal else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        is_row = self.visit(index.row()) is not None
        return super().flags(index) if is_row else Qt.ItemFlag.ItemIsEnabled

    def data(self, index: Index, role: int = 0) -> Any:
        line = self.lines[index.row()]
        if isinstance(line, Stop):
            return _heading(line, role) if index.column() == 0 else None
        return _texts(*line)[index.column()] if not role else _dressed(line[1], index.column(), role)


def _heading(stop: Stop, role: int) -> Any:
    if not role:
        return joined(stop.site, stop.address, duration(stop.minutes) if stop.minutes else "", by="  ·  ")
    return theme.font("strong") if role == int(Qt.ItemDataRole.FontRole) else None


def _texts(place: int, one: VisitRow) -> tuple[str, ...]:
    at = hour(one.starts_at) if one.starts_at is not None else MISSING
    lasts = duration(one.duration_minutes) if one.duration_minutes else MISSING
    return str(place), at, one.label, one.asset or MISSING, lasts, one.state.label


def _dressed(one: VisitRow, at: int, role: int) -> Any:
    if role == MARK:
        return Mark(one.state.tone, loud=one.state.loud) if at == STATE else PLAIN
    if role == int(Qt.ItemDataRole.DecorationRole) and at == WHAT:
        return icons.icon(ICONS[one.kind], "ink2")
    if role == int(Qt.ItemDataRole.ForegroundRole) and _texts(0, one)[at] == MISSING:
        return theme.color("ink3")
    return None


class RoundView(QWidget):
    """`opened` and `asked` name a visit; `read_again` once the day shown has changed."""

    opened = Signal(int)
    asked = Signal(int, QPoint)
    read_again = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.on, self.who = this_day(), ""
        self._chosen = False
        self._people: list[tuple[str, int]] = []
        self._stops: list[Stop] = []
        self.model = RoundModel(self)
        self.table = ListView()
        self.table.setModel(self.model)
        self.table.setAccessibleName("Tournée")
        self.table.set_columns([ListColumn(width, shape) for _, width, shape in COLUMNS])
        self.table.activated.connect(lambda index: self._open(index.row()))
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._ask)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._suit())
        self.body = QStackedWidget()
        self.body.addWidget(self.table)
        self.body.addWidget(EmptyState("route", "Rien de prévu ce jour", "Choisissez un autre jour, ou déplacez-y des "
                                       "visites depuis la semaine."))  # fmt: skip
        self.setLayout(column(self._bar(), self.body, gap=0))
        self.setFocusProxy(self.table)
        for keys, step in (("Ctrl+Up", -1), ("Ctrl+Down", 1)):
            QShortcut(
                QKeySequence(keys), self.table, partial(self.shift, step), context=Qt.ShortcutContext.WidgetShortcut
            )

    def _bar(self) -> QWidget:
        self.chip = Chip("Technicien")
        self.chip.clicked.connect(self._offer_people)
        self.up, self.down = button("Plus tôt", icon="arrow-up"), button("Plus tard", icon="arrow-down")
        self.up.setToolTip("Ctrl+Haut")
        self.down.setToolTip("Ctrl+Bas")
        self.up.clicked.connect(lambda: self.shift(-1))
        self.down.clicked.connect(lambda: self.shift(1))
        self.sites = button("Site après site", icon="map-pin", tip="Oublie l’ordre choisi à la main.")
        self.sites.clicked.connect(self.by_site)
        return frame("filters", row(self.chip, None, self.up, self.down, self.sites, margins=(16, 8, 16, 8)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._share)  # once the table has its own size

    def _share(self) -> None:
        self.table.share([theme.scaled(width) for _, width, _ in COLUMNS], {WHAT, ASSET}, theme.scaled(LEAST))

    # What is shown

    def show_day(self, on: date, technician: str | None) -> None:
        """The round of somebody that day; None: of the one shown, else of the first who has one."""
        self.on = on
        with self._desk.read() as session:
            self._people = rounds.technicians(session, on)
            names = [name for name, _ in self._people]
            wanted = self.who if technician is None else technician
            self._chosen = self._chosen or technician is not None
            kept = technician is not None or (wanted in names and bool(wanted or self._chosen))
            self.who = wanted if kept else names[0] if names else ""
            self._stops = rounds.stops(session, on, self.who, this_day())
        self._show()

    def _show(self) -> None:
        held = self.current()
        self.table.clearSpans()
        self.model.show(self._stops)
        for at, line in enumerate(self.model.lines):
            if isinstance(line, Stop):
                self.table.setSpan(at, 0, 1, len(COLUMNS))
            elif held is not None and line[1].id == held.id:
                self.table.selectRow(at)
        self.chip.set_value(self.who or NOBODY)
        self.body.setCurrentIndex(0 if self._stops else 1)
        for one in (self.up, self.down, self.sites):
            one.setVisible(bool(self._stops))
        self._suit()

    def title(self) -> str:
        return day_words(self.on, weekday=True).capitalize()

    def sentence(self) -> str:
        count, minutes = sum(len(stop.visits) for stop in self._stops), sum(stop.minutes for stop in self._stops)
        lasts = f"{duration(minutes)} prévues" if minutes else ""
        return joined(counted(count, "visite"), counted(len(self._stops), "arrêt"), lasts, by="  ·  ")

    def current(self) -> VisitRow | None:
        rows = self.table.selectionModel().selectedRows()
        return self.model.visit(rows[0].row()) if rows else None

    def _suit(self) -> None:
        why = "Choisissez d’abord une visite de la tournée."
        for one in (self.up, self.down):
            set_available(one, self.current() is not None, why)

    # What is done

    def shift(self, step: int) -> None:
        one = self.current()
        if one is not None:
            self._desk.act("Ordre de la tournée", lambda s: rounds.shift(s, one.id, step))
            self.again()

    def by_site(self) -> None:
        on, who = self.on, self.who
        told = "Tournée remise site après site"
        self._desk.act("Ordre de la tournée", lambda s: rounds.by_site(s, on, who), told=told)
        self.again()

    def again(self) -> None:
        self.show_day(self.on, self.who)
        self.read_again.emit()

    def _open(self, at: int) -> None:
        one = self.model.visit(at)
        if one is not None:
            self.opened.emit(one.id)

    def _ask(self, spot: QPoint) -> None:
        one = self.current()
        if one is not None:
            self.asked.emit(one.id, self.table.viewport().mapToGlobal(spot))

    def _offer_people(self) -> None:
        menu = QMenu(self)
        for name, count in self._people:
            words = f"{name or NOBODY} ({counted(count, 'visite')})"
            menu.addAction(words, partial(self._take, name))
        menu.popup(self.chip.mapToGlobal(self.chip.rect().bottomLeft()))

    def _take(self, name: str) -> None:
        self.show_day(self.on, name)
        self.read_again.emit()
