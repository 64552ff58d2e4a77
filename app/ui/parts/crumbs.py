"""The head of a record shown as a page: way back, place in the list, title, badges, actions, tabs."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTabBar, QWidget

from app.ui.parts.badge import Badge
from app.ui.parts.basics import OneLine, column, empty_layout, label, row
from app.ui.parts.buttons import button, icon_button
from app.ui.parts.marks import Mark


@dataclass(frozen=True, slots=True)
class HeadData:
    """`place` is « 3 sur 9 », or "" outside a list; at most two badges, as pairs of word and mark."""

    section: str
    number: str
    title: str
    context: str
    place: str = ""
    badges: Sequence[tuple[str, Mark]] = ()


def record_tabs(titles: Sequence[str], *, small: bool = False) -> QTabBar:
    """The tabs of a record; `small` for the pane beside a list, where seven must fit."""
    tabs = _tabs("record", titles)
    tabs.setProperty("small", small)
    return tabs


def list_views(titles: Sequence[str]) -> QTabBar:
    """Ready filters of a list, one of them taken: pills that look like filters, since a tab shows another page."""
    tabs = _tabs("views", titles)
    tabs.setAccessibleName("Vues de la liste")
    return tabs


def _tabs(kind: str, titles: Sequence[str]) -> QTabBar:
    tabs = QTabBar()
    tabs.setProperty("kind", kind)
    tabs.setDrawBase(False)
    tabs.setExpanding(False)
    tabs.setUsesScrollButtons(True)
    tabs.setElideMode(Qt.TextElideMode.ElideNone)
    for title in titles:
        tabs.addTab(title)
    return tabs


class RecordHead(QFrame):
    """`back`, `previous`, `following` for the ways out; `tab_changed` gives the position of the tab."""

    back = Signal()
    previous = Signal()
    following = Signal()
    tab_changed = Signal(int)

    def __init__(self, actions: Sequence[QWidget] = (), tabs: Sequence[str] = ()) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self._section, self._number = button("", "bare"), label("", "second", "ink2")
        self._section.clicked.connect(self.back)
        self._title, self._context = OneLine("page", "ink"), OneLine("body", "ink2")
        self._badges = row(gap=7)
        self._place = label("", "second", "ink2")
        self._up, self._down = icon_button("chevron-up", "Précédent"), icon_button("chevron-down", "Suivant")
        self._up.clicked.connect(self.previous)
        self._down.clicked.connect(self.following)
        words = column(row(self._title, self._badges, None, gap=10), self._context, gap=1)
        head = row(words, None, *actions, margins=(16, 0, 16, 0))
        body = column(self._crumbs(), head, gap=2, margins=(0, 6, 0, 0 if tabs else 10))
        self.tabs = record_tabs(tabs)
        self.tabs.setAccessibleName("Onglets de la fiche")
        if tabs:
            self.tabs.currentChanged.connect(self.tab_changed)
            body.addSpacing(8)
            body.addLayout(row(self.tabs, None, margins=(6, 0, 6, 0)))
        self.setLayout(body)

    def _crumbs(self) -> QHBoxLayout:
        back = icon_button("arrow-left", "Retour à la liste")
        back.clicked.connect(self.back)
        way = label("›", "second", "ink3")
        return row(
            back, self._section, way, self._number, None, self._place, self._up, self._down, gap=5, margins=(9, 0, 9, 0)
        )

    def set_data(self, data: HeadData) -> None:
        self._section.setText(data.section)
        self._number.setText(data.number)
        self._title.show_text(data.title)
        self._context.show_text(data.context)
        self._place.setText(data.place)
        for step in (self._up, self._down):
            step.setVisible(bool(data.place))
        empty_layout(self._badges)
        for text, mark in data.badges:
            self._badges.addWidget(Badge(text, mark))

    def set_steps(self, before: bool, after: bool) -> None:
        """Whether there is a record before and after this one."""
        self._up.setEnabled(before)
        self._down.setEnabled(after)
