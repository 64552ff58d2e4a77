"""The points to check of a visit: a line for each point and asset, answered by one key each."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from app.fields import MISSING, counted
from app.services.planning import CheckResult, checklist
from app.services.planning.checklist import Check
from app.ui import theme
from app.ui.desk import Desk
from app.ui.parts.basics import OneLine, row
from app.ui.parts.buttons import button
from app.ui.parts.card import Card
from app.ui.parts.marks import MARK, PLAIN, Mark
from app.ui.parts.table import ListColumn, ListView, Shape

COLUMNS: tuple[tuple[str, int, Shape], ...] = (
    ("Bien", 190, "text"), ("Point", 300, "text"), ("Constat", 150, "badge"), ("Remarque", 240, "text"),
)  # fmt: skip
ASSET, POINT, RESULT, NOTE = range(4)
NO_RESULT = "Sans constat"
KEYS = {
    "C": CheckResult.GOOD, "R": CheckResult.BAD, "S": CheckResult.NOT_APPLICABLE, "Del": None,
}  # fmt: skip
ANSWERS = (
    ("Conforme", CheckResult.GOOD), ("À reprendre", CheckResult.BAD), ("Sans objet", CheckResult.NOT_APPLICABLE),
)  # fmt: skip
HINT = "C conforme · R à reprendre · S sans objet · Suppr efface · Entrée écrit une remarque"
LEAST = 90
"""Pixels down to which a column of words gives way."""
MOST = 14
"""Lines in sight: a longer list scrolls."""
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class ChecksModel(QAbstractTableModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[Check] = []

    def show(self, lines: Sequence[Check]) -> None:
        """In place where only the answers changed: the line chosen stays."""
        same = [(one.asset_id, one.label) for one in lines] == [(one.asset_id, one.label) for one in self.lines]
        if same and lines:
            self.lines = list(lines)
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, NOTE))
            return
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        return COLUMNS[section][0] if not role and orientation == Qt.Orientation.Horizontal else None

    def data(self, index: Index, role: int = 0) -> Any:
        one = self.lines[index.row()]
        told = one.result.label if one.result else NO_RESULT
        text = (one.asset or MISSING, one.label, told, one.notes)[index.column()]
        if not role:
            return text
        if role == MARK and index.column() == RESULT:
            return Mark(one.result.tone, loud=one.result.loud) if one.result else Mark("mute", glyph="circle-dashed")
        if role == MARK:
            return PLAIN
        if role == int(Qt.ItemDataRole.ForegroundRole) and text == MISSING:
            return theme.color("ink3")
        return None


class ChecklistCard(Card):
    """`counted` once the answers changed, with how many are left."""

    counted = Signal(int)

    def __init__(self, desk: Desk, visit_id: int) -> None:
        self.rest = button("Tout le reste est conforme", icon="check-check")
        super().__init__("Points à vérifier", corner=self.rest, flush=True)
        self._desk, self._visit = desk, visit_id
        self.model = ChecksModel(self)
        self.table = ListView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(f"Points à vérifier. {HINT}")
        self.table.set_columns([ListColumn(width, shape) for _, width, shape in COLUMNS])
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.activated.connect(lambda index: self.annotate(index.row()))
        for keys, result in KEYS.items():
            act = partial(self.settle, result)
            QShortcut(QKeySequence(keys), self.table, act, context=Qt.ShortcutContext.WidgetShortcut)
        self.rest.clicked.connect(self.settle_rest)
        self.answers = [self._answer(words, result) for words, result in ANSWERS]
        self.body.addWidget(self.table)
        hint = OneLine("small", "ink2")
        hint.show_text(HINT)
        self.body.addLayout(row(*self.answers, None, hint, gap=6, margins=(16, 8, 16, 4)))

    def _answer(self, words: str, result: CheckResult) -> QWidget:
        made = button(words, "quiet")
        made.clicked.connect(partial(self.settle, result))
        return made

    def reload(self) -> None:
        with self._desk.read() as session:
            lines = checklist.of_visit(session, self._visit)
        self.setVisible(bool(lines))
        self.model.show(lines)
        if lines and not self.table.selectionModel().hasSelection():
            self.table.setCurrentIndex(self.model.index(0, 0))
        left = sum(one.result is None for one in lines)
        self.rest.setVisible(bool(left))
        told = counted(len(lines), "point")
        self.note.setText(f"{told}, {left} sans constat" if left else told)
        self.table.setColumnHidden(ASSET, not any(one.asset for one in lines))
        shown = min(len(lines), MOST)
        self._share()
        self.table.setFixedHeight(self.table.head().sizeHint().height() + shown * theme.row_height() + 1)
        self.counted.emit(left)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        shown = [0 if self.table.isColumnHidden(at) else theme.scaled(one[1]) for at, one in enumerate(COLUMNS)]
        self.table.share(shown, {ASSET, POINT, NOTE}, theme.scaled(LEAST))

    def chosen(self) -> list[int]:
        return sorted(index.row() for index in self.table.selectionModel().selectedRows())

    def settle(self, result: CheckResult | None) -> None:
        """Answer the lines chosen, then stand on the one after."""
        places = self.chosen()
        if not places:
            return
        self._desk.act(
            "Points vérifiés",
            lambda s: checklist.settle(s, self._visit, places, result),
            told=self._told(places, result),
        )
        after = self.model.index(min(places[-1] + 1, self.model.rowCount() - 1), 0)
        self.table.setCurrentIndex(after)

    def _told(self, places: list[int], result: CheckResult | None) -> str:
        words = result.label if result else NO_RESULT
        one = self.model.lines[places[0]].label
        return f"{one}\u00a0: {words.lower()}" if len(places) == 1 else f"{len(places)} points\u00a0: {words.lower()}"

    def settle_rest(self) -> None:
        self._desk.act(
            "Points vérifiés",
            lambda s: checklist.settle_left(s, self._visit, CheckResult.GOOD),
            told="Les points restants sont conformes",
        )

    def annotate(self, place: int) -> None:
        one = self.model.lines[place]
        asked = f"{one.label} ({one.asset})" if one.asset else one.label
        text = self._desk.ask.line(self, "Remarque", asked, one.notes)
        if text is not None:
            self._desk.act("Remarque", lambda s: checklist.annotate(s, self._visit, place, text))
