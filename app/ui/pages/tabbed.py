"""A record as a page of tabs under one head: contracts, providers, consultations and meetings are shown so."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.entities import Entity
from app.fields import moment
from app.services import records
from app.services.records import Sheet
from app.ui.crud.document_card import DocumentsCard
from app.ui.crud.form import FormDialog
from app.ui.crud.record_views import PAGE_MARGINS, HistoryView
from app.ui.desk import Desk
from app.ui.pages.acts import to_bin
from app.ui.pages.base import RecordPage
from app.ui.parts.basics import column, holder, scrolled
from app.ui.parts.buttons import Button
from app.ui.parts.crumbs import RecordHead

Tabs = tuple[tuple[str, Callable[[Desk, int], Any]], ...]
"""Titles, and what makes the widget of each: it has `reload()`."""


class DocumentsTab(QWidget):
    """`roles`: the signed copy is told from the others."""

    def __init__(self, desk: Desk, entity: Entity, record_id: int, roles: bool = False) -> None:
        super().__init__()
        self.card = DocumentsCard(desk, entity, record_id, roles=roles)
        self.setLayout(column(scrolled(holder(column(self.card, None, margins=PAGE_MARGINS)))))

    def reload(self) -> None:
        self.card.reload()


def last_tabs(entity: Entity, roles: bool = False) -> Tabs:
    """The two that end every page."""
    return (
        ("Documents", lambda desk, record_id: DocumentsTab(desk, entity, record_id, roles)),
        ("Historique", lambda desk, record_id: HistoryView(desk, entity, record_id)),
    )


class TabbedPage(RecordPage):
    """Each tab is made when first shown. `concerned` names the tables whose changes have the page read again."""

    entity: ClassVar[Entity]
    tabs: ClassVar[Tabs]
    concerned: ClassVar[frozenset[str]]

    def __init__(self, desk: Desk, record_id: int) -> None:
        super().__init__(desk, record_id)
        self.place = ("", False, False)
        self.made: dict[int, Any] = {}
        self.head = RecordHead(self.head_buttons(), [title for title, _ in self.tabs])
        self.head.back.connect(self.closed)
        self.head.previous.connect(lambda: self.stepped.emit(-1))
        self.head.following.connect(lambda: self.stepped.emit(1))
        self.head.tab_changed.connect(self.show_tab)
        self.body = QStackedWidget()
        self.setLayout(column(self.head, *self.under_head(), self.body, gap=0))
        self.setFocusProxy(self.head.tabs)
        desk.changed.connect(self._on_change)
        self.read()
        self.show_tab(0)

    # What a page says of its own

    def head_buttons(self) -> list[Button]:
        return []

    def under_head(self) -> Sequence[QWidget | QVBoxLayout | QHBoxLayout]:
        return ()

    def placed(self, title: str, made: Any) -> QWidget:  # noqa: ARG002 - a page may wrap some of its tabs
        """A tab just made, as it stands in the page."""
        widget: QWidget = made
        return widget

    def read_more(self, session: Any) -> None:
        """What the head needs beside the sheet."""

    def show_head(self) -> None:
        raise NotImplementedError

    def reload_more(self) -> None:
        """What stands beside the tabs."""

    # Tabs

    def show_tab(self, position: int) -> None:
        if position not in self.made:
            title, make = self.tabs[position]
            self.made[position] = made = make(self.desk, self.record_id)
            self.body.addWidget(self.placed(title, made))
        self.body.setCurrentIndex(list(self.made).index(position))

    def open_tab(self, title: str) -> None:
        """Bring a tab to the front by its name."""
        self.head.tabs.setCurrentIndex([name for name, _ in self.tabs].index(title))

    def shown_tab(self) -> str:
        return self.tabs[self.head.tabs.currentIndex()][0]

    def tab(self) -> Any:
        """The tab in front."""
        return self.made[self.head.tabs.currentIndex()]

    # Reading

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & self.concerned:
            self.read()
            if not self.sheet.in_bin:
                for made in self.made.values():
                    made.reload()
                self.reload_more()

    def read(self) -> None:
        """The head again; a record that was put in the bin closes its page."""
        with self.desk.read() as session:
            self.sheet: Sheet = records.get(session, self.entity, self.record_id)
            self.read_more(session)
        if self.sheet.in_bin:
            self.closed.emit()
            return
        self.show_head()
        self.head.set_steps(*self.place[1:])
        self.footed.emit(self.sentence())

    def set_place(self, place: str, before: bool, after: bool) -> None:
        self.place = (place, before, after)
        self.read()

    @property
    def name(self) -> str:
        """Its number, or its title where it has none."""
        return str(self.sheet.values.get("number") or self.sheet.title)

    def sentence(self) -> str:
        agreed = "e" if self.entity.gender == "f" else ""
        return f"{self.name}  ·  modifié{agreed} le {moment(self.sheet.updated_at)}"

    def edit(self) -> None:
        FormDialog(self.desk, self.entity, self.record_id, parent=self.window()).open()

    def to_bin(self) -> None:
        to_bin(self.desk, self.entity, self.record_id, self.name)
