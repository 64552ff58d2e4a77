"""The window as it is seen: five tabs, search, pages, footer. It knows nothing of the data; `control` brings it."""

from PySide6.QtCore import QByteArray, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from app.ui import icons, places, theme
from app.ui.parts import dropping
from app.ui.parts.basics import column, frame, row
from app.ui.parts.buttons import icon_button
from app.ui.parts.footer import Footer
from app.ui.parts.tabbar import MainTab, MainTabs
from app.ui.parts.undo_bar import UndoBar
from app.ui.search_popup import SearchEverywhere
from app.ui.state import UiState

SIZE = (1280, 800)


class Window(QMainWindow):
    """Made before anything of the data is imported, so that it is there at once.

    `seen` tells that it was painted for the first time, `closing` its end, `dropped` the files let fall where nothing
    else takes them. `notes` is the place of one banner above the pages.
    """

    dropped = Signal(list)
    seen = Signal()
    closing = Signal()

    def __init__(self, state: UiState) -> None:
        super().__init__()
        self.state = state
        self._painted = False
        self.setWindowTitle("Parcomètre")
        self.setWindowIcon(icons.app_icon())
        self.tabs = MainTabs([MainTab(tab.title, tab.icon) for tab in places.TABS])
        self.search = SearchEverywhere(self)
        self.help_button = icon_button("circle-question-mark", "Aide (F1)")
        self.pages = QStackedWidget()
        self.footer = Footer()
        self.notes = column(gap=0, margins=(16, 0, 16, 0))
        head = frame("bar", row(self.tabs, None, self.search, self.help_button, gap=10, margins=(4, 0, 16, 0)))
        body = QWidget()
        body.setLayout(column(head, self.notes, self.pages, self.footer, gap=0))
        self.setCentralWidget(body)
        self.undo_bar = UndoBar(body)
        self.setAcceptDrops(True)
        self._come_back()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dropping.welcome(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.dropped.emit(dropping.files_of(event))

    def _come_back(self) -> None:
        """Place, size and tab as they were left."""
        self.resize(QSize(*SIZE).boundedTo(self.screen().availableSize() - theme.FRAME))
        kept = self.state.text("window/geometry")
        if kept:
            self.restoreGeometry(QByteArray.fromBase64(kept.encode()))
        tab = self.state.text("window/tab")
        self.tabs.setCurrentIndex(int(tab) if tab.isdigit() and int(tab) < self.tabs.count() else 0)

    def remember(self) -> None:
        self.state.set_text("window/geometry", bytes(self.saveGeometry().toBase64().data()).decode())
        self.state.set_text("window/tab", str(self.tabs.currentIndex()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.seen.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closing.emit()
