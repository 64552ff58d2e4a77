"""The chosen record beside its list: its facts, what is linked to it, its documents, its history."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QStackedWidget, QTabBar, QWidget

from app.entities import ENTITIES, Entity
from app.errors import NotFound
from app.fields import MISSING, Choice, Day, Field, Joined, Ref
from app.services import attachments, records
from app.services.records import Link, Sheet
from app.ui import places, theme
from app.ui.crud.document_card import DocumentsCard
from app.ui.crud.kept_here import KeptHere
from app.ui.crud.model import mark_of
from app.ui.crud.record_views import HistoryView, LinkedList
from app.ui.desk import Desk
from app.ui.parts import dropping
from app.ui.parts.badge import Badge
from app.ui.parts.basics import column, frame, holder, label, row, scrolled
from app.ui.parts.buttons import Button, icon_button
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.marks import OVER, PAST, SOON, Mark

DOCUMENTS, HISTORY = "Documents", "Historique"
MARGINS = (17, 12, 17, 12)
TABS_INSET = 10
"""The first word of the tabs stands under the title."""


def fact_of(field: Field, sheet: Sheet) -> Fact:
    """A field as a line of the pane: links lead to their record, deadlines say where they stand."""
    value = sheet.values[field.name]
    if isinstance(field, Ref):
        text = sheet.titles.get(field.name, MISSING)
        return Fact(field.label, text, link=f"{field.target}:{value}" if value else "")
    text = field.format(value)
    if isinstance(field, Choice) and field.badge and value is not None:
        return Fact(field.label, "", badge_text=text, badge=mark_of(field, value))
    if isinstance(field, Day) and field.deadline:
        mark = mark_of(field, value)
        if mark == OVER:
            return Fact(field.label, text, badge_text="Dépassée", badge=Mark("bad", loud=True))
        if mark == PAST:
            return Fact(field.label, text, badge_text="Dépassée", badge=Mark("mute", loud=True))
        if mark == SOON:
            return Fact(field.label, text, badge_text="Bientôt", badge=Mark("warn", loud=True))
    return Fact(field.label, text)


def groups_of(entity: Entity, sheet: Sheet) -> list[FactGroup]:
    """The facts under their headings; what is not known is left out, but for what the list shows."""
    groups: dict[str, list[Fact]] = {}
    for field in sheet.fields:
        if isinstance(field, Joined) or field.name in {entity.badge, "number"}:
            continue
        if sheet.values[field.name] is None and field.name not in entity.shown:
            continue
        groups.setdefault(field.group or entity.one, []).append(fact_of(field, sheet))
    return [FactGroup(title, facts) for title, facts in groups.items()]


@dataclass(frozen=True, slots=True)
class PaneTab:
    """`make` builds what the tab shows, each time it is chosen."""

    title: str
    make: Callable[[], QWidget]
    count: int = 0


MenuAct = tuple[str, Callable[[], object]]
"""Its words, and what it does."""


class DetailPane(QFrame):
    """`show_record` fills it; `wanted` asks for an act on the record: edit, duplicate, bin. `acts_of` gives the acts of
    the entity's own on some records."""

    wanted = Signal(str, int)
    closed = Signal()
    watched: frozenset[str] = frozenset()
    """Tables whose changes it shows, besides those that the entity tells."""

    def __init__(self, desk: Desk, entity: Entity) -> None:
        super().__init__()
        self._desk, self.entity = desk, entity
        self.record_id = 0
        self.acts_of: Callable[[Sequence[int]], Sequence[MenuAct]] = lambda _: ()
        self._facts_area: QScrollArea | None = None
        self._tabs: list[PaneTab] = []
        self.setProperty("kind", "pane")
        self.setAcceptDrops(True)
        self.number, self.title = label("", "second", "ink2"), label("", "record", wrap=True)
        self.context, self.badge = label("", "body", "ink2", wrap=True), Badge()
        self.tabs = QTabBar(drawBase=False, expanding=False)
        self.tabs.setProperty("kind", "record")
        self.tabs.setProperty("small", "true")
        self.tabs.setAccessibleName("Rubriques de la fiche")
        self.pages = QStackedWidget()
        self.facts = FactsView()
        self.facts.link_followed.connect(self._follow)
        self.tabs.currentChanged.connect(self._show_tab)
        self._acts = row(gap=2)
        head = column(
            row(self.number, self.badge, None, self._acts, gap=8), self.title, self.context,
            gap=2, margins=(17, 10, 10, 6),
        )  # fmt: skip
        body = column(head, row(self.tabs, margins=(TABS_INSET, 0, 0, 0)), frame("hairline"), self.pages, gap=0)
        self.setLayout(body)
        self._fill_acts()

    def _fill_acts(self) -> None:
        edit, more, close = (
            icon_button("pencil", "Modifier"),
            icon_button("ellipsis", "Autres actions"),
            icon_button("x", "Fermer le volet"),
        )
        edit.setVisible(self.entity.editable)
        edit.clicked.connect(lambda: self.wanted.emit("edit", self.record_id))
        more.clicked.connect(lambda: self._offer(more))
        close.clicked.connect(self.closed.emit)
        for one in (edit, more, close):
            self._acts.addWidget(one)

    def add_act(self, act: Button) -> None:
        """An act of this entity's own, before the common ones."""
        self._acts.insertWidget(1, act)

    def _offer(self, above: QWidget) -> None:
        menu = QMenu(self)
        for words, act in self.acts_of([self.record_id]):
            menu.addAction(words, act)
        if menu.actions():
            menu.addSeparator()
        if self.entity.editable:
            menu.addAction("Dupliquer", lambda: self.wanted.emit("duplicate", self.record_id))
        menu.addAction("Joindre un document…", self._choose_document)
        menu.addSeparator()
        menu.addAction("Mettre à la corbeille", lambda: self.wanted.emit("bin", self.record_id))
        menu.popup(above.mapToGlobal(above.rect().bottomLeft()))

    # Filling

    def show_record(self, record_id: int) -> None:
        kept = self.tabs.currentIndex()
        if record_id != self.record_id and self._facts_area is not None:
            self._facts_area.verticalScrollBar().setValue(0)
        self.record_id = record_id
        try:
            with self._desk.read() as session:
                sheet = records.get(session, self.entity, record_id)
                self._tabs = self.tabs_of(session)
        except NotFound:
            self.closed.emit()
            return
        self._show_head(sheet)
        self.show_facts(sheet)
        self._fill_tabs()
        self.tabs.setCurrentIndex(max(0, min(kept, self.tabs.count() - 1)))
        self._show_tab(self.tabs.currentIndex())

    def show_facts(self, sheet: Sheet) -> None:
        self.facts.set_groups(groups_of(self.entity, sheet))

    def tabs_of(self, session: Any) -> list[PaneTab]:
        """Of the record: its facts, what is linked to it, its documents, its history."""
        links = records.links(session, self.entity, self.record_id)
        documents = len(attachments.of_record(session, self.entity, self.record_id))
        return [
            PaneTab("Fiche", self._facts_page),
            *(PaneTab(link.label, partial(self.linked_page, link), link.count) for link in links),
            PaneTab(DOCUMENTS, self._documents_page, documents),
            PaneTab(HISTORY, self._history_page),
        ]

    def tabs_width(self) -> int:
        """What all its tabs take side by side."""
        return sum(self.tabs.tabRect(at).width() for at in range(self.tabs.count())) + 2 * theme.scaled(TABS_INSET)

    def _show_head(self, sheet: Sheet) -> None:
        number = sheet.values.get("number")
        title = sheet.title.removeprefix(f"{number} ") if number else sheet.title
        self.number.setText(str(number or self.entity.one))
        self.title.setText(title or str(number or ""))
        context = [
            sheet.titles.get(name) or self.entity.field(name).format(sheet.values[name])
            for name in self.entity.subtitle
            if sheet.values[name] is not None
        ]
        self.context.setText(" · ".join(context))
        self.context.setVisible(bool(context))
        field = self.entity.badge_field
        value = sheet.values[field.name] if field else None
        self.badge.setVisible(value is not None)
        if field and value is not None:
            self.badge.set_state(field.format(value), Mark(value.tone, loud=True))

    def _fill_tabs(self) -> None:
        with QSignalBlocker(self.tabs):
            while self.tabs.count() > len(self._tabs):
                self.tabs.removeTab(0)
            while self.tabs.count() < len(self._tabs):
                self.tabs.addTab("")
            self._name_tabs()

    def _name_tabs(self) -> None:
        """With how many each holds, while there is room for that."""
        for counted in (True, False):
            for position, tab in enumerate(self._tabs):
                told = f"{tab.title} {tab.count}" if tab.count else tab.title
                self.tabs.setTabText(position, told if counted else tab.title)
                self.tabs.setTabToolTip(position, told)
            if self.tabs.sizeHint().width() <= self.width() - TABS_INSET:
                break

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._tabs:
            self._name_tabs()

    def _show_tab(self, position: int) -> None:
        if self.record_id and self._tabs:
            self._set_page(self._tabs[max(position, 0)].make())

    def _set_page(self, page: QWidget) -> None:
        old = self.pages.currentWidget()
        if old is page:
            return
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        if old is not None and old is not self._facts_area:
            self.pages.removeWidget(old)
            old.deleteLater()

    def _facts_page(self) -> QWidget:
        """Kept from one record to the next."""
        if self._facts_area is None:
            self._facts_area = scrolled(holder(column(self.facts_body(), None, margins=MARGINS)))
        return self._facts_area

    def facts_body(self) -> QWidget:
        """What the first tab holds; `show_facts` fills it."""
        return self.facts

    def _documents_page(self) -> QWidget:
        return scrolled(holder(column(self._documents(), None, margins=MARGINS)))

    def _history_page(self) -> QWidget:
        return HistoryView(self._desk, self.entity, self.record_id, bare=True)

    def linked_page(self, link: Link) -> QWidget:
        entity = ENTITIES[link.entity]
        none = "Aucune" if entity.gender == "f" else "Aucun"
        page = LinkedList(self._desk, link.entity, link.via, self.record_id, f"{none} {entity.one.lower()} ici")
        if link.here:
            return KeptHere(self._desk, page, link.via, self.record_id)
        page.opened.connect(lambda found: self._open_linked(link, found))
        return page

    def _open_linked(self, link: Link, found: int) -> None:
        """The record itself, or what it leads to when it has no place of its own: a cover leads to its contract."""
        if places.where(link.entity) is not None:
            self._desk.go_to.emit(link.entity, found)
            return
        refs = [f for f in ENTITIES[link.entity].fields if isinstance(f, Ref) and f.name != link.via]
        with self._desk.read() as session:
            values = records.get(session, ENTITIES[link.entity], found).values
        told = [(f.target, values[f.name]) for f in refs if values[f.name] and places.where(f.target) is not None]
        if told:
            self._desk.go_to.emit(*told[0])

    # Documents

    def _documents(self) -> DocumentsCard:
        return DocumentsCard(self._desk, self.entity, self.record_id)

    def _choose_document(self) -> None:
        self._documents().choose()

    def attach(self, paths: Sequence[Path]) -> None:
        self._documents().attach(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.record_id:
            dropping.welcome(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.attach(dropping.files_of(event))

    def _follow(self, link: str) -> None:
        self._desk.follow(link)
