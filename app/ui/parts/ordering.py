"""Choose among things, and their order: tick what is shown, drag or press « Monter » and « Descendre »."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QWidget

from app.ui.parts.basics import column, label, row
from app.ui.parts.buttons import button

NAME = Qt.ItemDataRole.UserRole


class OrderDialog(QDialog):
    """`names` are the words of each thing by its key, `shown` those ticked in their order, `usual` those that
    `back` (a button's words) puts again. `chosen` gets the keys ticked, the usual ones when there is none."""

    def __init__(
        self,
        titles: tuple[str, str],
        names: Mapping[str, str],
        shown: Sequence[str],
        parent: QWidget,
        *,
        usual: tuple[str, ...],
        back: str,
        chosen: Callable[[tuple[str, ...]], None],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(titles[0])
        self._names, self._usual, self._chosen = names, usual, chosen
        self.list = QListWidget()
        self.list.setAccessibleName(titles[1])
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setSpacing(2)
        self._fill(shown)
        up = button("Monter", tip="Alt+↑")
        down = button("Descendre", tip="Alt+↓")
        again = button(back, "quiet")
        up.clicked.connect(lambda: self._move(-1))
        down.clicked.connect(lambda: self._move(1))
        QShortcut(QKeySequence("Alt+Up"), self, lambda: self._move(-1))
        QShortcut(QKeySequence("Alt+Down"), self, lambda: self._move(1))
        again.clicked.connect(lambda: self._fill(usual))
        box = QDialogButtonBox()
        box.addButton(button("Appliquer", "primary", "check"), QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(button("Annuler"), QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        self.above = column(label(titles[1], "card"), gap=6)
        self.setLayout(column(self.above, self.list, row(up, down, None, again), box, gap=10, margins=(16, 14, 16, 14)))
        self.resize(400, 520)

    def _fill(self, shown: Iterable[str]) -> None:
        self.list.clear()
        ticked = tuple(shown)
        for name in (*ticked, *(one for one in self._names if one not in ticked)):
            item = QListWidgetItem(self._names[name])
            item.setData(NAME, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if name in ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)

    def _move(self, by: int) -> None:
        at = self.list.currentRow()
        if at >= 0 and 0 <= at + by < self.list.count():
            self.list.insertItem(at + by, self.list.takeItem(at))
            self.list.setCurrentRow(at + by)

    def ticked(self) -> tuple[str, ...]:
        items = [self.list.item(i) for i in range(self.list.count())]
        return tuple(i.data(NAME) for i in items if i.checkState() == Qt.CheckState.Checked)

    def accept(self) -> None:
        found = self.ticked()
        super().accept()
        self._chosen(found or self._usual)
