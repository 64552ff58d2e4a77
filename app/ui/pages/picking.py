"""Tick what to add among lines that are proposed, under their headings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from app.fields import plural
from app.ui import theme
from app.ui.desk import Desk
from app.ui.parts.basics import column, holder, label, row, scrolled
from app.ui.parts.buttons import button, set_available
from app.ui.parts.formshell import dialog_buttons, dialog_foot


@dataclass(frozen=True, slots=True)
class Pick:
    """`value` is given back when ticked; lines of one `group` stand together under its name."""

    value: Any
    text: str
    detail: str = ""
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Picking:
    """`run` gets the session and the values ticked; `told` makes the sentence of what was done from their number."""

    title: str
    verb: str
    intro: str
    picks: Sequence[Pick]
    run: Callable[[Any, list[Any]], object]
    told: Callable[[int], str]


class PickDialog(QDialog):
    def __init__(self, desk: Desk, asked: Picking, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._asked = desk, asked
        self.setWindowTitle(asked.title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.boxes = [self._box(pick) for pick in asked.picks]
        every = button("Tout cocher", "quiet", "list-checks")
        every.clicked.connect(self.tick_all)
        self._count = label("", "body", "ink2")
        self.buttons = dialog_buttons(asked.verb, "plus")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        head = column(label(asked.intro, "body", "ink2", wrap=True), row(self._count, None, every), gap=6)
        head.setContentsMargins(22, 14, 22, 6)
        self.setLayout(column(head, scrolled(holder(self._lines())), dialog_foot("", self.buttons), gap=0))
        self.resize(theme.scaled(620), theme.scaled(600))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        self._follow()

    def _box(self, pick: Pick) -> QCheckBox:
        made = QCheckBox(pick.text)
        made.setAccessibleDescription(pick.detail)
        made.toggled.connect(lambda _: self._follow())
        return made

    def _lines(self) -> Any:
        body, group = column(gap=2, margins=(22, 6, 22, 14)), ""
        for pick, box in zip(self._asked.picks, self.boxes, strict=True):
            if pick.group != group:
                group = pick.group
                body.addSpacing(10)
                body.addWidget(label(group, "title"))
            body.addWidget(box)
            if pick.detail:
                body.addLayout(row(label(pick.detail, "second", "ink2", wrap=True), margins=(26, 0, 0, 4)))
        body.addStretch(1)
        return body

    def _follow(self) -> None:
        count = len(self.ticked())
        self._count.setText(f"{count} {plural(count, 'cochée', 'cochées')}" if count else "Rien de coché")
        accept = self.buttons.buttons()[0]
        set_available(accept, bool(count), "Cochez au moins une ligne.")

    def tick_all(self) -> None:
        for box in self.boxes:
            box.setChecked(True)

    def ticked(self) -> list[Any]:
        return [pick.value for pick, box in zip(self._asked.picks, self.boxes, strict=True) if box.isChecked()]

    def accept(self) -> None:
        if ticked := self.ticked():
            self._desk.act(
                self._asked.title, lambda session: self._asked.run(session, ticked), self._asked.told(len(ticked))
            )
            super().accept()
