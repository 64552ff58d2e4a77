"""What makes the window live: the open file, the pages of its tabs, going from one to another, undoing."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.entities import ENTITIES
from app.errors import NotFound
from app.services import listing, preferences, records, setup
from app.services.listing import Query
from app.storage import Store
from app.storage import undo as reversal
from app.storage.history import last_change
from app.ui import acts, file_acts, first_frame, menus, places, recents
from app.ui.ask import Ask
from app.ui.crud.page import EntityPage
from app.ui.desk import Desk
from app.ui.first_frame import Cell, Frame
from app.ui.jobs import Jobs
from app.ui.pages import starts
from app.ui.pages.base import Page, RecordPage
from app.ui.pages.record_pages import RECORD_PAGES, page_of
from app.ui.parts.marks import MARK
from app.ui.reminding import Reminding
from app.ui.tab_page import TabPage
from app.ui.window import Window

MINUTE = 60_000


class Control(QObject):
    """`reopen` asks for another file (or the same one, restored); `closed` tells the end."""

    reopen = Signal(object)
    closed = Signal()

    def __init__(self, window: Window, store: Store, ask: Ask) -> None:
        super().__init__(window)
        self.window, self.ask, self.state = window, ask, window.state
        self.jobs = Jobs(window)
        self.desk = Desk(store, ask, self.jobs, self)
        self.tab_pages = [TabPage(self.desk, tab, self.state) for tab in places.TABS]
        self._undoable = 0
        self._fill_window()
        menus.fill(self)
        self._wire()
        self.show_tab(window.tabs.currentIndex())
        self._name_window()
        self.tell_saved()
        self.reminding = Reminding(self)

    def _fill_window(self) -> None:
        """The living pages take the place of the first frame."""
        pages = self.window.pages
        while old := pages.widget(0):
            pages.removeWidget(old)
            old.deleteLater()
        for position, page in enumerate(self.tab_pages):
            kept = self.state.text(f"window/section/{position}")
            page.begin_at(int(kept) if kept.isdigit() else 0)
            pages.addWidget(page)
            page.footed.connect(partial(self._foot, page))

    def _wire(self) -> None:
        window = self.window
        window.search.desk = self.desk
        window.search.chosen.connect(self.go_to)
        window.help_button.clicked.connect(lambda: acts.show_help(self))
        window.tabs.currentChanged.connect(self.show_tab)
        window.undo_bar.undone.connect(self.undo_last)
        window.closing.connect(self.leave)
        window.dropped.connect(self._take_files)
        self.desk.go_to.connect(self.go_to)
        self.desk.show_list.connect(self.show_list)
        self.desk.done.connect(self._tell_done)
        self.desk.changed.connect(self._on_change)
        self._clock = QTimer(self, interval=MINUTE)
        self._clock.timeout.connect(self.tell_saved)
        self._clock.start()

    # Where one is

    def page(self) -> Page:
        return self.tab_pages[self.window.tabs.currentIndex()].page()

    def current(self) -> Page | RecordPage:
        """What is in front: a record, or else the section."""
        return self.tab_pages[self.window.tabs.currentIndex()].record or self.page()

    def place(self) -> tuple[str, ...]:
        """The titles of the tab, of its section and, in a record, of the tab in front."""
        page = self.tab_pages[self.window.tabs.currentIndex()]
        section = page.tab.places[page.switch.currentIndex()].title
        return (page.tab.title, section, *([page.record.shown_tab()] if page.record else ()))

    def show_tab(self, position: int) -> None:
        page = self.tab_pages[position]
        self.window.pages.setCurrentWidget(page)
        page.start()
        if not self.window.tabs.hasFocus():
            (page.record or page.page()).setFocus()
        self._foot(page, (page.record or page.page()).sentence())

    def section(self, tab: int, section: int) -> Page:
        """Bring a section to the front."""
        self.window.tabs.setCurrentIndex(tab)
        self.tab_pages[tab].go_to_section(section)
        return self.tab_pages[tab].page()

    def show_list(self, key: str, query: Query | None) -> None:
        """The list of an entity, limited to what a figure counted."""
        spot = places.where(key)
        if spot is None:
            return
        page = self.section(*spot)
        if query is not None and isinstance(page, EntityPage):
            page.show_only(query)

    def go_to(self, key: str, record_id: int) -> None:
        """A record, wherever it lives: its own page, chosen in its list, or shown by what it is a part of.

        « contract/notice » is that of a contract, at the tab that its page calls so.
        """
        key, _, tab = key.partition("/")
        if key in places.PARTS and record_id:
            self._go_to_part(key, record_id)
            return
        spot = places.where(key)
        if spot is None or not record_id:
            raise NotFound("Cet élément n’a pas de page à lui\u00a0: il se voit avec ce dont il dépend.")
        page = self.section(*spot)
        recents.note(self.state, self.desk.store.path, key, record_id)
        if key in RECORD_PAGES:
            self._open_page(spot[0], key, record_id, tab)
        elif isinstance(page, EntityPage):
            page.show_record(record_id)

    def _go_to_part(self, key: str, record_id: int) -> None:
        owner, via = places.PARTS[key]
        with self.desk.read() as session:
            found = records.get(session, ENTITIES[key], record_id).values[via]
        if owner == "indicator":  # a part names it by its code
            from app.ui.pages.indicators import place_of  # noqa: PLC0415 - with the first one opened

            found = place_of(found)
        self.go_to(owner, found)
        page = self.current()
        if isinstance(page, RecordPage):
            page.show_part(record_id)

    def _open_page(self, tab: int, key: str, record_id: int, named: str = "") -> None:
        record = page_of(key)(self.desk, record_id)
        ids = self._neighbours(key)
        at = ids.index(record_id) if record_id in ids else -1
        if at >= 0:
            record.set_place(f"{at + 1}\u00a0sur\u00a0{len(ids)}", at > 0, at < len(ids) - 1)
            record.stepped.connect(lambda by: self._open_page(tab, key, ids[at + by]))
        if named:
            record.show_named(named)
        self.tab_pages[tab].open_record(record)

    def _neighbours(self, key: str) -> list[int]:
        """The ids of the list a record was opened from, in its order."""
        page = self.page()
        if not isinstance(page, EntityPage) or page.entity.key != key:
            return []
        with self.desk.read() as session:
            return listing.ids(session, page.entity, page.panel.query)

    def _take_files(self, files: Sequence[Path]) -> None:
        """Lists, inventories and invoices, wherever they were let fall."""
        if files:
            starts.import_files(self.desk, self.window, files)

    # What was done

    def undo_last(self) -> None:
        """Undo the last act of this session: its opposite is written, nothing is erased from the history."""
        if not self._undoable:
            self.ask.tell(self.window, "Il n’y a rien à annuler", "Aucune action de cette séance ne peut être annulée.")
            return
        number, self._undoable = self._undoable, 0
        label = self.desk.act("Annulation", lambda s: reversal.undo(s, number))
        self.window.undo_bar.hide()
        self.window.footer.set_right([f"Annulé\u00a0: {label}"])

    def _tell_done(self, told: str, action: int) -> None:
        self._undoable = action or self._undoable
        if action:
            self.window.undo_bar.tell(told)
        else:
            self.window.footer.set_right([told])

    def _on_change(self, tables: frozenset[str]) -> None:
        self.tell_saved()
        if "company" in tables:
            self._name_window()

    def _name_window(self) -> None:
        with self.desk.read() as session:
            company = setup.company(session)
        shown = f"{company.name} (exemple)" if company.is_example else company.name
        self.window.setWindowTitle(f"{shown} – Parcomètre" if shown else "Parcomètre")

    def _foot(self, page: TabPage, text: str) -> None:
        if page is self.tab_pages[self.window.tabs.currentIndex()]:
            self.window.footer.set_left([text])

    def tell_saved(self) -> None:
        self.window.footer.set_right(*file_acts.saved_in_words(self.desk.store))

    # Leaving

    def leave(self) -> None:
        """End what runs, remember how things were left, and let go of the file."""
        self.reminding.stop()
        self.jobs.wait()
        self.window.remember()
        for position, page in enumerate(self.tab_pages):
            self.state.set_text(f"window/section/{position}", str(page.switch.currentIndex()))
        self.state.save()
        self._keep_frame()
        self.desk.close()
        self.closed.emit()

    def _keep_frame(self) -> None:
        """The rows in sight, for the next start; nothing when what is in front is no list."""
        if self.desk.store.read_only:
            return
        page = self.current()
        with self.desk.store.begin("Fermeture") as session:
            change = last_change(session)
            text = first_frame.to_text(self._frame(page, change)) if isinstance(page, EntityPage) else ""
            preferences.keep(session, first_frame.KEY, text)

    def _frame(self, page: EntityPage, change: int) -> Frame:
        model, tab = page.panel.model, self.window.tabs.currentIndex()
        shown = self.tab_pages[tab].switch
        widths, shapes = page.panel.widths(), page.panel.shapes()
        rows = range(min(first_frame.ROWS, model.rowCount()))
        columns = range(model.columnCount())
        query = page.panel.query
        return Frame(
            change=change,
            tab=tab,
            section=shown.shown_index(),
            sections=shown.shown(),
            columns=[(model.fields[i].label, widths[i], shapes[i]) for i in columns],
            rows=[[_cell(page, row, column) for column in columns] for row in rows],
            sort=(query.columns.index(query.sort) if query.sort in query.columns else -1, query.descending),
            foot=page.sentence(),
        )


def _cell(page: EntityPage, row: int, column: int) -> Cell:
    model = page.panel.model
    if model.fields[column].name in model.passing:
        return Cell("")
    index = model.index(row, column)
    mark, found = index.data(MARK), model.row(row)
    icon = found.icon if found and model.is_titled(column) else ""
    return Cell(index.data() or "", icon, mark.tone, mark.loud, mark.glyph, mark.letter)
