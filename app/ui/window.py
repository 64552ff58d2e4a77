"""The window: five tabs, search, footer, menus. It knows where things are; what they do is in their pages."""

from functools import partial

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from app.errors import NotFound
from app.services import listing, setup
from app.services.listing import Query
from app.storage import Store
from app.storage import undo as reversal
from app.ui import acts, file_acts, icons, menus, places
from app.ui.ask import Ask
from app.ui.desk import Desk
from app.ui.jobs import Jobs
from app.ui.pages.base import Page, RecordPage
from app.ui.parts.basics import column, frame, row
from app.ui.parts.buttons import icon_button
from app.ui.parts.footer import Footer
from app.ui.parts.tabbar import MainTab, MainTabs
from app.ui.parts.undo_bar import UndoBar
from app.ui.search_popup import SearchEverywhere
from app.ui.state import UiState
from app.ui.tab_page import TabPage


class Window(QMainWindow):
    """`reopen` asks for another file (or the same one, restored); `closed` tells the end."""

    reopen = Signal(object)
    closed = Signal()

    def __init__(self, store: Store, state: UiState, ask_: Ask | None = None) -> None:
        super().__init__()
        self.state = state
        self.ask = ask_ or Ask()
        self.jobs = Jobs(self)
        self.desk = Desk(store, self.ask, self.jobs, self)
        self.tabs = MainTabs([MainTab(tab.title, tab.icon) for tab in places.TABS])
        self.pages = QStackedWidget()
        self.tab_pages = [TabPage(self.desk, tab, state) for tab in places.TABS]
        self.search = SearchEverywhere(self.desk, self)
        self.footer = Footer()
        self._build()
        menus.fill(self)
        self._wire()
        self._come_back()

    def _build(self) -> None:
        for page in self.tab_pages:
            self.pages.addWidget(page)
            page.footed.connect(partial(self._foot, page))
        help_button = icon_button("circle-question-mark", "Aide (F1)")
        help_button.clicked.connect(lambda: acts.show_help(self))
        head = frame("bar", row(self.tabs, None, self.search, help_button, gap=10, margins=(4, 0, 16, 0)))
        body = QWidget()
        body.setLayout(column(head, self.pages, self.footer, gap=0))
        self.setCentralWidget(body)
        self.undo_bar = UndoBar(body)
        self.undo_bar.undone.connect(self.undo_last)
        self.setWindowIcon(icons.app_icon())
        self._undoable = 0

    def _wire(self) -> None:
        self.tabs.currentChanged.connect(self.show_tab)
        self.search.chosen.connect(self.go_to)
        self.desk.go_to.connect(self.go_to)
        self.desk.show_list.connect(self.show_list)
        self.desk.done.connect(self._tell_done)
        self.desk.changed.connect(self._on_change)
        self._clock = QTimer(self, interval=60_000)
        self._clock.timeout.connect(self._tell_saved)
        self._clock.start()

    # Where one is

    def page(self) -> Page:
        return self.tab_pages[self.tabs.currentIndex()].page()

    def show_tab(self, position: int) -> None:
        page = self.tab_pages[position]
        self.pages.setCurrentWidget(page)
        page.start()
        record = page.record
        self._foot(page, record.sentence() if record else page.page().sentence())

    def section(self, tab: int, section: int) -> Page:
        """Bring a section to the front."""
        self.tabs.setCurrentIndex(tab)
        self.tab_pages[tab].go_to_section(section)
        return self.tab_pages[tab].page()

    def show_list(self, key: str, query: Query | None) -> None:
        """The list of an entity, limited to what a figure counted."""
        from app.ui.crud.page import EntityPage  # noqa: PLC0415 - with the first list

        spot = places.where(key)
        if spot is None:
            return
        page = self.section(*spot)
        if query is not None and isinstance(page, EntityPage):
            page.show_only(query)

    def go_to(self, key: str, record_id: int) -> None:
        """A record, wherever it lives: its own page, or chosen in its list."""
        from app.ui.crud.page import EntityPage  # noqa: PLC0415 - with the first list
        from app.ui.pages.record_pages import RECORD_PAGES  # noqa: PLC0415

        spot = places.where(key)
        if spot is None or not record_id:
            raise NotFound("Cet élément n’a pas de page à lui : il se voit avec ce dont il dépend.")
        page = self.section(*spot)
        if key in RECORD_PAGES:
            self._open_page(spot[0], key, record_id)
        elif isinstance(page, EntityPage):
            page.show_record(record_id)

    def _open_page(self, tab: int, key: str, record_id: int) -> None:
        from app.ui.pages.record_pages import RECORD_PAGES  # noqa: PLC0415 - with the first record opened

        record = RECORD_PAGES[key](self.desk, record_id)
        ids = self._neighbours(key)
        at = ids.index(record_id) if record_id in ids else -1
        if at >= 0:
            record.set_place(f"{at + 1}\u00a0sur\u00a0{len(ids)}", at > 0, at < len(ids) - 1)
            record.stepped.connect(lambda by: self._open_page(tab, key, ids[at + by]))
        self.tab_pages[tab].open_record(record)

    def _neighbours(self, key: str) -> list[int]:
        """The ids of the list a record was opened from, in its order."""
        from app.ui.crud.page import EntityPage  # noqa: PLC0415 - with the first list

        page = self.page()
        if not isinstance(page, EntityPage) or page.entity.key != key:
            return []
        with self.desk.read() as session:
            return listing.ids(session, page.entity, page.panel.query)

    def current(self) -> Page | RecordPage:
        """What is in front: a record, or else the section."""
        return self.tab_pages[self.tabs.currentIndex()].record or self.page()

    # What was done

    def undo_last(self) -> None:
        """Undo the last act of this session: its opposite is written, nothing is erased from the history."""
        if not self._undoable:
            self.ask.tell(self, "Il n’y a rien à annuler", "Aucune action de cette séance ne peut être annulée.")
            return
        number, self._undoable = self._undoable, 0
        label = self.desk.act("Annulation", lambda s: reversal.undo(s, number))
        self.undo_bar.hide()
        self._told_undone(label)

    def _told_undone(self, label: str) -> None:
        self.footer.set_right([f"Annulé\u00a0: {label}"])

    def _tell_done(self, told: str, action: int) -> None:
        self._undoable = action or self._undoable
        if action:
            self.undo_bar.tell(told)
        else:
            self.footer.set_right([told])

    # What is told

    def _on_change(self, tables: frozenset[str]) -> None:
        self._tell_saved()
        if "company" in tables:
            self._name_window()

    def _name_window(self) -> None:
        with self.desk.read() as session:
            company = setup.company(session)
        shown = f"{company.name} (exemple)" if company.is_example else company.name
        self.setWindowTitle(f"{shown} – Parcomètre" if shown else "Parcomètre")

    def _foot(self, page: TabPage, text: str) -> None:
        if page is self.tab_pages[self.tabs.currentIndex()]:
            self.footer.set_left([text])

    def _tell_saved(self) -> None:
        self.footer.set_right(*file_acts.saved_in_words(self.desk.store))

    # Coming and going

    def _come_back(self) -> None:
        """The window as it was left: place, size, tab, section."""
        self.resize(1280, 800)
        kept = self.state.text("window/geometry")
        if kept:
            self.restoreGeometry(QByteArray.fromBase64(kept.encode()))
        tab = int(self.state.text("window/tab") or 0)
        for position, page in enumerate(self.tab_pages):
            section = int(self.state.text(f"window/section/{position}") or 0)
            if 0 < section < len(page.tab.places):
                page.switch.blockSignals(True)
                page.switch.setCurrentIndex(section)
                page.switch.blockSignals(False)
        self.tabs.setCurrentIndex(tab if 0 <= tab < len(self.tab_pages) else 0)
        self.show_tab(self.tabs.currentIndex())
        self._name_window()
        self._tell_saved()

    def remember(self) -> None:
        self.state.set_text("window/geometry", bytes(self.saveGeometry().toBase64().data()).decode())
        self.state.set_text("window/tab", str(self.tabs.currentIndex()))
        for position, page in enumerate(self.tab_pages):
            self.state.set_text(f"window/section/{position}", str(page.switch.currentIndex()))
        self.state.save()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.jobs.wait()
        self.remember()
        self.desk.close()
        event.accept()
        self.closed.emit()
