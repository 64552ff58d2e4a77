"""What presses, told without getting in the way: a count on the tab, a line once a day, the icon beside the clock."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QSystemTrayIcon

from app.fields import counted, joined, number, plural, this_day
from app.ui import places
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.tabbar import Count

if TYPE_CHECKING:
    from app.services.deadlines import Deadline
    from app.ui.control import Control
    from app.ui.tray import Tray

AFTER_START, AFTER_CHANGE, HOUR = 1500, 800, 3_600_000
"""Milliseconds: the list in front is on the screen first, and acts that follow each other are counted once."""
TOLD = "deadlines/told"
PLACE = "deadline"


def _deadlines() -> Any:
    """Imported after the start, not with it."""
    return import_module("app.services.deadlines")


class Reminding(QObject):
    """Reads the deadlines off the window's thread, after the start, after changes, and every hour."""

    def __init__(self, control: "Control") -> None:
        super().__init__(control)
        self._control = control
        self._stopped = False
        self.tray: Tray | None = None
        self.banner: Banner | None = None
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self.read)
        self._hourly = QTimer(self, interval=HOUR)
        self._hourly.timeout.connect(self.read)
        control.desk.changed.connect(self._read_soon)
        self._soon.start(AFTER_START)
        self._hourly.start()

    def stop(self) -> None:
        """For good: what is written on leaving must not start a reading that outlives the file."""
        self._stopped = True
        self._soon.stop()
        self._hourly.stop()

    def _read_soon(self, _tables: frozenset[str]) -> None:
        if not self._stopped:
            self._soon.start(AFTER_CHANGE)

    def read(self) -> None:
        store = self._control.desk.store
        self._control.jobs.watch(lambda: _deadlines().read_job(store, this_day()), self._show)

    def _show(self, found: "list[Deadline]") -> None:
        today = this_day()
        pressing = _deadlines().pressing(found, today)
        spot = places.where(PLACE)
        if spot is not None:
            self._control.window.tabs.set_count(spot[0], _count(pressing))
        self._suit_tray()
        if self.tray is not None:
            self.tray.tell(found, today)
        if self.banner is not None:
            self._retell(pressing)
        if pressing and self._control.state.text(TOLD) != today.isoformat():
            self._control.state.set_text(TOLD, today.isoformat())
            if not self._is_in_front():
                self._tell(pressing)

    def _is_in_front(self) -> bool:
        """Whether the échéancier itself is on the screen."""
        tab = self._control.window.tabs.currentIndex()
        return places.where(PLACE) == (tab, self._control.tab_pages[tab].switch.currentIndex())

    def _suit_tray(self) -> None:
        """As the setting asks, where there is a place for it."""
        wanted = self._control.state.setting("tray") and QSystemTrayIcon.isSystemTrayAvailable()
        if wanted and self.tray is None:
            from app.ui.tray import Tray  # noqa: PLC0415 - only for who asked for it

            self.tray = Tray(self._control.state, self)
            self.tray.asked.connect(self._come)
        elif not wanted and self.tray is not None:
            self.tray.deleteLater()
            self.tray = None

    def _come(self) -> None:
        window = self._control.window
        window.showNormal()
        window.raise_()
        window.activateWindow()
        self.open()

    def _tell(self, pressing: "list[Deadline]") -> None:
        self.close()
        self.banner = Banner(BannerData("warn", headline(pressing), action="Voir l’échéancier", closable=True))
        self.banner.acted.connect(self.open)
        self.banner.closed.connect(self.close)
        self._control.window.notes.setContentsMargins(16, 10, 16, 0)
        self._control.window.notes.addWidget(self.banner)

    def _retell(self, pressing: "list[Deadline]") -> None:
        """The line in sight says what is so now, and goes once nothing presses."""
        self.close()
        if pressing:
            self._tell(pressing)

    def close(self) -> None:
        if self.banner is not None:
            self._control.window.notes.removeWidget(self.banner)
            self._control.window.notes.setContentsMargins(0, 0, 0, 0)
            self.banner.deleteLater()
            self.banner = None

    def open(self) -> None:
        self.close()
        self._control.show_list(PLACE, None)


def _count(pressing: "list[Deadline]") -> Count:
    tones = {one.tone(this_day()) for one in pressing}
    return Count(len(pressing), "bad" if "bad" in tones else "warn", headline(pressing))


def headline(pressing: "list[Deadline]") -> str:
    """« 3 échéances demandent une décision cette semaine », « 2 échéances en retard, 1 à traiter cette semaine »."""
    late = sum(one.state(this_day()) == _deadlines().State.LATE for one in pressing)
    due = len(pressing) - late
    if not late:
        return f"{counted(due, 'échéance')} {plural(due, 'demande', 'demandent')} une décision cette semaine"
    return joined(
        f"{counted(late, 'échéance')} en retard", f"{number(due)}\u00a0à traiter cette semaine" if due else "", by=", "
    )
