"""People to tick, service by service: who is invited to a session, who came to it."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from app.fields import counted
from app.services.awareness import Guest
from app.ui import theme
from app.ui.parts.basics import column, label, row
from app.ui.parts.buttons import button

PERSON = int(Qt.ItemDataRole.UserRole)
TICK = Qt.ItemFlag.ItemIsUserCheckable
LINES = 9
"""In sight at once, at least."""
ON, OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class GuestsTree(QWidget):
    """A box a person and a box a service: Space ticks what the cursor is on. `changed` after each tick."""

    changed = Signal()

    def __init__(self, title: str, guests: Sequence[Guest], ticked: Iterable[int]) -> None:
        super().__init__()
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(title)
        self.tree.setColumnCount(1)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.tree.setMinimumHeight(LINES * theme.row_height())
        self.count = label("", "second", "ink2")
        every, none = button("Tout cocher", "link"), button("Tout décocher", "link")
        every.clicked.connect(lambda: self.tick(one.id for one in guests))
        none.clicked.connect(lambda: self.tick(()))
        self._fill(guests, set(ticked))
        self.tree.itemChanged.connect(lambda *_: self._tell())
        head = row(label(title, "card"), self.count, None, every, none, gap=12)
        self.setLayout(column(head, self.tree, gap=6))
        self.setFocusProxy(self.tree)
        self._tell()

    def _fill(self, guests: Sequence[Guest], ticked: set[int]) -> None:
        for service, people in groupby(guests, key=lambda one: one.service):
            group = QTreeWidgetItem(self.tree, [service])
            group.setSizeHint(0, QSize(0, theme.row_height()))
            group.setFlags(group.flags() | TICK | Qt.ItemFlag.ItemIsAutoTristate)
            for one in people:
                line = QTreeWidgetItem(group, [one.name])
                line.setFlags(line.flags() | TICK)
                line.setSizeHint(0, QSize(0, theme.row_height()))
                line.setData(0, PERSON, one.id)
                line.setCheckState(0, ON if one.id in ticked else OFF)
        self.tree.expandAll()

    def _lines(self) -> list[QTreeWidgetItem]:
        groups = [self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount())]
        return [line for group in groups if group for at in range(group.childCount()) if (line := group.child(at))]

    def tick(self, people: Iterable[int]) -> None:
        """These and no other."""
        wanted = set(people)
        for line in self._lines():
            line.setCheckState(0, ON if line.data(0, PERSON) in wanted else OFF)

    def ticked(self) -> set[int]:
        return {line.data(0, PERSON) for line in self._lines() if line.checkState(0) == ON}

    def _tell(self) -> None:
        lines = self._lines()
        self.count.setText(f"{len(self.ticked())} sur {counted(len(lines), 'personne')}")
        self.changed.emit()
