"""One tab: its sections as pills, their actions, the page of the current one, or a record in their place."""

from functools import partial

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.entities import ENTITIES
from app.services import listing
from app.ui import places
from app.ui.desk import Desk
from app.ui.pages.base import Page, RecordPage
from app.ui.parts.basics import column, empty_layout, frame, row
from app.ui.parts.sections import SectionBar
from app.ui.parts.tabbar import Section
from app.ui.state import UiState

AFTER_LIST = 40
"""Milliseconds before the other sections are counted: the list in front is on the screen, and counted, by then."""


class TabPage(QWidget):
    """Pages are made when first shown. `footed` gives the sentence of the footer."""

    footed = Signal(str)
    page_made = Signal(object)

    def __init__(self, desk: Desk, tab: places.Tab, state: UiState) -> None:
        super().__init__()
        self._desk, self.tab, self._state = desk, tab, state
        self._pages: dict[int, Page] = {}
        self.sections = SectionBar(
            [Section(place.title) for place in tab.places],
            [at for at, place in enumerate(tab.places) if place.aside],
            f"Rubriques\u00a0: {tab.title}",
        )
        self.switch = self.sections.switch
        self.switch.currentChanged.connect(self.show_section)
        self._actions: QHBoxLayout = row(gap=8)
        self._bar = frame("sections", row(self.sections, self._actions, margins=(16, 8, 16, 8)))
        bar = self._bar.layout()
        assert isinstance(bar, QHBoxLayout)  # noqa: S101 - made on the line above
        bar.setStretch(0, 1)
        self._bar.setVisible(len(tab.places) > 1 or tab.title != "Accueil")
        self._sections = QStackedWidget()
        lists = QWidget()
        lists.setLayout(column(self._bar, self._sections, gap=0))
        self._stack = QStackedWidget()
        self._stack.addWidget(lists)
        self.setLayout(column(self._stack, gap=0))
        self.record: RecordPage | None = None
        self._listed = {place.key for place in tab.places if not place.aside} & ENTITIES.keys()
        self._stale = set(self._listed)
        self._counter = QTimer(self, singleShot=True, interval=AFTER_LIST)
        self._counter.timeout.connect(self._count_sections)
        desk.changed.connect(self._on_change)

    def page(self, section: int | None = None) -> Page:
        """The page of a section, made at need."""
        at = self.switch.currentIndex() if section is None else section
        if at not in self._pages:
            made = places.make(self.tab.places[at], self._desk, self._state)
            made.footed.connect(lambda text, at=at: self._foot(at, text))
            made.counted.connect(partial(self._count, at))
            self._pages[at] = made
            self._sections.addWidget(made)
            self.page_made.emit(made)
        return self._pages[at]

    def show_section(self, section: int) -> None:
        self.close_record()
        known = section in self._pages
        page = self.page(section)
        self._sections.setCurrentWidget(page)
        empty_layout(self._actions)
        for action in page.section_actions():
            self._actions.addWidget(action)
        if known:
            page.refresh()
        self.footed.emit(page.sentence())

    def go_to_section(self, section: int) -> None:
        if self.switch.currentIndex() == section:
            self.show_section(section)
        else:
            self.switch.setCurrentIndex(section)

    def begin_at(self, section: int) -> None:
        """The section to show first, without showing it yet."""
        if 0 <= section < self.switch.count():
            with QSignalBlocker(self.switch):
                self.switch.setCurrentIndex(section)

    def start(self) -> None:
        """Show the current section, the first time the tab comes to the front."""
        if not self._pages:
            self.show_section(self.switch.currentIndex())
        self._counter.start()

    def open_record(self, record: RecordPage) -> None:
        """A record in the place of the sections, until it is closed."""
        self.close_record()
        self.record = record
        record.closed.connect(self.close_record)
        record.footed.connect(self.footed)
        self._stack.addWidget(record)
        self._stack.setCurrentWidget(record)
        record.setFocus()
        self.footed.emit(record.sentence())

    def close_record(self) -> None:
        if self.record is not None:
            record, self.record = self.record, None
            self._stack.setCurrentIndex(0)
            self._stack.removeWidget(record)
            record.deleteLater()
            self.footed.emit(self.page().sentence())

    def _foot(self, section: int, text: str) -> None:
        if section == self.switch.currentIndex() and self.record is None:
            self.footed.emit(text)

    def _on_change(self, tables: frozenset[str]) -> None:
        """What changed is counted again: at once in the tab in front, in the others when they come back."""
        self._stale |= tables & self._listed
        if self.isVisible():
            self._counter.start()

    def _count_sections(self) -> None:
        """Count the lists that no page counts."""
        wanted = [at for at, one in enumerate(self.tab.places) if one.key in self._stale and at not in self._pages]
        self._stale.clear()
        if not wanted or len(self.tab.places) == 1:
            return
        entities = [ENTITIES[self.tab.places[at].key] for at in wanted]
        with self._desk.read() as session:
            counts = [listing.count(session, one, listing.default_query(one)) for one in entities]
        for at, count in zip(wanted, counts, strict=True):
            self.switch.set_count(at, count or None)
        self.sections.refit()

    def _count(self, section: int, count: int) -> None:
        self.switch.set_count(section, count or None if len(self.tab.places) > 1 else None)
        self.sections.refit()
