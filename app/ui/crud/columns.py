"""Choose the columns of a list and their order."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QWidget

from app.entities import Entity
from app.ui.parts.basics import column, label, row
from app.ui.parts.buttons import button

NAME = Qt.ItemDataRole.UserRole


class ColumnsDialog(QDialog):
    """Tick what is shown, drag or press « Monter » and « Descendre » to order. The first column always stays."""

    def __init__(
        self, entity: Entity, shown: tuple[str, ...], chosen: Callable[[tuple[str, ...]], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Colonnes")
        self._chosen, self._entity = chosen, entity
        self.list = QListWidget()
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._fill(shown)
        up, down, usual = button("Monter"), button("Descendre"), button("Colonnes d’origine", "quiet")
        up.clicked.connect(lambda: self._move(-1))
        down.clicked.connect(lambda: self._move(1))
        usual.clicked.connect(lambda: self._fill(entity.shown))
        box = QDialogButtonBox()
        box.addButton(button("Appliquer", "primary", "check"), QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(button("Annuler"), QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        self.setLayout(
            column(label(f"Colonnes de la liste\u00a0: {entity.many.lower()}", "card"), self.list,
                   row(up, down, None, usual), box, gap=10, margins=(16, 14, 16, 14))
        )  # fmt: skip
        self.resize(400, 520)

    def _fill(self, shown: tuple[str, ...]) -> None:
        self.list.clear()
        others = [f.name for f in self._entity.columns if f.name not in shown]
        for name in (*shown, *others):
            item = QListWidgetItem(self._entity.field(name).label)
            item.setData(NAME, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if name in shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)

    def _move(self, by: int) -> None:
        at = self.list.currentRow()
        if at >= 0 and 0 <= at + by < self.list.count():
            self.list.insertItem(at + by, self.list.takeItem(at))
            self.list.setCurrentRow(at + by)

    def accept(self) -> None:
        items = [self.list.item(i) for i in range(self.list.count())]
        ticked = tuple(i.data(NAME) for i in items if i.checkState() == Qt.CheckState.Checked)
        super().accept()
        self._chosen(ticked or self._entity.shown)
