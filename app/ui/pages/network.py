"""The network by site and subnet, read from the inventory: who bears which address, and which are borne twice."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from app.fields import MISSING, NBSP, counted, day, number
from app.services import network
from app.services.network import Host, Subnet
from app.ui import ask, icons, theme
from app.ui.desk import Desk
from app.ui.pages.base import Page
from app.ui.parts.basics import column, frame, holder, row
from app.ui.parts.buttons import icon_button
from app.ui.parts.empty import Beginning, EmptyState, no_match
from app.ui.parts.marks import MARK, PLAIN, Mark
from app.ui.parts.search import search_field
from app.ui.parts.table import ListColumn, ListView, Shape
from app.ui.state import UiState

COLUMNS: tuple[tuple[str, int, Shape], ...] = (
    ("Adresse IP", 150, "text"), ("Nom sur le réseau", 170, "text"), ("Adresse MAC", 150, "text"),
    ("Bien", 300, "text"), ("Famille", 150, "text"), ("Vu le", 110, "text"), ("En double", 130, "badge"),
)  # fmt: skip
ELASTIC = (1, 3)
THING, CLASH = 3, 6
TYPING = 120
WATCHED = frozenset({"asset", "site", "family"})
WHY = (
    "Chaque bien qui a une adresse IP, une adresse MAC ou un nom sur le réseau se lit ici, par site et sous-réseau. "
    "Importez le fichier d’un agent d’inventaire, ou écrivez l’adresse sur la fiche du bien."
)
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class NetworkModel(QAbstractTableModel):
    """A line of its own above the hosts of each subnet."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str | Host] = []

    def show(self, found: Sequence[Subnet]) -> None:
        self.beginResetModel()
        self.lines = []
        for subnet in found:
            self.lines.append(_heading(subnet))
            self.lines += subnet.hosts
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        return COLUMNS[section][0] if orientation == Qt.Orientation.Horizontal and not role else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        is_host = isinstance(self.lines[index.row()], Host)
        return super().flags(index) if is_host else Qt.ItemFlag.ItemIsEnabled

    def data(self, index: Index, role: int = 0) -> Any:
        line = self.lines[index.row()]
        if isinstance(line, str):
            shown = {0: line, int(Qt.ItemDataRole.FontRole): theme.font("strong")}
            return shown.get(role) if index.column() == 0 else None
        return _text(line, index.column()) if not role else _dressed(line, index.column(), role)


def _heading(subnet: Subnet) -> str:
    count = len(subnet.hosts)
    return f"{subnet.site}  ·  {subnet.name}  ·  {counted(count, 'appareil')}"


def _text(host: Host, at: int) -> str:
    thing = f"{host.number} {host.name}".strip()
    seen = day(host.seen)
    cells = (host.ip or MISSING, host.hostname or MISSING, host.mac or MISSING, thing, host.family, seen, host.clash)
    return cells[at]


def _dressed(host: Host, at: int, role: int) -> Any:
    if role == MARK:
        return Mark("warn", loud=True) if host.clash and at == CLASH else PLAIN
    if role == int(Qt.ItemDataRole.DecorationRole) and at == THING:
        return icons.icon(host.icon, "ink2")
    if role == int(Qt.ItemDataRole.ForegroundRole) and _text(host, at) == MISSING:
        return theme.color("ink3")
    if role == int(Qt.ItemDataRole.AccessibleTextRole) and at == CLASH and host.clash:
        return f"{host.clash} porté par plusieurs biens"
    return None


class NetworkPage(Page):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, state)
        self._all: list[Subnet] = []
        self._shown: list[Subnet] = []
        self.model = NetworkModel()
        self.model.setParent(self)
        self.table = ListView()
        self.table.setModel(self.model)
        self.table.setAccessibleName("Réseau")
        self.table.activated.connect(self._open)
        self.table.set_columns([ListColumn(width, shape) for _, width, shape in COLUMNS])
        self.search = search_field("Filtrer le réseau", "Ctrl+F")
        self._delay = QTimer(self, singleShot=True, interval=TYPING)
        self._delay.timeout.connect(self._filter)
        self.search.textChanged.connect(lambda _: self._delay.start())
        excel = icon_button("file-spreadsheet", "Exporter vers Excel")
        excel.clicked.connect(self.export)
        self.body = QStackedWidget()
        bar = frame("filters", row(self.search, None, excel, margins=(16, 0, 10, 8)))
        nothing = no_match("Aucun appareil ne correspond")
        nothing.chosen.connect(lambda _: self.search.clear())
        self._answers = QStackedWidget()
        self._answers.addWidget(self.table)
        self._answers.addWidget(nothing)
        listed = holder(column(bar, self._answers, gap=0))
        empty = EmptyState("network", "Aucune adresse relevée", WHY, [Beginning("assets", "Voir les biens")])
        empty.chosen.connect(lambda _: self.desk.show_list.emit("asset", None))
        self.body.addWidget(listed)
        self.body.addWidget(empty)
        self.setLayout(column(self.body, gap=0))
        self.setFocusProxy(self.search)
        self.desk.changed.connect(self._on_change)
        self.refresh()

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & WATCHED and self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        with self.desk.read() as session:
            self._all = network.subnets(session)
        self._filter()

    def _filter(self) -> None:
        text = self.search.text().strip()
        self._shown = network.matching(self._all, text) if text else self._all
        self.table.clearSpans()
        self.model.show(self._shown)
        for line, held in enumerate(self.model.lines):
            if isinstance(held, str):
                self.table.setSpan(line, 0, 1, len(COLUMNS))
        self.body.setCurrentIndex(0 if self._all else 1)
        self._answers.setCurrentIndex(0 if self._shown else 1)
        self.counted.emit(_count(self._all))
        self.footed.emit(self.sentence())

    def sentence(self) -> str:
        """« 54 appareils dans 6 sous-réseaux · 2 adresses en double »."""
        count, places = _count(self._shown), len(self._shown)
        told = counted(count, "appareil")
        told += f" dans {number(places)}{NBSP}sous-réseau{'x' if places > 1 else ''}" if places else ""
        twice = sum(bool(host.clash) for one in self._shown for host in one.hosts)
        return told + (f"  ·  {number(twice)}{NBSP}avec une adresse en double" if twice else "")

    def _open(self, index: QModelIndex) -> None:
        line = self.model.lines[index.row()]
        if isinstance(line, Host):
            self.desk.go_to.emit("asset", line.asset_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        widths = [theme.scaled(width) for _, width, _ in COLUMNS]
        QTimer.singleShot(0, self, partial(self.table.share, widths, ELASTIC))

    def export(self) -> None:
        path = self.desk.ask.file_to_save(self, "Exporter le réseau", "reseau.xlsx", ask.EXCEL)
        if path:
            text = self.search.text().strip()
            self.desk.run(
                "Export du réseau",
                lambda: network.export_job(self.desk.store, path, text),
                lambda n: self.desk.done.emit(f"{number(n)}{NBSP}appareils dans {path.name}", 0),
                "Annuler ne laisse aucun fichier.",
            )


def _count(found: Sequence[Subnet]) -> int:
    return sum(len(one.hosts) for one in found)
