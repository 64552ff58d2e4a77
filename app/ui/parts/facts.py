"""Facts of a record in groups: label in a fixed column, value beside it; two columns of groups when wide."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.ui import theme
from app.ui.parts.badge import Badge
from app.ui.parts.basics import OneLine, column, empty_layout, fill, hairline, holder, label, row
from app.ui.parts.buttons import button
from app.ui.parts.explain import SIDE, Explain
from app.ui.parts.marks import Mark

WIDE = 700  # from here on, two columns
ROW_GAP = 4
VALUE_GAP = 14
MARK_GAP = 4
LINK = 240
"""Of a link at most, at the base size of text: a pane holds it beside its label."""
WORD = 150
"""Of what cannot go to the next line, a word or a value before its badge, at most: beyond, a narrow place cuts it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """`note` follows the value, quieter; `badge` (its word in `badge_text`) comes after; `tone` tints the value.

    A `link` key makes the value a link; `term` names the legal word explained beside it.
    """

    label: str
    value: str
    note: str = ""
    tone: str = ""
    badge_text: str = ""
    badge: Mark | None = None
    link: str = ""
    term: str = ""


@dataclass(frozen=True, slots=True)
class FactGroup:
    title: str
    facts: Sequence[Fact]
    aside: str = ""


class FactsView(QWidget):
    """`link_followed` gives the key of a fact that is a link."""

    link_followed = Signal(str)
    _given: Sequence[FactGroup] = ()

    def __init__(self, groups: Sequence[FactGroup] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: list[QWidget] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.scaled(32))
        self._grid.setVerticalSpacing(12)
        self.set_groups(groups)

    def set_groups(self, groups: Sequence[FactGroup]) -> None:
        empty_layout(self._grid)
        self._given = groups
        marks = theme.scaled(SIDE + MARK_GAP)
        named = [theme.width(one.label) + (marks if one.term else 0) for group in groups for one in group.facts]
        width = max(named, default=0) + VALUE_GAP
        self._groups = [self._group(group, width) for group in groups]
        self._columns = 0
        self._place()

    def _group(self, group: FactGroup, width: int) -> QWidget:
        body = column(gap=ROW_GAP)
        if group.title:
            body.addLayout(row(label(group.title, "strong"), None, label(group.aside, "second", "ink2")))
        for fact in group.facts:
            body.addLayout(self._fact(fact, width))
        return holder(body)

    def _fact(self, fact: Fact, width: int) -> QHBoxLayout:
        name = label(fact.label, "body", "ink2")
        mark = Explain(fact.term) if fact.term else None
        name.setFixedWidth(width if mark is None else theme.width(fact.label) + MARK_GAP)
        name.setAlignment(Qt.AlignmentFlag.AlignVCenter if fact.term else Qt.AlignmentFlag.AlignTop)
        alone = not (fact.note or fact.badge or fact.link)
        line = row(name, gap=0)
        if mark is not None:
            line.addWidget(mark)
            line.addSpacing(max(0, width - name.width() - mark.width()))
        parts: list[QWidget] = [self._value(fact, alone)] if fact.value or alone else []
        flows = bool(fact.note) and fact.badge is None
        parts += [label(fact.note, "second", "ink2", wrap=flows)] if fact.note else []
        parts += [Badge(fact.badge_text, fact.badge)] if fact.badge is not None else []
        for position, shown in enumerate(parts):
            fill(line, 8 if position else 0, shown)
        if flows:
            line.setStretch(line.count() - 1, 1)  # a long note goes to the next line rather than out of sight
        elif not alone:
            line.addStretch(1)
        return line

    def _value(self, fact: Fact, alone: bool) -> QWidget:
        if fact.link:
            shown_of_it = theme.metrics().elidedText(fact.value, Qt.TextElideMode.ElideRight, theme.scaled(LINK))
            follow = button(shown_of_it, "link", tip=fact.value if shown_of_it != fact.value else "")
            follow.setAccessibleName(f"{fact.label}\u00a0: {fact.value}")
            follow.setProperty("fact", True)
            follow.clicked.connect(lambda: self.link_followed.emit(fact.link))
            return follow
        kind, ink = ("strong", f"{fact.tone}.text") if fact.tone else ("body", "ink")
        unbroken = fact.value.split() if alone else [fact.value]
        if max(map(theme.width, unbroken), default=0) > theme.scaled(WORD):
            cut = OneLine(kind, ink)
            cut.show_text(fact.value)
            return cut
        shown = label(fact.value, kind, ink, wrap=alone)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setAccessibleName(f"{fact.label}\u00a0: {fact.value}")
        return shown

    def _place(self) -> None:
        """Lay the groups out again when the width asks for another number of columns."""
        columns = 2 if self.width() >= theme.scaled(WIDE) and len(self._groups) > 1 else 1
        if columns == self._columns:
            return
        self._columns = columns
        while item := self._grid.takeAt(0):
            widget = item.widget()
            if widget is not None and widget not in self._groups:
                widget.deleteLater()
        for position, group in enumerate(self._groups):
            line, across = divmod(position, columns)
            if line and not across:
                self._grid.addWidget(hairline(), 2 * line - 1, 0, 1, columns)
            self._grid.addWidget(group, 2 * line, across, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, columns - 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._given:
            QTimer.singleShot(0, self, lambda: self.set_groups(self._given))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
