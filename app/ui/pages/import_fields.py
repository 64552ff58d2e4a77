"""The field that a column of a file fills, chosen among all by group, or found by what is typed."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QListView, QStyledItemDelegate

from app.fields import fold
from app.services.importing import Target
from app.ui import theme

ASIDE = "Laisser de côté"
NAME = int(Qt.ItemDataRole.UserRole) + 1
WORDS = NAME + 1
OTHERS = "Autres champs"
MOST_SHOWN = 18
PIECES = {
    "@first": "Prénom de l’utilisateur",
    "@last": "Nom de l’utilisateur",
    "@email": "Courriel de l’utilisateur",
    "@full": "Prénom et nom de l’utilisateur",
    "@machine": "Nom du poste",
}
"""Of an asset: whose name it is, which the short label leaves open."""


def title_of(entity: str, target: Target) -> str:
    return PIECES.get(target.name, target.label) if entity == "asset" else target.label


class Targets(QStandardItemModel):
    """« Laisser de côté », then the fields of an entity under their groups."""

    def __init__(self, entity: str, targets: Sequence[Target]) -> None:
        super().__init__()
        self._add(ASIDE, None)
        for group, found in groupby(targets, key=lambda target: target.group):
            if group or self.rowCount() > 1:
                self._add_group(group or OTHERS)
            for target in found:
                self._add(title_of(entity, target), target.name)

    def _add(self, title: str, name: str | None) -> None:
        item = QStandardItem(title)
        item.setData(name, NAME)
        item.setData(f"{title} {fold(title)}", WORDS)
        self.appendRow(item)

    def _add_group(self, title: str) -> None:
        item = QStandardItem(title)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(theme.font("small_strong"))
        item.setData("", WORDS)
        self.appendRow(item)

    def row_of(self, name: str | None) -> int:
        """The row of a target; « Laisser de côté » for one that the entity does not have."""
        rows = (row for row in range(self.rowCount()) if self._is(row, name))
        return next(rows, 0)

    def _is(self, row: int, name: str | None) -> bool:
        item = self.item(row)
        return item.isEnabled() and item.data(NAME) == name

    def named(self, typed: str) -> int:
        """The row whose title was typed, accents ignored; -1 if none is."""
        wanted = fold(typed.strip())
        rows = (row for row in range(self.rowCount()) if self.item(row).isEnabled())
        return next((row for row in rows if fold(self.item(row).text()) == wanted), -1)


class _Found(QCompleter):
    """Finds by words without accents, and writes the title."""

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole) or "")


class TargetBox(QComboBox):
    """`chosen` when another field was taken. The wheel scrolls what the box stands in: it changes nothing."""

    chosen = Signal()

    def __init__(self, targets: Targets, heading: str) -> None:
        super().__init__()
        self._targets = targets
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setModel(targets)
        self.setMaxVisibleItems(MOST_SHOWN)
        self.setAccessibleName(f"Champ pour la colonne «\u00a0{heading}\u00a0»")
        self.setCompleter(self._completer())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(lambda _: self.chosen.emit())
        self._line = self.lineEdit()
        if self._line is not None:
            self._line.editingFinished.connect(self._settle)

    def _completer(self) -> QCompleter:
        made = _Found(self._targets, self)
        made.setCompletionRole(WORDS)
        made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        made.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = QListView()
        popup.setProperty("kind", "suggestions")
        made.setPopup(popup)
        return made

    def target(self) -> str | None:
        name = self.currentData(NAME)
        return None if name is None else str(name)

    def set_target(self, name: str | None) -> None:
        self.setCurrentIndex(self._targets.row_of(name))

    def _settle(self) -> None:
        """What was typed names a field, or the field before stays."""
        row = self._targets.named(self.currentText())
        if row < 0:
            self.setEditText(self.itemText(self.currentIndex()))
        elif row != self.currentIndex():
            self.setCurrentIndex(row)
            self.chosen.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
